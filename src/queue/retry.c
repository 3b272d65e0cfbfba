// SPDX-License-Identifier: ISC
/*
 * retry.c - when to try again, and when to give up
 */
#include "queue/retry.h"

#include "base/rand.h"

int64_t
retry_next(const struct retry *r, unsigned attempts, int64_t now)
{
	int64_t wait = r->first > 0 ? r->first : 1;
	int64_t longest = r->longest > wait ? r->longest : wait;
	int64_t jitter;

	for (; attempts > 1 && wait < longest; attempts--)
		wait *= 2;
	if (wait > longest)
		wait = longest;
	jitter = wait / 4;
	return now + wait - jitter +
	    (int64_t)rand_below((uint64_t)jitter * 2 + 1);
}

/* A clock that was set back makes a message young, never old. */
bool
retry_is_over(const struct retry *r, int64_t arrived, int64_t now)
{
	return now - arrived >= r->lifetime;
}

bool
retry_wants_warning(const struct retry *r, int64_t arrived, int64_t warned,
    int64_t now)
{
	return r->warn_after > 0 && warned == 0 &&
	    now - arrived >= r->warn_after && !retry_is_over(r, arrived, now);
}
