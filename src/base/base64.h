// SPDX-License-Identifier: ISC
/*
 * base64.h - base64 and base16 (RFC 4648) on one line
 */
#ifndef MINISMTP_BASE_BASE64_H
#define MINISMTP_BASE_BASE64_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/str.h"

void base64_encode(struct buf *out, struct str bytes);

/*
 * Strict: whole groups of four, padded, no blanks, no bits left over.  On
 * false nothing has been added to out.
 */
bool base64_decode(struct buf *out, struct str text);

/* Two digits for each byte, in any case; the same on false. */
bool hex_decode(struct buf *out, struct str text);

#endif
