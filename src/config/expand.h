// SPDX-License-Identifier: ISC
/*
 * expand.h - whom an alias stands for in the end
 *
 * "default" (or "*") is for a name that has neither an alias nor a .forward,
 * and only for the one that the mail came with.  "bob+tag" is bob where there
 * is no alias of just that name.
 */
#ifndef MINISMTP_CONFIG_EXPAND_H
#define MINISMTP_CONFIG_EXPAND_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/str.h"
#include "base/strs.h"
#include "config/aliases.h"
#include "config/mistakes.h"

#define ALIASES_DEPTH 20	/* an alias of an alias of ... */
#define ALIASES_MAX 10000	/* addresses from one */

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
