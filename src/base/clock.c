// SPDX-License-Identifier: ISC
/*
 * clock.c - what time it is, and how long there still is
 */
#include "base/clock.h"

#include <limits.h>
#include <time.h>

static int64_t fixed_now = -1, fixed_ms = -1;

void
clock_fix(int64_t now, int64_t ms)
{
	fixed_now = now;
	fixed_ms = ms;
}

int64_t
clock_now(void)
{
	struct timespec ts;

	if (fixed_now >= 0)
		return fixed_now;
	clock_gettime(CLOCK_REALTIME, &ts);
	return ts.tv_sec;
}

int64_t
clock_ms(void)
{
	struct timespec ts;

	if (fixed_ms >= 0)
		return fixed_ms;
	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

int64_t
clock_deadline(int64_t ms)
{
	int64_t now = clock_ms();

	return ms > CLOCK_NEVER - now ? CLOCK_NEVER : now + ms;
}

int
clock_left(int64_t deadline)
{
	int64_t left;

	if (deadline == CLOCK_NEVER)
		return -1;
	left = deadline - clock_ms();
	if (left <= 0)
		return 0;
	return left > INT_MAX ? INT_MAX : (int)left;
}
