// SPDX-License-Identifier: ISC
/*
 * list.c - what is in the queue, for whom it may concern
 */
#include "drop/list.h"

#include <inttypes.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "base/clock.h"
#include "base/fd.h"
#include "base/vis.h"
#include "base/xmem.h"
#include "drop/drop.h"
#include "queue/entry.h"
#include "queue/field.h"
#include "queue/listing.h"
#include "queue/marks.h"

#define COLLECT 65536		/* bytes until they are written */

static void
add_why(struct buf *out, const struct marks_last *last)
{
	if (last->time > 0)
		field_addf(out, "why", "%" PRId64 " %d %s", last->time,
		    last->code, buf_cstr(&last->words));
}

static void
add_rcpts(struct buf *out, const struct record *r, const struct marks *m)
{
	for (size_t i = 0; i < r->env.count; i++) {
		const struct rcpt *to = &r->env.rcpt[i];
		char state = 'T';

		if (to->state == RCPT_DONE)
			state = 'D';
		else if (to->state == RCPT_FAILED)
			state = r->mark[i].told ? 'R' : 'F';
		field_add_pair(out, "rcpt", (struct str){ &state, 1 },
		    buf_str(&to->address));
		add_why(out, &m->rcpt[i]);
	}
}

static void
add_entry(struct buf *out, const struct entry *en, const struct record *r,
    const struct marks *m)
{
	field_add_pair(out, "entry", str_of(en->id.text),
	    str_of(spool_where_name(en->where)));
	field_add_number(out, "size", r->size);
	field_add_number(out, "time", (uint64_t)r->facts.time);
	if (en->next == SPOOL_HELD || (r->hold && en->where == SPOOL_NEW))
		field_add(out, "next", STR("held"));
	else
		field_add_number(out, "next", (uint64_t)en->next);
	field_add_number(out, "uid", r->facts.uid);
	field_add_number(out, "tries", m->attempts);
	if (m->folded > 0)
		field_add_number(out, "folded", m->folded);
	if (r->has_sender)
		field_add(out, "sender", buf_str(&r->env.sender));
	if (r->facts.account.len > 0)
		field_add(out, "account", buf_str(&r->facts.account));
	add_why(out, &m->all);
	add_rcpts(out, r, m);
}

/* Whose file it is tells most of the time, without a look inside. */
static bool
may_see(const struct drop *d, const struct entry *en)
{
	return d->who.all || en->owner == d->who.uid ||
	    en->owner == d->spool.owner;
}

static int
flush(struct buf *out, struct err *e)
{
	int rc = drop_write(buf_str(out), e);

	buf_reset(out);
	return rc;
}

/* The message as it was given; no piece is larger than a submission's. */
static int
add_text(struct drop *d, struct buf *out, const struct entry *en,
    const struct record *r, struct err *e)
{
	struct buf piece = { 0 };
	uint64_t at = 0;
	ssize_t n = 1;
	int rc = 0;

	while (d->ids > 0 && rc == 0 && n > 0 && at < r->size) {
		uint64_t left = r->size - at;

		buf_reset(&piece);
		n = fd_pread(en->fd, &piece, left < COLLECT ? (size_t)left :
		    COLLECT, r->body + (off_t)at, e);
		if (n > 0) {
			field_add(out, "data", buf_str(&piece));
			rc = flush(out, e);
			at += (uint64_t)n;
		}
	}
	buf_free(&piece);
	return n < 0 ? -1 : rc;
}

/* 1: it is in out; 0: it is not his; -1. */
static int
show(struct drop *d, struct entry *en, struct buf *out, struct err *e)
{
	struct record r = { 0 };
	struct marks m = { 0 };
	int rc;

	if (!may_see(d, en))
		return 0;
	rc = entry_glance(en, &r, e);
	if (rc == 0 && (d->who.all || r.facts.uid == d->who.uid)) {
		rc = marks_first(&m, en, &r, e);
		if (rc == 0)
			add_entry(out, en, &r, &m);
		if (rc == 0)
			rc = add_text(d, out, en, &r, e) < 0 ? -1 : 1;
	}
	marks_free(&m);
	record_free(&r);
	return rc;
}

