// SPDX-License-Identifier: ISC
/*
 * race.h - the first of many addresses that answers (RFC 8305)
 */
#ifndef MINISMTP_NET_RACE_H
#define MINISMTP_NET_RACE_H

#include <stdint.h>

#include "base/err.h"
#include "base/strs.h"
#include "net/lookup.h"

#define RACE_DELAY 250		/* ms before the next one starts (5) */

/*
 * A connected, non-blocking socket, and in *won where it leads; or -1, and the
 * err says what became of each.  source are our own addresses; an address of
 * a family that none of them has is not tried.
 */
int race(const struct endpoints *p, const struct strs *source, int64_t deadline,
    struct endpoint *won, struct err *e);

/* The families take turns, beginning with that of the first (4). */
void race_order(struct endpoints *p);

#endif
