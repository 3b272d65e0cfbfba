// SPDX-License-Identifier: ISC
/*
 * from.h - who a message says it is from, where it does not say so itself
 */
#ifndef MINISMTP_MESSAGE_FROM_H
#define MINISMTP_MESSAGE_FROM_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/str.h"
#include "message/facts.h"
#include "message/policy.h"

/*
 * "Full Name <login@domain>": -F or else the account database's full name (up
 * to the first comma, "&" is the login), and -f or else login@domain.  Where
 * that is the one address that the relay takes, "Full Name on host42".
 */
void from_default(struct buf *out, const struct facts *facts,
    struct str sender, const struct policy *policy);

/*
 * The relay takes one address only (policy->from): the value that says it and
 * still shows who it was, "root on host42" <alerts@example.com>.  *away is
 * true when the original named somebody who can be written to elsewhere.
 * False, and nothing added, when it has that address already.
 */
bool from_forced(struct buf *out, struct str original,
    const struct facts *facts, const struct policy *policy, bool *away);

#endif