static void
add_junk(struct buf *out, struct str words)
{
	struct buf safe = { 0 };

	vis_add(&safe, words);
	field_add(out, "junk", buf_str(&safe));
	buf_free(&safe);
}

/* Those that had another name, or none, when their turn came. */
struct missed {
	struct id *id;
	size_t count;
};

static void
miss(struct missed *m, const struct id *id)
{
	m->id = xgrow(m->id, m->count, sizeof(*m->id));
	m->id[m->count++] = *id;
}

static int
by_id(const void *a, const void *b)
{
	const struct id *x = a, *y = b;

	return memcmp(x->text, y->text, ID_LEN);
}

/*
 * 1: it is in out.  One that is damaged does not hide the others; one that is
 * gone is in missed, if that is not NULL.
 */
static int
list_one(struct drop *d, enum spool_where where,
    const struct listing_item *item, struct missed *missed, struct buf *out)
{
	struct entry en;
	struct err e = { 0 };
	int rc = entry_peek_listed(&en, &d->spool, where, item, &e);

	if (rc > 0)
		rc = show(d, &en, out, &e);
	else if (rc == 0 && missed != NULL)
		miss(missed, &item->id);
	if (rc < 0 && d->who.all)
		add_junk(out, buf_str(&e.text));
	entry_close(&en);
	err_clear(&e);
	return rc;
}

static int
list_dir(struct drop *d, enum spool_where where, struct missed *missed,
    struct buf *out, struct err *e)
{
	struct listing list;
	int rc = 0;

	if (listing_read(&list, &d->spool, where, CLOCK_NEVER, NULL, e) < 0)
		return -1;
	for (size_t i = 0; rc == 0 && i < list.count; i++) {
		list_one(d, where, &list.item[i], missed, out);
		if (out->len > COLLECT)
			rc = flush(out, e);
	}
	for (size_t i = 0; d->who.all && i < list.junk.count; i++)
		add_junk(out, strs_at(&list.junk, i));
	listing_free(&list);
	return rc;
}

/*
 * Who prints the listing may take his time, and the relay goes on meanwhile:
 * what was tried has another NEXT then, and what was new is in cur.
 */
static int
list_missed(struct drop *d, struct missed *m, struct buf *out, struct err *e)
{
	struct listing list;
	int rc = 0;

	if (m->count == 0)
		return 0;
	qsort(m->id, m->count, sizeof(*m->id), by_id);
	if (listing_read(&list, &d->spool, SPOOL_CUR, CLOCK_NEVER, NULL, e) <
	    0)
		return -1;
	for (size_t i = 0; rc == 0 && i < list.count; i++) {
		const struct listing_item *item = &list.item[i];

		if (bsearch(&item->id, m->id, m->count, sizeof(*m->id), by_id)
		    != NULL)
			list_one(d, SPOOL_CUR, item, NULL, out);
		if (out->len > COLLECT)
			rc = flush(out, e);
	}
	listing_free(&list);
	return rc;
}

int
list_run(struct drop *d, struct err *e)
{
	static const enum spool_where order[] = {
		SPOOL_CUR, SPOOL_NEW, SPOOL_FAILED
	};
	struct missed missed = { 0 };
	struct buf out = { 0 };
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < 3; i++)
		rc = list_dir(d, order[i], &missed, &out, e);
	if (rc == 0)
		rc = list_missed(d, &missed, &out, e);
	if (rc == 0) {
		field_add(&out, "end", STR(""));
		rc = flush(&out, e);
	}
	free(missed.id);
	buf_free(&out);
	return rc;
}

int
list_show(struct drop *d, struct err *e)
{
	struct listing_item it = { .is_file = false };
	enum spool_where where;
	struct buf out = { 0 };
	int rc = 0;

	for (size_t i = 0; rc >= 0 && i < d->ids; i++) {
		it.id = d->id[i];
		rc = spool_find(&d->spool, &it.id, &where, &it.next, e);
		if (rc > 0)
			rc = list_one(d, where, &it, NULL, &out) > 0;
		if (rc == 0)
			field_addf(&out, "no", "%s %d there is no such "
			    "message", it.id.text, EX_NOINPUT);
	}
	if (rc >= 0) {
		field_add(&out, "end", STR(""));
		rc = flush(&out, e);
	}
	buf_free(&out);
	return rc;
}
