// SPDX-License-Identifier: ISC
/*
 * pass.c - once through the queue
 */
#include "relay/pass.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sysexits.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/xmem.h"
#include "config/account.h"
#include "queue/listing.h"
#include "relay/fate.h"
#include "relay/select.h"

#define BURDEN 64		/* letters with one courier at a time */
#define BUSY_LOOKS 20		/* at what somebody else has locked, */
#define BUSY_MS 50		/* so far apart, */
#define BUSY_PAUSE 10		/* and after so many seconds again */

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

	p->rules.heard = p->orders->only_one &&
	    t->record.wait != RECORD_WAIT_BACKGROUND &&
	    report_is_heard(&p->orders->report);
	if (settle_task(t, &p->rules, clock_now(), &where, &e) < 0) {
		log_line(LOG_ERR, "%s: %s", buf_cstr(&t->record.facts.id),
		    buf_cstr(&e.text));
		err_clear(&e);
	}
	p->touched[where] = true;
	if (!task_is_finished(t)) {
		p->left = true;
		note_wake(p, t->entry.next);
	}
	log_fates(p, t, peer);
	if (p->orders->only_one)
		verdict_note(&p->verdict, &t->record.env, t->open);
	task_free(t);
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

/* Wait until a courier says something; end of a courier included. */
static void
listen(struct pass *p)
{
	struct pollfd *fds = xcalloc(p->crews, sizeof(*fds));

	for (size_t i = 0; i < p->crews; i++)
		fds[i] = (struct pollfd){ .fd = p->crew[i].sock,
		    .events = POLLIN };
	if (poll(fds, p->crews, -1) > 0)
		for (size_t i = 0; i < p->crews; i++)
			if (fds[i].revents != 0 && p->crew[i].sock >= 0)
				crew_hear(&p->crew[i], &p->ear);
	free(fds);
	sync_touched(p);
}

static size_t
under_way(const struct pass *p)
{
	size_t n = 0;

	for (size_t i = 0; i < p->crews; i++)
		n += p->crew[i].count;
	return n;
}

/* -- who gets what */

static struct crew *
crew_of(struct pass *p, const struct account *a)
{
	struct crew *c;

	for (size_t i = 0; i < p->crews; i++)
		if (p->crew[i].account == a)
			return &p->crew[i];
	p->crew = xgrow(p->crew, p->crews, sizeof(*p->crew));
	c = &p->crew[p->crews++];
	*c = (struct crew){ .account = a, .sock = -1 };
	return c;
}

static void
refuse(struct pass *p, struct task *t, const struct err *why)
{
	task_refuse(t, why);
	hear_settled(p, t, STR(""));
}

/*
 * A courier that went home (idle, or the relay wanted no more) is replaced;
 * one that found the relay down is not.
 */
static void
hand_over(struct pass *p, struct crew *c, struct task *t)
{
	struct err e = { 0 };

	if (!c->down && c->sock < 0) {
		crew_free(&(struct crew){ .pid = c->pid, .sock = -1,
		    .first = c->first });
		c->first = (struct buf){ 0 };
		c->pid = 0;
		if (crew_start(c, courier_work, &p->brief, &e) < 0) {
			c->down = true;
			err_copy(&c->why, &e);
		}
	}
	if (c->down || crew_give(c, t, &e) < 0)
		refuse(p, t, c->down ? &c->why : &e);
	err_clear(&e);
}

static void
assign(struct pass *p, struct task *t)
{
	const struct record *rec = &t->record;
	struct err e = { 0 };
	struct crew *c;

	t->account = account_choose(&p->desk->config,
	    buf_str(&rec->facts.account), buf_str(&rec->env.sender),
	    STR(""), NULL, &e);
	if (t->account == NULL) {
		refuse(p, t, &e);
		err_clear(&e);
		return;
	}
	c = crew_of(p, t->account);
	while (c->count >= BURDEN && !c->down)
		listen(p);
	hand_over(p, c, t);
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

static void
try(struct pass *p, enum spool_where where, const struct id *id, int64_t next)
{
	char name[SPOOL_NAME_SIZE];
	struct task *t = NULL;
	struct err e = { 0 };
	int rc = task_take(&t, p->spool, where, id, next, &e);

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
		log_line(LOG_ERR, "%s: %s", id->text, buf_cstr(&e.text));
		p->left = true;
	} else if (where == SPOOL_NEW) {
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
		bool idle = under_way(p) == 0;

		p->taken = 0;
		p->busy = 0;
		sweep(p, SPOOL_NEW, CLOCK_NEVER);
		while (under_way(p) > 0)
			listen(p);
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
deliver_one(struct pass *p)
{
	enum spool_where where;
	struct err e = { 0 };
	int64_t next;
	int rc = spool_find(p->spool, &p->orders->id, &where, &next, &e);

	if (rc > 0 && (where == SPOOL_NEW || where == SPOOL_CUR))
		try(p, where, &p->orders->id, next);
	else if (rc < 0)
		log_line(LOG_ERR, "%s", buf_cstr(&e.text));
	err_clear(&e);
}

static void
finish(struct pass *p)
{
	while (under_way(p) > 0)
		listen(p);
	for (size_t i = 0; i < p->crews; i++)
		crew_dismiss(&p->crew[i]);
	for (size_t i = 0; i < p->crews; i++)
		if (p->brief.trace || p->crew[i].account->trace)
			crew_part(&p->crew[i], &p->ear);
	for (size_t i = 0; i < p->crews; i++)
		crew_free(&p->crew[i]);
	sync_touched(p);
	free(p->crew);
}

static void
prepare(struct pass *p)
{
	const struct config *c = &p->desk->config;

	p->wake = CLOCK_NEVER;
	p->brief.desk = p->desk;
	p->brief.trace = p->orders->verbose;
	p->ear = (struct crew_ear){ hear_trace, hear_verdict, hear_settled, p };
	p->rules.retry = (struct retry){ c->retry_min, c->retry_max,
	    c->lifetime, c->warn_after };
	p->rules.bounce_lifetime = c->bounce_lifetime;
}

void
pass_work(struct pass *p)
{
	prepare(p);
	if (p->orders->only_one)
		deliver_one(p);
	else
		go_through(p);
	finish(p);
}

void
pass_free(struct pass *p)
{
	verdict_free(&p->verdict);
}
