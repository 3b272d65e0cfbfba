// SPDX-License-Identifier: ISC
/*
 * leaf.c - the text of one part, encoded in passing
 */
#include "message/leaf.h"

#include <stdbool.h>
#include <string.h>

static void
feed_held(struct leaf *l, struct buf *out)
{
	transfer_add(&l->transfer, out, (struct str){ l->held, l->nheld });
	l->nheld = 0;
}

void
leaf_add(struct leaf *l, struct buf *out, struct str bytes)
{
	size_t end = 0;

	/* CR was the last byte of one piece, LF is the first of the next. */
	if (l->nheld == 1 && l->held[0] == '\r' && str_eq(bytes, STR("\n"))) {
		l->held[l->nheld++] = '\n';
		return;
	}
	feed_held(l, out);
	if (str_ends(bytes, STR("\r\n")))
		end = 2;
	else if (str_ends(bytes, STR("\n")) || str_ends(bytes, STR("\r")))
		end = 1;
	transfer_add(&l->transfer, out, str_head(bytes, bytes.len - end));
	memcpy(l->held, bytes.ptr + bytes.len - end, end);
	l->nheld = end;
}

/* The line end that was held back is the boundary's, and so is written. */
void
leaf_cut(struct leaf *l, struct buf *out)
{
	struct transfer *t = &l->transfer;
	bool qp = t->kind == TRANSFER_QP || t->kind == TRANSFER_QP_MEND;
	bool empty_line = qp && l->nheld > 0 && t->column == 0 &&
	    t->blank == 0 && t->crs == 0;

	l->nheld = 0;
	transfer_end(t, out);
	if (empty_line)
		buf_puts(out, "\r\n");
}

void
leaf_end(struct leaf *l, struct buf *out)
{
	feed_held(l, out);
	transfer_end(&l->transfer, out);
}
