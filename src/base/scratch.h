// SPDX-License-Identifier: ISC
/*
 * scratch.h - a file without a name
 *
 * For what is read twice and comes only once.  Nobody else can open it, and it
 * is gone when the last descriptor is closed, whatever happens.
 */
#ifndef MINISMTP_BASE_SCRATCH_H
#define MINISMTP_BASE_SCRATCH_H

#include "base/err.h"

/* In $TMPDIR or /tmp.  A descriptor to read and write, or -1. */
int scratch_open(struct err *e);

#endif
