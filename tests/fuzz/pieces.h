// SPDX-License-Identifier: ISC
/*
 * pieces.h - a text that comes so many bytes at a time
 */
#ifndef MINISMTP_FUZZ_PIECES_H
#define MINISMTP_FUZZ_PIECES_H

#include <stddef.h>

#include "base/source.h"

struct pieces {
	struct source source;
	struct str rest;
	size_t size;
};

static inline int
pull_pieces(struct source *source, struct str *piece, struct err *e)
{
	struct pieces *p = (struct pieces *)source;

	(void)e;
	*piece = str_head(p->rest, p->size);
	p->rest = str_skip(p->rest, p->size);
	return piece->len > 0 ? 1 : 0;
}

#endif
