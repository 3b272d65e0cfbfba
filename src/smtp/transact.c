// SPDX-License-Identifier: ISC
/*
 * transact.c - one mail transaction: MAIL, RCPT, DATA or BDAT
 *
 * Who decides: the class of a reply, never its words.  A 5xx is for good where
 * it is about the recipient or the message; a reply about the order of
 * commands or about us is about neither.  What cannot be an answer to what was
 * asked ends the session: from there on nobody knows which reply is whose.
 */
#include "smtp/transact.h"

#include <sysexits.h>

#include "message/stuff.h"
#include "smtp/command.h"

#define CHUNK (256 * 1024)

/* 503 is about the order, the others about our login (RFC 4954, 6). */
static bool
is_about_us(int code)
{
	return code == 503 || code == 530 || code == 534 || code == 535 ||
	    code == 538;
}

static void
refuse(struct err *e, const struct reply *r, const char *what,
    const struct buf *address)
{
	if (e->code != 0)
		return;
	if (address != NULL)
		reply_refusal(r, e, "%s <%s> refused", what,
		    buf_cstr(address));
	else
		reply_refusal(r, e, "%s refused", what);
	if (is_about_us(r->code))
		e->code = EX_TEMPFAIL;
}

/* Only DATA is answered with 3xx, and with 2xx all but DATA may be. */
static bool
fits(struct session *s, struct transaction *t, const struct reply *r)
{
	if (reply_class(r) != 3)
		return true;
	s->flight->out_of_step = true;
	if (t->no.code == 0)
		refuse(&t->no, r, "an answer that was none,", NULL);
	return false;
}

static bool
hear_reset(struct session *s, struct transaction *t, size_t who,
    const struct reply *r)
{
	(void)who;
	if (reply_class(r) == 2)
		return true;
	/* What is left of the transaction before could mix with this one. */
	s->flight->out_of_step = true;
	refuse(&t->no, r, "RSET", NULL);
	t->no.code = EX_TEMPFAIL;
	return true;
}

static bool
hear_mail(struct session *s, struct transaction *t, size_t who,
    const struct reply *r)
{
	(void)who;
	if (!fits(s, t, r) || reply_class(r) == 2)
		return true;
	refuse(&t->no, r, "sender", &t->way->letter->env->sender);
	if (s->flight->latest == t)
		s->flight->open = false;
	return true;
}

/*
 * "Too many recipients" is about their number (RFC 5321, 4.5.3.1.10), and 552
 * an old name for it.  Only after one was taken, or there would be no end.
 */
static bool
is_one_too_many(const struct transaction *t, const struct reply *r)
{
	struct str status;
	bool said = reply_status(r->code, buf_str(&r->text), &status);

	if (t->taken == 0)
		return false;
	return (r->code == 452 && (!said || str_eq(status, STR("4.5.3")))) ||
	    (r->code == 552 && said && str_eq(status, STR("5.5.3")));
}

static bool
hear_rcpt(struct session *s, struct transaction *t, size_t who,
    const struct reply *r)
{
	struct way *way = t->way;
	struct rcpt *to = &way->letter->env->rcpt[who];
	struct err why = { 0 };

	/*
	 * RFC 2920: after a refused MAIL the RCPTs in the same flight get a
	 * 503.  That says nothing about the recipient.
	 */
	if (!fits(s, t, r) || t->no.code != 0)
		return true;
	if (reply_class(r) == 2) {
		to->state = RCPT_TAKEN;
		t->taken++;
		return true;
	}
	if (is_one_too_many(t, r)) {
		s->flight->rcpts = t->taken;
		way->stand[who] = STAND_FREE;
		return true;
	}
	refuse(&why, r, "recipient", &to->address);
	tell_why(way, who, &why);
	err_clear(&why);
	return true;
}

static bool
hear_data(struct session *s, struct transaction *t, size_t who,
    const struct reply *r)
{
	(void)who;
	t->go = r->code == 354;
	if (t->go)
		return true;
	if (reply_class(r) < 4) {
		s->flight->out_of_step = true;
		refuse(&t->no, r, "an answer that was none,", NULL);
	} else {
		refuse(&t->no, r, "DATA", NULL);
	}
	return true;
}

static bool
hear_chunk(struct session *s, struct transaction *t, size_t who,
    const struct reply *r)
{
	(void)who;
	if (fits(s, t, r) && reply_class(r) != 2)
		refuse(&t->no, r, "message", NULL);
	return true;
}

/*
 * RFC 2033, 4.2: one reply for each recipient that was taken.  If a chunk was
 * refused before, nobody can say how many will come.
 */
static bool
hear_end_lmtp(struct session *s, struct transaction *t, size_t who,
    const struct reply *r)
{
	struct way *way = t->way;
	struct err why = { 0 };
	size_t i = 0;

	if (t->taken == 0)
		return hear_chunk(s, t, who, r);
	if (!fits(s, t, r) || t->no.code != 0) {
		s->flight->out_of_step = true;
		return true;
	}
	while (way->stand[t->rcpt[i]] != STAND_BUSY ||
	    way->letter->env->rcpt[t->rcpt[i]].state != RCPT_TAKEN)
		i++;
	if (reply_class(r) == 2) {
		tell_done(way, t->rcpt[i], r);
	} else {
		refuse(&why, r, "message for",
		    &way->letter->env->rcpt[t->rcpt[i]].address);
		tell_why(way, t->rcpt[i], &why);
		err_clear(&why);
	}
	if (++t->ended < t->taken)
		return false;
	if (s->flight->latest == t)
		s->flight->open = false;
	return true;
}

/* The one reply that makes the mail the relay's. */
static bool
hear_end(struct session *s, struct transaction *t, size_t who,
    const struct reply *r)
{
	struct way *way = t->way;

	if (s->lmtp)
		return hear_end_lmtp(s, t, who, r);
	if (!hear_chunk(s, t, who, r) || t->no.code != 0)
		return true;
	for (size_t i = 0; i < t->count; i++)
		if (way->stand[t->rcpt[i]] == STAND_BUSY &&
		    way->letter->env->rcpt[t->rcpt[i]].state == RCPT_TAKEN)
			tell_done(way, t->rcpt[i], r);
	if (s->flight->latest == t)
		s->flight->open = false;
	return true;
}

/* A message for nobody: whatever is said to it, it is no verdict. */
static bool
hear_nothing(struct session *s, struct transaction *t, size_t who,
    const struct reply *r)
{
	(void)who;
	(void)fits(s, t, r);
	return true;
}

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

/* What was filled in before, then the rest; each line begins anew. */
static int
send_text(struct session *s, struct source *text, struct err *e)
{
	struct source_text head;
	struct source_pair whole;
	struct stuff stuffed = { 0 };
	char last[2] = { '\r', '\n' };
	uint64_t bytes = 0;
	struct str piece;
	int rc;

	source_text_init(&head, buf_str(&s->flight->chunk));
	source_pair_init(&whole, &head.source, text);
	stuff_init(&stuffed, s->flight->over ? &head.source : &whole.source);
	while ((rc = source_pull(&stuffed.source, &piece, e)) > 0 &&
	    s->wire.lost.code == 0) {
		wire_put(&s->wire, piece);
		bytes += piece.len;
		last[0] = piece.len > 1 ? piece.ptr[piece.len - 2] : last[1];
		last[1] = piece.ptr[piece.len - 1];
	}
	stuff_free(&stuffed);
	if (rc == 0 && (last[0] != '\r' || last[1] != '\n'))
		wire_put(&s->wire, STR("\r\n"));
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
