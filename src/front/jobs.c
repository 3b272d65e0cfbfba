// SPDX-License-Identifier: ISC
/*
 * jobs.c - the queue as the drop lists it
 */
#include "front/jobs.h"

#include <stdlib.h>
#include <sys/socket.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/fd.h"
#include "base/table.h"
#include "base/vis.h"
#include "base/xmem.h"
#include "front/door.h"
#include "front/origin.h"
#include "front/place.h"
#include "queue/field.h"

#define LISTING_MAX ((size_t)1 << 30)
#define PIECE_MAX 65536			/* of a message that is shown */

typedef int field_fn(struct jobs *q, struct str value, struct err *e);

static int
broken(struct err *e)
{
	return err_set(e, EX_PROTOCOL, "the listing of the queue is broken");
}

void
jobs_add_safe(struct buf *out, struct str text)
{
	if (origin_is_sayable(text))
		buf_add(out, text);
	else
		vis_add(out, text);
}

/* What stands before the first entry belongs to none. */
static struct job *
last(struct jobs *q)
{
	return q->count > 0 ? &q->job[q->count - 1] : NULL;
}

static int
on_entry(struct jobs *q, struct str value, struct err *e)
{
	struct str id;
	struct job *j;

	(void)e;
	q->job = xgrow(q->job, q->count, sizeof(*q->job));
	j = &q->job[q->count++];
	*j = (struct job){ 0 };
	if (str_eat_until(&value, ' ', &id))
		jobs_add_safe(&j->where, value);
	else
		id = value;
	jobs_add_safe(&j->id, id);
	return 0;
}

static int
number(uint64_t *n, struct str value, struct err *e)
{
	return str_eat_number(&value, n) && value.len == 0 ? 0 : broken(e);
}

static int
on_size(struct jobs *q, struct str value, struct err *e)
{
	return number(&last(q)->size, value, e);
}

static int
on_time(struct jobs *q, struct str value, struct err *e)
{
	return number(&last(q)->time, value, e);
}

static int
on_uid(struct jobs *q, struct str value, struct err *e)
{
	return number(&last(q)->uid, value, e);
}

static int
on_tries(struct jobs *q, struct str value, struct err *e)
{
	return number(&last(q)->tries, value, e);
}

static int
on_folded(struct jobs *q, struct str value, struct err *e)
{
	return number(&last(q)->folded, value, e);
}

static int
on_next(struct jobs *q, struct str value, struct err *e)
{
	last(q)->held = str_eq(value, STR("held"));
	return last(q)->held ? 0 : number(&last(q)->next, value, e);
}

static int
on_sender(struct jobs *q, struct str value, struct err *e)
{
	(void)e;
	last(q)->has_sender = true;
	buf_set(&last(q)->sender, value);
	return 0;
}

static int
on_account(struct jobs *q, struct str value, struct err *e)
{
	(void)e;
	buf_set(&last(q)->account, value);
	return 0;
}

static int
on_rcpt(struct jobs *q, struct str value, struct err *e)
{
	struct job *j = last(q);
	struct job_rcpt *to;

	if (value.len < 2)
		return broken(e);
	j->rcpt = xgrow(j->rcpt, j->rcpts, sizeof(*j->rcpt));
	to = &j->rcpt[j->rcpts++];
	*to = (struct job_rcpt){ .state = value.ptr[0] };
	buf_set(&to->address, str_skip(value, 2));
	return 0;
}

/* "TIME CODE WORDS", about the recipient before it or the whole message. */
static int
on_why(struct jobs *q, struct str value, struct err *e)
{
	struct job *j = last(q);
	struct job_why *why = j->rcpts > 0 ? &j->rcpt[j->rcpts - 1].why :
	    &j->why;

	if (!str_eat_number(&value, &why->time) ||
	    !str_eat(&value, STR(" ")) ||
	    !str_eat_number(&value, &why->code))
		return broken(e);
	(void)str_eat(&value, STR(" "));
	buf_set(&why->words, value);
	return 0;
}

static int
on_data(struct jobs *q, struct str value, struct err *e)
{
	(void)e;
	buf_add(&last(q)->text, value);
	return 0;
}

