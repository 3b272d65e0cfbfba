// SPDX-License-Identifier: ISC
/*
 * assign.h - from the text of a value to the member that it sets
 */
#ifndef MINISMTP_CONFIG_ASSIGN_H
#define MINISMTP_CONFIG_ASSIGN_H

#include <stddef.h>

#include "base/secret.h"
#include "base/str.h"
#include "config/keys.h"
#include "config/mistakes.h"

/* What the file says about one key; the texts belong to libconfuse. */
struct given {
	struct str *text;
	struct place *at;	/* of each */
	size_t count;		/* 0: nothing */
};

void given_add(struct given *g, struct str text, struct place at);
void given_free(struct given *g);

/*
 * base is the struct config or struct account that k->offset is about.  What
 * was there before is freed.  For KEY_SECRET, text is an index into secrets.
 */
void assign(const struct key *k, void *base, const struct given *g,
    const struct secret *secrets, size_t count, struct mistakes *m);

/* k->init, or nothing at all. */
void assign_default(const struct key *k, void *base);

/* Back to zero. */
void assign_free(const struct key *k, void *base);

#endif
