// SPDX-License-Identifier: ISC
/*
 * rows.h - the table of options
 *
 * A row is a letter or a word, whether it takes an argument, what it does in a
 * few words for the usage text, and the function that does it.
 */
#ifndef MINISMTP_FRONT_ROWS_H
#define MINISMTP_FRONT_ROWS_H

#include "base/err.h"
#include "base/str.h"
#include "front/options.h"

enum takes {
	NOTHING,
	WORD,		/* one word, joined or separate, maybe empty */
	ADDRESS,	/* the same, but a separate one is no option */
	REST		/* what is joined, maybe nothing; never the next word */
};

struct row {
	const char *name;	/* without the dash: one letter, or a word */
	enum takes takes;
	const char *value;	/* as the usage text calls it */
	int (*set)(struct options *o, struct str value, struct err *e);
	const char *words;
};

const struct row *row_short(struct str letter);		/* or NULL */
const struct row *row_long(struct str name);		/* or NULL */
const char *row_nearest(struct str name);	/* a long one, or NULL */
const char *row_dash(const struct row *row);		/* "-" or "--" */

#endif
