// SPDX-License-Identifier: ISC
/*
 * delay.c - the way to a far relay
 *
 *	delay MS PORT
 *
 * Listens on a free port of 127.0.0.1, says which, and passes on to PORT there
 * whatever comes, at once; what comes back is MS late.  So whoever waits for an
 * answer, or for the greeting, waits MS.  Ends on SIGTERM.
 *
 * One connection to the relay is always at hand: how long the relay takes to
 * begin is no part of the way.
 */
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "base/xmem.h"

#define PAIRS 1024
#define CHUNK (64 * 1024)

/* Bytes on their way; none: the end. */
struct chunk {
	struct chunk *next;
	int64_t due;
	size_t len, sent;
	char data[];
};

struct pair {
	int near, far;		/* near is -1: free */
	bool near_ended, far_ended;
	struct chunk *first, **last;
};

static struct pair pairs[PAIRS];
static size_t used;		/* of them, free ones in between included */
static int spare = -1;		/* the connection at hand */
static int64_t delay;		/* ns */

_Noreturn static void
die(const char *what)
{
	perror(what);
	exit(EXIT_FAILURE);
}

static int64_t
now(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

static int
inet(in_port_t *port, bool listening)
{
	struct sockaddr_in a = { .sin_family = AF_INET, .sin_port = *port };
	socklen_t len = sizeof(a);
	int one = 1;
	int s = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	if (s < 0 || setsockopt(s, IPPROTO_TCP, TCP_NODELAY, &one,
	    sizeof(one)) < 0)
		die("socket");
	if (!listening)
		return connect(s, (struct sockaddr *)&a, len) < 0 ? -1 : s;
	if (bind(s, (struct sockaddr *)&a, len) < 0 || listen(s, 128) < 0 ||
	    getsockname(s, (struct sockaddr *)&a, &len) < 0)
		die("listen");
	*port = a.sin_port;
	return s;
}

static void
hang_up(struct pair *p)
{
	struct chunk *c;

	(void)close(p->near);
	(void)close(p->far);
	while ((c = p->first) != NULL) {
		p->first = c->next;
		free(c);
	}
	*p = (struct pair){ .near = -1, .far = -1 };
}

static void
accept_one(int listening, in_port_t to)
{
	int one = 1;

	for (size_t i = 0; i < PAIRS; i++) {
		struct pair *p = &pairs[i];

		if (i < used && p->near >= 0)
			continue;
		p->near = accept(listening, NULL, NULL);
		if (p->near < 0)
			return;
		(void)setsockopt(p->near, IPPROTO_TCP, TCP_NODELAY, &one,
		    sizeof(one));
		p->last = &p->first;
		p->far = spare;
		if (i == used)
			used++;
		spare = inet(&to, false);
		if (p->far < 0)
			hang_up(p);
		return;
	}
}

/* -- back from the relay, in time */

static void
take(struct pair *p)
{
	struct chunk *c = xcalloc(1, sizeof(*c) + CHUNK);
	ssize_t n = read(p->far, c->data, CHUNK);

	if (n <= 0)
		p->far_ended = true;
	c->len = n > 0 ? (size_t)n : 0;
	c->due = now() + delay;
	*p->last = c;
	p->last = &c->next;
}

static bool
is_due(const struct pair *p)
{
	return p->first != NULL && p->first->due <= now();
}

/* False when there is nobody any more. */
static bool
give(struct pair *p)
{
	struct chunk *c = p->first;
	ssize_t n;

	if (c->len == 0) {
		(void)shutdown(p->near, SHUT_WR);
	} else {
		n = send(p->near, c->data + c->sent, c->len - c->sent,
		    MSG_NOSIGNAL | MSG_DONTWAIT);
		if (n < 0)
			return errno == EAGAIN;
		c->sent += (size_t)n;
		if (c->sent < c->len)
			return true;
	}
	p->first = c->next;
	if (p->first == NULL)
		p->last = &p->first;
	free(c);
	return true;
}

/* -- and there, at once */

static bool
pass_on(struct pair *p)
{
	static char block[CHUNK];
	ssize_t n = read(p->near, block, sizeof(block));

	if (n <= 0) {
		p->near_ended = true;
		(void)shutdown(p->far, SHUT_WR);
		return true;
	}
	return send(p->far, block, (size_t)n, MSG_NOSIGNAL) == n;
}

/* -- all of them */

/* What to wait for, and until when at most. */
static int64_t
look(struct pollfd *p, size_t i)
{
	struct pair *a = &pairs[i];

	p[0] = (struct pollfd){ .fd = a->far_ended ? -1 : a->far,
	    .events = POLLIN };
	p[1] = (struct pollfd){ .fd = a->near };
	if (a->near < 0)
		return INT64_MAX;
	if (!a->near_ended)
		p[1].events |= POLLIN;
	if (is_due(a))
		p[1].events |= POLLOUT;
	if (p[1].events == 0)
		p[1].fd = -1;
	return a->first == NULL || is_due(a) ? INT64_MAX : a->first->due;
}

static void
move(struct pair *a, const struct pollfd *p)
{
	bool there = true;

	if (a->near < 0)
		return;
	if (p[0].revents != 0)
		take(a);
	if ((p[1].revents & POLLOUT) != 0 && is_due(a))
		there = give(a);
	if (there && (p[1].revents & (POLLIN | POLLHUP | POLLERR)) != 0 &&
	    !a->near_ended)
		there = pass_on(a);
	if (!there || (a->far_ended && a->near_ended))
		hang_up(a);
}

int
main(int argc, char *argv[])
{
	static struct pollfd p[1 + 2 * PAIRS];
	in_port_t here = 0, to;
	int64_t until, one;
	struct timespec wait = { 0 };
	int listening;

	if (argc != 3)
		return EXIT_FAILURE;
	delay = strtol(argv[1], NULL, 10) * 1000000;
	to = htons((in_port_t)strtol(argv[2], NULL, 10));
	(void)signal(SIGPIPE, SIG_IGN);
	spare = inet(&to, false);
	listening = inet(&here, true);
	printf("%u\n", ntohs(here));
	(void)fflush(stdout);
	for (;;) {
		p[0] = (struct pollfd){ .fd = listening, .events = POLLIN };
		until = INT64_MAX;
		for (size_t i = 0; i < used; i++) {
			one = look(&p[1 + 2 * i], i);
			if (one < until)
				until = one;
		}
		one = until - now();
		if (one < 0)
			one = 0;
		wait.tv_sec = one / 1000000000;
		wait.tv_nsec = one % 1000000000;
		if (ppoll(p, 1 + 2 * used, until == INT64_MAX ? NULL : &wait,
		    NULL) < 0)
			continue;
		for (size_t i = 0; i < used; i++)
			move(&pairs[i], &p[1 + 2 * i]);
		if (p[0].revents != 0)
			accept_one(listening, to);
	}
}
