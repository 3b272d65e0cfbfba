// SPDX-License-Identifier: ISC
/*
 * run.c - a pass through the queue, or one after the other
 */
#include "relay/run.h"

#include <signal.h>
#include <stdio.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "queue/spool.h"
#include "relay/stamp.h"
#include "relay/state.h"
#include "relay/watch.h"

#define CONFIG_PAUSE 60		/* seconds until a broken one is read again */
#define QUIET 3600		/* and until it is spoken of again */

static volatile int stop;	/* finish what is under way, and go */
static volatile int look;	/* and then once more */

static void
on_signal(int number)
{
	if (number == SIGHUP)
		look = 1;
	else
		stop = 1;
}

static void
catch_signals(void)
{
	struct sigaction sa = { .sa_handler = on_signal };

	sigaction(SIGTERM, &sa, NULL);
	sigaction(SIGINT, &sa, NULL);
	sigaction(SIGHUP, &sa, NULL);
}

/*
 * A run that nobody waits for says why it cannot; of those for one message
 * each, and of the looks of a watch, one in an hour does.
 */
static bool
is_news(const struct run_options *o, const struct spool *s, struct str words)
{
	int dir = s->top > 0 && (o->orders.only_these || o->watch) ?
	    state_dir(s) : 0;
	bool news = state_is_news(dir, "broken", words, clock_now(), QUIET);

	if (dir > 0)
		close(dir);
	return news;
}

/*
 * A mistake of the configuration delays mail; it is said once, not per mail.
 * But a message that was to be sent now keeps the reason, for mailq.
 */
static int
complain(struct run_options *o, struct spool *s, struct err *e)
{
	struct orders *orders = &o->orders;
	int status = e->code;

	for (size_t i = 0; s->top > 0 && i < orders->ids; i++)
		task_note(s, &orders->id[i], clock_now(), e);

	if (is_news(o, s, buf_str(&e->text)))
		log_line(LOG_ERR, "the mail waits: %s", buf_cstr(&e->text));
	if (!orders->verbose && !orders->only_these)
		fprintf(stderr, "minismtp-relay: %s\n", buf_cstr(&e->text));
	report_send(&orders->report, "done", "%d %s", EX_TEMPFAIL,
	    buf_cstr(&e->text));
	err_clear(e);
	return status;
}

static int
prepare(struct run_options *o, struct desk *desk, struct spool *spool,
    struct err *e)
{
	if (spool_open(spool, o->spool, e) < 0)
		return -1;
	desk->lent = !o->personal && spool->owner != getuid();
	if (desk_load(desk, o->config, o->personal, e) < 0)
		return -1;
	log_open("minismtp-relay", desk->config.syslog_facility);
	report_send(&o->orders.report, "patience", "%lld",
	    (long long)desk->config.patience);
	return 0;
}

/* deliver = queue: what has just come in is left for the service. */
static bool
is_for_others(const struct orders *o, const struct config *c)
{
	return o->only_these && !o->flush && c->deliver == DELIVER_QUEUE;
}

/* What only delivers a message or two is no run. */
static void
note_run(struct run_options *o, const struct pass *p)
{
	enum stamp_by by = o->watch ? STAMP_WATCH :
	    o->orders.flush ? STAMP_FLUSH : STAMP_RUN;

	if (!o->orders.only_these)
		stamp_note(p->memory.dir, by, p->left, &o->stamp);
}

static int
run_once(struct run_options *o, struct watch *watch, int64_t *wake)
{
	struct spool spool = { 0 };
	struct desk desk = { 0 };
	struct pass pass = { .orders = &o->orders, .desk = &desk,
	    .spool = &spool, .config = o->config, .stop = &stop,
	    .watch = watch };
	struct err e = { 0 };
	int status;

	*wake = CLOCK_NEVER;
	if (prepare(o, &desk, &spool, &e) < 0) {
		status = complain(o, &spool, &e);
	} else if (is_for_others(&o->orders, &desk.config)) {
		report_send(&o->orders.report, "done", "%d queued for the "
		    "next run, as deliver = queue has it", EX_TEMPFAIL);
		status = EX_OK;
	} else {
		pass_work(&pass);
		note_run(o, &pass);
		*wake = pass.wake;
		status = o->orders.only_these ? pass.status :
		    pass.left ? EX_TEMPFAIL : EX_OK;
	}
	pass_free(&pass);
	desk_free(&desk);
	spool_close(&spool);
	return status;
}

/* A broken configuration may be mended any time: look again, but not often. */
static int
run_watching(struct run_options *o)
{
	struct watch w = { .stop = &stop, .look = &look };
	struct spool s = { 0 };
	struct err e = { 0 };
	int64_t wake;

	if (spool_open(&s, o->spool, &e) < 0)
		return complain(o, &s, &e);
	watch_open(&w, s.dir[SPOOL_NEW]);
	watch_say(&w, "READY=1");
	while (!stop) {
		if (run_once(o, &w, &wake) == EX_CONFIG)
			wake = clock_now() + CONFIG_PAUSE;
		o->orders.flush = false;
		watch_wait(&w, wake);
	}
	watch_say(&w, "STOPPING=1");
	watch_close(&w);
	spool_close(&s);
	return EX_OK;
}

int
run(struct run_options *o)
{
	int64_t wake;

	log_open("minismtp-relay", LOG_MAIL);
	if (o->orders.verbose)
		log_also(2);
	catch_signals();
	return o->watch ? run_watching(o) : run_once(o, NULL, &wake);
}
