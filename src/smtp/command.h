// SPDX-License-Identifier: ISC
/*
 * command.h - MAIL and RCPT lines with all their parameters
 *
 * The choke point: no address, and nothing that an address carries, gets into
 * a command but through here, and here each byte of it is looked at.
 */
#ifndef MINISMTP_SMTP_COMMAND_H
#define MINISMTP_SMTP_COMMAND_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"
#include "message/envelope.h"
#include "smtp/ehlo.h"

/*
 * Can this message go to this relay at all?  SIZE, SMTPUTF8, 8BITMIME and
 * REQUIRETLS are checked before anything is said; the err is permanent, since
 * the caller has done what could be done about it.
 */
int command_possible(const struct envelope *env, const struct ehlo *caps,
    bool secure, struct err *e);

int command_mail(struct buf *line, const struct envelope *env,
    const struct ehlo *caps, struct err *e);
int command_rcpt(struct buf *line, const struct rcpt *to,
    const struct ehlo *caps, struct err *e);

#endif
