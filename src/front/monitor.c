// SPDX-License-Identifier: ISC
/*
 * monitor.c - is the queue as it should be?
 *
 * In the form that Nagios and its kin read: one line, then "|" and figures.
 * What is held waits on purpose and has no age; what is in failed/ waits for a
 * person.
 */
#include "front/queue.h"

#include <stdbool.h>

static bool
is_failed(const struct job *j)
{
	return str_eq(buf_str(&j->where), STR("failed"));
}

int
queue_count(void *sums, const struct job *j, struct err *e)
{
	struct queue_sums *s = sums;
	uint64_t age = s->now > 0 && (uint64_t)s->now > j->time ?
	    (uint64_t)s->now - j->time : 0;

	(void)e;
	s->held += j->held;
	s->failed += is_failed(j);
	if (j->held || is_failed(j))
		return 0;
	s->waiting++;
	if (age > s->oldest)
		s->oldest = age;
	return 0;
}

static const char *const words[] = { "OK", "WARNING", "CRITICAL" };

int
queue_judge(struct buf *out, const struct queue_sums *s, size_t junk,
    const struct queue_limits *l)
{
	int level = 0;

	if (s->waiting >= l->warn || s->failed > 0 || junk > 0)
		level = 1;
	if (s->waiting >= l->crit || (l->age > 0 && s->oldest >= l->age))
		level = 2;
	buf_printf(out, "QUEUE %s - %llu waiting, %llu held, %llu failed, "
	    "the oldest waits for %llu s|waiting=%llu;%llu;%llu;0 "
	    "held=%llu;;;0 failed=%llu;;;0 oldest=%llus;;%.0llu;0\n",
	    words[level], (unsigned long long)s->waiting,
	    (unsigned long long)s->held, (unsigned long long)s->failed,
	    (unsigned long long)s->oldest, (unsigned long long)s->waiting,
	    (unsigned long long)l->warn, (unsigned long long)l->crit,
	    (unsigned long long)s->held, (unsigned long long)s->failed,
	    (unsigned long long)s->oldest, (unsigned long long)l->age);
	return level;
}
