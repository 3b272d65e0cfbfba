// SPDX-License-Identifier: ISC
/*
 * pass.c - once through the queue
 */
#include "relay/pass.h"

#include <poll.h>
#include <stdio.h>
#include <sysexits.h>

#include "base/clock.h"
#include "base/log.h"
#include "guard/sandbox.h"
#include "queue/listing.h"
#include "relay/direction.h"
#include "relay/fate.h"
#include "relay/gate.h"
#include "relay/pick.h"
#include "relay/select.h"

#define BUSY_LOOKS 20		/* at what somebody else has locked, */
#define BUSY_MS 50		/* so far apart, */
#define BUSY_PAUSE 10		/* and after so many seconds again */
#define PAUSE 60		/* s, before what could not be done is tried */

static void
note_wake(struct pass *p, int64_t at)
{
	if (at < p->wake)
		p->wake = at;
}

/* -- what couriers say */

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
static void
stick(struct pass *p, struct str id, const struct err *why)
{
	log_line(LOG_ERR, "%.*s: %s", STR_ARGS(id), buf_cstr(&why->text));
	strs_add(&p->stuck, id);
	p->left = true;
	note_wake(p, clock_now() + PAUSE);
}

/*
 * A verdict is a fact before anybody hears of it: first the file, then the
 * log and the listener.  Removed names become durable later, all at once; until
 * then a power cut can only bring back a message that was sent.
 */
static void
hear_settled(void *who, struct task *t, struct str peer)
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
		stick(p, buf_str(&t->record.facts.id), &e);
		err_clear(&e);
	} else if (!task_is_finished(t)) {
		p->left = true;
		note_wake(p, t->entry.next);
	}
	p->touched[where] = true;
	log_fates(p, t, peer);
	if (p->orders->only_these)
		verdict_note(&p->verdict, &t->record.env, t->open);
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
	log_line(LOG_ERR, "%.*s: the mail waits: mend \"user\" or the password "
	    "in %s; it is not tried for %lld minutes, or until that file is "
	    "newer", STR_ARGS(why), p->config, (long long)pause / 60);
}

static void
sync_touched(struct pass *p)
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

	sync_touched(p);
	watch_alive(p->watch);
}

/* -- who gets what */

static void
refuse(struct pass *p, struct task *t, const struct err *why)
{
	task_refuse(t, why);
	hear_settled(p, t, STR(""));
}

/* Once, and only by a run that talks to somebody. */
static void
say_sandbox(struct pass *p)
{
	struct buf words = { 0 };

	if (p->told)
		return;
	p->told = true;
	sandbox_words(&words);
	if (p->desk->config.sandbox == SANDBOX_NO)
		log_line(LOG_NOTICE, "sandbox: none (sandbox = no)");
	else
		log_line(sandbox_is_whole() ? LOG_INFO : LOG_NOTICE,
		    "sandbox: %s", buf_cstr(&words));
	buf_free(&words);
}

/* For a person, or for its turn. */
static bool
stays(struct pass *p, struct task *t)
{
	int64_t turn;

	if (!gate_keeps(p->spool, &p->desk->config, p->memory.dir, t, &turn))
		return false;
	p->touched[SPOOL_CUR] = true;
	if (turn > 0) {
		p->left = true;
		note_wake(p, turn);
	}
	task_free(t);
	return true;
}

static void
assign(struct pass *p, struct task *t)
{
	struct err e = { 0 };

	t->account = pick_account(p->desk, &t->record, t->entry.fd, NULL,
	    &e);
	if (t->account == NULL) {
		refuse(p, t, &e);
		err_clear(&e);
		return;
	}
	if (stays(p, t))
		return;
	say_sandbox(p);
	directions_write(&t->to, p->desk, t->account,
	    &t->record.env);
	staff_give(&p->staff, t);
}

/* A file that makes no sense stops nobody: it goes where a person looks. */
static void
set_aside(struct pass *p, enum spool_where where, const char *name,
    const struct err *why)
{
	struct buf now = { 0 };
	struct err e = { 0 };

	if (spool_set_aside(p->spool, where, name, &now, &e) < 0)
		log_line(LOG_ERR, "%s/%s: %s, and %s",
		    spool_where_name(where), name, buf_cstr(&why->text),
		    buf_cstr(&e.text));
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
	set_aside(who, t->entry.where, name, why);
	task_free(t);
}

static bool
is_stuck(const struct pass *p, const struct id *id)
{
	return strs_has(&p->stuck, str_of(id->text));
}

