// SPDX-License-Identifier: ISC
/*
 * choice.h - which messages of the queue somebody means
 *
 * All conditions hold that were said.  Sender and recipient are whole
 * addresses, in any case, or "@domain"; those of sendmail -qS and -qR are found
 * anywhere in the address.
 */
#ifndef MINISMTP_FRONT_CHOICE_H
#define MINISMTP_FRONT_CHOICE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/str.h"
#include "base/strs.h"
#include "front/jobs.h"

/* Zeroed is everything. */
struct choice {
	struct strs ids;
	struct strs senders, recipients;	/* one of each must fit */
	struct strs select;	/* of -q: "I=text", "!R=text"; all must fit */
	uint64_t older;		/* seconds since it was handed in */
};

bool choice_fits(const struct choice *c, const struct job *j, int64_t now);
void choice_free(struct choice *c);

/* "90", "2d", "1h30m": seconds; false for anything else. */
bool choice_eat_time(struct str text, uint64_t *seconds);

#endif
