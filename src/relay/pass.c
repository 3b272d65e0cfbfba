// SPDX-License-Identifier: ISC
/*
 * pass.c - once through the queue
 */
#include "relay/pass.h"

#include <poll.h>
#include <sysexits.h>

#include "base/clock.h"
#include "base/log.h"
#include "guard/sandbox.h"
#include "queue/listing.h"
#include "relay/calm.h"
#include "relay/direction.h"
#include "relay/gate.h"
#include "relay/pass_work.h"
#include "relay/pick.h"
#include "relay/select.h"

#define BUSY_LOOKS 20		/* at what somebody else has locked, */
#define BUSY_MS 50		/* so far apart, */
#define BUSY_PAUSE 10		/* and after so many seconds again */

/* -- who gets what */

static void
refuse(struct pass *p, struct task *t, const struct err *why)
{
	task_refuse(t, why);
	pass_settled(p, t, STR(""));
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
		pass_note_wake(p, turn);
	}
	task_free(t);
	return true;
}

static void
assign(struct pass *p, struct task *t)
{
	struct err e = { 0 };

	t->account = pick_account(p->desk, &t->record, t->entry.fd, NULL, &e);
	if (t->account == NULL) {
		refuse(p, t, &e);
		err_clear(&e);
		return;
	}
	if (stays(p, t))
		return;
	say_sandbox(p);
	directions_write(&t->to, p->desk, t->account, &t->record.env);
	staff_give(&p->staff, t);
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
		pass_set_aside(p, where, name, &e);
	} else if (rc < 0) {
		pass_stick(p, str_of(id->text), &e);
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
	struct calm calm = { 0 };
	int64_t wake = CLOCK_NEVER;
	struct err e = { 0 };

	if (where == SPOOL_CUR && until != CLOCK_NEVER &&
	    calm_look(&calm, p->memory.dir, p->spool, until, &wake)) {
		pass_note_wake(p, wake);
		return;
	}
	if (listing_read(&list, p->spool, where, until, &wake, &e) < 0)
		log_line(LOG_ERR, "%s", buf_cstr(&e.text));
	else
		calm_note(&calm, &list, wake);
	for (size_t i = 0; i < list.count && !*p->stop; i++)
		try(p, where, &list.item[i].id, list.item[i].next);
	for (size_t i = 0; i < list.junk.count; i++) {
		struct err why = { 0 };

		err_set(&why, EX_DATAERR, "nothing that we have put there");
		pass_set_aside(p, where, buf_cstr(&list.junk.item[i]), &why);
		err_clear(&why);
	}
	pass_note_wake(p, wake);
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
		pass_note_wake(p, clock_now() + BUSY_PAUSE);
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
	p->staff.ear = pass_ear(p);
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
	if (p->orders->only_these) {
		for (size_t i = 0; i < p->orders->ids && !*p->stop; i++)
			deliver_one(p, &p->orders->id[i]);
		p->given = true;
	} else {
		go_through(p);
	}
	staff_end(&p->staff);
	pass_report(p);
	pass_sync(p);
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
