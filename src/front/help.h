// SPDX-License-Identifier: ISC
/*
 * help.h - the usage texts
 */
#ifndef MINISMTP_FRONT_HELP_H
#define MINISMTP_FRONT_HELP_H

#include "base/buf.h"
#include "front/verb.h"

void help_usage(struct buf *out);	/* the short form, for mistakes */
void help_all(struct buf *out);		/* --help: every row */

/* A row: what is written, and from column indent on its words, folded. */
void help_add(struct buf *out, size_t indent, struct str spelling,
    struct str words);

extern const struct verb help_verb;

#endif
