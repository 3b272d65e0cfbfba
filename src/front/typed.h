// SPDX-License-Identifier: ISC
/*
 * typed.h - a message, typed at the terminal
 */
#ifndef MINISMTP_FRONT_TYPED_H
#define MINISMTP_FRONT_TYPED_H

#include "base/buf.h"
#include "base/prompt.h"

/*
 * Asks for it; a dot on a line of its own ends it, or Ctrl-D.  "quit" as the
 * first line is no text; further down it is.
 */
enum said typed_read(const struct prompt *p, struct buf *text);

#endif
