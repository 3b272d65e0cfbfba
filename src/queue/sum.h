// SPDX-License-Identifier: ISC
/*
 * sum.h - 64 bits that tell a whole message from a torn one
 *
 * After a power cut a file may have its name and length, and zeros or old
 * blocks where its bytes should be.  The sum finds that.  It is fast, and no
 * defence against anybody: who can write the file can write the sum.
 *
 *	struct sum s;
 *	sum_init(&s);
 *	sum_add(&s, piece);		any number of times, any sizes
 *	stored = sum_end(&s);
 */
#ifndef MINISMTP_QUEUE_SUM_H
#define MINISMTP_QUEUE_SUM_H

#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

struct sum {
	uint64_t lane[4];
	uint64_t total;			/* bytes so far */
	unsigned char rest[32];		/* not yet a whole stripe */
	size_t resting;
};

void sum_init(struct sum *s);
void sum_add(struct sum *s, struct str bytes);
uint64_t sum_end(const struct sum *s);

#endif
