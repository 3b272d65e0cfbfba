// SPDX-License-Identifier: ISC
/*
 * magic.h - libmagic, if it is there
 *
 * It is looked for when the first file is attached, and not linked: the front
 * needs nothing but libc to run.  Without it sniff.h knows the common kinds.
 */
#ifndef MINISMTP_FRONT_MAGIC_H
#define MINISMTP_FRONT_MAGIC_H

#include <stdbool.h>

#include "base/str.h"

/* Zeroed is not looked for yet. */
struct magic {
	void *cookie;
	const char *(*buffer)(void *cookie, const void *bytes, size_t len);
	void (*close)(void *cookie);
	bool tried;
};

bool magic_is_there(void);

/* What it says to the first bytes of a file, or empty; valid until the next. */
struct str magic_type(struct magic *m, struct str head);
void magic_free(struct magic *m);

#endif
