// SPDX-License-Identifier: ISC
/*
 * host.c - one session for many messages, outside of any queue
 */
#include "relay/host.h"

#include <poll.h>
#include <stdlib.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/vis.h"
#include "base/xmem.h"
#include "relay/direction.h"
#include "relay/fate.h"
#include "relay/task.h"
#include "relay/verdict.h"

/* -- what he says */

static void
hear_trace(void *who, const struct account *a, struct str id, struct str line)
{
	struct host *h = who;
	struct str said = line;

	(void)a;
	(void)id;
	report_send(&h->report, "trace", "%.*s", STR_ARGS(line));
	if (str_eat(&said, STR("< ")))
		buf_set(&h->bye, said);
}

static void
hear_moved(void *who, struct str words)
{
	struct host *h = who;

	report_send(&h->report, "moved", "%.*s", STR_ARGS(words));
}

static void
hear_verdict(void *who, struct task *t, size_t i)
{
	(void)who;
	(void)t;
	(void)i;
}

static void
hear_sent(void *who, struct task *t, struct str address)
{
	(void)who;
	(void)t;
	(void)address;
}

static void
say_fates(struct host *h, const struct task *t, struct str peer)
{
	const struct facts *f = &t->record.facts;
	double delay = (double)(clock_now() - f->time);
	struct buf words = { 0 };

	for (size_t i = 0; i < t->record.env.count; i++) {
		const struct rcpt *to = &t->record.env.rcpt[i];

		buf_reset(&words);
		fate_log_line(&words, buf_str(&f->id), to, peer, delay);
		log_line(LOG_INFO, "%s", buf_cstr(&words));
		buf_reset(&words);
		fate_words(&words, to);
		report_send(&h->report, "rcpt", "%s %s %s",
		    to->state == RCPT_FAILED ? "failed" : fate_word(to),
		    buf_cstr(&to->address), buf_cstr(&words));
	}
	buf_free(&words);
}

static void
hear_settled(void *who, struct task *t, struct str peer)
{
	struct host *h = who;
	struct verdict v = { 0 };

	say_fates(h, t, peer);
	verdict_note(&v, &t->record.env, t->open);
	(void)verdict_report(&v, &h->report);
	verdict_free(&v);
	task_free(t);
	h->task = NULL;
}

static void
hear_torn(void *who, struct task *t, const struct err *why)
{
	task_refuse(t, why);
	hear_settled(who, t, STR("none"));
}

static void
hear_tried(void *who, const struct account *a, size_t i, enum line_fate fate,
    struct str why)
{
	struct host *h = who;

	(void)a;
	(void)i;
	(void)why;
	h->login = fate == LINE_LOGIN;
}

/* He never looked at it, and h->task it is still. */
static void
take_back(void *staff, struct task *t)
{
	(void)staff;
	(void)t;
}

static struct crew_ear
ear_of(struct host *h)
{
	return (struct crew_ear){ .trace = hear_trace,
	    .verdict = hear_verdict, .sent = hear_sent,
	    .settled = hear_settled, .torn = hear_torn, .tried = hear_tried,
	    .moved = hear_moved,
	    .who = h, .back = take_back, .staff = h };
}

/* Until the session stands, or he has gone. */
static void
await_session(struct host *h)
{
	const struct crew_ear ear = ear_of(h);
	struct pollfd p = { .fd = h->crew.sock, .events = POLLIN };

	while (h->crew.sock >= 0 && h->crew.peer.len == 0)
		if (poll(&p, 1, -1) > 0)
			crew_hear(&h->crew, &ear);
}

/* -- the session */

static int
refuse_session(struct host *h, struct err *e)
{
	struct err *why = &h->crew.why;
	struct buf words = { 0 };

	if (why->code == 0)
		err_set(why, EX_TEMPFAIL, "the session ended at once");
	vis_add(&words, buf_str(&why->text));
	if (h->login)
		report_send(&h->report, "login", "%s", buf_cstr(&words));
	else
		report_send(&h->report, "down", "%d %s", why->code,
		    buf_cstr(&words));
	buf_free(&words);
	return err_copy(e, why);
}

/* Each relay that is worth a try gets a courier of its own. */
int
host_open(struct host *h, struct err *e)
{
	struct crew *c = &h->crew;
	size_t from;

	h->brief = (struct courier_brief){ .desk = &h->desk, .trace = true,
	    .memory = &h->memory, .ask = MEMORY_ASK_ALL, .patient = true };
	crew_free(c);
	c->account = h->account;
	h->login = false;
	do {
		from = c->from;
		if (crew_start(c, courier_work, &h->brief, e) < 0)
			return -1;
		await_session(h);
	} while (c->sock < 0 && !c->down && c->from > from);
	if (c->sock < 0)
		return refuse_session(h, e);
	report_send(&h->report, "up", "%s", buf_cstr(&c->peer));
	return 0;
}

static struct task *
make_task(struct host *h, int fd, struct err *e)
{
	struct task *t = xcalloc(1, sizeof(*t));
	const struct envelope *env = &t->record.env;

	t->entry.fd = fd;
	t->account = h->account;
	if (record_read(&t->record, fd, e) < 0) {
		task_free(t);
		return NULL;
	}
	t->open = xcalloc(env->count, sizeof(*t->open));
	for (size_t i = 0; i < env->count; i++)
		t->open[i] = true;
	directions_write(&t->to, &h->desk, h->account, env);
	return t;
}

/* Nobody will carry it: why is the verdict. */
static int
refuse_task(struct host *h, struct err *e)
{
	task_refuse(h->task, e);
	hear_settled(h, h->task, STR("none"));
	err_clear(e);
	return 0;
}

int
host_send(struct host *h, int fd, struct err *e)
{
	const struct crew_ear ear = ear_of(h);
	struct pollfd p = { .events = POLLIN };

	h->task = make_task(h, fd, e);
	if (h->task == NULL)
		return -1;
	for (int tries = 0; h->task != NULL && tries < 2; tries++) {
		if (h->crew.sock < 0 && host_open(h, e) < 0)
			break;
		/* He may be gone, and nobody has told us yet. */
		if (crew_give(&h->crew, h->task, e) < 0) {
			err_clear(e);
			crew_part(&h->crew, &ear);
			continue;
		}
		while (h->task != NULL && h->crew.sock >= 0) {
			p.fd = h->crew.sock;
			if (poll(&p, 1, -1) > 0)
				crew_hear(&h->crew, &ear);
		}
	}
	if (h->task == NULL)
		return 0;
	if (e->code == 0)
		err_set(e, EX_TEMPFAIL, "the relay ends each session at once");
	return refuse_task(h, e);
}

void
host_quit(struct host *h)
{
	const struct crew_ear ear = ear_of(h);

	buf_reset(&h->bye);
	crew_dismiss(&h->crew);
	crew_part(&h->crew, &ear);
}

void
host_free(struct host *h)
{
	crew_free(&h->crew);
	task_free(h->task);
	desk_free(&h->desk);
	buf_free(&h->bye);
}
