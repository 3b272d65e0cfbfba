// SPDX-License-Identifier: ISC
/*
 * qualify.h - addresses of a header field that lack a domain get one
 *
 * In place: "root (Cron Daemon)" becomes "root@example.com (Cron Daemon)", and
 * all around the address stays as it was written.  A domain that is not ASCII
 * becomes A-labels where the local part allows it.
 */
#ifndef MINISMTP_MESSAGE_QUALIFY_H
#define MINISMTP_MESSAGE_QUALIFY_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/str.h"
#include "message/mailbox.h"
#include "message/policy.h"

/* Appends the value, changed or not; true if it was. */
bool qualify(struct buf *out, struct str value, const struct policy *policy);
/*
 * The same for To and Cc, which are read as the recipients were taken from
 * them (addresses.h): "Backup Service" becomes Backup@example.com.
 */
bool qualify_recipients(struct buf *out, struct str value,
    const struct policy *policy);

/* local@domain of one mailbox under that policy. */
void qualify_mailbox(struct buf *out, const struct mailbox *m,
    const struct policy *policy);

/* Is there an address in it, or a login that there could be? */
bool names_somebody(struct str value);
/* Is there one that only SMTPUTF8 can carry? */
bool names_in_utf8(struct str value);

#endif