static void
try(struct pass *p, enum spool_where where, const struct id *id, int64_t next)
{
	char name[SPOOL_NAME_SIZE];
	struct task *t = NULL;
	struct err e = { 0 };
	int rc = is_stuck(p, id) ? 0 :
	    task_take(&t, p->spool, where, id, next, &e);

	if (rc > 0 && !select_fits(p->orders->select, &t->record)) {
		task_free(t);
	} else if (rc > 0) {
		p->taken++;
		p->orders->report.trace = t->record.trace;
		p->brief.trace |= t->record.trace;
		assign(p, t);
	} else if (rc < 0 && e.code == EX_DATAERR) {
		spool_name(name, where, id, next);
		set_aside(p, where, name, &e);
	} else if (rc < 0) {
		stick(p, str_of(id->text), &e);
	} else if (where == SPOOL_NEW && !is_stuck(p, id)) {
		p->busy++;
	}
	err_clear(&e);
}

/* -- the queue */

static void
sweep(struct pass *p, enum spool_where where, int64_t until)
{
	struct listing list = { 0 };
	int64_t wake = CLOCK_NEVER;
	struct err e = { 0 };

	if (listing_read(&list, p->spool, where, until, &wake, &e) < 0)
		log_line(LOG_ERR, "%s", buf_cstr(&e.text));
	for (size_t i = 0; i < list.count && !*p->stop; i++)
		try(p, where, &list.item[i].id, list.item[i].next);
	for (size_t i = 0; i < list.junk.count; i++) {
		struct err why = { 0 };

		err_set(&why, EX_DATAERR, "nothing that we have put there");
		set_aside(p, where, buf_cstr(&list.junk.item[i]), &why);
		err_clear(&why);
	}
	note_wake(p, wake);
	listing_free(&list);
	err_clear(&e);
}

/*
 * What comes in while we work is due as well: again, until nothing came.  A
 * message has its name in new/ a moment before the drop lets go of it (it is
 * being synced), and nothing tells us when: so look again a few times.
 */
static void
go_through(struct pass *p)
{
	int looks = 0;

	sweep(p, SPOOL_CUR, p->orders->flush ? CLOCK_NEVER : clock_now());
	do {
		bool idle = !staff_is_busy(&p->staff);

		p->taken = 0;
		p->busy = 0;
		sweep(p, SPOOL_NEW, CLOCK_NEVER);
		while (staff_is_busy(&p->staff))
			staff_listen(&p->staff);
		if (p->taken == 0 && idle) {
			if (p->busy == 0 || ++looks > BUSY_LOOKS)
				break;
			poll(NULL, 0, BUSY_MS);
		}
	} while (!*p->stop);
	if (p->busy > 0)
		note_wake(p, clock_now() + BUSY_PAUSE);
}

static void
deliver_one(struct pass *p, const struct id *id)
{
	enum spool_where where;
	struct err e = { 0 };
	int64_t next;
	int rc = spool_find(p->spool, id, &where, &next, &e);

	if (rc > 0 && (where == SPOOL_NEW || where == SPOOL_CUR))
		try(p, where, id, next);
	else if (rc < 0)
		log_line(LOG_ERR, "%s", buf_cstr(&e.text));
	err_clear(&e);
}

static void
prepare(struct pass *p)
{
	const struct config *c = &p->desk->config;

	p->wake = CLOCK_NEVER;
	p->brief.desk = p->desk;
	p->brief.trace = p->orders->verbose;
	p->staff.brief = &p->brief;
	p->staff.stop = p->stop;
	p->staff.ear = (struct crew_ear){ .trace = hear_trace,
	    .verdict = hear_verdict, .sent = hear_sent,
	    .settled = hear_settled,
	    .torn = hear_torn, .heard = hear_pause,
	    .tried = hear_tried, .moved = hear_moved, .who = p };
	staff_begin(&p->staff);
	memory_open(&p->memory, p->spool, p->config, c);
	p->brief.memory = &p->memory;
	p->brief.ask = !p->orders->flush ? MEMORY_ASK_OPEN :
	    p->orders->only_these ? MEMORY_ASK_DOWN : MEMORY_ASK_ALL;
	p->rules.retry = (struct retry){ c->retry_min, c->retry_max,
	    c->lifetime, c->warn_after };
	p->rules.bounce_lifetime = c->bounce_lifetime;
	p->rules.bare = c->sandbox == SANDBOX_NO;
}

void
pass_work(struct pass *p)
{
	prepare(p);
	if (p->orders->only_these)
		for (size_t i = 0; i < p->orders->ids && !*p->stop; i++)
			deliver_one(p, &p->orders->id[i]);
	else
		go_through(p);
	staff_end(&p->staff);
	sync_touched(p);
	if (!p->orders->only_these)
		memory_clean(&p->memory);
}

void
pass_free(struct pass *p)
{
	strs_free(&p->stuck);
	memory_close(&p->memory);
	verdict_free(&p->verdict);
}
