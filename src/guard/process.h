// SPDX-License-Identifier: ISC
/*
 * process.h - the state that a process inherits, set right
 *
 * umask, signal mask and dispositions, timers, limits, whether a debugger or a
 * core dump may look: all of it is the caller's choice until it is reset.
 */
#ifndef MINISMTP_GUARD_PROCESS_H
#define MINISMTP_GUARD_PROCESS_H

#include "base/err.h"

/*
 * Signals to their defaults and unblocked, but PIPE and XFSZ ignored: a lost
 * listener and a limit are errors of a write.  No timer runs, umask is 007, no
 * core, not dumpable, soft limits raised to the hard ones.  Fails when what is
 * left is too little to work with.
 */
int process_reset(struct err *e);

/* From here to process_open() no signal interrupts; KILL and STOP do. */
void process_close(void);
void process_open(void);

#endif
