// SPDX-License-Identifier: ISC
/*
 * seccomp.h - the few system calls that a work needs
 *
 * Read, write, wait, memory, clock; then what this work needs beyond that.
 * Whoever asks the kernel for anything else (a socket, a program, another
 * process) is killed on the spot: this process has met somebody who speaks
 * through it.
 */
#ifndef MINISMTP_GUARD_SECCOMP_H
#define MINISMTP_GUARD_SECCOMP_H

#include <stdbool.h>

#include "base/err.h"

enum seccomp_work {
	SECCOMP_TALK,		/* over what is connected; no files */
	SECCOMP_LOOK,		/* open files, list directories; no sockets */
	SECCOMP_CHANGE		/* and make, move and remove them */
};

/* 1 when only that is possible from now on; 0 where there are no filters. */
int seccomp_close(enum seccomp_work work, struct err *e);

#endif
