// SPDX-License-Identifier: ISC
/*
 * seccomp.h - the few system calls that a conversation needs
 *
 * Read, write, wait, memory, clock.  Whoever asks the kernel for anything else
 * (a file, a socket, a program, another process) is killed on the spot: this
 * process has met somebody who speaks through it.
 */
#ifndef MINISMTP_GUARD_SECCOMP_H
#define MINISMTP_GUARD_SECCOMP_H

#include <stdbool.h>

#include "base/err.h"

/*
 * Can it be had?  Not where the kernel has none, and not under a sanitizer,
 * whose reports want files.
 */
bool seccomp_is_there(void);

/* As landlock_close(). */
int seccomp_close(struct err *e);

#endif
