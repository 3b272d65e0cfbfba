// SPDX-License-Identifier: ISC
/*
 * sandbox.h - a process that can do one thing only
 *
 * Everything that it needs is open before; from then on it reads, writes and
 * computes, and whoever takes it over can do no more than that.  There are two
 * kinds: a session with the relay, which has no files, and work on the queue,
 * which has no sockets (guard/cell.h).
 */
#ifndef MINISMTP_GUARD_SANDBOX_H
#define MINISMTP_GUARD_SANDBOX_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"

/*
 * Talk only.  For good: no_new_privs, no core, no new process, few descriptors,
 * landlock.h and seccomp.h as far as the kernel has them; "strict" fails where
 * it lacks one.
 */
int sandbox_close(bool strict, struct err *e);

/* The same for work on files beneath this directory, see landlock_keep(). */
int sandbox_keep(int dir, bool change, struct err *e);

/* Has this kernel all of it? */
bool sandbox_is_whole(void);

/* What would be in force: "Landlock 6, seccomp", or what is missing. */
void sandbox_words(struct buf *out);

#endif
