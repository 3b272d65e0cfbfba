// SPDX-License-Identifier: ISC
/*
 * flight.c - what has been asked and not yet answered
 */
#include "smtp/flight.h"

#include <assert.h>
#include <stdlib.h>
#include <sysexits.h>

static void
tell(struct way *way, size_t who)
{
	assert(way->stand[who] != STAND_TOLD);
	way->stand[who] = STAND_TOLD;
	way->waiting--;
	way->letter->verdict(way->letter, who);
}

void
tell_done(struct way *way, size_t who, const struct reply *r)
{
	struct rcpt *to = &way->letter->env->rcpt[who];

	err_clear(&to->why);
	buf_reset(&to->reply);
	reply_words(r->code, buf_str(&r->text), &to->reply);
	to->state = RCPT_DONE;
	tell(way, who);
}

void
tell_why(struct way *way, size_t who, const struct err *why)
{
	struct rcpt *to = &way->letter->env->rcpt[who];

	err_copy(&to->why, why);
	to->state = err_is_temporary(why) ? RCPT_TODO : RCPT_FAILED;
	tell(way, who);
}

/*
 * Those whom the relay had too many of are free again, all at once and without
 * a word on them: they are asked for once more in another transaction.
 */
void
conclude(struct session *s, struct transaction *t)
{
	struct way *way = t->way;

	if (t->asking || t->outstanding > 0)
		return;
	for (size_t i = 0; i < t->count; i++) {
		size_t who = t->rcpt[i];

		if (way->stand[who] == STAND_AGAIN)
			way->stand[who] = STAND_FREE;
		if (way->stand[who] != STAND_BUSY)
			continue;
		if (t->no.code == 0)
			err_set(&t->no, EX_TEMPFAIL,
			    "the relay has said nothing about the message");
		tell_why(way, who, &t->no);
	}
	s->flight->messages--;
	s->flight->bytes -= t->bytes;
	way->under_way--;
	err_clear(&t->no);
	free(t->rcpt);
	free(t);
}

/*
 * A 421 says that nothing behind it was looked at.  Otherwise a message that
 * has left us whole may have been taken; nobody knows, so it is tried again.
 */
void
give_up(struct session *s, struct transaction *t, const struct err *e)
{
	if (t->no.code != 0)
		return;
	err_copy(&t->no, e);
	if (err_is_temporary(&t->no))
		t->no.smtp = e->smtp;
	else
		t->no.code = EX_TEMPFAIL;
	if (t->end == 0 || s->wire.sent < t->end || e->smtp == 421)
		return;
	t->way->letter->twice = true;
	err_wrap(&t->no, "the message was sent whole and there was no reply, "
	    "so it may be delivered twice");
}

static void
give_up_all(struct session *s, const struct err *e)
{
	struct flight *f = s->flight;

	while (f->count > 0) {
		struct asked *a = &f->asked[f->first];

		f->first = (f->first + 1) % FLIGHT_MAX;
		f->count--;
		a->t->outstanding--;
		give_up(s, a->t, e);
		conclude(s, a->t);
	}
}

int
quiet(struct session *s, struct err *e)
{
	return s->flight->count > 0 ? 0 : wire_quiet(&s->wire, e);
}

/* A verdict on a message that has not gone out yet is none. */
static bool
is_early(const struct session *s, const struct asked *a)
{
	return a->final && s->wire.sent < a->t->end &&
	    wire_has_reply(&s->wire);
}

static int
hear_reply(struct session *s, struct asked *a, bool *over, struct err *e)
{
	int64_t patience = s->wire.patience;
	struct reply r = { 0 };
	int rc;

	if (is_early(s, a)) {
		wire_close(&s->wire);
		return err_set(e, EX_PROTOCOL,
		    "the relay answers before it was asked");
	}
	if (a->final && s->patience_end > 0)
		s->wire.patience = s->patience_end;
	rc = wire_hear(&s->wire, &r, e);
	s->wire.patience = patience;
	if (rc == 0) {
		*over = a->hear(s, a->t, a->who, &r);
		if (r.code == 421)
			rc = reply_refusal(&r, e,
			    "the relay ends the session");
		else if (s->flight->out_of_step)
			rc = reply_refusal(&r, e, "the relay is out of step");
	}
	if (rc < 0 && s->flight->out_of_step) {
		e->code = EX_PROTOCOL;
		wire_close(&s->wire);
	}
	reply_free(&r);
	return rc;
}

static int
hear_one(struct session *s, struct err *e)
{
	struct flight *f = s->flight;
	struct asked *a = &f->asked[f->first];
	bool over = true;

	if (hear_reply(s, a, &over, e) < 0) {
		give_up_all(s, e);
		return -1;
	}
	if (over) {
		f->first = (f->first + 1) % FLIGHT_MAX;
		f->count--;
		a->t->outstanding--;
		conclude(s, a->t);
	}
	return 0;
}

int
settle(struct session *s, size_t keep, struct err *e)
{
	while (s->flight->count > keep)
		if (hear_one(s, e) < 0)
			return -1;
	return 0;
}

int
settle_arrived(struct session *s, struct err *e)
{
	while (s->flight->count > 0 && wire_has_reply(&s->wire))
		if (hear_one(s, e) < 0)
			return -1;
	return 0;
}

int
expect(struct session *s, struct transaction *t, hear_fn *hear, size_t who,
    bool final, struct err *e)
{
	struct flight *f = s->flight;
	size_t at = (f->first + f->count) % FLIGHT_MAX;

	assert(f->count < FLIGHT_MAX);
	f->asked[at] = (struct asked){ hear, t, who, final };
	f->count++;
	t->outstanding++;
	if (!ehlo_has(&s->caps, EHLO_PIPELINING))
		return settle(s, 0, e);
	return f->count < FLIGHT_MAX ? 0 : settle(s, FLIGHT_MAX / 2, e);
}

int
ask(struct session *s, struct transaction *t, struct str line, hear_fn *hear,
    size_t who, struct err *e)
{
	if (s->wire.closed)
		return err_set(e, EX_TEMPFAIL, "the connection is closed");
	if (quiet(s, e) < 0)
		return -1;
	wire_say(&s->wire, line);
	return expect(s, t, hear, who, false, e);
}
