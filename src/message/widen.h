// SPDX-License-Identifier: ISC
/*
 * widen.h - ordinary text as the wire wants it, many bytes at a time
 *
 * For canon.h.  Line ends get their CR and, for DATA, dots that begin a line
 * another one.  A NUL or a CR that no LF follows is odd, and ends it.
 */
#ifndef MINISMTP_MESSAGE_WIDEN_H
#define MINISMTP_MESSAGE_WIDEN_H

#include <stdbool.h>
#include <stddef.h>

#define WIDEN_MIN 80		/* fewer bytes are not looked at */
#define WIDEN_ODD 64		/* within so many is what ended it */
#define WIDEN_SPARE 64		/* may be written behind twice n */

/*
 * Returns how many of the n bytes it did, never ending with a CR: either fewer
 * than WIDEN_MIN are left, or something odd comes.  p[-1] is read as well, and
 * says whether a line begins at p.  *to moves behind what was written.
 */
size_t widen(const char *p, size_t n, bool dots, char **to);

/* The ways to do it; what they make is the same. */
size_t widen_plain(const char *p, size_t n, bool dots, char **to);
size_t widen_avx2(const char *p, size_t n, bool dots, char **to);
bool widen_has_avx2(void);	/* else that is widen_plain() */

#endif
