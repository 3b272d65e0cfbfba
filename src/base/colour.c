// SPDX-License-Identifier: ISC
/*
 * colour.c - colour, on a terminal that wants it
 */
#include "base/colour.h"

#include <stdlib.h>
#include <unistd.h>

bool
colour_is_wanted(int fd)
{
	const char *no = getenv("NO_COLOR"), *term = getenv("TERM");

	return (no == NULL || no[0] == '\0') && term != NULL &&
	    term[0] != '\0' && !str_eq(str_of(term), STR("dumb")) &&
	    isatty(fd) == 1;
}

/* ECMA-48, SGR: what every terminal of the last forty years obeys. */
static const char *
begin(enum colour colour)
{
	switch (colour) {
	case COLOUR_GOOD:
		return "\033[32m";
	case COLOUR_WARNING:
		return "\033[33m";
	case COLOUR_BAD:
		return "\033[31m";
	case COLOUR_STRONG:
		return "\033[1m";
	case COLOUR_WEAK:
		return "\033[2m";
	}
	return "";
}

void
colour_add(struct buf *out, bool wanted, enum colour colour, struct str text)
{
	if (wanted)
		buf_puts(out, begin(colour));
	buf_add(out, text);
	if (wanted)
		buf_puts(out, "\033[0m");
}
