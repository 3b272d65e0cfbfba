// SPDX-License-Identifier: ISC
/*
 * wire.c - command lines out, replies in
 */
#include "smtp/wire.h"

#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "base/clock.h"

#define HOLD_MAX (64 * 1024)	/* collected before it goes without a hear */

static int64_t
reply_deadline(const struct wire *w)
{
	int64_t d = clock_deadline(w->patience > 0 ? w->patience :
	    WIRE_PATIENCE);

	return w->end > 0 && w->end < d ? w->end : d;
}

/* Behind a secret everything is part of it, so that the order stays. */
static void
collect(struct wire *w, struct str bytes)
{
	if (secret_is_set(&w->hush))
		secret_add(&w->hush, bytes);
	else
		buf_add(&w->out, bytes);
	w->said += bytes.len;
}

void
wire_say(struct wire *w, struct str line)
{
	trace_said(&w->trace, line);
	collect(w, line);
	collect(w, STR("\r\n"));
}

void
wire_say_secret(struct wire *w, struct secret *line)
{
	trace_masked(&w->trace);
	w->said += secret_reveal(line).len;
	if (secret_is_set(&w->hush)) {
		secret_add(&w->hush, secret_reveal(line));
		secret_free(line);
	} else {
		w->hush = *line;
		*line = (struct secret){ 0 };
	}
	collect(w, STR("\r\n"));
}

/*
 * The first loss is the one that is told; what follows from it is not.  A
 * relay that closes while we talk has often said why just before.
 */
static void
lose(struct wire *w, int rc, struct err *e)
{
	if (rc == 0)
		err_set(e, EX_TEMPFAIL, "%s has closed the connection",
		    buf_cstr(&w->conn->peer));
	if (w->lost.code == 0)
		err_copy(&w->lost, e);
	buf_free(&w->out);
	secret_free(&w->hush);
}

static void
send_some(struct wire *w, struct str bytes, int64_t deadline)
{
	struct err e = { 0 };
	size_t before = bytes.len;
	int rc;

	if (w->lost.code != 0 || bytes.len == 0)
		return;
	w->waited = false;
	rc = conn_exchange(w->conn, &bytes, &w->in, deadline, &e);
	w->sent += before - bytes.len;
	if (rc <= 0)
		lose(w, rc, &e);
	err_clear(&e);
}

static void
flush(struct wire *w, int64_t deadline)
{
	send_some(w, buf_str(&w->out), deadline);
	buf_reset(&w->out);
	send_some(w, secret_reveal(&w->hush), deadline);
	secret_free(&w->hush);
}

int
wire_flush(struct wire *w, struct err *e)
{
	flush(w, reply_deadline(w));
	return w->lost.code != 0 ? err_copy(e, &w->lost) : 0;
}

static struct str
unheard(const struct wire *w)
{
	return str_skip(buf_str(&w->in), w->eaten);
}

/*
 * Reads once.  On a connection that is lost for sending there may still be
 * something to read, but nothing to wait for.
 */
static int
fill(struct wire *w, int64_t deadline, struct err *e)
{
	int rc;

	buf_shift(&w->in, w->eaten);
	w->eaten = 0;
	if (w->lost.code == 0 && !w->waited && w->sent > 0) {
		w->waits++;
		w->waited = true;
	}
	rc = conn_recv(w->conn, &w->in, w->lost.code != 0 ?
	    clock_deadline(1) : deadline, e);
	if (rc > 0)
		return 0;
	lose(w, rc, e);
	return err_copy(e, &w->lost);
}

/*
 * *line points into w->in and is good until the next call.  Some relays end
 * lines with a bare LF; no harm can come from that, since only we read them.
 */
static int
next_line(struct wire *w, struct str *line, int64_t deadline, struct err *e)
{
	for (;;) {
		struct str rest = unheard(w);

		if (str_eat_until(&rest, '\n', line)) {
			w->eaten = w->in.len - rest.len;
			if (line->len > 0 && line->ptr[line->len - 1] == '\r')
				line->len--;
			*line = str_head(*line, WIRE_LINE_MAX);
			return 0;
		}
		if (rest.len > REPLY_BYTES_MAX)
			return err_set(e, EX_PROTOCOL,
			    "the relay's line has more than %d bytes",
			    REPLY_BYTES_MAX);
		if (fill(w, deadline, e) < 0)
			return -1;
	}
}

static int
hear(struct wire *w, struct reply *r, struct err *e)
{
	int64_t deadline = reply_deadline(w);
	struct str line;
	int more;

	flush(w, deadline);
	trace_listen(&w->trace);
	do {
		if (next_line(w, &line, deadline, e) < 0)
			return -1;
		trace_heard(&w->trace, line);
		more = reply_feed(r, line, e);
	} while (more > 0);
	return more;
}

int
wire_hear(struct wire *w, struct reply *r, struct err *e)
{
	reply_reset(r);
	if (w->closed)
		return err_set(e, EX_TEMPFAIL, "the connection is closed");
	if (hear(w, r, e) < 0) {
		reply_reset(r);
		wire_close(w);
		return -1;
	}
	if (r->code == 421)
		w->closed = true;
	return 0;
}

bool
wire_has_reply(const struct wire *w)
{
	struct str rest = unheard(w), line;

	while (str_eat_until(&rest, '\n', &line))
		if (line.len < 4 || line.ptr[3] != '-')
			return true;
	return false;
}

/* Small texts travel with their commands, big ones go as they come. */
void
wire_put(struct wire *w, struct str bytes)
{
	if (w->out.len + bytes.len <= HOLD_MAX) {
		collect(w, bytes);
		return;
	}
	flush(w, reply_deadline(w));
	w->said += bytes.len;
	send_some(w, bytes, reply_deadline(w));
}

bool
wire_has_more(const struct wire *w)
{
	return w->in.len > w->eaten;
}

/*
 * Who answers before he is asked will be taken for having answered the next
 * question.  Only a 421 may come at any time (RFC 5321, 3.8).
 */
int
wire_quiet(struct wire *w, struct err *e)
{
	struct reply r = { 0 };
	int rc;

	if (!wire_has_more(w))
		return 0;
	rc = wire_hear(w, &r, e);
	if (rc == 0)
		rc = reply_refusal(&r, e, r.code == 421 ?
		    "the relay ends the session" :
		    "the relay talks without being asked");
	if (!err_is_temporary(e))
		e->code = EX_PROTOCOL;
	wire_close(w);
	reply_free(&r);
	return rc;
}

void
wire_close(struct wire *w)
{
	w->closed = true;
	trace_end(&w->trace);
	buf_reset(&w->out);
	secret_free(&w->hush);
}

void
wire_free(struct wire *w)
{
	trace_end(&w->trace);
	buf_free(&w->in);
	buf_free(&w->out);
	secret_free(&w->hush);
	err_clear(&w->lost);
	*w = (struct wire){ 0 };
}
