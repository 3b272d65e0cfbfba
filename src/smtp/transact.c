// SPDX-License-Identifier: ISC
/*
 * transact.c - one mail transaction: MAIL, RCPT, DATA or BDAT
 *
 * Only what is said; heard.c knows what the answers mean.
 */
#include "smtp/transact.h"

#include <sysexits.h>

#include "smtp/command.h"
#include "smtp/heard.h"

#define CHUNK (256 * 1024)

static int
ask_mail(struct session *s, struct transaction *t, struct err *e)
{
	struct flight *f = s->flight;
	struct buf line = { 0 };
	int rc;

	if (f->open && ask(s, t, STR("RSET"), hear_reset, 0, e) < 0)
		return -1;
	rc = command_mail(&line, t->way->letter->env, &s->caps, e);
	if (rc == 0) {
		f->latest = t;
		f->open = true;
		f->mails++;
		rc = ask(s, t, buf_str(&line), hear_mail, 0, e);
	}
	buf_free(&line);
	return rc;
}

static int
ask_rcpts(struct session *s, struct transaction *t, struct err *e)
{
	struct buf line = { 0 };
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < t->count; i++) {
		struct rcpt *to = &t->way->letter->env->rcpt[t->rcpt[i]];

		if (t->no.code != 0)
			break;
		buf_reset(&line);
		rc = command_rcpt(&line, to, &s->caps, e);
		if (rc == 0)
			rc = ask(s, t, buf_str(&line), hear_rcpt,
			    t->rcpt[i], e);
	}
	buf_free(&line);
	return rc;
}

int
transact_fill(struct session *s, struct source *text, struct err *e)
{
	struct flight *f = s->flight;
	struct str piece;
	int rc = 1;

	buf_reset(&f->chunk);
	f->over = false;
	while (f->chunk.len < CHUNK && (rc = source_pull(text, &piece, e)) > 0)
		buf_add(&f->chunk, piece);
	f->over = rc == 0;
	return rc < 0 ? -1 : 0;
}

/*
 * The text has broken off and half of it may be at the relay: what was asked
 * before is still heard, and then the connection is closed, so that nobody can
 * take the half for the whole.
 */
static int
break_off(struct session *s, struct transaction *t, struct err *e)
{
	struct err ignored = { 0 };

	err_wrap(e, "cannot read the message");
	e->code = EX_TEMPFAIL;
	(void)settle(s, 0, &ignored);
	err_clear(&ignored);
	if (t->no.code == 0)
		err_copy(&t->no, e);
	wire_close(&s->wire);
	return -1;
}

/* The relay refuses it while we still talk: the rest need not be said. */
static int
send_chunks(struct session *s, struct transaction *t, struct source *text,
    struct err *e)
{
	struct flight *f = s->flight;
	struct buf line = { 0 };
	int rc = 0;

	do {
		buf_reset(&line);
		buf_printf(&line, "BDAT %zu%s", f->chunk.len,
		    f->over ? " LAST" : "");
		wire_say(&s->wire, buf_str(&line));
		wire_put(&s->wire, buf_str(&f->chunk));
		trace_body(&s->wire.trace, f->chunk.len);
		if (f->over) {
			t->end = s->wire.said;
			rc = expect(s, t, hear_end, 0, true, e);
			break;
		}
		rc = expect(s, t, hear_chunk, 0, false, e);
		if (rc == 0)
			rc = settle_arrived(s, e);
		if (rc == 0 && t->no.code == 0 &&
		    transact_fill(s, text, e) < 0)
			rc = break_off(s, t, e);
	} while (rc == 0 && t->no.code == 0);
	buf_free(&line);
	return rc;
}

/* What was filled in before, then the rest. */
static int
send_text(struct session *s, struct source *text, struct err *e)
{
	struct str piece = buf_str(&s->flight->chunk);
	uint64_t bytes = 0;
	int rc;

	do {
		wire_put(&s->wire, piece);
		bytes += piece.len;
		rc = s->flight->over ? 0 : source_pull(text, &piece, e);
	} while (rc > 0 && s->wire.lost.code == 0);
	trace_body(&s->wire.trace, bytes);
	return rc < 0 ? -1 : 0;
}

/*
 * 354 for nobody: a lone dot ends it, and no text goes out (RFC 2920, 3.1).
 * Where the relay says yes to a recipient after it said no to MAIL, a dot
 * might make mail; so does nobody know how LMTP answers.
 */
static int
end_for_nobody(struct session *s, struct transaction *t, bool refused,
    struct err *e)
{
	if (refused || s->lmtp) {
		wire_close(&s->wire);
		return err_set(e, EX_PROTOCOL,
		    "the relay wants a message that is for nobody");
	}
	if (ask(s, t, STR("."), hear_nothing, 0, e) < 0)
		return -1;
	s->flight->open = false;
	return 0;
}

static int
send_data(struct session *s, struct transaction *t, struct source *text,
    struct err *e)
{
	bool refused;

	if (ask(s, t, STR("DATA"), hear_data, 0, e) < 0 ||
	    settle(s, 0, e) < 0)
		return -1;
	refused = t->no.code != 0;
	if (!t->go)
		return 0;
	if (t->taken == 0 || refused)
		return end_for_nobody(s, t, refused, e);
	if (quiet(s, e) < 0)
		return -1;
	if (send_text(s, text, e) < 0)
		return break_off(s, t, e);
	wire_say(&s->wire, STR("."));
	t->end = s->wire.said;
	s->flight->open = false;
	return expect(s, t, hear_end, 0, true, e);
}

/*
 * Where nobody can be left any more, because the answers are here already, the
 * text is not sent.
 */
static int
converse(struct session *s, struct transaction *t, struct source *text,
    struct err *e)
{
	if (ask_mail(s, t, e) < 0 || ask_rcpts(s, t, e) < 0)
		return -1;
	if (t->no.code != 0 || (t->outstanding == 0 && t->taken == 0))
		return 0;
	return ehlo_has(&s->caps, EHLO_CHUNKING) ?
	    send_chunks(s, t, text, e) : send_data(s, t, text, e);
}

int
transact(struct session *s, struct transaction *t, struct source *text,
    struct err *e)
{
	int rc;

	t->asking = true;
	rc = converse(s, t, text, e);
	if (rc < 0)
		give_up(s, t, e);
	t->asking = false;
	conclude(s, t);
	return rc;
}
