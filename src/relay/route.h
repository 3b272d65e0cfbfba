// SPDX-License-Identifier: ISC
/*
 * route.h - who among the recipients on the wire stands for whom in the record
 *
 * An alias makes one recipient into several, a redirect many into one.  A
 * recorded recipient has his verdict when all who stand for him have theirs:
 * deferred if one of them is, else failed if one of them is, else done.
 */
#ifndef MINISMTP_RELAY_ROUTE_H
#define MINISMTP_RELAY_ROUTE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"
#include "base/strs.h"
#include "message/envelope.h"

struct hop {
	size_t from;		/* in the record */
	size_t to;		/* on the wire */
};

struct route {
	struct hop *hop;
	size_t count;
	struct strs key;	/* of each on the wire: address_key() */
};

/* address stands for said->rcpt[from]; on the wire it is there once. */
void route_add(struct route *r, const struct envelope *said, size_t from,
    struct envelope *wire, struct str address);

/*
 * wire->rcpt[to] has its verdict, as "known" has it for each on the wire.
 * Returns whether that decides about said->rcpt[from], and writes it there.
 */
bool route_decides(const struct route *r, size_t from, size_t to,
    const struct envelope *wire, const bool *known, struct envelope *said);

/* Is it, for somebody in the record, one of several that stand for him? */
bool route_is_part(const struct route *r, size_t to);

void route_free(struct route *r);

#endif
