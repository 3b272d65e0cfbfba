// SPDX-License-Identifier: ISC
/*
 * exam_queue.c - checks of the queue, and of who comes for it
 */
#include "relay/exam.h"

#include <sys/stat.h>

#include "base/clock.h"
#include "base/table.h"
#include "queue/draft.h"
#include "queue/listing.h"
#include "queue/marks.h"
#include "relay/memory.h"

#define HOUR 3600
#define WARN_AFTER (4 * HOUR)	/* where no configuration says it */
#define LIFETIME (5 * 24 * HOUR)

/* -- room */

static void
check_space(struct exam *x, struct finding *f)
{
	struct buf has = { 0 }, keep = { 0 };
	struct err e = { 0 };
	struct room room;

	if (!x->has_spool || draft_room(&x->spool, &room, &e) < 0) {
		err_clear(&e);
		return;
	}
	exam_add_bytes(&has, room.has);
	exam_add_bytes(&keep, room.keep);
	if (room.has < room.keep)
		finding_say(f, FINDING_BAD, "only %s are free; below %s no "
		    "mail is taken in", buf_cstr(&has), buf_cstr(&keep));
	else if (room.has < 4 * room.keep)
		finding_say(f, FINDING_WARNING, "%s are free; below %s no "
		    "mail is taken in", buf_cstr(&has), buf_cstr(&keep));
	if (room.no_inodes)
		finding_say(f, FINDING_BAD, "the disk has no inodes left");
	if (f->state != FINDING_GOOD)
		finding_mend(f, "du -xh %s | sort -h | tail",
		    x->question->spool);
	finding_say(f, FINDING_GOOD, "%s are free", buf_cstr(&has));
	buf_free(&has);
	buf_free(&keep);
}

/* -- the clock: nothing that is there can be from the future */

static void
check_clock(struct exam *x, struct finding *f)
{
	const char *const paths[] = { "/proc/self/exe", x->question->config,
	    x->question->spool };
	int64_t now = clock_now();
	struct stat st;

	for (size_t i = 0; i < TABLE_COUNT(paths); i++) {
		struct buf ahead = { 0 };

		if (stat(paths[i], &st) < 0 || st.st_mtime <= now + 300)
			continue;
		exam_add_span(&ahead, st.st_mtime - now);
		finding_say(f, FINDING_BAD, "the clock is wrong: %s was "
		    "written %s in the future", i == 0 ? "this program" :
		    paths[i], buf_cstr(&ahead));
		finding_mend(f, "timedatectl set-ntp true");
		buf_free(&ahead);
	}
	finding_say(f, FINDING_GOOD, "nothing here is from the future");
}

/* -- what waits */

struct waiting {
	size_t count, held;
	struct listing_item oldest;	/* that is not held */
	enum spool_where where;
	int64_t since;			/* 0: there is none */
};

static void
look(struct exam *x, enum spool_where where, struct waiting *w)
{
	struct listing list = { 0 };
	struct err e = { 0 };

	(void)listing_read(&list, &x->spool, where, CLOCK_NEVER, NULL, &e);
	for (size_t i = 0; i < list.count; i++) {
		int64_t since = id_time(&list.item[i].id);

		w->count++;
		w->held += list.item[i].next == SPOOL_HELD;
		if (list.item[i].next == SPOOL_HELD ||
		    (w->since > 0 && since >= w->since))
			continue;
		w->since = since;
		w->oldest = list.item[i];
		w->where = where;
	}
	listing_free(&list);
	err_clear(&e);
}

static void
add_reason(struct buf *out, const struct marks *m)
{
	const struct marks_last *last = &m->all;

	for (size_t i = 0; i < m->count; i++)
		if (m->rcpt[i].time > last->time)
			last = &m->rcpt[i];
	if (last->time > 0)
		buf_printf(out, ": %s", buf_cstr(&last->words));
}

/* ": 451 4.7.1 greylisted", or nothing. */
static void
read_reason(struct exam *x, const struct waiting *w, struct buf *out)
{
	struct entry en = { 0 };
	struct record r = { 0 };
	struct marks m = { 0 };
	struct err e = { 0 };

	if (entry_peek(&en, &x->spool, w->where, &w->oldest.id,
	    w->oldest.next, &e) > 0 && entry_glance(&en, &r, &e) == 0 &&
	    marks_read(&m, en.fd, &r, &e) == 0)
		add_reason(out, &m);
	marks_free(&m);
	record_free(&r);
	entry_close(&en);
	err_clear(&e);
}

