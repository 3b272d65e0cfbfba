// SPDX-License-Identifier: ISC
/*
 * change.c - what people do to messages that are in the queue
 *
 * Each way to do it is one rename or one unlink, as in minismtp-spool(5).
 */
#include "drop/change.h"

#include <sysexits.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/vis.h"
#include "queue/entry.h"
#include "queue/field.h"

/* What is done to one; the answers are written when the names are durable. */
typedef int change_fn(struct entry *en, const struct record *r,
    struct err *e);

struct round {
	struct drop *d;
	change_fn *change;
	struct buf out;			/* the answers so far */
	bool touched[SPOOL_DIRS];
};

static bool
is_held(const struct entry *en, const struct record *r)
{
	return en->next == SPOOL_HELD || (r->hold && en->where == SPOOL_NEW);
}

static int
hold(struct entry *en, const struct record *r, struct err *e)
{
	(void)r;
	if (en->where == SPOOL_FAILED)
		return err_set(e, EX_UNAVAILABLE, "nobody tries it any more");
	return entry_defer(en, SPOOL_HELD, e);
}

static int
release(struct entry *en, const struct record *r, struct err *e)
{
	if (!is_held(en, r))
		return err_set(e, EX_UNAVAILABLE, "it is not held");
	return entry_defer(en, clock_now(), e);
}

static int
retry(struct entry *en, const struct record *r, struct err *e)
{
	if (is_held(en, r))
		return err_set(e, EX_UNAVAILABLE, "it is held: release it");
	if (en->where == SPOOL_NEW)
		return 0;		/* it is due already */
	return entry_defer(en, clock_now(), e);
}

static int
discard(struct entry *en, const struct record *r, struct err *e)
{
	(void)r;
	return entry_remove(en, e);
}

/* 1 with a message that he may touch; 0 after words on why not; -1. */
static int
open_own(struct round *round, const struct id *id, struct entry *en,
    struct record *r, struct err *e)
{
	struct drop *d = round->d;
	enum spool_where where;
	int64_t next;
	int rc = spool_find(&d->spool, id, &where, &next, e);

	if (rc <= 0 || where == SPOOL_TMP)
		return rc < 0 ? -1 : err_set(e, EX_NOINPUT,
		    "there is no such message");
	rc = entry_peek(en, &d->spool, where, id, next, e);
	if (rc > 0 && entry_glance(en, r, e) < 0)
		rc = -1;
	if (rc < 0 && d->who.all)
		return -1;
	if (rc <= 0 || (!d->who.all && r->facts.uid != d->who.uid)) {
		err_clear(e);
		return err_set(e, EX_NOINPUT, "there is no such message");
	}
	entry_close(en);
	rc = entry_open(en, &d->spool, where, id, next, e);
	return rc != 0 ? rc : err_set(e, EX_TEMPFAIL,
	    "it is on its way just now");
}

static void
add_answer(struct buf *out, const struct id *id, const struct err *e)
{
	struct buf words = { 0 };

	vis_add(&words, buf_str(&e->text));
	field_addf(out, "no", "%s %d %s", id->text, e->code,
	    buf_cstr(&words));
	buf_free(&words);
}

/* Is it done? */
static bool
change_one(struct round *round, const struct id *id)
{
	struct entry en = { 0 };
	struct record r = { 0 };
	struct err e = { 0 };
	enum spool_where was;
	int rc = open_own(round, id, &en, &r, &e);

	if (rc > 0) {
		was = en.where;
		rc = round->change(&en, &r, &e);
		round->touched[was] |= rc == 0;
		round->touched[en.where] |= rc == 0;
	}
	if (rc < 0)
		add_answer(&round->out, id, &e);
	else
		field_add(&round->out, "ok", str_of(id->text));
	record_free(&r);
	entry_close(&en);
	err_clear(&e);
	return rc >= 0;
}

/* What went well is all that is left of the IDs. */
static int
change_all(struct drop *d, change_fn *change, struct err *e)
{
	struct round round = { .d = d, .change = change };
	size_t done = 0;
	int rc = 0;

	for (size_t i = 0; i < d->ids; i++)
		if (change_one(&round, &d->id[i]))
			d->id[done++] = d->id[i];
	d->ids = done;
	for (int where = 0; rc == 0 && where < SPOOL_DIRS; where++)
		if (round.touched[where])
			rc = spool_sync(&d->spool, (enum spool_where)where, e);
	if (rc == 0) {
		field_add(&round.out, "end", STR(""));
		rc = drop_write(buf_str(&round.out), e);
	}
	buf_free(&round.out);
	return rc;
}

/* If it is not there the next run has them: they are due. */
static int
change_and_send(struct drop *d, change_fn *change, struct err *e)
{
	struct err gone = { 0 };
	int rc = change_all(d, change, e);

	if (rc == 0 && d->ids > 0)
		(void)handoff_give(&d->relay, d->id, d->ids, &gone);
	err_clear(&gone);
	return rc;
}

int
change_hold(struct drop *d, struct err *e)
{
	return change_all(d, hold, e);
}

int
change_remove(struct drop *d, struct err *e)
{
	return change_all(d, discard, e);
}

int
change_release(struct drop *d, struct err *e)
{
	return change_and_send(d, release, e);
}

int
change_retry(struct drop *d, struct err *e)
{
	return change_and_send(d, retry, e);
}
