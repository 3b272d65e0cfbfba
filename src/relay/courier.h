// SPDX-License-Identifier: ISC
/*
 * courier.h - the process that talks to the relay
 *
 * The child's side of crew.h: resolves, connects, proves itself, and carries
 * letters until there are no more.  It has no spool, only descriptors, and from
 * the moment when it is connected no way to get more (guard/sandbox.h).
 */
#ifndef MINISMTP_RELAY_COURIER_H
#define MINISMTP_RELAY_COURIER_H

#include <stdbool.h>

#include "config/config.h"
#include "relay/memory.h"
#include "relay/parcel.h"

struct courier_brief {
	const struct desk *desk;	/* what parcels are made from */
	bool trace;			/* does anybody read along? */
	const struct memory *memory;	/* who is left alone */
	enum memory_ask ask;		/* whom to ask all the same */
	/*
	 * The session is opened before there is a letter, and waits for each
	 * as long as it takes; if the relay does not, he goes home.
	 */
	bool patient;
};

/* A courier_fn (crew.h); arg is a struct courier_brief. */
int courier_work(int sock, const struct account *account, size_t from,
    void *arg);

#endif
