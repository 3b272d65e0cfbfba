// SPDX-License-Identifier: ISC
/*
 * mends.h - what mends trouble with a relay
 *
 * A table from what went wrong (our words and the relay's) to lines of the
 * configuration and commands.
 */
#ifndef MINISMTP_RELAY_MENDS_H
#define MINISMTP_RELAY_MENDS_H

#include "base/str.h"
#include "relay/finding.h"

/* What the lines are filled with; all may be empty. */
struct mend_facts {
	struct str host, port, config, pin, name, user, flush;
};

/* For a finding with f->words set: the first row that fits. */
void mends_add(struct finding *f, const char *check, int smtp,
    const struct mend_facts *facts);

#endif
