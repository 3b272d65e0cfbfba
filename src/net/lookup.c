// SPDX-License-Identifier: ISC
/*
 * lookup.c - ask the name service, and not longer than we want to
 */
#include "net/lookup.h"

#include <arpa/inet.h>
#include <arpa/nameser.h>
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <poll.h>
#include <resolv.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/fd.h"
#include "base/rand.h"
#include "base/xmem.h"
#include "net/answer.h"
#include "net/listed.h"

#define ANSWER_MAX (64 * 1024)

static int
read_answer(int fd, int64_t deadline, struct buf *answer, struct err *e)
{
	struct pollfd p = { .fd = fd, .events = POLLIN };
	ssize_t n = 1;

	do {
		int rc = poll(&p, 1, clock_left(deadline));

		if (rc < 0 && errno == EINTR)
			continue;
		if (rc < 0)
			return err_sys(e, EX_TEMPFAIL, "poll");
		if (rc == 0)
			return err_set(e, EX_TEMPFAIL,
			    "the name service did not answer in time");
		n = fd_read(fd, answer, ANSWER_MAX, e);
		if (n < 0)
			return -1;
		if (answer->len > ANSWER_MAX)
			return err_set(e, EX_TEMPFAIL,
			    "the name service says too much");
	} while (n > 0);
	return 0;
}

/* Answers are what stood in the pipe when the child was ready. */
int
lookup_ask(lookup_fn *question, const char *name, int what,
    int64_t deadline, struct buf *answer, struct err *e)
{
	int ends[2], rc;
	pid_t pid;

	if (pipe2(ends, O_CLOEXEC) < 0)
		return err_sys(e, EX_TEMPFAIL, "pipe");
	pid = fork();
	if (pid < 0) {
		(void)close(ends[0]);
		(void)close(ends[1]);
		return err_sys(e, EX_TEMPFAIL, "fork");
	}
	if (pid == 0) {
		struct err ignored = { 0 };
		struct buf words = { 0 };

		question(name, what, &words);
		_exit(fd_write(ends[1], buf_str(&words), &ignored) < 0);
	}
	(void)close(ends[1]);
	rc = read_answer(ends[0], deadline, answer, e);
	(void)close(ends[0]);
	(void)kill(pid, SIGKILL);
	while (waitpid(pid, NULL, 0) < 0 && errno == EINTR)
		;
	return rc;
}

/* The status first, then the places as they are. */
static void
ask_host(const char *name, int port, struct buf *answer)
{
	struct addrinfo hints = { .ai_socktype = SOCK_STREAM,
	    .ai_flags = AI_ADDRCONFIG | AI_NUMERICSERV }, *list = NULL;
	struct buf service = { 0 };
	size_t count = 0;
	int status;

	buf_printf(&service, "%d", port);
	status = getaddrinfo(name, buf_cstr(&service), &hints, &list);
	buf_add(answer, (struct str){ (char *)&status, sizeof(status) });
	for (struct addrinfo *a = list; a != NULL && count < LOOKUP_MAX;
	    a = a->ai_next, count++) {
		struct endpoint p = { .len = a->ai_addrlen };

		memcpy(&p.addr, a->ai_addr, a->ai_addrlen);
		buf_add(answer, (struct str){ (char *)&p, sizeof(p) });
	}
}

static int
name_error(int status, const char *name, struct err *e)
{
	switch (status) {
	case EAI_NONAME:
		return err_set(e, EX_NOHOST, "there is no host \"%s\" (the "
		    "name service knows no such name or no address of it); "
		    "is it spelt right?", name);
	case EAI_AGAIN:
		return err_set(e, EX_TEMPFAIL,
		    "the name service has no answer for \"%s\" now", name);
	default:
		return err_set(e, EX_TEMPFAIL, "look up \"%s\": %s", name,
		    gai_strerror(status));
	}
}

bool
lookup_literal(const char *host, int port, struct endpoints *p)
{
	struct sockaddr_in *v4 = (struct sockaddr_in *)&p->item[0].addr;
	struct sockaddr_in6 *v6 = (struct sockaddr_in6 *)&p->item[0].addr;

	p->item[0] = (struct endpoint){ .len = 0 };
	if (inet_pton(AF_INET, host, &v4->sin_addr) == 1) {
		v4->sin_family = AF_INET;
		v4->sin_port = htons((uint16_t)port);
		p->item[0].len = sizeof(*v4);
	} else if (inet_pton(AF_INET6, host, &v6->sin6_addr) == 1) {
		v6->sin6_family = AF_INET6;
		v6->sin6_port = htons((uint16_t)port);
		p->item[0].len = sizeof(*v6);
	}
	p->count = p->item[0].len > 0 ? 1 : 0;
	return p->count > 0;
}

int
lookup_host(const char *host, int port, int64_t deadline, struct endpoints *p,
    struct err *e)
{
	struct buf answer = { 0 };
	struct str rest;
	int status, rc;

