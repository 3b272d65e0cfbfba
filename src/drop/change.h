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

#include "base/err.h"

struct drop;
int change_hold(struct drop *d, struct err *e);
int change_release(struct drop *d, struct err *e);
int change_remove(struct drop *d, struct err *e);
int change_retry(struct drop *d, struct err *e);

#endif
