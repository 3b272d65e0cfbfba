// SPDX-License-Identifier: ISC
/*
 * refer.h - cid: in HTML, and which part of the message it means
 *
 * People write the name of the file.  A Content-ID must be unlike all others
 * (RFC 2392), so both become the same one that was made up.
 */
#ifndef MINISMTP_MESSAGE_REFER_H
#define MINISMTP_MESSAGE_REFER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/str.h"

struct refer {
	struct str name;	/* of the file */
	struct str cid;		/* its Content-ID, without brackets */
	bool used;		/* set where the text has it */
};

/* The text with every cid: that names one of them turned into its own. */
void refer_all(struct buf *out, struct str html, struct refer *ref,
    size_t count);

#endif
