// SPDX-License-Identifier: ISC
/*
 * input.h - standard input as a source
 *
 * The end of the file is the end; anything else that stops it is an error
 * (EX_IOERR), for a torn message must never look like a whole one.
 */
#ifndef MINISMTP_FRONT_INPUT_H
#define MINISMTP_FRONT_INPUT_H

#include <stdint.h>

#include "base/buf.h"
#include "base/source.h"

struct input {
	struct source source;
	int fd;
	uint64_t bytes;		/* so far */
	struct buf chunk;
};

void input_init(struct input *in, int fd);
void input_free(struct input *in);

#endif