	if (lookup_literal(host, port, p) || listed_host(host, port, p))
		return 0;
	rc = lookup_ask(ask_host, host, port, deadline, &answer, e);
	rest = buf_str(&answer);
	if (rc == 0 && rest.len < sizeof(status))
		rc = err_set(e, EX_TEMPFAIL, "look up \"%s\": no result",
		    host);
	if (rc == 0) {
		memcpy(&status, rest.ptr, sizeof(status));
		rest = str_skip(rest, sizeof(status));
		if (status != 0)
			rc = name_error(status, host, e);
	}
	for (p->count = 0; rc == 0 && rest.len >= sizeof(struct endpoint) &&
	    p->count < LOOKUP_MAX; p->count++) {
		memcpy(&p->item[p->count], rest.ptr, sizeof(struct endpoint));
		rest = str_skip(rest, sizeof(struct endpoint));
	}
	if (rc == 0 && p->count == 0)
		rc = name_error(EAI_NONAME, host, e);
	buf_free(&answer);
	return rc;
}

/* "ok" first, then the records; or what is wrong. */
static void
ask_records(const char *name, int type, struct buf *answer)
{
	static unsigned char raw[ANSWER_MAX];
	struct __res_state state;
	struct buf records = { 0 };
	int n;

	memset(&state, 0, sizeof(state));
	if (res_ninit(&state) < 0)
		return;
	n = res_nquery(&state, name, ns_c_in, type, raw, sizeof(raw));
	if (n < 0) {
		int why = state.res_h_errno;

		if (why == HOST_NOT_FOUND || why == NO_DATA)
			buf_puts(answer, "ok\n");
		return;
	}
	if (!answer_records((struct str){ (char *)raw, (size_t)n }, type,
	    &records))
		return;
	buf_puts(answer, "ok\n");
	buf_add(answer, buf_str(&records));
}

/* A name from DNS goes into commands of the resolver, logs and TLS. */
static bool
is_host(struct str s)
{
	for (size_t i = 0; i < s.len; i++)
		if (!str_is_alpha(s.ptr[i]) && !str_is_digit(s.ptr[i]) &&
		    s.ptr[i] != '-' && s.ptr[i] != '.' && s.ptr[i] != '_')
			return false;
	return s.len > 0;
}

static void
add_service(struct services *s, struct str line)
{
	struct service *one;
	uint64_t n[3];

	for (size_t i = 0; i < 3; i++)
		if (!str_eat_number(&line, &n[i]) || n[i] > 65535 ||
		    !str_eat(&line, STR(" ")))
			return;
	(void)(str_ends(line, STR(".")) && line.len-- > 0);
	if (line.len > 0 && !is_host(line))
		return;
	s->item = xgrow(s->item, s->count, sizeof(*s->item));
	one = &s->item[s->count++];
	*one = (struct service){ .priority = (unsigned)n[0],
	    .weight = (unsigned)n[1], .port = (int)n[2] };
	buf_add(&one->host, line);
}

static int
lookup_records(const char *name, int type, int64_t deadline,
    struct services *s, struct err *e)
{
	struct buf answer = { 0 };
	struct str rest, line;
	int rc = lookup_ask(ask_records, name, type, deadline, &answer, e);

	rest = buf_str(&answer);
	if (rc == 0 && !str_eat(&rest, STR("ok\n")))
		rc = err_set(e, EX_TEMPFAIL,
		    "the name service has no answer for \"%s\" now", name);
	while (rc == 0 && str_eat_line(&rest, &line))
		add_service(s, line);
	services_order(s);
	buf_free(&answer);
	return rc;
}

int
lookup_srv(const char *name, int64_t deadline, struct services *s,
    struct err *e)
{
	return lookup_records(name, ns_t_srv, deadline, s, e);
}

int
lookup_mx(const char *name, int64_t deadline, struct services *s,
    struct err *e)
{
	return lookup_records(name, ns_t_mx, deadline, s, e);
}

static int
by_priority(const void *a, const void *b)
{
	const struct service *x = a, *y = b;

	return (x->priority > y->priority) - (x->priority < y->priority);
}

/* RFC 2782: among equals the next one is drawn by weight. */
static void
draw(struct service *from, size_t count)
{
	uint64_t sum = 0, at;
	size_t i = 0;

	for (size_t k = 0; k < count; k++)
		sum += (uint64_t)from[k].weight * 256 + 1;
	at = rand_below(sum);
	while (at >= (uint64_t)from[i].weight * 256 + 1)
		at -= (uint64_t)from[i++].weight * 256 + 1;
	if (i > 0) {
		struct service one = from[i];

		from[i] = from[0];
		from[0] = one;
	}
}

void
services_order(struct services *s)
{
	if (s->count == 0)
		return;
	qsort(s->item, s->count, sizeof(*s->item), by_priority);
	for (size_t i = 0; i < s->count; i++) {
		size_t n = 1;

		while (i + n < s->count &&
		    s->item[i + n].priority == s->item[i].priority)
			n++;
		draw(&s->item[i], n);
	}
}

void
services_free(struct services *s)
{
	for (size_t i = 0; i < s->count; i++)
		buf_free(&s->item[i].host);
	free(s->item);
	*s = (struct services){ 0 };
}

void
endpoint_words(const struct endpoint *p, struct buf *out)
{
	const struct sockaddr_in *v4 = (const struct sockaddr_in *)&p->addr;
	const struct sockaddr_in6 *v6 = (const struct sockaddr_in6 *)&p->addr;
	char text[INET6_ADDRSTRLEN] = "?";

	if (p->addr.ss_family == AF_INET)
		(void)inet_ntop(AF_INET, &v4->sin_addr, text, sizeof(text));
	else if (p->addr.ss_family == AF_INET6)
		(void)inet_ntop(AF_INET6, &v6->sin6_addr, text, sizeof(text));
	buf_puts(out, text);
}
