// SPDX-License-Identifier: ISC
/*
 * bundle.h - a file of certificates in armour (PEM), looked through by pieces
 *
 * Two hundred kilobytes, of which a handshake needs one certificate, and a
 * resumed one none: so the file is opened early, where a sandbox does not yet
 * forbid it, and read when it is asked for, a piece at a time.
 */
#ifndef MINISMTP_NET_BUNDLE_H
#define MINISMTP_NET_BUNDLE_H

#include <stdbool.h>
#include <sys/types.h>
#include <time.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/str.h"

#define BUNDLE_MAX (16 * 1024 * 1024)	/* bytes; the usual one has 220,000 */

/* Zeroed is none. */
struct bundle {
	bool is_open;
	int fd;			/* ours, if it is open */
	off_t size;		/* when it was opened, */
	struct timespec changed;	/* and its age then */
	struct buf piece;	/* that many bytes in front of at */
	size_t used;		/* of it */
	off_t at;
};

/* Takes a regular file over. */
int bundle_open(struct bundle *b, int fd, struct err *e);

/*
 * The base64 of the next certificate: 1 with it, valid until the next call, 0
 * at the end, -1 where it cannot be read, or is not any more what was opened.
 */
int bundle_next(struct bundle *b, struct str *body, struct err *e);
void bundle_rewind(struct bundle *b);

void bundle_close(struct bundle *b);

#endif
