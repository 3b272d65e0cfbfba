// SPDX-License-Identifier: ISC
/*
 * sender.h - in whose name a message goes, and what completes it
 *
 * The envelope sender is what -f said, else the account's sender, else
 * login@domain; force_sender puts the account's sender in its place, because
 * most relays take mail from their own address only.  The null sender of a
 * bounce is never replaced.  In a sender pattern %u is the login, %h the
 * host's short name, %f its full name, %% a percent sign.
 */
#ifndef MINISMTP_CONFIG_SENDER_H
#define MINISMTP_CONFIG_SENDER_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/str.h"
#include "config/config.h"
#include "config/local.h"
#include "message/complete.h"
#include "message/facts.h"

/* The account's own sender for this submitter; empty where it has none. */
void sender_own(const struct account *a, const struct here *h,
    const struct facts *f, struct buf *out);

/*
 * The envelope sender.  said: -f was there; said and empty is the null sender.
 * why (or NULL) gets a line of words.
 */
void sender_envelope(const struct account *a, const struct here *h,
    const struct facts *f, bool said, struct str sender, struct buf *out,
    struct buf *why);

/*
 * What the configuration asks of the header.  originals are the recipients
 * before a redirect, looked at only if there is one.
 */
void sender_policy(const struct config *c, const struct account *a,
    const struct here *h, const struct facts *f,
    const struct strs *originals, struct policy *out);

#endif
