// SPDX-License-Identifier: ISC
/*
 * reading.h - what statement.c and include.c share while they read; for nobody
 * else
 */
#ifndef MINISMTP_CONFIG_READING_H
#define MINISMTP_CONFIG_READING_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "config/file.h"
#include "config/flat.h"
#include "config/mistakes.h"
#include "config/scan.h"

#define INCLUDE_DEPTH 10

/* A section while it is read; the top level is one too. */
struct section {
	struct buf title;
	bool is_account;
	size_t spot;		/* of its name */
	size_t *seen;		/* per key: its spot + 1, or 0 */
};

struct reading {
	struct flat *flat;
	const struct loader *loader;
	struct mistakes *mistakes;
	struct section *section;	/* all so far; [0] is the top level */
	size_t sections;
	size_t now;			/* the one we are in */
	struct buf line;		/* the statement as it grows */
	struct buf *chain[INCLUDE_DEPTH + 1];	/* files that are open */
	size_t depth;
	bool fresh;			/* what was wrong is over already */
	bool inside;			/* it was in a list */
};

/* Statements, up to the } of brace or, without one, the end of the file. */
void statement_body(struct reading *r, struct scan *s,
    const struct place *brace);

/* Does nothing else stand on the line?  false: tell, and recover. */
bool statement_end(struct reading *r, const char *name, struct scan *s,
    size_t line);

/* Behind the word "include"; false where the rest is to be skipped. */
bool statement_include(struct reading *r, struct scan *s);

#endif
