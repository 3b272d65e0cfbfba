// SPDX-License-Identifier: ISC
/*
 * stream.c - the scripted relay's end of a connection
 */
#include "stream.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

static void
nap(unsigned ms)
{
	struct timespec t = { ms / 1000, (long)(ms % 1000) * 1000000 };

	while (nanosleep(&t, &t) < 0 && errno == EINTR)
		continue;
}

static ssize_t
put(struct stream *s, struct str bytes)
{
	ssize_t n;

	do {
		if (s->tls != NULL)
			n = gnutls_record_send(s->tls, bytes.ptr, bytes.len);
		else
			n = send(s->fd, bytes.ptr, bytes.len, MSG_NOSIGNAL);
	} while (n == GNUTLS_E_INTERRUPTED || n == GNUTLS_E_AGAIN ||
	    (s->tls == NULL && n < 0 && errno == EINTR));
	return n;
}

static void
put_all(struct stream *s, struct str bytes)
{
	while (bytes.len > 0 && !s->over) {
		ssize_t n = put(s, s->slow > 0 ? str_head(bytes, 1) : bytes);

		if (n <= 0) {
			s->over = true;
			return;
		}
		bytes = str_skip(bytes, (size_t)n);
		if (s->slow > 0)
			nap(s->slow);
	}
}

void
stream_say(struct stream *s, struct str bytes)
{
	buf_add(&s->out, bytes);
}

void
stream_swallow(struct stream *s)
{
	buf_reset(&s->out);
}

void
stream_flush(struct stream *s)
{
	if (s->out.len == 0 || s->over)
		return;
	if (s->delay > 0)
		nap(s->delay);
	s->flights++;
	put_all(s, buf_str(&s->out));
	buf_reset(&s->out);
}

/* With TLS a flight comes in many records: it is late once, not for each. */
static bool
goes_on(const struct stream *s)
{
	struct pollfd p = { .fd = s->fd, .events = POLLIN };

	return s->delay > 0 && s->tls != NULL &&
	    (gnutls_record_check_pending(s->tls) > 0 || poll(&p, 1, 0) > 0);
}

static bool
fill(struct stream *s)
{
	char *room;
	ssize_t n;

	if (!goes_on(s))
		stream_flush(s);
	if (s->over)
		return false;
	if (s->eaten > 0) {
		buf_shift(&s->in, s->eaten);
		s->eaten = 0;
	}
	room = buf_room(&s->in, 65536);
	do {
		if (s->tls != NULL)
			n = gnutls_record_recv(s->tls, room, 65536);
		else
			n = recv(s->fd, room, 65536, 0);
	} while (n == GNUTLS_E_INTERRUPTED || n == GNUTLS_E_AGAIN ||
	    (s->tls == NULL && n < 0 && errno == EINTR));
	if (n <= 0) {
		s->over = true;
		return false;
	}
	buf_grew(&s->in, (size_t)n);
	return true;
}

static struct str
waiting(const struct stream *s)
{
	return str_skip(buf_str(&s->in), s->eaten);
}

bool
stream_line(struct stream *s, struct str *line)
{
	const char *lf;
	size_t seen = 0;

	for (;;) {
		struct str in = waiting(s);

		lf = in.len > seen ?
		    memchr(in.ptr + seen, '\n', in.len - seen) : NULL;
		if (lf != NULL) {
			line->ptr = in.ptr;
			line->len = (size_t)(lf - in.ptr);
			s->eaten += line->len + 1;
			break;
		}
		seen = in.len;
		if (!fill(s))
			return false;
	}
	if (line->len > 0 && line->ptr[line->len - 1] == '\r')
		line->len--;
	else
		record_problem(s->record, "a command ends with a bare LF");
	if (memchr(line->ptr, '\r', line->len) != NULL ||
	    memchr(line->ptr, '\0', line->len) != NULL)
		record_problem(s->record, "a command holds CR or NUL");
	return true;
}

bool
stream_bytes(struct stream *s, size_t max, struct str *bytes)
{
	if (s->eaten == s->in.len && !fill(s))
		return false;
	*bytes = str_head(waiting(s), max);
	s->eaten += bytes->len;
	return true;
}

void
stream_unread(struct stream *s, size_t count)
{
	s->eaten -= count;
}

bool
stream_has_more(const struct stream *s)
{
	return s->eaten < s->in.len;
}

void
stream_close(struct stream *s)
{
	stream_flush(s);
	if (s->tls != NULL) {
		if (!s->over)
			(void)gnutls_bye(s->tls, GNUTLS_SHUT_WR);
		gnutls_deinit(s->tls);
		s->tls = NULL;
	}
	if (s->fd >= 0)
		(void)close(s->fd);
	s->fd = -1;
	s->over = true;
	buf_free(&s->in);
	buf_free(&s->out);
	s->eaten = 0;
}

void
stream_reset(struct stream *s)
{
	struct linger now = { 1, 0 };

	stream_flush(s);
	(void)setsockopt(s->fd, SOL_SOCKET, SO_LINGER, &now, sizeof(now));
	s->over = true;		/* no goodbye under TLS either */
}

void
stream_stall(struct stream *s, unsigned seconds)
{
	struct pollfd p = { .fd = s->fd, .events = POLLRDHUP };

	stream_flush(s);
	while (poll(&p, 1, (int)seconds * 1000) < 0 && errno == EINTR)
		continue;
	if (p.revents != 0)
		s->over = true;
}
