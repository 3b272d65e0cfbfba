// SPDX-License-Identifier: ISC
/*
 * pick.h - which account does this message go by?
 */
#ifndef MINISMTP_RELAY_PICK_H
#define MINISMTP_RELAY_PICK_H

#include "base/buf.h"
#include "base/err.h"
#include "config/config.h"
#include "queue/record.h"

/*
 * As config/account.h has it.  fd is the message's file, in which the header is
 * looked at only where something depends on it.  why (or NULL) gets the reason.
 */
const struct account *pick_account(const struct config *c,
    const struct record *r, int fd, struct buf *why, struct err *e);

#endif
