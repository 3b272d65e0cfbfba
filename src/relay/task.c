// SPDX-License-Identifier: ISC
/*
 * task.c - one message that this run has taken upon itself
 */
#include "relay/task.h"

#include <stdlib.h>

#include "base/log.h"
#include "base/xmem.h"
#include "relay/fate.h"
#include "smtp/session.h"

/*
 * A record that was read is a task.  What was handed in to be held is accepted
 * with a NEXT that never comes; once it has been released the name counts.
 */
static int
read_all(struct task *t, struct err *e)
{
	struct envelope *env = &t->record.env;

	if (entry_glance(&t->entry, &t->record, e) < 0)
		return -1;
	if (t->record.hold && t->entry.where == SPOOL_NEW)
		return entry_accept(&t->entry, SPOOL_HELD, e);
	t->open = xcalloc(env->count, sizeof(*t->open));
	for (size_t i = 0; i < env->count; i++)
		t->open[i] = env->rcpt[i].state == RCPT_TODO;
	return marks_first(&t->marks, &t->entry, &t->record, e) < 0 ? -1 : 1;
}

int
task_take(struct task **out, struct spool *s, enum spool_where where,
    const struct id *id, int64_t next, struct err *e)
{
	struct task *t;
	int rc;

	if (where == SPOOL_CUR && next == SPOOL_HELD)
		return 0;
	t = xcalloc(1, sizeof(*t));
	rc = entry_open(&t->entry, s, where, id, next, e);

	if (rc > 0)
		rc = read_all(t, e);
	if (rc > 0)
		*out = t;
	else
		task_free(t);
	return rc;
}

void
task_refuse(struct task *t, const struct err *why)
{
	for (size_t i = 0; i < t->record.env.count; i++) {
		struct rcpt *to = &t->record.env.rcpt[i];

		if (!t->open[i])
			continue;
		err_copy(&to->why, why);
		to->state = err_is_temporary(why) ? RCPT_TODO : RCPT_FAILED;
	}
}

void
task_note(struct spool *s, const struct id *id, int64_t now,
    const struct err *why)
{
	enum spool_where where;
	struct task *t = NULL;
	struct err e = { 0 };
	int64_t next;

	if (spool_find(s, id, &where, &next, &e) > 0 &&
	    (where == SPOOL_NEW || where == SPOOL_CUR) &&
	    task_take(&t, s, where, id, next, &e) > 0)
		(void)marks_try(&t->marks, &t->entry, MARKS_ALL, now,
		    why->code, buf_str(&why->text), &e);
	task_free(t);
	err_clear(&e);
}

static bool
is_finished(const struct task *t, size_t i)
{
	switch (t->record.env.rcpt[i].state) {
	case RCPT_DONE:
		return true;
	case RCPT_FAILED:
		return t->record.mark[i].told;
	case RCPT_TODO:
	case RCPT_TAKEN:
		break;
	}
	return false;
}

bool
task_is_finished(const struct task *t)
{
	for (size_t i = 0; i < t->record.env.count; i++)
		if (!is_finished(t, i))
			return false;
	return true;
}

/* The history is for people and for the schedule: the last word of each. */
static int
remember(struct task *t, int64_t now, struct err *e)
{
	struct buf words = { 0 };
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < t->record.env.count; i++) {
		struct rcpt *to = &t->record.env.rcpt[i];

		if (!t->open[i])
			continue;
		buf_reset(&words);
		fate_words(&words, to);
		rc = marks_try(&t->marks, &t->entry, i, now,
		    to->why.smtp != 0 ? to->why.smtp : to->why.code,
		    buf_str(&words), e);
	}
	buf_free(&words);
	return rc;
}

static int
mark(struct task *t, struct err *e)
{
	for (size_t i = 0; i < t->record.env.count; i++)
		if (t->open[i] && t->record.env.rcpt[i].state != RCPT_TODO &&
		    marks_set(&t->entry, &t->record, i, e) < 0)
			return -1;
	return 0;
}

bool
task_goes_on(struct task *t)
{
	struct envelope *env = &t->record.env;
	struct err e = { 0 };
	size_t left = 0, done = 0;

	for (size_t i = 0; i < env->count; i++) {
		if (t->open[i] && env->rcpt[i].state != RCPT_TODO)
			done++;
		if (env->rcpt[i].state != RCPT_TODO)
			continue;
		if (!str_eq(buf_str(&env->rcpt[i].why.text),
		    STR(SESSION_FULL)))
			return false;
		left++;
	}
	if (done == t->done_before || left == 0)
		return false;
	t->done_before = done;
	if (mark(t, &e) < 0) {
		err_clear(&e);
		return false;
	}
	return true;
}

/*
 * The states first and durable: they decide who gets the mail again.  A full
 * disk has no room for words on an attempt; the next one has to come later all
 * the same.
 */
static int
put_off(struct task *t, const struct retry *retry, int64_t now,
    enum spool_where *where, struct err *e)
{
	int64_t next = retry_next(retry, t->marks.attempts + 1, now);

	*where = SPOOL_CUR;
	if (mark(t, e) < 0)
		return -1;
	if (remember(t, now, e) < 0) {
		log_line(LOG_ERR, "%s", buf_cstr(&e->text));
		err_clear(e);
	}
	if (marks_sync(&t->entry, e) < 0)
		return -1;
	return t->entry.where == SPOOL_NEW ?
	    entry_accept(&t->entry, next, e) :
	    entry_defer(&t->entry, next, e);
}

/* What cannot be removed is at least not sent again. */
static int
remove_it(struct task *t, struct err *e)
{
	struct err more = { 0 };

	if (entry_remove(&t->entry, e) == 0)
		return 0;
	if (mark(t, &more) < 0 || marks_sync(&t->entry, &more) < 0)
		err_wrap(e, "was sent and may be delivered twice: %s",
		    buf_cstr(&more.text));
	err_clear(&more);
	return -1;
}

int
task_settle(struct task *t, const struct retry *retry, int64_t now,
    enum spool_where *where, struct err *e)
{
	if (!task_is_finished(t))
		return put_off(t, retry, now, where, e);
	*where = t->entry.where;
	return remove_it(t, e);
}

void
task_free(struct task *t)
{
	if (t == NULL)
		return;
	entry_close(&t->entry);
	record_free(&t->record);
	marks_free(&t->marks);
	buf_free(&t->to);
	free(t->open);
	free(t);
}
