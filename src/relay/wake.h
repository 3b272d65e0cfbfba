// SPDX-License-Identifier: ISC
/*
 * wake.h - ask the relay to send what it holds for us (RFC 1985)
 */
#ifndef MINISMTP_RELAY_WAKE_H
#define MINISMTP_RELAY_WAKE_H

#include "relay/run.h"

/*
 * A session with the relay of the top level, and ETRN with that name; what the
 * relay says is on standard output, or the reason on standard error.  Returns
 * the exit status: 69 for a relay that does not do this.
 */
int wake(const struct run_options *o, const char *name);

#endif
