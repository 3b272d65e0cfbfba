// SPDX-License-Identifier: ISC
/*
 * statement.h - key = value, account, include
 *
 * Takes the words of scan.h, follows "include" (also within an account,
 * relative to the file that says it, in the order of the names), tells of
 * everything that is no statement, and writes the rest for libconfuse.
 */
#ifndef MINISMTP_CONFIG_STATEMENT_H
#define MINISMTP_CONFIG_STATEMENT_H

#include "base/str.h"
#include "config/file.h"
#include "config/flat.h"
#include "config/mistakes.h"

/* loader may be NULL: then nothing can be included. */
void statement_read(struct flat *f, const char *name, struct str text,
    const struct loader *loader, struct mistakes *m);

#endif
