// SPDX-License-Identifier: ISC
/*
 * queue.c - minismtp queue: what people do to mail that waits
 */
#include "front/queue.h"

#include <stdio.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/fd.h"
#include "base/table.h"
#include "base/vis.h"
#include "front/mailq.h"
#include "front/wish.h"

#define AT_ONCE 500	/* IDs for one drop: a command line has an end */
#define UNKNOWN 3		/* of a monitor */

/* -- the verbs */

static bool
is_failed(const struct job *j)
{
	return str_eq(buf_str(&j->where), STR("failed"));
}

static bool
can_be_held(const struct job *j)
{
	return !j->held && !is_failed(j);
}

static bool
is_held(const struct job *j)
{
	return j->held;
}

static bool
waits(const struct job *j)
{
	return !j->held && !is_failed(j);
}

static bool
is_any(const struct job *j)
{
	(void)j;
	return true;
}

/* The exit status, or -1. */
struct act;
typedef int act_fn(struct wish *w, const struct act *v, struct err *e);
static act_fn list, check, change;

static const struct act {
	const char *name;
	act_fn *run;
	const char *drop;		/* the drop's verb */
	bool (*fits)(const struct job *j);	/* what "all" means */
	bool needs_choice;
	const char *done;		/* "ID is ..." */
	const char *help;
} acts[] = {
	{ "check", check, NULL, NULL, false, NULL,
	    "for a monitor: 0, 1, 2 or 3" },
	{ "flush", change, "retry", waits, false, "due now",
	    "try all that wait, now" },
	{ "hold", change, "hold", can_be_held, true, "held",
	    "do not send until released" },
	{ "list", list, NULL, NULL, false, NULL, "print the queue" },
	{ "release", change, "release", is_held, true, "released",
	    "send what was held" },
	{ "remove", change, "remove", is_any, true, "removed",
	    "throw away, and tell nobody" },
	{ "retry", change, "retry", waits, true, "due now",
	    "try these, now" },
	{ "show", change, "show", is_any, true, NULL,
	    "print a message as it was handed in" },
};

static bool
choose_act(size_t i, struct str *name, struct str *words)
{
	if (i >= TABLE_COUNT(acts))
		return false;
	*name = str_of(acts[i].name);
	*words = str_of(acts[i].help);
	return true;
}

/* -- what is done */

static int
print(const struct buf *out, struct err *e)
{
	return fd_write(STDOUT_FILENO, buf_str(out), e);
}

/* Those that are meant, for somebody who does something with each. */
struct chosen {
	const struct wish *wish;
	const struct act *act;
	int64_t now;
	job_fn *each;
	void *who;
};

static int
choose(void *who, const struct job *j, struct err *e)
{
	const struct chosen *c = who;
	const struct choice *choice = &c->wish->choice;

	if (!choice_fits(choice, j, c->now) || (choice->ids.count == 0 &&
	    c->act->fits != NULL && !c->act->fits(j)))
		return 0;
	return c->each(c->who, j, e);
}

static int
list(struct wish *w, const struct act *v, struct err *e)
{
	struct mailq m = { .json = w->options.json, .fd = STDOUT_FILENO };
	struct chosen chosen = { w, v, clock_now(), mailq_add, &m };
	struct jobs q = { .each = choose, .who = &chosen };
	int rc = jobs_ask(&q, &w->options, "list", NULL, e);

	if (rc == 0)
		rc = mailq_end(&m, &q.junk, e);
	mailq_free(&m);
	jobs_free(&q);
	return rc;
}

static int
check(struct wish *w, const struct act *v, struct err *e)
{
	struct queue_sums sums = { .now = clock_now() };
	struct jobs q = { .each = queue_count, .who = &sums };
	struct buf out = { 0 };
	int level = UNKNOWN;

	(void)v;
	if (jobs_ask(&q, &w->options, "list", NULL, e) < 0)
		buf_printf(&out, "QUEUE UNKNOWN - %s\n", buf_cstr(&e->text));
	else
		level = queue_judge(&out, &sums, q.junk.count, &w->limits);
	if (print(&out, e) < 0)
		level = UNKNOWN;
	buf_free(&out);
	jobs_free(&q);
	return level;
}

static int
note_id(void *ids, const struct job *j, struct err *e)
{
	(void)e;
	strs_add(ids, buf_str(&j->id));
	return 0;
}

/* IDs are the drop's business; for the rest one has to look first. */
static int
find(const struct wish *w, const struct act *v, struct strs *ids,
    struct err *e)
{
	struct chosen chosen = { w, v, clock_now(), note_id, ids };
	struct jobs q = { .each = choose, .who = &chosen };
	int rc;

	if (w->choice.ids.count > 0 && !wish_is_choosy(w)) {
		for (size_t i = 0; i < w->choice.ids.count; i++)
			strs_add(ids, strs_at(&w->choice.ids, i));
		return 0;
	}
	rc = jobs_ask(&q, &w->options, "list", NULL, e);
	jobs_free(&q);
	return rc;
}

