// SPDX-License-Identifier: ISC
/*
 * editor.h - the text, written in somebody's own editor
 */
#ifndef MINISMTP_FRONT_EDITOR_H
#define MINISMTP_FRONT_EDITOR_H

#include "base/buf.h"
#include "base/err.h"

/* $VISUAL, else $EDITOR; NULL where none is set. */
const char *editor_name(void);

/*
 * Starts it on a file that only we can read and takes what is in there when it
 * ends.  No shell: the words of the variable are the program and its options.
 */
int editor_write(const char *editor, struct buf *out, struct err *e);

#endif
