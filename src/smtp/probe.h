// SPDX-License-Identifier: ISC
/*
 * probe.h - would the relay take a message?  Ask, and send none
 *
 * MAIL and RCPT as for any message, then RSET: nobody gets anything.
 */
#ifndef MINISMTP_SMTP_PROBE_H
#define MINISMTP_SMTP_PROBE_H

#include "base/buf.h"
#include "base/err.h"
#include "base/str.h"
#include "smtp/ehlo.h"
#include "smtp/wire.h"

/* The command that the relay did not take. */
enum probe_step {
	PROBE_MAIL,
	PROBE_RCPT,
	PROBE_RSET,
	PROBE_DONE
};

/* words get its last answer.  After -1 *step is where it ended. */
int probe(struct wire *w, const struct ehlo *caps, struct str sender,
    struct str to, struct buf *words, enum probe_step *step, struct err *e);

#endif
