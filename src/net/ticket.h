// SPDX-License-Identifier: ISC
/*
 * ticket.h - what lets the next process go on with a TLS session
 *
 * One private file per relay.  What is in it is worth as much as the relay's
 * certificate, so it counts only when the file is ours alone, whole, fresh and
 * made under the same policy (the stamp); everything else is as if there were
 * no file.  It is opened once and later written in place by one pwrite(2), so
 * that a sandbox need not let us open or rename anything; the digest at its
 * end tells a torn one, so a reader sees the old one, the new one or none.
 */
#ifndef MINISMTP_NET_TICKET_H
#define MINISMTP_NET_TICKET_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/str.h"

#define TICKET_STAMP 32			/* bytes: a SHA-256 */

struct ticket {
	int fd;				/* -1: no resumption */
	struct buf session;		/* for GnuTLS, or empty: */
	int64_t until;			/* when it ends */
	unsigned char stamp[TICKET_STAMP];
};

/* Never fails: without a file we shake hands in full. */
void ticket_open(struct ticket *t, int dir, const char *name,
    const unsigned char stamp[TICKET_STAMP]);

/*
 * Keeps a session that is good until then, or a day if that is sooner.  One
 * that goes on with an older one ends with that, so that nobody is believed
 * for more than a day after his certificate was looked at.
 */
void ticket_keep(struct ticket *t, struct str session, int64_t until);

void ticket_free(struct ticket *t);	/* sets fd to -1 */

#endif
