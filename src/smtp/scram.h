// SPDX-License-Identifier: ISC
/*
 * scram.h - SCRAM-SHA-1 and SCRAM-SHA-256 with and without -PLUS
 * (RFC 5802, RFC 7677, RFC 9266)
 *
 * Our own and not libgsasl's, because there the password and what is made from
 * it stay behind in memory that nobody wipes, and the iterations of a hostile
 * relay have no bounds.
 */
#ifndef MINISMTP_SMTP_SCRAM_H
#define MINISMTP_SMTP_SCRAM_H

#include "base/err.h"
#include "base/secret.h"
#include "base/str.h"
#include "smtp/mechanism.h"

#define SCRAM_ITERATIONS_MIN 4096	/* fewer make a stolen proof cheap */
#define SCRAM_ITERATIONS_MAX 1000000	/* more only burn our time */

/* A step of mechanism.h; s->proved once the relay's signature is right. */
int scram_step(struct sasl *s, struct str challenge, struct secret *answer,
    struct err *e);

#endif
