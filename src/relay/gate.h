// SPDX-License-Identifier: ISC
/*
 * gate.h - what has come in, and does not go out at once
 *
 * Either nothing shall (hold = yes), or it is like one that has just gone
 * (fold), or its submitter has sent too much (limit).  It is asked once for
 * each message, when it is accepted; what a person has released goes.
 */
#ifndef MINISMTP_RELAY_GATE_H
#define MINISMTP_RELAY_GATE_H

#include <stdbool.h>
#include <stdint.h>

#include "config/config.h"
#include "queue/spool.h"
#include "relay/task.h"

/*
 * True where it stays: it is in cur/ then, and *turn is when it may go, or 0
 * where a person has to say so, or it is in another one now.  state is the
 * spool's directory of that name.
 */
bool gate_keeps(struct spool *s, const struct config *c, int state,
    struct task *t, int64_t *turn);

#endif
