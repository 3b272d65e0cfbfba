// SPDX-License-Identifier: ISC
/*
 * dotted.h - message text behind DATA (RFC 5321, 4.5.2)
 *
 * Takes the dots off again that the client has stuffed, and finds the end.
 * The end is CRLF.CRLF.  Only a client that has never sent a CRLF may end with
 * LF.LF; its first CRLF makes it a client like all others.  LF.CRLF, CRLF.LF
 * and a dot between bare CRs are text: whoever else reads this message ends it
 * at the same place or not at all.
 */
#ifndef MINISMTP_FRONT_DOTTED_H
#define MINISMTP_FRONT_DOTTED_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/str.h"

enum dotted_at {
	DOTTED_START,		/* of a line, by the client's own idea */
	DOTTED_DOT,		/* behind the dot at the start of one */
	DOTTED_DOT_CR,		/* and a CR */
	DOTTED_TEXT,
	DOTTED_CR		/* behind a CR in the text */
};

/* Zeroed is the first byte of a client that sends bare LFs. */
struct dotted {
	bool crlf;
	enum dotted_at at;
};

/*
 * Text is added to out.  True when the end has been found; *used says how many
 * of the bytes belong to the message and its end.
 */
bool dotted_feed(struct dotted *d, struct str bytes, struct buf *out,
    size_t *used);

#endif
