// SPDX-License-Identifier: ISC
/*
 * aliases.h - /etc/aliases, as far as it is about addresses
 *
 *	root: alice, "bob jones"@example.com,
 *		carol@example.com
 *	staff: :include:/etc/mail/staff
 *	default: helpdesk@example.com
 *
 * Nothing is run and nothing is written for an alias: "|command" and "/file"
 * are mistakes, and such a target is as good as absent.
 */
#ifndef MINISMTP_CONFIG_ALIASES_H
#define MINISMTP_CONFIG_ALIASES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/str.h"
#include "base/strs.h"
#include "config/mistakes.h"

struct alias {
	struct buf name;	/* without quotes, as written */
	struct strs target;	/* as written, comments and blanks gone */
	size_t line;
};

struct aliases {
	struct alias *item;
	size_t count;
	struct buf file;
};

/*
 * Takes what is right and adds what is not to m; what is wrong in one line
 * does not harm the others.
 */
void aliases_parse(struct aliases *a, const char *file, struct str text,
    struct mistakes *m);

/* The same for a list of targets alone: an included file or a .forward. */
void aliases_parse_list(struct strs *out, const char *file, struct str text,
    struct mistakes *m);

/* Any case, with or without quotes.  "default" only by that name. */
const struct alias *aliases_find(const struct aliases *a, struct str name);

void aliases_free(struct aliases *a);

#endif
