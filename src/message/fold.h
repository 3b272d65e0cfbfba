// SPDX-License-Identifier: ISC
/*
 * fold.h - long header lines, broken where they may be
 */
#ifndef MINISMTP_MESSAGE_FOLD_H
#define MINISMTP_MESSAGE_FOLD_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/str.h"

#define FOLD_NICE 78		/* RFC 5322, 2.1.1: should */
#define FOLD_MUST 998		/* and must */

/*
 * One field, "Name: value", with or without folds of its own and with or
 * without a line end.  It goes out with CRLF; lines over nice are broken at
 * blanks, and where there are none within FOLD_MUST, behind a comma or in the
 * middle.  Lines that would hold blanks alone are left out.
 */
void fold_add(struct buf *out, struct str field, size_t nice);

/* Is any line of it longer than max? */
bool fold_is_longer(struct str field, size_t max);

#endif
