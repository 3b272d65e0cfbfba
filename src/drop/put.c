// SPDX-License-Identifier: ISC
/*
 * put.c - one submission from standard input into the queue
 */
#include "drop/put.h"

#include <errno.h>
#include <poll.h>
#include <sys/stat.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/buf.h"
#include "guard/process.h"
#include "queue/draft.h"
#include "queue/field.h"

#define DATA_MAX (256 * 1024)	/* of one piece of the message */
#define CHUNK (128 * 1024)
#define AHEAD 4096		/* taken behind a field that is not whole */

/* A file or a terminal is a mistake, or somebody playing. */
static int
check_input(struct err *e)
{
	struct stat st;

	if (fstat(STDIN_FILENO, &st) < 0)
		return err_sys(e, EX_IOERR, "standard input");
	if (!S_ISSOCK(st.st_mode) && !S_ISFIFO(st.st_mode))
		return err_set(e, EX_IOERR, "standard input: is no connection: "
		    "minismtp starts this program, people do not");
	return 0;
}

/*
 * More of the stream, at least one byte.  Its end is never what we wait for.
 * Not much more than this field: what is behind it would have to be moved.
 */
static int
read_more(struct buf *in, struct err *e)
{
	struct pollfd p = { .fd = STDIN_FILENO, .events = POLLIN };
	size_t missing = field_missing(buf_str(in), DATA_MAX);
	size_t max = missing > 0 ? missing + AHEAD : CHUNK;

	for (;;) {
		ssize_t n = read(STDIN_FILENO, buf_room(in, max), max);

		if (n > 0) {
			buf_grew(in, (size_t)n);
			return 0;
		}
		if (n == 0)
			return err_set(e, EX_DATAERR,
			    "the submission ends before its end");
		if (errno == EAGAIN)
			poll(&p, 1, -1);
		else if (errno != EINTR)
			return err_sys(e, EX_IOERR, "read the submission");
	}
}

/* 1: this was the end. */
static int
take(struct draft *draft, struct str key, struct str value, struct err *e)
{
	if (str_eq(key, STR("data")))
		return draft_data(draft, value, e);
	if (!str_eq(key, STR("end")))
		return draft_field(draft, key, value, e);
	return value.len == 0 ? 1 :
	    err_set(e, EX_DATAERR, "field end: has a value");
}

static int
take_all(struct draft *draft, struct buf *in, struct err *e)
{
	struct str rest, key, value;
	int rc;

	for (;;) {
		rest = buf_str(in);
		while ((rc = field_eat(&rest, DATA_MAX, &key, &value)) > 0) {
			rc = take(draft, key, value, e);
			if (rc > 0 && rest.len > 0)
				return err_set(e, EX_DATAERR,
				    "the submission goes on behind its end");
			if (rc != 0)
				return rc < 0 ? -1 : 0;
		}
		if (rc < 0)
			return err_set(e, EX_DATAERR,
			    "the submission is not made of fields");
		buf_shift(in, in->len - rest.len);
		if (read_more(in, e) < 0)
			return -1;
	}
}

/* The mail is safe, whatever becomes of the rest. */
static void
call_relay(struct drop *d, const struct draft *draft)
{
	struct err e = { 0 };

	if (draft->said.hold || draft->said.wait == RECORD_WAIT_NONE ||
	    !d->relay.wanted)
		return;
	if (handoff_give(&d->relay, &draft->id, 1, &e) < 0)
		drop_say("done", "%d queued: %s", EX_TEMPFAIL,
		    buf_cstr(&e.text));
	err_clear(&e);
}

/*
 * Between the rename and the answer no signal and no lack of memory may end
 * us: the caller would keep a mail that is also sent.  If he has gone before
 * he heard it, nobody can help that.
 */
static int
commit(struct drop *d, struct draft *draft, struct err *e)
{
	struct buf answer = { 0 };
	struct err gone = { 0 };
	int rc;

	field_add(&answer, "ok", str_of(draft->id.text));
	process_close();
	rc = draft_commit(draft, e);
	if (rc == 0) {
		(void)drop_write(buf_str(&answer), &gone);
		call_relay(d, draft);
	}
	err_clear(&gone);
	buf_free(&answer);
	return rc;
}

int
put_run(struct drop *d, struct err *e)
{
	struct draft draft = { 0 };
	struct buf in = { 0 };
	int rc = -1;

	if (check_input(e) == 0 &&
	    draft_begin(&draft, &d->spool, d->who.uid, e) == 0 &&
	    take_all(&draft, &in, e) == 0)
		rc = commit(d, &draft, e);
	draft_abort(&draft);
	buf_free(&in);
	return rc < 0 ? err_wrap(e, "cannot queue the message") : 0;
}
