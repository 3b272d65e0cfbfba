// SPDX-License-Identifier: ISC
/*
 * pass_heard.c - what a pass makes of what its couriers say
 */
#include "relay/pass_work.h"

#include <stdio.h>
#include <sysexits.h>

#include "base/clock.h"
#include "base/log.h"
#include "relay/direction.h"
#include "relay/fate.h"

#define PAUSE 60		/* s, before what could not be done is tried */

void
pass_note_wake(struct pass *p, int64_t at)
{
	if (at < p->wake)
		p->wake = at;
}

static void
hear_trace(void *who, const struct account *a, struct str id, struct str line)
{
	struct pass *p = who;

	if (p->orders->report.trace)
		report_send(&p->orders->report, "trace", "%.*s",
		    STR_ARGS(line));
	if (p->orders->verbose)
		fprintf(stderr, "%.*s\n", STR_ARGS(line));
	if (a->trace)
		log_line(LOG_INFO, "%.*s: %.*s", STR_ARGS(id), STR_ARGS(line));
}

/* With several recipients each verdict is kept as it comes. */
static void
hear_verdict(void *who, struct task *t, size_t i)
{
	struct err e = { 0 };

	(void)who;
	if (t->record.env.count > 1 &&
	    t->record.env.rcpt[i].state != RCPT_TODO &&
	    marks_set(&t->entry, &t->record, i, &e) < 0)
		log_line(LOG_ERR, "%s: %s", buf_cstr(&t->record.facts.id),
		    buf_cstr(&e.text));
	err_clear(&e);
}

static void
hear_sent(void *who, struct task *t, struct str address)
{
	struct err e = { 0 };

	(void)who;
	if (marks_sent(&t->marks, &t->entry, address, &e) < 0)
		log_line(LOG_ERR, "%s: %s", buf_cstr(&t->record.facts.id),
		    buf_cstr(&e.text));
	err_clear(&e);
}

static void
log_fates(struct pass *p, const struct task *t, struct str peer)
{
	const struct facts *f = &t->record.facts;
	double delay = (double)(clock_now() - f->time);
	struct buf line = { 0 };

	for (size_t i = 0; i < t->record.env.count; i++) {
		const struct rcpt *to = &t->record.env.rcpt[i];

		if (!t->open[i])
			continue;
		buf_reset(&line);
		fate_log_line(&line, buf_str(&f->id), to, peer, delay);
		log_line(LOG_INFO, "%s", buf_cstr(&line));
		buf_reset(&line);
		fate_words(&line, to);
		report_send(&p->orders->report, "rcpt", "%s %s %s",
		    to->state == RCPT_FAILED ? "failed" : fate_word(to),
		    buf_cstr(&to->address), buf_cstr(&line));
	}
	buf_free(&line);
}

/*
 * The disk is full or broken.  In this run the message is left alone: whoever
 * takes it again at once goes in circles.
 */
void
pass_stick(struct pass *p, struct str id, const struct err *why)
{
	log_line(LOG_ERR, "%.*s: %s", STR_ARGS(id), buf_cstr(&why->text));
	strs_add(&p->stuck, id);
	p->left = true;
	pass_note_wake(p, clock_now() + PAUSE);
}

void
pass_report(struct pass *p)
{
	if (p->reported || !p->given || staff_is_busy(&p->staff))
		return;
	p->reported = true;
	if (p->verdict.code != EX_OK)
		pass_sync(p);
	p->status = verdict_report(&p->verdict, &p->orders->report);
}

/*
 * A verdict is a fact before anybody hears of it: first the file, then the
 * log and the listener.  Removed names become durable later, all at once; until
 * then a power cut can only bring back a message that was sent.
 */
