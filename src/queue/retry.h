// SPDX-License-Identifier: ISC
/*
 * retry.h - when to try again, and when to give up
 *
 * Pure: the times go in, the decision comes out.
 */
#ifndef MINISMTP_QUEUE_RETRY_H
#define MINISMTP_QUEUE_RETRY_H

#include <stdbool.h>
#include <stdint.h>

struct retry {
	int64_t first;		/* seconds after the first attempt: 60 */
	int64_t longest;	/* between two attempts at most: 3600 */
	int64_t lifetime;	/* seconds from arrival to giving up: 5 d */
	int64_t warn_after;	/* to a word to the sender: 4 h; 0: never */
};
#define RETRY_DEFAULT \
	((struct retry){ 60, 3600, 5 * 86400, 4 * 3600 })

/*
 * The time of the next attempt when the last one was the attempts-th (from 1)
 * and it is now.  Doubles, with jitter of a quarter either way, so that what
 * arrived together does not come back together.
 */
int64_t retry_next(const struct retry *r, unsigned attempts, int64_t now);

bool retry_is_over(const struct retry *r, int64_t arrived, int64_t now);
bool retry_wants_warning(const struct retry *r, int64_t arrived,
    int64_t warned, int64_t now);

#endif
