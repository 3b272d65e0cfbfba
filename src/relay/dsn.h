// SPDX-License-Identifier: ISC
/*
 * dsn.h - the text of a report to a sender (RFC 3464, RFC 3834)
 *
 * Pure: what happened goes in, a message comes out, but for its last part, the
 * original: that is copied by whoever has it (bounce.h).  Date and Message-ID
 * are not here either: a report goes through the queue like any other mail and
 * is completed there.
 *
 * The first part is for people.  It says in plain words what happened, whether
 * anybody has to do something, and what.
 */
#ifndef MINISMTP_RELAY_DSN_H
#define MINISMTP_RELAY_DSN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/str.h"
#include "message/envelope.h"

enum dsn_kind {
	DSN_FAILED,		/* it will never arrive */
	DSN_DELAYED,		/* it takes long, we go on */
	DSN_RELAYED		/* a receipt that was asked for */
};

struct dsn {
	enum dsn_kind kind;
	const struct envelope *env;	/* of the original */
	const bool *about;		/* one for each recipient */
	struct str id;			/* of the original in the queue */
	int64_t arrived;
	int zone;
	int64_t until;			/* DELAYED: when we give up */
	struct str host;		/* who reports */
	struct str from, to;		/* addresses of the report */
	struct str message_id;		/* of the original, or empty */
	struct str subject;		/* of the original, or empty */
	struct str boundary;
	bool whole;			/* the original follows, not its head */
};

/* Everything up to where the original follows. */
void dsn_begin(struct buf *out, const struct dsn *d);
/* What stands behind it. */
void dsn_end(struct buf *out, const struct dsn *d);

#endif
