// SPDX-License-Identifier: ISC
/*
 * scan.h - what kind of body is this?
 *
 * One pass in large pieces, about as fast as memory, before anything is sent;
 * what must be declared or encoded is decided from it once.
 */
#ifndef MINISMTP_MESSAGE_SCAN_H
#define MINISMTP_MESSAGE_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/source.h"
#include "base/str.h"

#define SCAN_LINE_MAX 998	/* RFC 5321, 4.5.3.1.6, without CRLF */

struct body_facts {
	uint64_t size;		/* on the wire, with canonical line ends */
	uint64_t lines;
	bool eight_bit;		/* a byte above 127 */
	bool utf8;		/* all of it is valid UTF-8 (ASCII too) */
	bool nul;
	bool bare_cr;		/* a CR that belongs to no line end */
	bool long_line;		/* longer than SCAN_LINE_MAX */
};

/* Zeroed it is ready. */
struct scan {
	struct body_facts facts;	/* so far: scan_end() tells */
	size_t line;		/* bytes of the line that is not over yet */
	size_t crs;		/* CRs whose fate the next byte decides */
	char half[4];		/* a character that is not whole yet */
	size_t nhalf;
	bool bad_utf8;
};

void scan_add(struct scan *s, struct str piece);
void scan_end(const struct scan *s, struct body_facts *f);

/* All of it at once. */
int scan_source(struct source *from, struct body_facts *f, struct err *e);

#endif
