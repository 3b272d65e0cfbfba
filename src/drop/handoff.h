// SPDX-License-Identifier: ISC
/*
 * handoff.h - this process becomes the relay
 *
 * With a fixed command line, an empty environment, and the connection as its
 * standard output: nothing of the caller's gets through but his patience.
 */
#ifndef MINISMTP_DROP_HANDOFF_H
#define MINISMTP_DROP_HANDOFF_H

#include <stdbool.h>
#include <stddef.h>

#include "queue/id.h"

struct drop;

/*
 * For these messages; with flush also a relay that was down a moment ago is
 * asked, and new ones are not left for the next run (deliver = queue).
 * Returns only if it cannot be done, and has told the caller so; the mail is
 * safe all the same.
 */
void handoff(const struct drop *d, const struct id *id, size_t ids,
    bool flush);

#endif
