// SPDX-License-Identifier: ISC
/*
 * scan.h - the words of a configuration file, with their lines
 *
 * libconfuse has traps: an unterminated comment swallows the rest, "pa#ss"
 * ends at the "#", ${VAR} comes from the environment of whoever runs us, lines
 * are counted wrong behind comments, "DOMAIN\user" loses its backslash.  So
 * this pass goes first: it leaves comments out, expands what may be expanded,
 * decodes quotes, and tells of everything that would not mean what it looks
 * like.  flat.c puts its words together for libconfuse.
 */
#ifndef MINISMTP_CONFIG_SCAN_H
#define MINISMTP_CONFIG_SCAN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/str.h"
#include "config/file.h"
#include "config/mistakes.h"

enum token {
	TOKEN_END,
	TOKEN_WORD,		/* not quoted */
	TOKEN_TEXT,		/* quoted */
	TOKEN_OPEN,		/* { */
	TOKEN_CLOSE,		/* } */
	TOKEN_EQUALS,
	TOKEN_PLUS,		/* += */
	TOKEN_COMMA
};

struct scan {
	struct str rest;
	struct place at;	/* of what comes next */
	const struct loader *loader;	/* for ${VAR}, or NULL */
	struct mistakes *mistakes;

	enum token token;	/* the one at hand */
	struct place where;	/* where it begins */
	struct buf text;	/* of a WORD or TEXT, decoded */
	bool again;		/* scan_back() was called */
	bool nul_told;
};

/* text must stay; scan_free() wipes what was decoded. */
void scan_init(struct scan *s, struct str file, struct str text,
    const struct loader *loader, struct mistakes *m);
enum token scan_next(struct scan *s);
void scan_back(struct scan *s);		/* the same token once more */
void scan_free(struct scan *s);

#endif
