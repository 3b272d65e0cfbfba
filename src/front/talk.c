// SPDX-License-Identifier: ISC
/*
 * talk.c - the two ends of an SMTP dialogue, seen from the server
 */
#include "front/talk.h"

#include <errno.h>
#include <poll.h>
#include <stdarg.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"

#define CHUNK 65536

void
talk_say(struct talk *t, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	buf_vprintf(&t->said, fmt, ap);
	va_end(ap);
	buf_puts(&t->said, "\r\n");
}

static enum talked
await(int fd, short events, int64_t deadline)
{
	struct pollfd p = { .fd = fd, .events = events };
	int rc;

	do
		rc = poll(&p, 1, clock_left(deadline));
	while (rc < 0 && (errno == EINTR || errno == EAGAIN));
	if (rc < 0)
		return TALK_BROKEN;
	return rc == 0 ? TALK_SILENT : TALK_HEARD;
}

enum talked
talk_flush(struct talk *t)
{
	int64_t deadline = clock_deadline(t->idle_ms);

	while (t->said.len > 0) {
		enum talked rc = await(t->out, POLLOUT, deadline);
		ssize_t n;

		if (rc != TALK_HEARD)
			return rc;
		n = write(t->out, t->said.data, t->said.len);
		if (n < 0 && errno != EINTR && errno != EAGAIN)
			return errno == EPIPE ? TALK_CLOSED : TALK_BROKEN;
		if (n > 0)
			buf_shift(&t->said, (size_t)n);
	}
	return TALK_HEARD;
}

static struct str
left(const struct talk *t)
{
	return str_skip(buf_str(&t->heard), t->at);
}

static enum talked
read_more(struct talk *t)
{
	int64_t deadline = clock_deadline(t->idle_ms);
	enum talked rc = talk_flush(t);
	ssize_t n;

	buf_shift(&t->heard, t->at);
	t->at = 0;
	do {
		if (rc == TALK_HEARD)
			rc = await(t->in, POLLIN, deadline);
		if (rc != TALK_HEARD)
			return rc;
		n = read(t->in, buf_room(&t->heard, CHUNK), CHUNK);
	} while (n < 0 && (errno == EINTR || errno == EAGAIN));
	if (n < 0)
		return errno == ECONNRESET ? TALK_CLOSED : TALK_BROKEN;
	buf_grew(&t->heard, (size_t)n);
	return n == 0 ? TALK_CLOSED : TALK_HEARD;
}

enum talked
talk_bytes(struct talk *t, size_t max, struct str *bytes)
{
	if (left(t).len == 0) {
		enum talked rc = read_more(t);

		if (rc != TALK_HEARD)
			return rc;
	}
	*bytes = str_head(left(t), max);
	return TALK_HEARD;
}

void
talk_took(struct talk *t, size_t n)
{
	t->at += n;
}

/*
 * Two hours at one byte a minute are as bad as silence, so the idle time
 * counts for the whole line.  A last line without its end is none.
 */
enum talked
talk_line(struct talk *t, struct str *line)
{
	int64_t deadline = clock_deadline(t->idle_ms);
	bool too_long = false;

	for (;;) {
		struct str in = left(t);

		if (str_eat_until(&in, '\n', line)) {
			talk_took(t, line->len + 1);
			if (line->len > 0 &&
			    line->ptr[line->len - 1] == '\r') {
				t->crlf = true;
				line->len--;
			}
			return too_long || line->len > TALK_LINE_MAX ?
			    TALK_LONG : TALK_HEARD;
		}
		if (in.len > TALK_LINE_MAX) {
			too_long = true;
			talk_took(t, in.len);
		}
		if (clock_left(deadline) == 0)
			return TALK_SILENT;
		enum talked rc = read_more(t);

		if (rc != TALK_HEARD)
			return rc;
	}
}

void
talk_free(struct talk *t)
{
	buf_free(&t->heard);
	buf_free(&t->said);
}
