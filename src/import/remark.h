// SPDX-License-Identifier: ISC
/*
 * remark.h - what became of each line of an old configuration
 *
 * Every line that said something gets at least one: it was taken, or there is
 * nothing like it here, or the old program was less safe with it.
 */
#ifndef MINISMTP_IMPORT_REMARK_H
#define MINISMTP_IMPORT_REMARK_H

#include <stdarg.h>
#include <stddef.h>

#include "base/buf.h"
#include "config/mistakes.h"

enum remark_kind {
	REMARK_TAKEN,
	REMARK_NO_EQUAL,
	REMARK_LESS_SAFE
};

struct remarks {
	struct remark {
		enum remark_kind kind;
		struct buf file;
		size_t line;
		struct buf words;
	} * item;
	size_t count;
	size_t taken, no_equal, less_safe;
	size_t unknown;		/* of no_equal: words that nobody knows */
};

/* Foreign text in the arguments must have gone through vis_add(). */
void remarks_vadd(struct remarks *r, enum remark_kind kind, struct place at,
    const char *fmt, va_list ap) __attribute__((format(printf, 4, 0)));
void remarks_add(struct remarks *r, enum remark_kind kind, struct place at,
    const char *fmt, ...) __attribute__((format(printf, 4, 5)));

/* By line; files stay in the order in which they were read. */
void remarks_sort(struct remarks *r);
/* "file:line: kind: words", a line for each, and a line that counts them. */
void remarks_print(const struct remarks *r, struct buf *out);
void remarks_free(struct remarks *r);

#endif
