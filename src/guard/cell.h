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

#include "base/buf.h"
#include "base/err.h"

#define CELL_REPORT_MAX (1 << 20)

/* The work; what it adds to the report is all that we get from it. */
typedef int cell_fn(void *who, struct buf *report, struct err *e);

/*
 * 0 and its report; -1 with its error, or with words on how it died.  It may
 * make, move and remove files if it is to change something; it gets all
 * signals, and dies with us.
 */
int cell_work(int dir, bool change, cell_fn *work, void *who,
    struct buf *report, struct err *e);

#endif
