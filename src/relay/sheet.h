// SPDX-License-Identifier: ISC
/*
 * sheet.h - what was found, for people and for programs
 *
 *	Configuration
 *	  ✓ config       /etc/minismtp.conf
 *	  ✗ secret       /etc/pw can be read by everybody
 *	      → chmod o-rwx /etc/pw
 *
 * The marks are ASCII where the locale is not UTF-8 ("ok", "XX", "!!", "--"),
 * and coloured on a terminal that wants it.
 */
#ifndef MINISMTP_RELAY_SHEET_H
#define MINISMTP_RELAY_SHEET_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "relay/finding.h"

struct sheet {
	bool json, utf8, colour;

	/* The sheet's own. */
	struct buf group;	/* the headline that stands above */
	size_t count[4];	/* of each state */
	size_t lines;
};

/* What standard output and the environment want. */
void sheet_begin(struct sheet *s, bool json);

/* Appends what is to be printed now. */
void sheet_add(struct sheet *s, const struct finding *f, struct buf *out);
void sheet_end(struct sheet *s, struct buf *out);

/* 0, 1 with warnings, 2 with failures. */
int sheet_status(const struct sheet *s);
void sheet_free(struct sheet *s);

#endif
