// SPDX-License-Identifier: ISC
/*
 * hear.c - what the drop and the relay say about a submission
 */
#include "front/hear.h"

#include <errno.h>
#include <poll.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/vis.h"
#include "queue/field.h"

#define CHUNK 16384
#define PATIENCE_MAX (24 * 3600)	/* seconds; nobody means more */

enum heard {
	HEARD_FIELD,
	HEARD_END,		/* it closed, died, or talks nonsense */
	HEARD_NOTHING		/* time is up */
};

/* More bytes into h->in. */
static enum heard
listen_for(struct hear *h, int64_t deadline)
{
	struct pollfd p = { .fd = h->fd, .events = POLLIN };
	ssize_t n;
	int rc = poll(&p, 1, clock_left(deadline));

	if (rc == 0)
		return HEARD_NOTHING;
	if (rc < 0)
		return errno == EINTR || errno == EAGAIN ? HEARD_FIELD :
		    HEARD_END;
	n = read(h->fd, buf_room(&h->in, CHUNK), CHUNK);
	if (n < 0)
		return errno == EINTR || errno == EAGAIN ? HEARD_FIELD :
		    HEARD_END;
	buf_grew(&h->in, (size_t)n);
	return n > 0 ? HEARD_FIELD : HEARD_END;
}

/* The value is copied out: the next call may move what it came from. */
static enum heard
next(struct hear *h, int64_t deadline, struct buf *key, struct buf *value)
{
	for (;;) {
		struct str in = buf_str(&h->in), k, v;
		int rc = field_eat(&in, FIELD_VALUE_MAX, &k, &v);
		enum heard more;

		if (rc > 0) {
			buf_set(key, k);
			buf_set(value, v);
			buf_shift(&h->in, h->in.len - in.len);
			return HEARD_FIELD;
		}
		if (rc < 0)
			return HEARD_END;
		more = listen_for(h, deadline);
		if (more != HEARD_FIELD)
			return more;
	}
}

int
hear_field(struct hear *h, int64_t deadline, struct buf *key,
    struct buf *value)
{
	switch (next(h, deadline, key, value)) {
	case HEARD_FIELD:
		return 1;
	case HEARD_NOTHING:
		return 0;
	case HEARD_END:
		break;
	}
	return -1;
}

/* "CODE words"; a code that is no exit status of ours is temporary. */
static int
eat_code(struct str *in)
{
	struct str rest = *in;
	uint64_t code;

	if (!str_eat_number(&rest, &code) ||
	    (rest.len > 0 && !str_eat(&rest, STR(" "))))
		return EX_TEMPFAIL;
	*in = rest;
	if (code == EX_OK || (code >= EX_USAGE && code <= EX_CONFIG))
		return (int)code;
	return EX_TEMPFAIL;
}

static int
set_words(struct err *e, int code, struct str words, const char *otherwise)
{
	struct buf shown = { 0 };

	vis_add(&shown, words);
	err_set(e, code, "%s", shown.len > 0 ? buf_cstr(&shown) : otherwise);
	buf_free(&shown);
	return -1;
}

static int
refuse_commit(struct str words, struct err *e)
{
	int code = eat_code(&words);

	return set_words(e, code == EX_OK ? EX_TEMPFAIL : code, words,
	    "the queue refused the message");
}

int
hear_commit(struct hear *h, struct err *e)
{
	int64_t deadline = clock_deadline(h->commit_ms > 0 ? h->commit_ms :
	    HEAR_COMMIT_MS);
	struct buf key = { 0 }, value = { 0 };
	enum heard heard;
	int rc = -1;

	while ((heard = next(h, deadline, &key, &value)) == HEARD_FIELD) {
		if (str_eq(buf_str(&key), STR("ok"))) {
			buf_set(&h->id, buf_str(&value));
			rc = 0;
			break;
		}
		if (str_eq(buf_str(&key), STR("err"))) {
			refuse_commit(buf_str(&value), e);
			break;
		}
	}
	if (heard == HEARD_END)
		err_set(e, EX_TEMPFAIL, "the drop ended without a word");
	else if (heard == HEARD_NOTHING)
		err_set(e, EX_TEMPFAIL, "the drop does not answer");
	buf_free(&key);
	buf_free(&value);
	return rc;
}

/* "failed a@example.org the relay's words" */
static void
note_verdict(struct hear *h, struct str value)
{
	struct str state, address, words = STR("");

	if (!str_eat_until(&value, ' ', &state))
		return;
	if (str_eat_until(&value, ' ', &address))
		words = value;
	else
		address = value;
	if (h->verdict != NULL)
		h->verdict(h->who, state, address, words);
	if (!str_eq(state, STR("failed")))
		return;
	vis_add(&h->words, address);
	buf_puts(&h->words, ": ");
	vis_add(&h->words, words.len > 0 ? words : STR("refused"));
	buf_putc(&h->words, '\n');
}

/* "1000 20000" */
static void
note_moved(struct hear *h, struct str value)
{
	uint64_t done, total;

	if (h->moved != NULL && str_eat_number(&value, &done) &&
	    str_eat(&value, STR(" ")) && str_eat_number(&value, &total))
		h->moved(h->who, done, total);
}

static int64_t
patience(int64_t since, struct str value, int64_t otherwise)
{
	uint64_t seconds;

	if (!str_eat_number(&value, &seconds) || value.len > 0)
		return otherwise;
	if (seconds > PATIENCE_MAX)
		seconds = PATIENCE_MAX;
	return since + (int64_t)seconds * 1000;
}

static int
conclude(struct hear *h, struct str value, struct err *e)
{
	int code = eat_code(&value);

	h->sent = code == EX_OK;
	h->code = code;
	if (code == EX_OK || code == EX_TEMPFAIL)
		return 0;	/* delivered, or the queue goes on */
	return set_words(e, code, value, "the relay refused the message");
}

int
hear_verdict(struct hear *h, enum wait wait, struct err *e)
{
	int64_t since = clock_ms();
	int64_t deadline = wait == WAIT_END ? CLOCK_NEVER :
	    clock_deadline(h->patience_ms > 0 ? h->patience_ms :
	    HEAR_PATIENCE_MS);
	struct buf key = { 0 }, value = { 0 };
	int rc = 0;

	h->code = -1;
	if (wait == WAIT_BACKGROUND || wait == WAIT_NONE)
		return 0;
	while (next(h, deadline, &key, &value) == HEARD_FIELD) {
		struct str k = buf_str(&key), v = buf_str(&value);

		if (str_eq(k, STR("done"))) {
			rc = conclude(h, v, e);
			break;
		}
		if (str_eq(k, STR("down"))) {	/* of a session (live.h) */
			int code = eat_code(&v);

			rc = set_words(e, code == EX_OK ? EX_TEMPFAIL : code,
			    v, "the session is over");
			break;
		}
		if (str_eq(k, STR("rcpt")))
			note_verdict(h, v);
		else if (str_eq(k, STR("moved")))
			note_moved(h, v);
		else if (str_eq(k, STR("trace")) && h->line != NULL)
			h->line(h->who, v);
		else if (str_eq(k, STR("patience")) && wait != WAIT_END)
			deadline = patience(since, v, deadline);
	}
	buf_free(&key);
	buf_free(&value);
	return rc;
}

void
hear_free(struct hear *h)
{
	buf_free(&h->in);
	buf_free(&h->id);
	buf_free(&h->words);
}
