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

/*
 * About the recipients of the open message r for whom about[] is true; fd is
 * its file.  0 when the report is safe in the queue.
 */
int bounce_write(struct spool *s, const struct record *r, int fd,
    enum dsn_kind kind, const bool *about, int64_t until, struct err *e);

#endif
