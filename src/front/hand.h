// SPDX-License-Identifier: ISC
/*
 * hand.h - one written message on its way
 *
 * To the queue as any other, or through a session that stands (live.h).
 */
#ifndef MINISMTP_FRONT_HAND_H
#define MINISMTP_FRONT_HAND_H

#include "base/err.h"
#include "front/live.h"
#include "front/sending.h"
#include "front/write.h"

/*
 * w has its addresses already.  With a NULL live it goes to the queue.  Returns
 * the exit status, or -1 with an err when the message is none or refused.
 */
int hand_in(struct writing *w, const struct sending *said, struct live *live,
    struct err *e);

/* On standard output, and sent to nobody. */
int hand_print(struct writing *w, struct err *e);

#endif
