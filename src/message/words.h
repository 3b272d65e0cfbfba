// SPDX-License-Identifier: ISC
/*
 * words.h - what may stand in a header that is not plain ASCII (RFC 2047)
 *
 * Text that is valid UTF-8 is called so; otherwise it gets the given charset,
 * or "unknown-8bit" where nobody knows.  Words are at most 75 bytes, begin and
 * end at borders of characters, and are Q or B, whichever is shorter.  What is
 * plain stays byte for byte.  Results are one long line: fold.h breaks it.
 */
#ifndef MINISMTP_MESSAGE_WORDS_H
#define MINISMTP_MESSAGE_WORDS_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/str.h"

/* Are there 8-bit or control bytes in it?  Folds are none. */
bool words_needed(struct str text);

/* One long line: without line ends and NULs, a lone CR as a space. */
void words_unfold(struct buf *out, struct str value);

/* The text of a Subject and its like: words with 8-bit bytes, and the blanks
 * between two of them, are encoded. */
void words_text(struct buf *out, struct str text, struct str charset);

/* A display name: as it is, "quoted", or encoded. */
void words_phrase(struct buf *out, struct str name, struct str charset);

/*
 * A field with structure (From, To, Received, ...): phrases and comments are
 * encoded, addresses never.  False, and out gets the value as it was, when
 * something 8-bit is left in an address: only SMTPUTF8 carries it.
 */
bool words_structured(struct buf *out, struct str value, struct str charset);

/*
 * A field with parameters (Content-Type, Content-Disposition): an 8-bit
 * parameter takes the form of RFC 2231, name*=utf-8''a%C3%A4.
 */
void words_params(struct buf *out, struct str value, struct str charset);

#endif
