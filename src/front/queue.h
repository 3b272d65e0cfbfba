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

/* For a monitor: words in out, and 0, 1 (warning), 2 (critical). */
struct queue_limits {
	uint64_t warn, crit;	/* messages */
	uint64_t age;		/* seconds that one may wait; 0: any */
};
int queue_judge(struct buf *out, const struct jobs *q,
    const struct queue_limits *limits, int64_t now);

#endif
