// SPDX-License-Identifier: ISC
/*
 * reader.h - where the header ends and the body begins
 *
 * Push the message in pieces of any size.  The reader eats from each what
 * belongs to the header and keeps it, byte for byte; when it has met the end
 * of the header, what is left in the piece is body and never touched:
 *
 *	while (!r.in_body && source_pull(s, &piece, e) > 0)
 *		if (reader_push(&r, &piece, e) < 0)
 *			...
 *	if (!r.in_body && reader_end(&r, e) < 0)
 *		...
 *
 * r.head, then what is left in the piece, then the pieces after it are the
 * message as given; reader_header() and reader_body() are views into r.head.
 * How the input was cut makes no difference.
 *
 *	A line ends with LF; CRs in front of it belong to the line end, any
 *	other CR and NUL are bytes of the line.
 *	A field is a name of printable ASCII, blanks or not, and a colon, all
 *	within 998 bytes; lines that begin with a blank continue it.
 *	The first empty line ends the header and is in neither part, also if it
 *	is the very first line.  Any other line that is no field ends it too and
 *	is the first of the body: no header at all is nothing special.
 *	"From " and ">From " lines at the top are in neither part if a field,
 *	an empty line or a time of day shows that a mailbox was their home;
 *	without that they are somebody's text.
 */
#ifndef MINISMTP_MESSAGE_READER_H
#define MINISMTP_MESSAGE_READER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/str.h"

#define READER_HEADER_MAX ((size_t)32 << 20)

enum reader_at {
	READER_START,		/* of a line that is not known yet */
	READER_FIELD,		/* in a line of a field */
	READER_FROM		/* in a "From " line */
};

/* Zeroed it is ready. */
struct reader {
	struct buf head;	/* all that was eaten, as given */
	size_t header_at;	/* where in head the header begins, */
	size_t header_end;	/* ends, */
	size_t body_at;		/* and where in the message the body begins */
	bool in_body;		/* these are final */

	enum reader_at at;	/* what follows is the reader's own */
	size_t line;		/* where in head this line begins */
	size_t max;		/* 0: READER_HEADER_MAX */
};

/* -1: the header is too large (EX_DATAERR). */
int reader_push(struct reader *r, struct str *piece, struct err *e);
/* There is no more.  Afterwards in_body is true. */
int reader_end(struct reader *r, struct err *e);

/* Whole lines with their line ends as given; the last may have none. */
struct str reader_header(const struct reader *r);
/* What was eaten and turned out to be body; mostly empty. */
struct str reader_body(const struct reader *r);

void reader_free(struct reader *r);

#endif
