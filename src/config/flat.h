// SPDX-License-Identifier: ISC
/*
 * flat.h - a configuration and all that it includes, as one clean text
 *
 * Written so plainly that libconfuse cannot misunderstand it: names, braces,
 * and values that are quoted and begin with the number of the spot where they
 * stood.  A secret is only a number there;
 * its bytes wait in a struct secret, for libconfuse does not wipe what it
 * frees.
 */
#ifndef MINISMTP_CONFIG_FLAT_H
#define MINISMTP_CONFIG_FLAT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/secret.h"
#include "base/str.h"
#include "base/strs.h"
#include "config/mistakes.h"

struct flat {
	struct buf text;	/* for cfg_parse_buf() */
	struct strs files;
	struct spot {
		size_t file;	/* in files */
		size_t line;
	} *spot;
	size_t spots;
	struct secret *secret;
	size_t secrets;
};

/* statement.h fills it; these are its tools. */
size_t flat_spot(struct flat *f, struct place at);
void flat_quote(struct buf *out, size_t spot, struct str text);
void flat_secret(struct flat *f, struct buf *out, size_t spot,
    struct str bytes);

/* "12:text" apart; false where that is not what it is. */
bool flat_value(const struct flat *f, struct str *value, struct place *at);

struct place flat_place(const struct flat *f, size_t spot);
void flat_free(struct flat *f);

#endif
