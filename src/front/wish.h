// SPDX-License-Identifier: ISC
/*
 * wish.h - what was said behind "minismtp queue"
 *
 * A verb, options as rows of a table, and IDs or "all".
 */
#ifndef MINISMTP_FRONT_WISH_H
#define MINISMTP_FRONT_WISH_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"
#include "front/choice.h"
#include "front/options.h"
#include "front/queue.h"
#include "front/verb.h"

struct wish {
	struct buf verb;	/* "list" where none was said */
	struct options options;	/* where the queue is, and --json */
	struct choice choice;
	bool all;
	struct queue_limits limits;
};

extern const struct verb_option wish_options[];

/* The operands: a verb, and IDs or "all". */
int wish_words(struct wish *w, const struct strs *words, struct err *e);

/* Is there a condition that only the listing can answer? */
bool wish_is_choosy(const struct wish *w);

void wish_free(struct wish *w);

#endif
