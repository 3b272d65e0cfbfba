// SPDX-License-Identifier: ISC
/*
 * steps.h - from what was said to what goes out, in words
 *
 * The same functions that make a parcel, asked to explain themselves.  All of
 * them append lines to out.
 */
#ifndef MINISMTP_RELAY_STEPS_H
#define MINISMTP_RELAY_STEPS_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/str.h"
#include "message/facts.h"
#include "relay/desk.h"

/* Who asks, as if he handed something in now. */
void steps_facts(struct facts *f, const struct desk *d);

/* Where a recipient really goes; -1: nowhere, the lines so far are there. */
int steps_recipient(struct buf *out, const struct desk *d,
    const struct account *a, struct str address, struct err *e);

/*
 * How it goes, for all of them: the account and why, the sender, the relays.
 * said: there was -f.
 */
void steps_way(struct buf *out, const struct desk *d, const struct account *a,
    struct str why, const struct facts *f, bool said, struct str sender);

#endif
