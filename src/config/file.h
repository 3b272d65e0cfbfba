// SPDX-License-Identifier: ISC
/*
 * file.h - a file that says who gets our mail and our password
 *
 * Opened without following surprises (a FIFO cannot stop us, a directory is
 * named as such), and believed only if nobody else could have written it: a
 * regular file of root or of ourselves, not writable for group and others.
 * Every refusal names the command that mends it.
 */
#ifndef MINISMTP_CONFIG_FILE_H
#define MINISMTP_CONFIG_FILE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/str.h"
#include "base/strs.h"

#define FILE_MAX ((size_t)1 << 20)	/* of any one file */

enum file_trust {
	FILE_SYSTEM,		/* of the machine: ${VAR} is refused */
	FILE_LENT,		/* the same, and our user may not own it */
	FILE_PERSONAL,		/* of the user who runs us */
	FILE_ANY		/* aliases and the like: mode is not checked */
};

struct file_facts {
	bool readable_by_others;	/* o+r: no place for a password */
	bool missing;			/* after -1: there is no such file */
};

/* Sets out to all of it.  facts may be NULL. */
int file_load(const char *path, enum file_trust trust, struct buf *out,
    struct file_facts *facts, struct err *e);

/*
 * How a parser gets at further files, so that it can be tested and fuzzed
 * without any.
 */
struct loader {
	void *arg;
	enum file_trust trust;
	/* The text of path. */
	int (*load)(void *arg, struct str path, struct buf *out,
	    struct err *e);
	/* All paths that match pattern, sorted; none is no error. */
	int (*list)(void *arg, struct str pattern, struct strs *out,
	    struct err *e);
	/* The value of a variable, or false: only FILE_PERSONAL is asked. */
	bool (*variable)(void *arg, struct str name, struct buf *out);
	bool exposed;		/* set when a loaded file has o+r */
	/* Are these two names of one file?  NULL: only the same name is. */
	bool (*same)(void *arg, struct str a, struct str b);
};

/* The one for real files and the real environment; r must stay where it is. */
void loader_init(struct loader *r, enum file_trust trust);

#endif
