// SPDX-License-Identifier: ISC
/*
 * staff.h - all couriers of a run, and who of them gets a message
 *
 * Up to "connections" for each account: another one only when those there are
 * have as much as they can carry.  What a courier brings back untouched goes
 * to the next one.  An account is down when none of its couriers gets a
 * session; then nobody is asked again in this run.
 */
#ifndef MINISMTP_RELAY_STAFF_H
#define MINISMTP_RELAY_STAFF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"
#include "relay/courier.h"
#include "relay/crew.h"

struct staff {
	const struct courier_brief *brief;
	const volatile int *stop;	/* a signal came: hurry */
	struct crew_ear ear;		/* its back() is the staff's own */

	/* The staff's own. */
	struct crew **crew;
	size_t count;
	struct task **again;		/* brought back */
	size_t agains;
	int64_t hurry;			/* until then couriers may finish */
};

/* Fill in the first three, then this. */
void staff_begin(struct staff *s);

/* t->account is known; from here on the task is the staff's, until settled. */
void staff_give(struct staff *s, struct task *t);

/* The same within what the ear hears: when the staff listens no more. */
void staff_again(struct staff *s, struct task *t);

/* Is anything not settled yet? */
bool staff_is_busy(const struct staff *s);

/* Has one of the account's couriers a session? */
bool staff_talks(const struct staff *s, const struct account *a);

/*
 * Waits until a courier says something, and hears it.  After a stop they have
 * a few seconds to finish; then they are stopped as well.
 */
void staff_listen(struct staff *s);

/* Sends all home and waits until they are gone. */
void staff_end(struct staff *s);

#endif
