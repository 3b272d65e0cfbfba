// SPDX-License-Identifier: ISC
/*
 * quota.h - how much one user may send (limit = "100/h")
 *
 * For a program that runs wild.  What is too much is not refused: it gets its
 * place in the time to come, and waits in the queue until then.  Each rate
 * allows its whole amount at once and fills up again evenly; what a message
 * takes is taken once, when it comes in.
 *
 * One small file for each user in the spool's directory "state"; where that is
 * missing, or a file is not to be had at once, nothing is limited.
 */
#ifndef MINISMTP_RELAY_QUOTA_H
#define MINISMTP_RELAY_QUOTA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "config/config.h"

/* What is known of one rate and user: when his amount will be whole again. */
struct quota_mark {
	struct rate rate;
	int64_t whole;		/* milliseconds since 1970 */
};

/*
 * Take a message of so many bytes.  0: it may go at now; else the time, in
 * seconds, when it is its turn.  Pure.
 */
int64_t quota_take(struct quota_mark *mark, size_t marks, uint64_t bytes,
    int64_t now);

/*
 * The same with what dir (state/) knows of that user.  *tell is set when
 * somebody should hear of it: he has sent too much, and that was not said for
 * a day.
 */
int64_t quota_ask(int dir, const struct config *c, uid_t uid, uint64_t bytes,
    int64_t now, bool *tell);

#endif
