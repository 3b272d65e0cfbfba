// SPDX-License-Identifier: ISC
/*
 * bounce.h - a report to the sender, put into the queue
 *
 * A report is a message like others, from the null sender.  It goes to whoever
 * sent the original, as if that were a recipient of ours: a name on this
 * machine goes through aliases and admin, so that somebody reads it.
 */
#ifndef MINISMTP_RELAY_BOUNCE_H
#define MINISMTP_RELAY_BOUNCE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "queue/record.h"
#include "queue/spool.h"
#include "relay/dsn.h"

#define BOUNCE_WHOLE_MAX 65536	/* longer originals come as their head only */

/* Is it a report itself, from the null sender?  Nobody reports on reports. */
bool bounce_is_one(const struct record *r);

struct bounce {
	struct spool *spool;
	const struct record *record;	/* of the open message */
	int fd;				/* its file */
	enum dsn_kind kind;
	const bool *about;		/* of which recipients */
	int64_t until;			/* DSN_DELAYED: when we give up */
	bool bare;			/* no sandbox */
};

/*
 * 0 when the report is safe in the queue.  It quotes what somebody wrote and
 * what the relay said, so that it is written in a cell (guard/cell.h).
 */
int bounce_write(const struct bounce *b, struct err *e);

#endif
