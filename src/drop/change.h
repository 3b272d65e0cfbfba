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

#include "drop/drop.h"

/* With the last two the relay hears which ones went well. */
drop_fn change_hold, change_remove, change_release, change_retry;

#endif