static int
on_junk(struct jobs *q, struct str value, struct err *e)
{
	(void)e;
	strs_add(&q->junk, value);
	return 0;
}

static int
on_ok(struct jobs *q, struct str value, struct err *e)
{
	(void)e;
	strs_add(&q->done, value);
	return 0;
}

static int
on_no(struct jobs *q, struct str value, struct err *e)
{
	(void)e;
	strs_add(&q->refused, value);
	return 0;
}

static int
on_err(struct jobs *q, struct str value, struct err *e)
{
	uint64_t code = EX_TEMPFAIL;
	struct buf words = { 0 };

	(void)q;
	if (str_eat_number(&value, &code))
		(void)str_eat(&value, STR(" "));
	vis_add(&words, value);
	err_set(e, code >= EX_USAGE && code <= EX_CONFIG ? (int)code :
	    EX_TEMPFAIL, "%s", buf_cstr(&words));
	buf_free(&words);
	return -1;
}

static int
on_end(struct jobs *q, struct str value, struct err *e)
{
	(void)value;
	(void)e;
	q->over = true;
	return 0;
}

static const struct row {
	const char *name;
	bool of_entry;		/* says something about the last entry */
	field_fn *take;
} rows[] = {
	{ "account", true, on_account },
	{ "data", true, on_data },
	{ "end", false, on_end },
	{ "entry", false, on_entry },
	{ "err", false, on_err },
	{ "folded", true, on_folded },
	{ "junk", false, on_junk },
	{ "next", true, on_next },
	{ "no", false, on_no },
	{ "ok", false, on_ok },
	{ "rcpt", true, on_rcpt },
	{ "sender", true, on_sender },
	{ "size", true, on_size },
	{ "time", true, on_time },
	{ "tries", true, on_tries },
	{ "uid", true, on_uid },
	{ "why", true, on_why },
};

int
jobs_parse(struct jobs *q, struct str fields, struct err *e)
{
	struct str key, value;
	int rc;

	while ((rc = field_eat(&fields, PIECE_MAX, &key, &value)) > 0) {
		const struct row *row = TABLE_FIND(rows, key);

		if (row == NULL)
			continue;
		if (row->of_entry && q->count == 0)
			return broken(e);
		if (row->take(q, value, e) < 0)
			return -1;
	}
	if (rc < 0)
		return broken(e);
	if (!q->over)
		return err_set(e, EX_TEMPFAIL,
		    "the listing of the queue ends early");
	return 0;
}

int
jobs_ask(struct jobs *q, const struct options *o, const char *verb,
    const struct strs *ids, struct err *e)
{
	struct place p = { 0 };
	struct buf fields = { 0 };
	int fd = -1, rc = -1;

	if (place_find(&p, o, e) == 0)
		fd = door_ask(&p, verb, ids, e);
	if (fd >= 0) {
		(void)shutdown(fd, SHUT_WR);
		rc = fd_read_all(fd, &fields, LISTING_MAX, e);
		close(fd);
	}
	if (rc == 0)
		rc = jobs_parse(q, buf_str(&fields), e);
	buf_free(&fields);
	place_free(&p);
	return rc;
}

struct str
job_reason(const struct job *j)
{
	for (size_t i = 0; i < j->rcpts; i++)
		if (j->rcpt[i].state != 'D' && j->rcpt[i].why.words.len > 0)
			return buf_str(&j->rcpt[i].why.words);
	return buf_str(&j->why.words);
}

void
job_free(struct job *j)
{
	for (size_t i = 0; i < j->rcpts; i++) {
		buf_free(&j->rcpt[i].address);
		buf_free(&j->rcpt[i].why.words);
	}
	free(j->rcpt);
	buf_free(&j->id);
	buf_free(&j->where);
	buf_free(&j->sender);
	buf_free(&j->account);
	buf_free(&j->why.words);
	buf_free(&j->text);
	*j = (struct job){ 0 };
}

void
jobs_free(struct jobs *q)
{
	for (size_t i = 0; i < q->count; i++)
		job_free(&q->job[i]);
	free(q->job);
	strs_free(&q->junk);
	strs_free(&q->done);
	strs_free(&q->refused);
	*q = (struct jobs){ 0 };
}
