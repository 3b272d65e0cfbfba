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

static const char *const words[] = { "OK", "WARNING", "CRITICAL" };

int
queue_judge(struct buf *out, const struct jobs *q,
    const struct queue_limits *l, int64_t now)
{
	uint64_t waiting = 0, held = 0, failed = 0, oldest = 0;
	int level = 0;

	for (size_t i = 0; i < q->count; i++) {
		const struct job *j = &q->job[i];
		uint64_t age = now > 0 && (uint64_t)now > j->time ?
		    (uint64_t)now - j->time : 0;

		held += j->held;
		failed += is_failed(j);
		if (j->held || is_failed(j))
			continue;
		waiting++;
		if (age > oldest)
			oldest = age;
	}
	if (waiting >= l->warn || failed > 0 || q->junk.count > 0)
		level = 1;
	if (waiting >= l->crit || (l->age > 0 && oldest >= l->age))
		level = 2;
	buf_printf(out, "QUEUE %s - %llu waiting, %llu held, %llu failed, "
	    "the oldest waits for %llu s|waiting=%llu;%llu;%llu;0 "
	    "held=%llu;;;0 failed=%llu;;;0 oldest=%llus;;%.0llu;0\n",
	    words[level], (unsigned long long)waiting,
	    (unsigned long long)held, (unsigned long long)failed,
	    (unsigned long long)oldest, (unsigned long long)waiting,
	    (unsigned long long)l->warn, (unsigned long long)l->crit,
	    (unsigned long long)held, (unsigned long long)failed,
	    (unsigned long long)oldest, (unsigned long long)l->age);
	return level;
}
