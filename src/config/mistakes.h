// SPDX-License-Identifier: ISC
/*
 * mistakes.h - everything that is wrong with a file, not only the first thing
 *
 * Whoever reads a file adds what it stumbles over and goes on; the person at
 * the other end mends all of it in one go.
 */
#ifndef MINISMTP_CONFIG_MISTAKES_H
#define MINISMTP_CONFIG_MISTAKES_H

#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/str.h"

/* Where something stands. */
struct place {
	struct str file;
	size_t line;		/* from 1; 0: the file as a whole */
};

struct mistake {
	struct buf file;
	size_t line;
	struct buf words;
};

struct mistakes {
	struct mistake *item;
	size_t count;
};

/* Foreign text in the arguments must have gone through vis_add(). */
void mistakes_add(struct mistakes *m, struct place at, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

/* By line; files stay in the order in which they were read. */
void mistakes_sort(struct mistakes *m);

/* "file:line: words", a line for each. */
void mistakes_print(const struct mistakes *m, struct buf *out);

/* The first one as an err of EX_CONFIG, "(and 2 more)" behind it. */
int mistakes_err(const struct mistakes *m, struct err *e);

void mistakes_free(struct mistakes *m);

#endif
