// SPDX-License-Identifier: ISC
/*
 * leaf.h - the text of one part, encoded in passing
 *
 * The line end in front of a boundary belongs to it (RFC 2046, 5.1.1), so a
 * leaf's last one is held back until the next line is known.
 */
#ifndef MINISMTP_MESSAGE_LEAF_H
#define MINISMTP_MESSAGE_LEAF_H

#include <stddef.h>

#include "base/buf.h"
#include "base/str.h"
#include "message/transfer.h"

/* Zeroed but for the kind of transfer it is ready; there is nothing to free. */
struct leaf {
	struct transfer transfer;
	char held[2];		/* the last line end, so far */
	size_t nheld;
};

/* At most up to one line end. */
void leaf_add(struct leaf *l, struct buf *out, struct str bytes);

/* It ends by a boundary, or with the body. */
void leaf_cut(struct leaf *l, struct buf *out);
void leaf_end(struct leaf *l, struct buf *out);

#endif
