// SPDX-License-Identifier: ISC
/*
 * verdict.h - one exit status for a message with many recipients
 *
 * For the caller who waits: refused for good beats "still in the queue" (he
 * must hear of it), and that beats delivered.
 */
#ifndef MINISMTP_RELAY_VERDICT_H
#define MINISMTP_RELAY_VERDICT_H

#include <stdbool.h>

#include "base/buf.h"
#include "message/envelope.h"
#include "queue/report.h"

/* Zeroed: nothing is known, the message is in the queue. */
struct verdict {
	bool known;
	int code;		/* from <sysexits.h> */
	struct buf words;	/* the first recipient's that decided */
};

/* Those recipients that were open have these states now. */
void verdict_note(struct verdict *v, const struct envelope *env,
    const bool *open);

/*
 * 67 for a user that is unknown, 68 for his host, 69 for other refusals; 75
 * for what is temporary.
 */
int verdict_code(const struct rcpt *to);

/* "done CODE WORDS"; returns the code. */
int verdict_report(const struct verdict *v, struct report *report);

void verdict_free(struct verdict *v);

#endif
