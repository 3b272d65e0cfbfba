// SPDX-License-Identifier: ISC
/*
 * settle.c - what becomes of a message after an attempt
 */
#include "relay/settle.h"

#include <stdlib.h>
#include <sysexits.h>

#include "base/log.h"
#include "base/xmem.h"
#include "relay/bounce.h"

/* Time is up: who is still open has failed, for the reason he had last. */
static void
give_up(struct task *t, const struct retry *retry)
{
	struct envelope *env = &t->record.env;

	for (size_t i = 0; i < env->count; i++) {
		struct rcpt *to = &env->rcpt[i];

		if (to->state != RCPT_TODO)
			continue;
		to->state = RCPT_FAILED;
		err_wrap(&to->why, "given up after %lld hours",
		    (long long)(retry->lifetime / 3600));
	}
}

static bool
may_tell(const struct rcpt *to, enum dsn_kind kind)
{
	unsigned wanted = kind == DSN_FAILED ? NOTIFY_FAILURE : NOTIFY_DELAY;

	return to->notify == 0 || (to->notify & wanted) != 0;
}

/* Which recipients are in that state and somebody must or may hear of it? */
static size_t
collect(const struct task *t, enum rcpt_state state, enum dsn_kind kind,
    bool *about)
{
	size_t n = 0;

	for (size_t i = 0; i < t->record.env.count; i++) {
		const struct rcpt *to = &t->record.env.rcpt[i];

		about[i] = to->state == state && !t->record.mark[i].told &&
		    may_tell(to, kind);
		n += about[i];
	}
	return n;
}

static void
mark_told(struct task *t)
{
	for (size_t i = 0; i < t->record.env.count; i++)
		if (t->record.env.rcpt[i].state == RCPT_FAILED)
			t->record.mark[i].told = true;
}

/* A report that cannot be delivered: kept, and an administrator is told. */
static int
bury(struct task *t, enum spool_where *where, struct err *e)
{
	log_line(LOG_ERR, "%s: a report to <%s> cannot be delivered; it is "
	    "kept in failed/", buf_cstr(&t->record.facts.id),
	    t->record.env.count > 0 ?
	    buf_cstr(&t->record.env.rcpt[0].address) : "");
	*where = SPOOL_FAILED;
	return entry_fail(&t->entry, e);
}

/* Refusals that the waiting caller has read; -oem wants mail all the same. */
static bool
was_heard(const struct task *t, const struct settle_rules *rules)
{
	return rules->heard && t->record.oe != 'm';
}

static int
report(const struct task *t, const struct settle_rules *rules,
    enum dsn_kind kind, const bool *about, int64_t until, struct err *e)
{
	const struct bounce b = { t->entry.spool, &t->record, t->entry.fd,
	    kind, about, until, rules->bare };

	return bounce_write(&b, e);
}

static int
tell_failures(struct task *t, const struct settle_rules *rules, struct err *e)
{
	bool *about = xcalloc(t->record.env.count, sizeof(*about));
	size_t n = collect(t, RCPT_FAILED, DSN_FAILED, about);
	int rc = 0;

	if (n > 0 && !was_heard(t, rules))
		rc = report(t, rules, DSN_FAILED, about, 0, e);
	if (rc == 0)
		mark_told(t);
	free(about);
	return rc;
}

static int
tell_delay(struct task *t, const struct settle_rules *rules,
    const struct retry *retry, int64_t now, struct err *e)
{
	int64_t arrived = t->record.facts.time;
	bool *about;
	int rc = 0;

	if (bounce_is_one(&t->record) || task_is_finished(t) ||
	    !retry_wants_warning(retry, arrived, t->marks.warned, now))
		return 0;
	about = xcalloc(t->record.env.count, sizeof(*about));
	if (collect(t, RCPT_TODO, DSN_DELAYED, about) > 0)
		rc = report(t, rules, DSN_DELAYED, about,
		    arrived + retry->lifetime, e);
	if (rc == 0)
		rc = marks_warned(&t->marks, &t->entry, now, e);
	free(about);
	return rc;
}

/*
 * A receipt, where one was asked for and the relay does not do it.  The mail
 * has arrived all the same, so trouble with it is no reason to send it again.
 */
static int
tell_success(struct task *t, const struct settle_rules *rules, struct err *e)
{
	const struct envelope *env = &t->record.env;
	bool *about = xcalloc(env->count, sizeof(*about));
	size_t n = 0;
	int rc = 0;

	for (size_t i = 0; i < env->count; i++) {
		about[i] = t->open[i] && env->rcpt[i].state == RCPT_DONE &&
		    env->rcpt[i].silent &&
		    (env->rcpt[i].notify & NOTIFY_SUCCESS) != 0;
		n += about[i];
	}
	if (n > 0 && !bounce_is_one(&t->record))
		rc = report(t, rules, DSN_RELAYED, about, 0, e);
	free(about);
	return rc;
}

static bool
has_failure(const struct task *t)
{
	return envelope_count(&t->record.env, RCPT_FAILED) > 0;
}

int
settle_task(struct task *t, const struct settle_rules *rules, int64_t now,
    enum spool_where *where, struct err *e)
{
	struct retry retry = rules->retry;
	struct err trouble = { 0 };

	if (bounce_is_one(&t->record))
		retry.lifetime = rules->bounce_lifetime;
	if (retry_is_over(&retry, t->record.facts.time, now))
		give_up(t, &retry);
	if (bounce_is_one(&t->record) && has_failure(t))
		return bury(t, where, e);
	/* Without its report the message stays, as if nothing had failed. */
	if (tell_failures(t, rules, &trouble) < 0 ||
	    tell_delay(t, rules, &retry, now, &trouble) < 0 ||
	    tell_success(t, rules, &trouble) < 0) {
		log_line(LOG_ERR, "%s: %s", buf_cstr(&t->record.facts.id),
		    buf_cstr(&trouble.text));
		err_clear(&trouble);
	}
	return task_settle(t, &retry, now, where, e);
}
