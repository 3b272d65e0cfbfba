// SPDX-License-Identifier: ISC
/*
 * queue.h - minismtp queue: what people do to mail that waits
 *
 * The front only chooses and prints; whether somebody may do it is for the
 * drop to say.
 */
#ifndef MINISMTP_FRONT_QUEUE_H
#define MINISMTP_FRONT_QUEUE_H

#include "base/buf.h"
#include "front/jobs.h"
#include "front/options.h"
#include "front/verb.h"

extern const struct verb queue_verb;

/* sendmail -q and -qI, -qR, -qS for those who may not run the relay. */
int queue_flush(const struct options *o);

/* For a monitor: what there is at this time. */
struct queue_sums {
	int64_t now;
	uint64_t waiting, held, failed;
	uint64_t oldest;	/* seconds */
};
int queue_count(void *sums, const struct job *j, struct err *e);

/* Words in out, and 0, 1 (warning), 2 (critical). */
struct queue_limits {
	uint64_t warn, crit;	/* messages */
	uint64_t age;		/* seconds that one may wait; 0: any */
};
int queue_judge(struct buf *out, const struct queue_sums *s, size_t junk,
    const struct queue_limits *limits);

#endif
