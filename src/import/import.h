// SPDX-License-Identifier: ISC
/*
 * import.h - the configuration of another program, read and judged
 */
#ifndef MINISMTP_IMPORT_IMPORT_H
#define MINISMTP_IMPORT_IMPORT_H

#include <stdbool.h>

#include "base/err.h"
#include "base/str.h"
#include "base/strs.h"
#include "config/file.h"
#include "import/format.h"
#include "import/found.h"

struct import {
	struct loader *loader;
	struct str path;	/* the file, or nullmailer's directory */
	struct str home;	/* for ~/, or empty */
	const struct format *format;	/* NULL: find out */
};

/*
 * Whose file it is says its name, else its words.  -1 with EX_NOINPUT where it
 * cannot be had, with EX_CONFIG where it is nobody's or names no relay; then f
 * has the remarks all the same.
 */
int import_read(const struct import *i, struct found *f, struct err *e);

/*
 * The files that one of the programs would read, the likeliest first: those of
 * the machine, or those below home; then the others.
 */
void import_find(struct loader *loader, struct str home, bool home_first,
    struct strs *paths);

#endif
