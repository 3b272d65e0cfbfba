// SPDX-License-Identifier: ISC
/*
 * landlock.h - no way to any file but those that are open
 *
 * One half of a sandbox (seccomp.h is the other).  What this process has open
 * stays of use; there is no path any more that it could open, make, remove,
 * rename or run.  Where the kernel knows how, it can neither connect or bind a
 * TCP socket, nor signal or reach processes outside.
 */
#ifndef MINISMTP_GUARD_LANDLOCK_H
#define MINISMTP_GUARD_LANDLOCK_H

#include <stdbool.h>

#include "base/err.h"

/* What this kernel offers; 0: nothing. */
int landlock_abi(void);

/*
 * For this process and its children, for good; it needs no_new_privs.  1 when
 * the door is closed, 0 where the kernel has none.
 */
int landlock_close(struct err *e);

/*
 * The same, but for files beneath this directory: they can be listed and read,
 * and with change also made, written, moved and removed.  The first version of
 * the interface lets nobody move a file to another directory; there, with
 * change, is no door.
 */
int landlock_keep(int dir, bool change, struct err *e);

#endif
