// SPDX-License-Identifier: ISC
/*
 * direction.h - where each recipient of a letter really goes
 *
 * The run says it, who may read files: aliases, :include:, .forward and
 * redirect need them.  A courier, who talks to strangers, only hears the
 * result, in fields:
 *
 *	to   NUMBER ADDRESS	he is recipient NUMBER, or one of those
 *	lost NUMBER CODE WORDS	recipient NUMBER cannot be found, and why
 */
#ifndef MINISMTP_RELAY_DIRECTION_H
#define MINISMTP_RELAY_DIRECTION_H

#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/str.h"
#include "config/config.h"
#include "message/envelope.h"
#include "relay/desk.h"

/* For each who is still open, in order. */
void directions_write(struct buf *out, const struct desk *d,
    const struct account *a, const struct envelope *env);

/* As many whole fields as fit into max bytes; *in moves behind them. */
struct str directions_cut(struct str *in, size_t max);

/*
 * The next: 1, 0 at the end, -1 when it is none.  Either *to is his address or
 * it is empty and *why says why he has none.
 */
int directions_eat(struct str *in, size_t *number, struct str *to,
    struct err *why);

#endif