static void
judge_age(struct exam *x, struct finding *f, const struct waiting *w)
{
	const struct config *c = x->has_config ? &x->desk.config : NULL;
	int64_t warn = c != NULL && c->warn_after > 0 ? c->warn_after :
	    WARN_AFTER;
	int64_t life = c != NULL ? c->lifetime : LIFETIME;
	int64_t age = clock_now() - w->since;
	struct buf span = { 0 }, why = { 0 };

	exam_add_span(&span, age);
	read_reason(x, w, &why);
	if (age > warn) {
		finding_say(f, age > life / 2 ? FINDING_BAD : FINDING_WARNING,
		    "%zu wait, the oldest (%s) for %s%s", w->count - w->held,
		    w->oldest.id.text, buf_cstr(&span), buf_cstr(&why));
		finding_mend(f, "minismtp queue show %s", w->oldest.id.text);
		finding_mend(f, "minismtp queue retry %s", w->oldest.id.text);
	} else
		finding_say(f, FINDING_GOOD, "%zu wait, the oldest for %s%s",
		    w->count - w->held, buf_cstr(&span), buf_cstr(&why));
	buf_free(&span);
	buf_free(&why);
}

struct failed {
	size_t messages, junk;
	struct id id;			/* of one of the messages */
};

static int
count_failed(void *who, const char *name, bool is_file)
{
	struct failed *failed = who;
	struct id id;

	(void)is_file;
	if (id_parse(str_of(name), &id)) {
		failed->messages++;
		failed->id = id;
	} else
		failed->junk++;
	return 0;
}

static void
judge_failed(struct exam *x, struct finding *f)
{
	struct failed failed = { 0 };
	struct err e = { 0 };

	(void)spool_each(&x->spool, SPOOL_FAILED, count_failed, &failed, &e);
	if (failed.messages > 0) {
		finding_say(f, FINDING_WARNING, "%zu could not be delivered, "
		    "and nobody could be told", failed.messages);
		finding_mend(f, "minismtp queue show %s", failed.id.text);
		finding_mend(f, "minismtp queue remove %s", failed.id.text);
	}
	if (failed.junk > 0) {
		finding_say(f, FINDING_WARNING, "%zu files in the queue were "
		    "none of ours, or torn, and were set aside", failed.junk);
		finding_mend(f, "ls -l %s/failed", x->question->spool);
	}
	err_clear(&e);
}

static void
check_queue(struct exam *x, struct finding *f)
{
	struct waiting w = { 0 };

	if (!x->has_spool)
		return;
	look(x, SPOOL_NEW, &w);
	look(x, SPOOL_CUR, &w);
	if (w.since > 0)
		judge_age(x, f, &w);
	if (w.held > 0)
		finding_add(f, "%zu are held until somebody releases them: "
		    "minismtp queue release", w.held);
	judge_failed(x, f);
	if (w.count == w.held)
		finding_say(f, FINDING_GOOD, "nothing waits");
}

/* -- relays that are left alone */

static void
check_pause(struct exam *x, struct finding *f)
{
	struct buf why = { 0 }, span = { 0 };
	struct memory m;

	if (!x->has_spool || !x->has_config)
		return;
	memory_open(&m, &x->spool, x->question->config, &x->desk.config);
	for (size_t i = 0; i < x->desk.config.accounts; i++) {
		const struct account *a = &x->desk.config.account[i];

		for (size_t k = 0; k < a->relays; k++) {
			int64_t until = memory_held(&m, a, k,
			    MEMORY_ASK_OPEN, &why);

			if (until == 0)
				continue;
			buf_reset(&span);
			exam_add_span(&span, until - clock_now());
			finding_say(f, FINDING_WARNING, "%s is left alone for "
			    "%s after: %s", buf_cstr(&a->relay[k].text),
			    buf_cstr(&span), buf_cstr(&why));
			finding_mend(f, "%s", exam_flush(x));
		}
	}
	memory_close(&m);
	buf_free(&why);
	buf_free(&span);
}

static const struct exam_row rows[] = {
	{ "space", BOTH, check_space },
	{ "clock", BOTH, check_clock },
	{ "waiting", BOTH, check_queue },
	{ "pause", BOTH, check_pause },
};

const struct exam_table exam_queue = { NULL, rows, TABLE_COUNT(rows) };
