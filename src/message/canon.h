// SPDX-License-Identifier: ISC
/*
 * canon.h - line ends and dots as the wire wants them
 *
 * Whatever comes in, only CRLF goes out; no bare CR, no bare LF, no NUL:
 *
 *	LF, CRLF		CRLF
 *	several CRs, then LF	CRLF: some program has translated twice
 *	any other CR		CRLF: for whoever wrote it, it ended a line
 *	NUL			nothing
 *	no line end at the end	CRLF is added
 *
 * A body with other CRs or NULs is encoded before it comes here whenever that
 * is allowed (encode.h), and then arrives as it was written.
 *
 * With dots, each line that begins with one gets another (RFC 5321, 4.5.2): for
 * DATA; BDAT goes without.  The final dot is the session's to send.
 *
 * Pieces that are right already pass without a copy.
 */
#ifndef MINISMTP_MESSAGE_CANON_H
#define MINISMTP_MESSAGE_CANON_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/source.h"
#include "base/str.h"

#define CANON_CRS 16		/* "several" is no more than this */

struct canon {
	struct source source;
	struct source *from;	/* borrowed */
	bool dots;
	struct str rest;	/* of the piece at hand */
	size_t crs;		/* CRs seen whose fate the next byte decides */
	bool mid_line;		/* the last line has no end yet */
	bool over;
	struct buf block;
};

void canon_init(struct canon *c, struct source *from, bool dots);
void canon_free(struct canon *c);

#endif
