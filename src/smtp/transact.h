// SPDX-License-Identifier: ISC
/*
 * transact.h - one mail transaction: MAIL, RCPT, DATA or BDAT (RFC 5321, 2920,
 * 3030, 2033)
 */
#ifndef MINISMTP_SMTP_TRANSACT_H
#define MINISMTP_SMTP_TRANSACT_H

#include "base/err.h"
#include "base/source.h"
#include "smtp/flight.h"

/*
 * Says all of t; what can wait for its answer stays outstanding.  t is over
 * some time after this and then frees itself.  -1 when the connection is of no
 * use any more; what was outstanding has been given up.
 */
int transact(struct session *s, struct transaction *t, struct source *text,
    struct err *e);

/*
 * The next piece of text is in flight->chunk; flight->over says that it is the
 * last one.  Done once before transact(), so that a text which cannot be read
 * costs no session.
 */
int transact_fill(struct session *s, struct source *text, struct err *e);

#endif
