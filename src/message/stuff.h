// SPDX-License-Identifier: ISC
/*
 * stuff.h - a dot in front of each line that begins with one (RFC 5321, 4.5.2)
 *
 * For DATA; BDAT goes without.  What comes in has canonical line ends
 * (canon.h).  The final dot is the session's to send.
 */
#ifndef MINISMTP_MESSAGE_STUFF_H
#define MINISMTP_MESSAGE_STUFF_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/source.h"
#include "base/str.h"

struct stuff {
	struct source source;
	struct source *from;	/* borrowed */
	struct str rest;	/* of the piece at hand */
	bool mid_line;
	struct buf block;
};

void stuff_init(struct stuff *s, struct source *from);
void stuff_free(struct stuff *s);

#endif
