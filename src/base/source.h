// SPDX-License-Identifier: ISC
/*
 * source.h - bytes that come in pieces
 *
 * A message may have a gigabyte; nobody holds it whole.  A source hands out
 * one piece after the other, and a filter is a source that owns or borrows
 * another.  A concrete source has a struct source as its first member:
 *
 *	while ((rc = source_pull(s, &piece, e)) > 0)
 *		...
 */
#ifndef MINISMTP_BASE_SOURCE_H
#define MINISMTP_BASE_SOURCE_H

#include <stddef.h>
#include <sys/types.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/str.h"

struct source {
	int (*pull)(struct source *s, struct str *piece, struct err *e);
};

/*
 * 1 with a piece that is not empty and stays valid until the next call on the
 * same source, 0 at the end, -1 on an error.
 */
int source_pull(struct source *s, struct str *piece, struct err *e);

/* A text in memory, in one piece. */
struct source_text {
	struct source source;
	struct str text;
};
void source_text_init(struct source_text *s, struct str text);

/* One source, then the other. */
struct source_pair {
	struct source source;
	struct source *first, *second;
};
void source_pair_init(struct source_pair *s, struct source *first,
    struct source *second);

/*
 * Bytes from..from+len of a file that stays open meanwhile.  A file that ends
 * too early is an error: a torn message never looks like a whole one.
 */
struct source_file {
	struct source source;
	int fd;
	off_t at, end;
	struct buf chunk;
};
void source_file_init(struct source_file *s, int fd, off_t from, off_t len);
void source_file_free(struct source_file *s);

#endif
