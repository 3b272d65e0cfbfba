// SPDX-License-Identifier: ISC
/*
 * colour.h - colour, on a terminal that wants it
 *
 * Never the only carrier of a meaning: the words say it too.
 */
#ifndef MINISMTP_BASE_COLOUR_H
#define MINISMTP_BASE_COLOUR_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/str.h"

enum colour {
	COLOUR_GOOD,
	COLOUR_WARNING,
	COLOUR_BAD,
	COLOUR_STRONG,
	COLOUR_WEAK
};

/* A terminal that is not "dumb", and no NO_COLOR in the environment. */
bool colour_is_wanted(int fd);

/* The text, and around it the colour if it is wanted. */
void colour_add(struct buf *out, bool wanted, enum colour colour,
    struct str text);

#endif
