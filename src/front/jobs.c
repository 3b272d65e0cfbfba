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

#define TEXT_MAX ((size_t)1 << 30)	/* of a message that is shown, */
#define PIECE_MAX 65536			/* and of a piece of it */

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

/* -- one message; its memory is the next one's */

static void
forget_why(struct job_why *why)
{
	why->time = why->code = 0;
	buf_reset(&why->words);
}

static void
forget(struct job *j)
{
	j->size = j->time = j->next = j->uid = j->tries = j->folded = 0;
	j->held = j->has_sender = false;
	j->rcpts = 0;
	buf_reset(&j->id);
	buf_reset(&j->where);
	buf_reset(&j->sender);
	buf_reset(&j->account);
	buf_reset(&j->text);
	forget_why(&j->why);
}

static struct job_rcpt *
add_rcpt(struct job *j)
{
	struct job_rcpt *to;

	if (j->rcpts == j->made) {
		j->rcpt = xgrow(j->rcpt, j->made, sizeof(*j->rcpt));
		j->rcpt[j->made++] = (struct job_rcpt){ 0 };
	}
	to = &j->rcpt[j->rcpts++];
	buf_reset(&to->address);
	forget_why(&to->why);
	return to;
}

/* -- the fields */

static int
on_entry(struct jobs *q, struct str value, struct err *e)
{
	struct job *j = &q->job;
	struct str id;

	(void)e;
	forget(j);
	q->is_told = true;
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
	return number(&q->job.size, value, e);
}

static int
on_time(struct jobs *q, struct str value, struct err *e)
{
	return number(&q->job.time, value, e);
}

static int
on_uid(struct jobs *q, struct str value, struct err *e)
{
	return number(&q->job.uid, value, e);
}

static int
on_tries(struct jobs *q, struct str value, struct err *e)
{
	return number(&q->job.tries, value, e);
}

static int
on_folded(struct jobs *q, struct str value, struct err *e)
{
	return number(&q->job.folded, value, e);
}

static int
on_next(struct jobs *q, struct str value, struct err *e)
{
	q->job.held = str_eq(value, STR("held"));
	return q->job.held ? 0 : number(&q->job.next, value, e);
}

static int
on_sender(struct jobs *q, struct str value, struct err *e)
{
	(void)e;
	q->job.has_sender = true;
	buf_set(&q->job.sender, value);
	return 0;
}

static int
on_account(struct jobs *q, struct str value, struct err *e)
{
	(void)e;
	buf_set(&q->job.account, value);
	return 0;
}

static int
on_rcpt(struct jobs *q, struct str value, struct err *e)
{
	struct job_rcpt *to;

	if (value.len < 2)
		return broken(e);
	to = add_rcpt(&q->job);
	to->state = value.ptr[0];
	buf_set(&to->address, str_skip(value, 2));
	return 0;
}

/* "TIME CODE WORDS", about the recipient before it or the whole message. */
static int
on_why(struct jobs *q, struct str value, struct err *e)
{
	struct job *j = &q->job;
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
	if (q->job.text.len + value.len > TEXT_MAX)
		return err_set(e, EX_DATAERR, "%s: longer than %zu bytes",
		    buf_cstr(&q->job.id), TEXT_MAX);
	buf_add(&q->job.text, value);
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

/* Those first that come most: a long listing has a million of them. */
static const struct row {
	const char *name;
	bool of_entry;		/* says something about the last entry */
	field_fn *take;
} rows[] = {
	{ "entry", false, on_entry },
	{ "size", true, on_size },
	{ "time", true, on_time },
	{ "next", true, on_next },
	{ "uid", true, on_uid },
	{ "tries", true, on_tries },
	{ "sender", true, on_sender },
	{ "rcpt", true, on_rcpt },
	{ "why", true, on_why },
	{ "account", true, on_account },
	{ "folded", true, on_folded },
	{ "data", true, on_data },
	{ "ok", false, on_ok },
	{ "no", false, on_no },
	{ "junk", false, on_junk },
	{ "err", false, on_err },
	{ "end", false, on_end },
};

/* What is not about the last message says that there is no more about it. */
static int
settle(struct jobs *q, struct err *e)
{
	if (!q->is_told)
		return 0;
	q->is_told = false;
	q->count++;
	return q->each != NULL ? q->each(q->who, &q->job, e) : 0;
}

static int
take(struct jobs *q, struct str key, struct str value, struct err *e)
{
	const struct row *row = TABLE_FIND(rows, key);

	if (row == NULL)
		return 0;
	if (row->of_entry && !q->is_told)
		return broken(e);
	if (!row->of_entry && row->take != on_err && settle(q, e) < 0)
		return -1;
	return row->take(q, value, e);
}

int
jobs_take(struct jobs *q, struct str *in, struct err *e)
{
	struct str key, value;
	int rc;

	while ((rc = field_eat(in, PIECE_MAX, &key, &value)) > 0)
		if (take(q, key, value, e) < 0)
			return -1;
	return rc < 0 ? broken(e) : 0;
}

int
jobs_end(const struct jobs *q, struct err *e)
{
	return q->over ? 0 : err_set(e, EX_TEMPFAIL,
	    "the listing of the queue ends early");
}

/* Half a field waits for the rest of it. */
static int
hear(struct jobs *q, int fd, struct err *e)
{
	struct buf heard = { 0 };
	struct str rest;
	ssize_t n;
	int rc = 0;

	while (rc == 0 && (n = fd_read(fd, &heard, PIECE_MAX, e)) != 0) {
		rest = buf_str(&heard);
		rc = n < 0 ? -1 : jobs_take(q, &rest, e);
		buf_shift(&heard, heard.len - rest.len);
	}
	buf_free(&heard);
	return rc < 0 ? -1 : jobs_end(q, e);
}

int
jobs_ask(struct jobs *q, const struct options *o, const char *verb,
    const struct strs *ids, struct err *e)
{
	struct place p = { 0 };
	int fd = -1, rc = -1;

	if (place_find(&p, o, e) == 0)
		fd = door_ask(&p, verb, ids, e);
	if (fd >= 0) {
		(void)shutdown(fd, SHUT_WR);
		rc = hear(q, fd, e);
		close(fd);
	}
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

static void
job_free(struct job *j)
{
	for (size_t i = 0; i < j->made; i++) {
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
}

void
jobs_free(struct jobs *q)
{
	job_free(&q->job);
	strs_free(&q->junk);
	strs_free(&q->done);
	strs_free(&q->refused);
	*q = (struct jobs){ 0 };
}
