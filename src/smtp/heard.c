// SPDX-License-Identifier: ISC
/*
 * heard.c - what the relay's answers in a transaction mean
 */
#include "smtp/heard.h"

#include <sysexits.h>

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

/*
 * Only DATA is answered with 3xx, and with 2xx all but DATA may be.  Out of
 * step is no word on the message: what was sent of it is given up like what is
 * under way when a connection is lost.
 */
static bool
fits(struct session *s, const struct reply *r)
{
	if (reply_class(r) == 3)
		s->flight->out_of_step = true;
	return !s->flight->out_of_step;
}

bool
hear_reset(struct session *s, struct transaction *t, size_t who,
    const struct reply *r)
{
	(void)t;
	(void)who;
	if (reply_class(r) == 2)
		return true;
	/* What is left of the transaction before could mix with this one. */
	s->flight->out_of_step = true;
	return true;
}

bool
hear_mail(struct session *s, struct transaction *t, size_t who,
    const struct reply *r)
{
	(void)who;
	if (!fits(s, r) || reply_class(r) == 2)
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

bool
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
	if (!fits(s, r) || t->no.code != 0)
		return true;
	if (reply_class(r) == 2) {
		to->state = RCPT_TAKEN;
		t->taken++;
		return true;
	}
	if (is_one_too_many(t, r)) {
		s->flight->rcpts = t->taken;
		way->stand[who] = STAND_AGAIN;
		return true;
	}
	refuse(&why, r, "recipient", &to->address);
	tell_why(way, who, &why);
	err_clear(&why);
	return true;
}

bool
hear_data(struct session *s, struct transaction *t, size_t who,
    const struct reply *r)
{
	(void)who;
	t->go = r->code == 354;
	if (t->go)
		return true;
	if (reply_class(r) < 4)
		s->flight->out_of_step = true;
	else
		refuse(&t->no, r, "DATA", NULL);
	return true;
}

bool
hear_chunk(struct session *s, struct transaction *t, size_t who,
    const struct reply *r)
{
	(void)who;
	if (fits(s, r) && reply_class(r) != 2)
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
	if (!fits(s, r) || t->no.code != 0) {
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
bool
hear_end(struct session *s, struct transaction *t, size_t who,
    const struct reply *r)
{
	struct way *way = t->way;

	if (s->lmtp)
		return hear_end_lmtp(s, t, who, r);
	(void)hear_chunk(s, t, who, r);
	if (s->flight->out_of_step || t->no.code != 0)
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
bool
hear_nothing(struct session *s, struct transaction *t, size_t who,
    const struct reply *r)
{
	(void)t;
	(void)who;
	(void)fits(s, r);
	return true;
}
