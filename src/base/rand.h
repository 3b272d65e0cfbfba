// SPDX-License-Identifier: ISC
/*
 * rand.h - random bytes from the kernel
 *
 * Without them nothing of ours is safe to go on, so failing ends the process
 * as a lack of memory does.  Tests fix the sequence.
 */
#ifndef MINISMTP_BASE_RAND_H
#define MINISMTP_BASE_RAND_H

#include <stddef.h>
#include <stdint.h>

void rand_bytes(void *p, size_t n);
uint64_t rand_u64(void);
uint64_t rand_below(uint64_t n);	/* 0 .. n-1; n is not 0 */

/* For tests: from now on a fixed sequence; 0 goes back to the kernel. */
void rand_fix(uint64_t seed);

#endif
