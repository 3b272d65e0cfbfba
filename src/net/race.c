// SPDX-License-Identifier: ISC
/*
 * race.c - the first of many addresses that answers (RFC 8305)
 */
#include "net/race.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/clock.h"

struct run {
	const struct endpoints *places;
	const struct strs *source;
	struct pollfd fd[LOOKUP_MAX];	/* of places[i]; -1: not running */
	size_t begun, running;
	struct buf words;	/* what became of those that lost */
};

void
race_order(struct endpoints *p)
{
	struct endpoints sorted = { .count = 0 };
	bool used[LOOKUP_MAX] = { false };
	int family = p->count > 0 ? p->item[0].addr.ss_family : 0;

	while (sorted.count < p->count) {
		size_t i = 0;

		while (i < p->count && (used[i] ||
		    p->item[i].addr.ss_family != family))
			i++;
		if (i == p->count)
			for (i = 0; used[i]; i++)
				;
		used[i] = true;
		sorted.item[sorted.count++] = p->item[i];
		for (i = 0; i < p->count; i++)
			if (!used[i] && p->item[i].addr.ss_family !=
			    sorted.item[sorted.count - 1].addr.ss_family)
				break;
		if (i < p->count)
			family = p->item[i].addr.ss_family;
	}
	*p = sorted;
}

static void
note(struct run *r, size_t i, const char *what)
{
	if (r->words.len > 0)
		buf_puts(&r->words, "; ");
	endpoint_words(&r->places->item[i], &r->words);
	buf_printf(&r->words, ": %s", what);
}

static int
bind_source(struct run *r, size_t i, int fd)
{
	for (size_t k = 0; k < r->source->count; k++) {
		struct endpoints own;

		if (lookup_literal(buf_cstr(&r->source->item[k]), 0, &own) &&
		    own.item[0].addr.ss_family ==
		    r->places->item[i].addr.ss_family)
			return bind(fd, (struct sockaddr *)&own.item[0].addr,
			    own.item[0].len);
	}
	errno = EAFNOSUPPORT;
	return r->source->count == 0 ? 0 : -1;
}

static void
begin(struct run *r)
{
	size_t i = r->begun++;
	const struct endpoint *to = &r->places->item[i];
	int fd = socket(to->addr.ss_family,
	    SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);

	r->fd[i] = (struct pollfd){ .fd = -1, .events = POLLOUT };
	if (fd < 0) {
		note(r, i, strerror(errno));
		return;
	}
	if (bind_source(r, i, fd) < 0 || (connect(fd,
	    (const struct sockaddr *)&to->addr, to->len) < 0 &&
	    errno != EINPROGRESS && errno != EINTR)) {
		note(r, i, strerror(errno));
		(void)close(fd);
		return;
	}
	r->fd[i].fd = fd;
	r->running++;
}

/* The place in the list of one that has arrived, or -1. */
static int
look(struct run *r, bool *lost)
{
	for (size_t i = 0; i < r->begun; i++) {
		socklen_t len = sizeof(int);
		int error = 0;

		if (r->fd[i].fd < 0 || r->fd[i].revents == 0)
			continue;
		if (getsockopt(r->fd[i].fd, SOL_SOCKET, SO_ERROR, &error,
		    &len) < 0)
			error = errno;
		if (error == 0)
			return (int)i;
		note(r, i, strerror(error));
		(void)close(r->fd[i].fd);
		r->fd[i].fd = -1;
		r->running--;
		*lost = true;
	}
	return -1;
}

/* Who has lost makes room for the next one at once. */
static int
run(struct run *r, int64_t deadline)
{
	int64_t next = clock_ms();

	for (;;) {
		bool more = r->begun < r->places->count, lost = false;
		int winner;

		while (more && (r->running == 0 || clock_ms() >= next)) {
			begin(r);
			next = clock_ms() + RACE_DELAY;
			more = r->begun < r->places->count;
		}
		if (r->running == 0 || clock_left(deadline) == 0)
			return -1;
		if (poll(r->fd, (nfds_t)r->begun, clock_left(more &&
		    next < deadline ? next : deadline)) <= 0)
			continue;
		winner = look(r, &lost);
		if (winner >= 0)
			return winner;
		if (lost)
			next = clock_ms();
	}
}

int
race(const struct endpoints *p, const struct strs *source, int64_t deadline,
    struct endpoint *won, struct err *e)
{
	struct endpoints sorted = *p;
	struct run r = { .places = &sorted, .source = source };
	int winner, fd = -1;

	race_order(&sorted);
	winner = run(&r, deadline);
	for (size_t i = 0; i < r.begun; i++) {
		if (r.fd[i].fd < 0)
			continue;
		if ((int)i == winner) {
			fd = r.fd[i].fd;
			*won = sorted.item[i];
			continue;
		}
		if (winner < 0)
			note(&r, i, "no answer in time");
		(void)close(r.fd[i].fd);
	}
	if (fd < 0)
		err_set(e, EX_TEMPFAIL, "%s", buf_cstr(&r.words));
	buf_free(&r.words);
	return fd;
}