/* Those that could not be had: words, and the first one's code. */
static int
complain(const struct jobs *q)
{
	struct str rest, id;
	uint64_t code = EX_TEMPFAIL;
	int status = EX_OK;

	for (size_t i = 0; i < q->refused.count; i++) {
		rest = strs_at(&q->refused, i);
		if (!str_eat_until(&rest, ' ', &id) ||
		    !str_eat_number(&rest, &code) || code > EX_CONFIG)
			code = EX_TEMPFAIL;
		fprintf(stderr, "minismtp: %.*s:%.*s\n", STR_ARGS(id),
		    STR_ARGS(rest));
		if (status == EX_OK)
			status = (int)code;
	}
	return status;
}

/* A table of one, and its text. */
static int
print_text(void *who, const struct job *j, struct err *e)
{
	struct mailq m = { .fd = -1 };
	const struct strs none = { 0 };
	int rc;

	(void)who;
	rc = mailq_add(&m, j, e);
	if (rc == 0)
		rc = mailq_end(&m, &none, e);
	buf_putc(&m.out, '\n');
	if (rc == 0)
		rc = print(&m.out, e);
	if (rc == 0)
		rc = print(&j->text, e);
	mailq_free(&m);
	return rc;
}

static int
print_done(const struct act *v, const struct jobs *q, struct err *e)
{
	struct buf out = { 0 };
	int rc;

	for (size_t i = 0; i < q->done.count; i++)
		buf_printf(&out, "%s: %s\n", buf_cstr(&q->done.item[i]),
		    v->done);
	rc = print(&out, e);
	buf_free(&out);
	return rc;
}

static int
do_some(const struct wish *w, const struct act *v, const struct strs *ids,
    int *status, struct err *e)
{
	struct jobs q = { .each = v->done == NULL ? print_text : NULL };
	int rc = jobs_ask(&q, &w->options, v->drop, ids, e);

	if (rc == 0 && v->done != NULL)
		rc = print_done(v, &q, e);
	if (rc == 0 && *status == EX_OK)
		*status = complain(&q);
	jobs_free(&q);
	return rc;
}

static int
change(struct wish *w, const struct act *v, struct err *e)
{
	struct strs ids = { 0 };
	int status = EX_OK, rc = find(w, v, &ids, e);

	for (size_t i = 0; rc == 0 && i < ids.count; i += AT_ONCE) {
		struct strs some = { .item = ids.item + i,
		    .count = ids.count - i < AT_ONCE ? ids.count - i :
		    AT_ONCE };

		rc = do_some(w, v, &some, &status, e);
	}
	strs_free(&ids);
	return rc < 0 ? -1 : status;
}

static int
no_such_act(struct str name, struct err *e)
{
	const char *near = TABLE_NEAREST(acts, name);
	struct buf shown = { 0 };

	vis_add_some(&shown, name, 60);
	err_set(e, EX_USAGE, "%s: no such verb; %s%s", buf_cstr(&shown),
	    near != NULL ? "did you mean " : "try minismtp queue --help",
	    near != NULL ? near : "");
	buf_free(&shown);
	return -1;
}

static int
act(struct wish *w, struct err *e)
{
	const struct act *v = TABLE_FIND(acts, buf_str(&w->verb));

	if (v == NULL)
		return no_such_act(buf_str(&w->verb), e);
	if (v->needs_choice && !w->all && w->choice.ids.count == 0 &&
	    !wish_is_choosy(w))
		return err_set(e, EX_USAGE, "%s: which messages?  Name "
		    "IDs, --sender, --recipient, --older, or all", v->name);
	return v->run(w, v, e);
}

static int
run(void *wish, const struct strs *operands, struct err *e)
{
	return wish_words(wish, operands, e) < 0 ? -1 : act(wish, e);
}

/* A monitor has a number of its own for what went wrong. */
static int
failed(const void *wish, const struct strs *operands, const struct err *e)
{
	const struct wish *w = wish;

	return str_eq(buf_str(&w->verb), STR("check")) ||
	    strs_has(operands, STR("check")) ? UNKNOWN : e->code;
}

static void
free_wish(void *wish)
{
	wish_free(wish);
}

static const struct wish blank = { .limits = { 20, 100, 0 } };

const struct verb queue_verb = {
	.name = "queue",
	.words = "list, show, hold, release, retry or remove what waits",
	.operands = "[verb] [ID ... | all]",
	.completes = COMPLETES_ID,
	.choice = choose_act,
	.options = wish_options,
	.size = sizeof(struct wish),
	.blank = &blank,
	.run = run,
	.failed = failed,
	.free = free_wish,
};

int
queue_flush(const struct options *o)
{
	struct wish w = { 0 };
	struct err e = { 0 };
	int status;

	buf_puts(&w.verb, "flush");
	w.options.config_given = o->config_given;
	buf_set(&w.options.config, buf_str(&o->config));
	for (size_t i = 0; i < o->select.count; i++)
		strs_add(&w.choice.select, strs_at(&o->select, i));
	status = act(&w, &e);
	if (status < 0) {
		fprintf(stderr, "minismtp: %s\n", buf_cstr(&e.text));
		status = e.code;
	}
	wish_free(&w);
	err_clear(&e);
	return status;
}
