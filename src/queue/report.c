// SPDX-License-Identifier: ISC
/*
 * report.c - what comes back while a submitter waits
 */
#include "queue/report.h"

#include <errno.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/buf.h"
#include "queue/field.h"

/*
 * A pipe has no MSG_DONTWAIT and no MSG_NOSIGNAL.  Its O_NONBLOCK belongs to
 * everybody who has it open, so we ask poll(2) first: a pipe that is ready
 * takes PIPE_BUF bytes at once, and no report that we send into pipes is
 * longer.  SIGPIPE is ignored in all programs that report (guard/process.h).
 */
static ssize_t
send_pipe(int fd, struct str bytes)
{
	struct pollfd p = { .fd = fd, .events = POLLOUT };

	if (bytes.len > 4096) {
		errno = EMSGSIZE;
		return -1;
	}
	if (poll(&p, 1, 0) != 1 || (p.revents & POLLOUT) == 0) {
		errno = EAGAIN;
		return -1;
	}
	return write(fd, bytes.ptr, bytes.len);
}

/*
 * A report that does not fit is not sent.  But half a field would spoil all
 * that follow: who has got one hears nothing more.
 */
static void
send_bytes(struct report *r, struct str bytes)
{
	ssize_t n;

	do {
		n = send(r->fd, bytes.ptr, bytes.len,
		    MSG_DONTWAIT | MSG_NOSIGNAL);
		if (n < 0 && errno == ENOTSOCK)
			n = send_pipe(r->fd, bytes);
	} while (n < 0 && errno == EINTR);
	if (n >= 0 && n != (ssize_t)bytes.len)
		r->fd = 0;
}

void
report_send(struct report *r, const char *key, const char *fmt, ...)
{
	struct buf value = { 0 }, field = { 0 };
	va_list ap;

	if (r->fd <= 0)
		return;
	va_start(ap, fmt);
	buf_vprintf(&value, fmt, ap);
	va_end(ap);
	field_add(&field, key, buf_str(&value));
	send_bytes(r, buf_str(&field));
	buf_free(&field);
	buf_free(&value);
}

bool
report_is_heard(const struct report *r)
{
	struct pollfd p = { .fd = r->fd, .events = POLLOUT | POLLRDHUP };

	return r->fd > 0 && poll(&p, 1, 0) == 1 &&
	    (p.revents & (POLLHUP | POLLRDHUP | POLLERR | POLLNVAL)) == 0;
}
