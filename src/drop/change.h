// SPDX-License-Identifier: ISC
/*
 * change.h - what people do to messages that are in the queue
 *
 * Hold, release, remove or retry those that are named: one's own, or
 * anybody's for those who see all.  A message of others is the same as none,
 * so that nobody learns what there is.  Each is locked while it is changed; one
 * that the relay has at this moment is left to it.
 */
#ifndef MINISMTP_DROP_CHANGE_H
#define MINISMTP_DROP_CHANGE_H

#include "guard/cell.h"

/* The report says of each ID of the drop's whether it went well. */
cell_fn change_hold, change_release, change_remove, change_retry;

/* Of those that went well the relay tries what is due now. */
struct drop;
void change_send(struct drop *d, struct str report);

#endif
