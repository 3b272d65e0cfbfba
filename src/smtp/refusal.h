// SPDX-License-Identifier: ISC
/*
 * refusal.h - what a refused login means, and what mends it
 *
 * The big providers refuse a right password for reasons of their own, with
 * words that only they understand.
 */
#ifndef MINISMTP_SMTP_REFUSAL_H
#define MINISMTP_SMTP_REFUSAL_H

#include "base/str.h"

/* host is the account's relay, text the reply without its code; never NULL. */
const char *refusal_mend(int smtp, struct str text, struct str host);

#endif
