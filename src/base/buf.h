// SPDX-License-Identifier: ISC
/*
 * buf.h - bytes that grow
 *
 * The one owner of text of any length.  Zeroed it is empty and valid, so a
 * struct that holds bufs needs no constructor:
 *
 *	struct buf line = { 0 };
 *	buf_printf(&line, "RCPT TO:<%.*s>", STR_ARGS(address));
 *	...
 *	buf_free(&line);
 *
 * Appending cannot fail (see xmem.h).  One NUL always stands behind the last
 * byte, so buf_cstr() is free; but the text may hold NULs of its own: what
 * comes from outside is looked at through buf_str().
 */
#ifndef MINISMTP_BASE_BUF_H
#define MINISMTP_BASE_BUF_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

struct buf {
	char *data;
	size_t len;
	size_t cap;
};

void buf_add(struct buf *b, struct str s);
void buf_puts(struct buf *b, const char *cstr);
void buf_putc(struct buf *b, char c);
void buf_number(struct buf *b, uint64_t n);	/* as "%llu", for the many */
void buf_printf(struct buf *b, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
void buf_vprintf(struct buf *b, const char *fmt, va_list ap)
    __attribute__((format(printf, 2, 0)));
/* buf_set() makes s the whole content; s must not point into b. */
void buf_set(struct buf *b, struct str s);

/*
 * Room for at least n more bytes: write them there yourself, then say with
 * buf_grew() how many they were.  For read(2), which knows it only then.
 */
char *buf_room(struct buf *b, size_t n);
void buf_grew(struct buf *b, size_t n);

struct str buf_str(const struct buf *b);
const char *buf_cstr(const struct buf *b);	/* never NULL */

void buf_shift(struct buf *b, size_t n);	/* drop the first n bytes */
void buf_cut(struct buf *b, size_t len);	/* keep only the first len */
void buf_reset(struct buf *b);			/* empty it, keep the memory */
void buf_free(struct buf *b);			/* back to { 0 } */
void buf_wipe(struct buf *b);			/* overwrite, then free */

#endif