void
pass_settled(void *who, struct task *t, struct str peer)
{
	struct pass *p = who;
	enum spool_where where = t->entry.where;
	struct err e = { 0 };

	if (!*p->stop && task_goes_on(t)) {
		buf_reset(&t->to);
		directions_write(&t->to, p->desk, t->account, &t->record.env);
		staff_again(&p->staff, t);
		return;
	}
	p->rules.heard = p->orders->only_these &&
	    t->record.wait != RECORD_WAIT_BACKGROUND &&
	    report_is_heard(&p->orders->report);
	if (settle_task(t, &p->rules, clock_now(), &where, &e) < 0) {
		pass_stick(p, buf_str(&t->record.facts.id), &e);
		err_clear(&e);
	} else if (!task_is_finished(t)) {
		p->left = true;
		pass_note_wake(p, t->entry.next);
	}
	p->touched[where] = true;
	log_fates(p, t, peer);
	if (p->orders->only_these)
		verdict_note(&p->verdict, &t->record.env, t->open);
	/* A dialogue is read to its end, which is yet to come. */
	if (!p->orders->report.trace)
		pass_report(p);
	/* A large file without a name takes a while to be closed. */
	task_free(t);
}

/* The login is everybody's mail, and only a person can mend it: said aloud. */
static void
hear_moved(void *who, struct str words)
{
	struct pass *p = who;

	report_send(&p->orders->report, "moved", "%.*s", STR_ARGS(words));
}

static void
hear_tried(void *who, const struct account *a, size_t i, enum line_fate fate,
    struct str why)
{
	struct pass *p = who;
	int64_t pause;

	/* A relay that wants no second connection is not down. */
	if (fate == LINE_DOWN && staff_talks(&p->staff, a))
		return;
	pause = memory_note(&p->memory, a, i, fate, why);
	if (fate != LINE_LOGIN)
		return;
	log_line(LOG_ERR,
	    "%.*s: the mail waits: mend \"user\" or the password "
	    "in %s; it is not tried for %lld minutes, or until that file is "
	    "newer",
	    STR_ARGS(why), p->config, (long long)pause / 60);
}

void
pass_sync(struct pass *p)
{
	struct err e = { 0 };

	for (int where = 0; where < SPOOL_DIRS; where++) {
		if (p->touched[where] &&
		    spool_sync(p->spool, (enum spool_where)where, &e) < 0)
			log_line(LOG_ERR, "%s", buf_cstr(&e.text));
		p->touched[where] = false;
	}
	err_clear(&e);
}

/* Also when nothing was said for a second. */
static void
hear_pause(void *who)
{
	struct pass *p = who;

	pass_sync(p);
	watch_alive(p->watch);
}

/* A file that makes no sense stops nobody: it goes where a person looks. */
void
pass_set_aside(struct pass *p, enum spool_where where, const char *name,
    const struct err *why)
{
	struct buf now = { 0 };
	struct err e = { 0 };

	if (spool_set_aside(p->spool, where, name, &now, &e) < 0)
		log_line(LOG_ERR, "%s/%s: %s, and %s", spool_where_name(where),
		    name, buf_cstr(&why->text), buf_cstr(&e.text));
	else
		log_line(LOG_ERR, "%s/%s is set aside as %s: %s",
		    spool_where_name(where), name, buf_cstr(&now),
		    buf_cstr(&why->text));
	buf_free(&now);
	err_clear(&e);
}

/* So was this one, once somebody has looked at all of it. */
static void
hear_torn(void *who, struct task *t, const struct err *why)
{
	char name[SPOOL_NAME_SIZE];

	spool_name(name, t->entry.where, &t->entry.id, t->entry.next);
	pass_set_aside(who, t->entry.where, name, why);
	task_free(t);
}

struct crew_ear
pass_ear(struct pass *p)
{
	return (struct crew_ear){ .trace = hear_trace,
		.verdict = hear_verdict,
		.sent = hear_sent,
		.settled = pass_settled,
		.torn = hear_torn,
		.heard = hear_pause,
		.tried = hear_tried,
		.moved = hear_moved,
		.who = p };
}
