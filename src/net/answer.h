// SPDX-License-Identifier: ISC
/*
 * answer.h - what a name server sends (RFC 1035, 4)
 *
 * The C library has this in a library of its own, whose mapping would cost
 * every mail more than the mail to a relay by SRV or MX that needs it.
 */
#ifndef MINISMTP_NET_ANSWER_H
#define MINISMTP_NET_ANSWER_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/str.h"

#define ANSWER_RECORDS 64	/* that we look at */

/*
 * Appends each record of this type, SRV (33) or MX (15), as a line "PRIORITY
 * WEIGHT PORT HOST"; weight and port of an MX are 0.  Others are passed over.
 * False: it is no answer, or it ends within a record; what was whole is there.
 */
bool answer_records(struct str message, int type, struct buf *out);

#endif
