// SPDX-License-Identifier: ISC
/*
 * examine.h - what is wrong with my mail?
 *
 * The one question that looks into the queue and talks to relays.  Root's part
 * is what only root can see of the machine; all that reads what others have
 * written, and all that listens to a relay, is done by children that have
 * become the service, each session in its sandbox.  They report findings
 * (finding.h) over a socket to the one who prints.
 */
#ifndef MINISMTP_RELAY_EXAMINE_H
#define MINISMTP_RELAY_EXAMINE_H

#include "relay/question.h"

/* 0, 1 with warnings, 2 with failures. */
int examine(const struct question *q);

#endif
