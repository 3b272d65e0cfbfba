// SPDX-License-Identifier: ISC
/*
 * clock.h - what time it is, and how long there still is
 *
 * Two clocks: the calendar in seconds since 1970, for Date, spool and log; and
 * the monotonic one in milliseconds, for everything that has a deadline.
 * Tests fix both.
 *
 * A deadline is a point on the monotonic clock.  It is made once where the
 * waiting begins and handed down, so that ten short waits are not one long.
 */
#ifndef MINISMTP_BASE_CLOCK_H
#define MINISMTP_BASE_CLOCK_H

#include <stdint.h>

#define CLOCK_NEVER INT64_MAX		/* a deadline that never comes */

int64_t clock_now(void);		/* seconds since 1970 */
int64_t clock_ms(void);			/* monotonic milliseconds */

int64_t clock_deadline(int64_t ms);	/* ms from now */
/* Milliseconds left for poll(2): 0 when it is over, -1 for CLOCK_NEVER. */
int clock_left(int64_t deadline);

/* For tests: stop both clocks here; (-1, -1) lets them run again. */
void clock_fix(int64_t now, int64_t ms);

#endif
