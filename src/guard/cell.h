// SPDX-License-Identifier: ISC
/*
 * cell.h - work on what others wrote, where it can do no harm
 *
 * A child does it in a sandbox: it has what is open, the files beneath one
 * directory, and a pipe to tell us how it went.  So the process that may do
 * more (start programs, write to others) never looks at foreign bytes itself.
 */
#ifndef MINISMTP_GUARD_CELL_H
#define MINISMTP_GUARD_CELL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"

#define CELL_REPORT_MAX (1 << 20)

struct cell {
	int dir;		/* whose files it may have, */
	bool change;		/* also make, move and remove */
	const int *keep;	/* what stays open above 2; NULL: everything */
	size_t keeps;
};

/* The work; what it adds to the report is all that we get from it. */
typedef int cell_fn(void *who, struct buf *report, struct err *e);

/*
 * 0 and its report; -1 with its error, or with words on how it died.  It gets
 * all signals, and dies with us.  With keep, 0 to 2 are not ours either.
 */
int cell_work(const struct cell *c, cell_fn *work, void *who,
    struct buf *report, struct err *e);

#endif
