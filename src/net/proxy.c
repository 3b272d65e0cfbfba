// SPDX-License-Identifier: ISC
/*
 * proxy.c - through a SOCKS5 proxy (RFC 1928, 1929)
 */
#include "net/proxy.h"

#include <arpa/inet.h>
#include <errno.h>
#include <poll.h>
#include <sys/socket.h>
#include <sysexits.h>

#include "base/clock.h"
#include "base/table.h"

#define NO_LOGIN 0
#define PASSWORD 2

static int
wait_for(int fd, short what, int64_t deadline, struct err *e)
{
	struct pollfd p = { .fd = fd, .events = what };
	int n;

	do
		n = poll(&p, 1, clock_left(deadline));
	while (n < 0 && errno == EINTR);
	if (n < 0)
		return err_sys(e, EX_TEMPFAIL, "poll");
	return n > 0 ? 0 : err_set(e, EX_TEMPFAIL, "no answer in time");
}

static int
say(int fd, struct str bytes, int64_t deadline, struct err *e)
{
	while (bytes.len > 0) {
		ssize_t n = send(fd, bytes.ptr, bytes.len, MSG_NOSIGNAL);

		if (n < 0 && errno != EAGAIN && errno != EINTR)
			return err_sys(e, EX_TEMPFAIL, "send");
		if (n < 0 && wait_for(fd, POLLOUT, deadline, e) < 0)
			return -1;
		if (n > 0)
			bytes = str_skip(bytes, (size_t)n);
	}
	return 0;
}

/* Exactly so many: what comes behind them is the relay's. */
static int
hear(int fd, unsigned char *to, size_t count, int64_t deadline,
    struct err *e)
{
	while (count > 0) {
		ssize_t n = recv(fd, to, count, 0);

		if (n == 0)
			return err_set(e, EX_TEMPFAIL,
			    "it has closed the connection");
		if (n < 0 && errno != EAGAIN && errno != EINTR)
			return err_sys(e, EX_TEMPFAIL, "receive");
		if (n < 0 && wait_for(fd, POLLIN, deadline, e) < 0)
			return -1;
		if (n > 0) {
			to += n;
			count -= (size_t)n;
		}
	}
	return 0;
}

static int
log_in(int fd, const struct dial_policy *p, int64_t deadline, struct err *e)
{
	struct str password = secret_reveal(&p->proxy_password);
	struct secret line = { 0 };
	unsigned char answer[2];
	char len[2];
	int rc;

	if (p->proxy_user.len > 255 || password.len > 255)
		return err_set(e, EX_CONFIG, "the user or password is longer "
		    "than SOCKS allows");
	len[0] = (char)p->proxy_user.len;
	len[1] = (char)password.len;
	secret_add(&line, STR("\1"));
	secret_add(&line, (struct str){ &len[0], 1 });
	secret_add(&line, buf_str(&p->proxy_user));
	secret_add(&line, (struct str){ &len[1], 1 });
	secret_add(&line, password);
	rc = say(fd, secret_reveal(&line), deadline, e);
	secret_free(&line);
	if (rc < 0 || hear(fd, answer, 2, deadline, e) < 0)
		return -1;
	return answer[1] == 0 ? 0 : err_set(e, EX_NOPERM,
	    "it refuses the user or password");
}

static int
agree(int fd, const struct dial_policy *p, int64_t deadline, struct err *e)
{
	unsigned char answer[2];
	bool login = p->proxy_user.len > 0;

	if (say(fd, login ? STR("\5\2\0\2") : STR("\5\1\0"), deadline, e) < 0 ||
	    hear(fd, answer, 2, deadline, e) < 0)
		return -1;
	if (answer[0] != 5)
		return err_set(e, EX_PROTOCOL, "it does not speak SOCKS5");
	if (answer[1] == NO_LOGIN)
		return 0;
	if (answer[1] != PASSWORD || !login)
		return err_set(e, EX_NOPERM, "it wants another login");
	return log_in(fd, p, deadline, e);
}

/* RFC 1928, 6. */
static const char *const refusals[] = {
	"", "general failure", "not allowed", "the network is unreachable",
	"the host is unreachable", "connection refused", "it took too long",
	"it cannot connect", "it knows no such address"
};

static int
hear_result(int fd, int64_t deadline, struct err *e)
{
	unsigned char head[4], rest[256 + 2], len = 0;
	size_t count;

	if (hear(fd, head, 4, deadline, e) < 0)
		return -1;
	if (head[0] != 5)
		return err_set(e, EX_PROTOCOL, "it does not speak SOCKS5");
	if (head[1] != 0)
		return err_set(e, EX_TEMPFAIL, "%s",
		    head[1] < TABLE_COUNT(refusals) ? refusals[head[1]] :
		    "it refuses");
	if (head[3] == 3 && hear(fd, &len, 1, deadline, e) < 0)
		return -1;
	count = head[3] == 1 ? 4 : head[3] == 4 ? 16 : len;
	return hear(fd, rest, count + 2, deadline, e);
}

static int
request(int fd, struct str host, int port, int64_t deadline, struct err *e)
{
	unsigned char address[16];
	struct buf line = { 0 };
	int rc;

	if (host.len > 255)
		return err_set(e, EX_CONFIG, "the host's name is too long");
	buf_add(&line, host);		/* for the NUL behind it */
	if (inet_pton(AF_INET, buf_cstr(&line), address) == 1) {
		buf_set(&line, STR("\5\1\0\1"));
		buf_add(&line, (struct str){ (char *)address, 4 });
	} else if (inet_pton(AF_INET6, buf_cstr(&line), address) == 1) {
		buf_set(&line, STR("\5\1\0\4"));
		buf_add(&line, (struct str){ (char *)address, 16 });
	} else {
		buf_set(&line, STR("\5\1\0\3"));
		buf_putc(&line, (char)host.len);
		buf_add(&line, host);
	}
	buf_putc(&line, (char)(port >> 8));
	buf_putc(&line, (char)(port & 255));
	rc = say(fd, buf_str(&line), deadline, e);
	buf_free(&line);
	return rc < 0 ? -1 : hear_result(fd, deadline, e);
}

int
proxy_ask(int fd, const struct dial_policy *p, struct str host, int port,
    int64_t deadline, struct err *e)
{
	if (agree(fd, p, deadline, e) == 0 &&
	    request(fd, host, port, deadline, e) == 0)
		return 0;
	return err_wrap(e, "the proxy %s", buf_cstr(&p->proxy));
}
