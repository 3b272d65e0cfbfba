// SPDX-License-Identifier: ISC
/*
 * fate.h - how it went for one recipient, in a packet and in the log
 *
 * Pure.  The courier packs what the session has written into the envelope, the
 * run unpacks it into its own copy; so the rest of the run sees an envelope as
 * if it had spoken with the relay itself.
 */
#ifndef MINISMTP_RELAY_FATE_H
#define MINISMTP_RELAY_FATE_H

#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/str.h"
#include "message/envelope.h"

/* Fields for post.h: all that happened to env->rcpt[i]. */
void fate_pack(struct buf *packet, const struct envelope *env, size_t i);

/*
 * Takes such fields off the front of *packet; *i is whom they are about.  -1
 * when they are none, or name a recipient that env does not have.
 */
int fate_unpack(struct str *packet, struct envelope *env, size_t *i,
    struct err *e);

/* "sent", "deferred" or "bounced", as tools for mail logs know them. */
const char *fate_word(const struct rcpt *to);

/*
 * The enhanced status code (RFC 3463): the relay's own where its words begin
 * with one of the right class, else a general one.
 */
void fate_status(struct buf *out, const struct rcpt *to);

/* The relay's words with its code, or ours: harmless and on one line. */
void fate_words(struct buf *out, const struct rcpt *to);

/* The line of the log.  peer is "none" where there was no connection. */
void fate_log_line(struct buf *out, struct str id, const struct rcpt *to,
    struct str peer, double delay);

#endif
