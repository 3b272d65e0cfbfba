// SPDX-License-Identifier: ISC
/*
 * parcel.h - a message as it goes over the wire
 *
 * Spool entry and configuration in, envelope and text out: whom the recorded
 * recipients really stand for (aliases, admin, redirect), in whose name it
 * goes, and the completed message in the form that this relay takes.  Always
 * the same result from the same entry and configuration.
 */
#ifndef MINISMTP_RELAY_PARCEL_H
#define MINISMTP_RELAY_PARCEL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "config/config.h"
#include "message/envelope.h"
#include "queue/record.h"
#include "relay/desk.h"
#include "smtp/session.h"

struct parcel;

/* What the maker wants to hear; record is the parcel's own copy. */
struct parcel_ear {
	/* record->env.rcpt[i] has its verdict. */
	void (*verdict)(void *who, const struct record *record, size_t i);
	/* address, one of several that stand for somebody, has the message. */
	void (*sent)(void *who, const struct record *record,
	    struct str address);
	/* All have; the parcel is gone when this returns. */
	void (*settled)(void *who, const struct record *record);
	/* The file is damaged: no verdict on anybody, and it is gone, too. */
	void (*torn)(void *who, const struct record *record,
	    const struct err *why);
	/* So many bytes of about so many are gone; may be NULL. */
	void (*moved)(void *who, uint64_t done, uint64_t total);
	void *who;
};

/*
 * 1 with a parcel; 0 when nobody is left to send it to, each has his verdict
 * and it is settled; -1 when the message as a whole cannot go, and that is the
 * verdict for all and it is settled, or it is torn.  fd is the parcel's
 * whatever happens; to is what direction.h says of it.
 */
int parcel_make(struct parcel **out, const struct desk *desk,
    const struct account *account, int fd, struct str to,
    const struct parcel_ear *ear, struct err *e);

/*
 * Is there no name in it that could need libidn2 on its way?  That takes 0.3 ms
 * to map, and cannot be mapped in the sandbox.
 */
bool parcel_is_ascii(const struct parcel *p);

/* For session_send(); the parcel frees itself when it is settled. */
struct letter *parcel_letter(struct parcel *p);

/* Nobody will send it: why is the verdict for all that have none. */
void parcel_refuse(struct parcel *p, const struct err *why);

/* As if a relay had taken it: "discard:". */
void parcel_discard(struct parcel *p);

#endif
