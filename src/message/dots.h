// SPDX-License-Identifier: ISC
/*
 * dots.h - a dot on a line of its own, for input without -i
 *
 * Who types a message ends it with a dot, and on a terminal that is the end at
 * once.  From a pipe or file such a line is the end only where nothing follows
 * it; it is then left out, with or without a line end.  With more behind it,
 * it is text and stays: the output of a cron job is not cut in two.
 */
#ifndef MINISMTP_MESSAGE_DOTS_H
#define MINISMTP_MESSAGE_DOTS_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/source.h"
#include "base/str.h"

struct dots {
	struct source source;
	struct source *from;	/* borrowed */
	bool terminal;
	struct str rest;	/* of the piece at hand */
	bool mid_line;		/* the next byte does not begin a line */
	bool over;
	struct buf held;	/* what may be the last line */
	struct buf out;		/* what was held and goes out now */
};

void dots_init(struct dots *d, struct source *from, bool terminal);
void dots_free(struct dots *d);

#endif
