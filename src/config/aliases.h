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
#include "base/err.h"
#include "base/str.h"
#include "base/strs.h"
#include "config/mistakes.h"

#define ALIASES_DEPTH 20	/* an alias of an alias of ... */
#define ALIASES_MAX 10000	/* addresses from one */

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

/* Also "default" or "*", but only by those names.  NULL: none. */
const struct alias *aliases_find(const struct aliases *a, struct str name);

void aliases_free(struct aliases *a);

/*
 * What expanding needs to know of the world.  Both functions return 1 with
 * text, 0 where there is no such file, -1.
 */
struct alias_world {
	void *arg;
	/* The user's name if address means somebody on this machine. */
	bool (*local)(void *arg, struct str address, struct str *name);
	int (*include)(void *arg, struct str path, struct buf *text,
	    struct err *e);
	int (*forward)(void *arg, struct str login, struct buf *text,
	    struct err *e);		/* NULL: forward = no */
};

/*
 * What name stands for: addresses elsewhere in out, and names here that stand
 * for nothing else (also "\root") in rest.  Each once.  why (or NULL) gets one
 * line per step.  -1 for a loop, for too many, and for a file that should be
 * read and cannot: all of them temporary, somebody will mend it.
 */
int aliases_expand(const struct aliases *a, const struct alias_world *world,
    struct str name, struct strs *out, struct strs *rest, struct buf *why,
    struct err *e);

/* Every loop there is, as mistakes: for newaliases. */
void aliases_check(const struct aliases *a, const struct alias_world *world,
    struct mistakes *m);

#endif
