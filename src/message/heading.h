// SPDX-License-Identifier: ISC
/*
 * heading.h - the header of a message that is written here
 *
 * What people said, as fields: names and texts encoded, lines folded.  A line
 * break in any of it would begin a field of its own, and is refused.
 */
#ifndef MINISMTP_MESSAGE_HEADING_H
#define MINISMTP_MESSAGE_HEADING_H

#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/str.h"
#include "base/strs.h"
#include "message/addresses.h"

/* Zeroed is empty; what is empty makes no field, but for the date. */
struct heading {
	struct addresses from, to, cc, reply_to;
	struct buf subject;
	struct strs more;	/* "Name: value" */
	int64_t time;
	int zone;		/* minutes east */
	struct buf id;		/* of the message, with its brackets */
	struct buf mailer;
};

/* -1 with the position: 'a line break at position 4'. */
int heading_subject(struct heading *h, struct str text, struct err *e);

/*
 * "Name: value" of somebody's own.  Not those that are made from something
 * else: the err says from what.
 */
int heading_more(struct heading *h, struct str line, struct err *e);

/* charset is what 8-bit text is in that is no UTF-8, or empty. */
void heading_write(struct buf *out, const struct heading *h,
    struct str charset);
void heading_free(struct heading *h);

#endif
