// SPDX-License-Identifier: ISC
/*
 * header.h - a header block, taken apart into fields
 *
 * All are views into the block, which must outlive the header.  Nothing is
 * copied, changed or judged: whole, one after the other, is the block again
 * (but for lines that are no field, which the reader lets none of through).
 */
#ifndef MINISMTP_MESSAGE_HEADER_H
#define MINISMTP_MESSAGE_HEADER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/str.h"

#define FIELD_NAME_MAX 998	/* name, blanks and colon */

struct field {
	struct str name;	/* "Subject", without blanks behind it */
	struct str value;	/* behind the colon, folds as they are, */
				/* without the last line end */
	struct str whole;	/* from the name to the last line end */
};

struct header {
	struct field *field;
	size_t count;
};

/* Line ends may be LF or CRLF, mixed, and the last may be missing. */
void header_parse(struct header *h, struct str block);
void header_free(struct header *h);

/* The first field of that name in any case, or NULL. */
const struct field *header_find(const struct header *h, const char *name);
/* The next one; after NULL it is the first. */
const struct field *header_next(const struct header *h, const char *name,
    const struct field *after);

/* Its value without white space around it, or an empty view. */
struct str header_value(const struct header *h, const char *name);

bool field_is(const struct field *f, const char *name);

/*
 * A value on one line: line ends are left out, as is the white space around
 * it; a lone CR, a lone LF or a NUL becomes a space.
 */
void field_unfold(struct buf *out, struct str value);

/*
 * The length of the name at the front of a line that begins a field, or 0 where
 * it does not.  *value is where the value begins, behind the colon.  *cut says
 * whether more bytes could make the line a field.
 */
size_t field_name_len(struct str line, size_t *value, bool *cut);

#endif
