// SPDX-License-Identifier: ISC
/*
 * conn.c - a stream of bytes to the relay, with a deadline
 */
#include "net/conn.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/clock.h"

#define CHUNK (16 * 1024)

/* Not yet, or not at all? */
static ssize_t
stuck(struct conn *c, short wants, const char *doing, struct err *e)
{
	if (errno == EAGAIN || errno == EWOULDBLOCK) {
		c->wants = wants;
		return CONN_AGAIN;
	}
	return err_sys(e, EX_TEMPFAIL, "%s %s", doing, buf_cstr(&c->peer));
}

static ssize_t
plain_send(struct conn *c, struct str bytes, struct err *e)
{
	ssize_t n;

	do
		n = send(c->fd, bytes.ptr, bytes.len, MSG_NOSIGNAL);
	while (n < 0 && errno == EINTR);
	return n >= 0 ? n : stuck(c, POLLOUT, "send to", e);
}

static ssize_t
plain_recv(struct conn *c, char *to, size_t max, struct err *e)
{
	ssize_t n;

	do
		n = recv(c->fd, to, max, 0);
	while (n < 0 && errno == EINTR);
	return n >= 0 ? n : stuck(c, POLLIN, "receive from", e);
}

static void
plain_close(struct conn *c)
{
	(void)c;
}

static const struct conn_ops plain_ops = {
	plain_send, plain_recv, plain_close
};

/*
 * Our lines are whole flights, so waiting for more of them (Nagle) only costs
 * time.  On a unix socket the option means nothing and fails.
 */
void
conn_init(struct conn *c, int fd)
{
	int flags = fcntl(fd, F_GETFL), on = 1;

	*c = (struct conn){ .fd = fd, .ops = &plain_ops };
	(void)fcntl(fd, F_SETFL, flags | O_NONBLOCK);
	(void)fcntl(fd, F_SETFD, FD_CLOEXEC);
	(void)setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
}

/*
 * Checked also where there is always something to move: a relay that drips
 * one byte at a time has no more time than a silent one.
 */
static int
in_time(const struct conn *c, int64_t deadline, struct err *e)
{
	if (clock_left(deadline) != 0)
		return 0;
	return err_set(e, EX_TEMPFAIL, "%s: no answer in time",
	    buf_cstr(&c->peer));
}

static int
wait_for(const struct conn *c, short what, int64_t deadline, struct err *e)
{
	struct pollfd p = { .fd = c->fd, .events = what };

	for (;;) {
		int n;

		if (in_time(c, deadline, e) < 0)
			return -1;
		n = poll(&p, 1, clock_left(deadline));
		if (n > 0)
			return 0;
		if (n < 0 && errno != EINTR)
			return err_sys(e, EX_TEMPFAIL, "poll %s",
			    buf_cstr(&c->peer));
	}
}

/* 1, 0 at the end, CONN_AGAIN or -1. */
static int
take_in(struct conn *c, struct buf *in, struct err *e)
{
	ssize_t n = c->ops->recv(c, buf_room(in, CHUNK), CHUNK, e);

	if (n <= 0)
		return (int)n;
	buf_grew(in, (size_t)n);
	return 1;
}

int
conn_send(struct conn *c, struct str bytes, int64_t deadline, struct err *e)
{
	while (bytes.len > 0) {
		ssize_t n = c->ops->send(c, bytes, e);

		if (n == CONN_AGAIN) {
			if (wait_for(c, c->wants, deadline, e) < 0)
				return -1;
			continue;
		}
		if (n < 0)
			return -1;
		bytes = str_skip(bytes, (size_t)n);
	}
	return 0;
}

int
conn_recv(struct conn *c, struct buf *in, int64_t deadline, struct err *e)
{
	int rc;

	for (;;) {
		if (in_time(c, deadline, e) < 0)
			return -1;
		rc = take_in(c, in, e);
		if (rc != CONN_AGAIN)
			return rc;
		if (wait_for(c, c->wants, deadline, e) < 0)
			return -1;
	}
}

int
conn_exchange(struct conn *c, struct str *out, struct buf *in,
    int64_t deadline, struct err *e)
{
	while (out->len > 0) {
		ssize_t n;
		short wants;
		int rc;

		if (in_time(c, deadline, e) < 0)
			return -1;
		n = c->ops->send(c, *out, e);
		wants = c->wants;
		if (n >= 0) {
			*out = str_skip(*out, (size_t)n);
			continue;
		}
		if (n != CONN_AGAIN)
			return -1;
		if (in->len > CONN_AHEAD_MAX)
			return err_set(e, EX_PROTOCOL,
			    "%s talks without being asked",
			    buf_cstr(&c->peer));
		rc = take_in(c, in, e);
		if (rc == 0 || rc == -1)
			return rc;
		if (rc == CONN_AGAIN && wait_for(c,
		    (short)(wants | c->wants), deadline, e) < 0)
			return -1;
	}
	return 1;
}

void
conn_literal(const struct conn *c, struct buf *out)
{
	struct sockaddr_storage ss = { 0 };
	const struct sockaddr_in *v4 = (const struct sockaddr_in *)&ss;
	const struct sockaddr_in6 *v6 = (const struct sockaddr_in6 *)&ss;
	char text[INET6_ADDRSTRLEN];
	socklen_t len = sizeof(ss);

	if (c->fd >= 0)
		(void)getsockname(c->fd, (struct sockaddr *)&ss, &len);
	if (ss.ss_family == AF_INET6 && IN6_IS_ADDR_V4MAPPED(&v6->sin6_addr)) {
		(void)inet_ntop(AF_INET, v6->sin6_addr.s6_addr + 12, text,
		    sizeof(text));
		buf_printf(out, "[%s]", text);
	} else if (ss.ss_family == AF_INET6) {
		(void)inet_ntop(AF_INET6, &v6->sin6_addr, text, sizeof(text));
		buf_printf(out, "[IPv6:%s]", text);
	} else if (ss.ss_family == AF_INET) {
		(void)inet_ntop(AF_INET, &v4->sin_addr, text, sizeof(text));
		buf_printf(out, "[%s]", text);
	} else {
		buf_puts(out, "[127.0.0.1]");
	}
}

void
conn_close(struct conn *c)
{
	if (c->ops != NULL)
		c->ops->close(c);
	if (c->fd >= 0 && c->ops != NULL)
		(void)close(c->fd);
	buf_free(&c->peer);
	*c = (struct conn){ .fd = -1 };
}
