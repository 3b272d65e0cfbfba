// SPDX-License-Identifier: ISC
/*
 * pick.h - which account does this message go by?
 */
#ifndef MINISMTP_RELAY_PICK_H
#define MINISMTP_RELAY_PICK_H

#include "base/buf.h"
#include "base/err.h"
#include "config/config.h"
#include "message/facts.h"
#include "queue/record.h"
#include "relay/desk.h"

/*
 * As config/account.h has it, with bare names at the top level's domain.  Who
 * said neither an envelope sender nor From is known by his login.  fd is the
 * message's file, in which the header is looked at only where something depends
 * on it.  why (or NULL) gets the reason.
 */
const struct account *pick_account(const struct desk *d, const struct record *r,
    int fd, struct buf *why, struct err *e);

/* The same for a message that is not there. */
const struct account *pick_by_sender(const struct desk *d, struct str name,
    const struct facts *f, bool said, struct str sender, struct buf *why,
    struct err *e);

#endif
