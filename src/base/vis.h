// SPDX-License-Identifier: ISC
/*
 * vis.h - foreign text, made harmless
 *
 * What a relay, a caller or a file says goes through here before it reaches a
 * log, a terminal or a bounce: control bytes become \n, \r, \t, \e or \xHH, a
 * backslash is doubled, and what is not UTF-8 becomes \xHH too.  So one line
 * stays one line, and no terminal obeys it.
 */
#ifndef MINISMTP_BASE_VIS_H
#define MINISMTP_BASE_VIS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/str.h"

void vis_add(struct buf *out, struct str foreign);

/* The same, but no more than about max bytes of it, then "...". */
void vis_add_some(struct buf *out, struct str foreign, size_t max);

/*
 * How many bytes the UTF-8 character at the front of s has (RFC 3629: no
 * overlong forms, no surrogates), or 0 where there is none.
 */
size_t utf8_len(struct str s);
bool utf8_is_valid(struct str s);

#endif
