// SPDX-License-Identifier: ISC
/*
 * exam_runner.c - who runs the queue, and when did he last?
 */
#include "relay/exam.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/table.h"
#include "queue/listing.h"
#include "relay/stamp.h"
#include "relay/state.h"

#define HOUR 3600

static const struct runner {
	const char *path, *words;
	bool personal;		/* in the home directory */
} runners[] = {
	{ "/etc/systemd/system/timers.target.wants/minismtp.timer",
	  "systemd's minismtp.timer", false },
	{ "/usr/lib/systemd/system/timers.target.wants/minismtp.timer",
	  "systemd's minismtp.timer", false },
	{ "/etc/cron.d/minismtp", "cron, by /etc/cron.d/minismtp", false },
	{ "/etc/runlevels/default/minismtp", "OpenRC's minismtp", false },
	{ "/etc/service/minismtp", "runit's minismtp", false },
	{ "/var/service/minismtp", "runit's minismtp", false },
	{ ".config/systemd/user/timers.target.wants/minismtp.timer",
	  "your systemd's minismtp.timer", true },
};

static const char *
find_runner(const struct exam *x)
{
	const char *home = getenv("HOME"), *found = NULL;
	struct buf path = { 0 };
	struct stat st;

	for (size_t i = 0; found == NULL && i < TABLE_COUNT(runners); i++) {
		const struct runner *r = &runners[i];

		if (r->personal != x->question->personal)
			continue;
		buf_reset(&path);
		if (r->personal)
			buf_printf(&path, "%s/", home != NULL ? home : "");
		buf_puts(&path, r->path);
		if (lstat(buf_cstr(&path), &st) == 0)
			found = r->words;
	}
	buf_free(&path);
	return found;
}

static void
mend_runner(const struct exam *x, struct finding *f)
{
	const struct question *q = x->question;
	bool systemd = access("/run/systemd/system", F_OK) == 0;

	if (systemd)
		finding_mend(f, "systemctl %senable --now minismtp.timer "
		    "minismtp.path", q->personal ? "--user " : "");
	else if (q->personal)
		finding_mend(f, "(crontab -l; echo '*/5 * * * * " SBINDIR
		    "/minismtp-relay --config %s --spool %s') | crontab -",
		    q->config, q->spool);
	else
		finding_mend(f, "cp " PKGDATADIR "/cron/minismtp "
		    "/etc/cron.d/minismtp");
}

static bool
is_due(struct exam *x)
{
	static const enum spool_where where[] = { SPOOL_NEW, SPOOL_CUR };
	bool due = false;

	for (size_t i = 0; x->has_spool && i < TABLE_COUNT(where); i++) {
		struct listing list = { 0 };
		struct err e = { 0 };

		if (listing_read(&list, &x->spool, where[i], clock_now(),
		    NULL, &e) == 0)
			due = due || list.count > 0;
		listing_free(&list);
		err_clear(&e);
	}
	return due;
}

static void
add_last(struct buf *out, const struct stamp *s)
{
	static const char *const how[] = { [STAMP_RUN] = "",
	    [STAMP_FLUSH] = " by hand", [STAMP_WATCH] = "" };

	if (s->time == 0) {
		buf_puts(out, "it has not been run yet");
		return;
	}
	buf_puts(out, "it was last run ");
	exam_add_span(out, clock_now() - s->time);
	buf_printf(out, " ago%s%s", how[s->by], s->left ?
	    ", and something had to wait" : "");
}

static void
check_runner(struct exam *x, struct finding *f)
{
	const char *runner = find_runner(x);
	struct buf last = { 0 };
	struct stamp stamp;
	int state = x->has_spool ? state_dir(&x->spool) : 0;
	int64_t now = clock_now();

	stamp_read(state, &stamp);
	add_last(&last, &stamp);
	if (stamp.watched)
		finding_say(f, FINDING_GOOD, "minismtp-relay --watch is "
		    "there; %s", buf_cstr(&last));
	else if (runner != NULL && stamp.time > 0 &&
	    now - stamp.time > 2 * HOUR) {
		finding_say(f, is_due(x) ? FINDING_BAD : FINDING_WARNING,
		    "%s should run the queue, but %s", runner,
		    buf_cstr(&last));
		finding_mend(f, "systemctl status minismtp.timer "
		    "minismtp.service");
	} else if (runner != NULL)
		finding_say(f, FINDING_GOOD, "%s runs the queue; %s", runner,
		    buf_cstr(&last));
	else if (stamp.by == STAMP_RUN && stamp.time > 0 &&
	    now - stamp.time <= HOUR)
		finding_say(f, FINDING_GOOD, "somebody runs the queue; %s",
		    buf_cstr(&last));
	else if (!x->has_spool && !x->question->personal)
		finding_say(f, FINDING_UNKNOWN, "there is no timer that you "
		    "could see; the queue knows when it was run");
	else {
		finding_say(f, is_due(x) ? FINDING_BAD : FINDING_WARNING,
		    "nobody runs the queue, so what has to wait will wait; "
		    "%s", buf_cstr(&last));
		mend_runner(x, f);
	}
	if (state > 0)
		close(state);
	buf_free(&last);
}

static const struct exam_row rows[] = {
	{ "runner", BOTH, check_runner },
};

const struct exam_table exam_runner = { "The queue", rows,
    TABLE_COUNT(rows) };
