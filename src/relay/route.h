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

#include "base/buf.h"
#include "base/str.h"
#include "message/envelope.h"

#define ROUTE_END ((size_t)-1)

struct hop {
	size_t from;		/* in the record; those of one stand together */
	size_t to;		/* on the wire */
	size_t next;		/* the next hop to the same, or ROUTE_END */
};

struct stop {			/* one on the wire */
	struct buf key;		/* address_key() */
	size_t to;
	size_t first, last;	/* hops to him */
};

struct route {
	struct hop *hop;
	size_t count;
	struct stop **stop;
	size_t stops;
	void *tree;		/* of them, by key: some lists are long */
};

/*
 * address stands for said->rcpt[from]; on the wire it is there once.  from
 * never goes down from one call to the next.
 */
void route_add(struct route *r, const struct envelope *said, size_t from,
    struct envelope *wire, struct str address);

/* The key of wire->rcpt[to], and the first hop to him. */
struct str route_key(const struct route *r, size_t to);
size_t route_first(const struct route *r, size_t to);

/*
 * The one to whom this hop leads has his verdict, as "known" has it for each on
 * the wire.  Returns whether that decides about said->rcpt[hop.from], and
 * writes it there.
 */
bool route_decides(const struct route *r, size_t hop,
    const struct envelope *wire, const bool *known, struct envelope *said);

/* Is it, for somebody in the record, one of several that stand for him? */
bool route_is_part(const struct route *r, size_t to);

void route_free(struct route *r);

#endif
