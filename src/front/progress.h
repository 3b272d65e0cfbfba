// SPDX-License-Identifier: ISC
/*
 * progress.h - how far it is, for what takes longer than a second
 *
 * On standard error where that is a terminal, and nowhere else:
 *
 *	  45% [=========>          ]  123 MB  41.0 MB/s  0:03 left
 */
#ifndef MINISMTP_FRONT_PROGRESS_H
#define MINISMTP_FRONT_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"

struct progress {
	const char *words;	/* what is being done: "reading" */
	uint64_t total;		/* bytes; 0: nobody knows */
	uint64_t done;
	int64_t began, shown;	/* by clock_ms(); shown 0: nothing yet */
	bool wanted;
};

/* From here on that is what is being done. */
void progress_begin(struct progress *p, const char *words, uint64_t total);
/* More bytes are done. */
void progress_add(struct progress *p, uint64_t bytes);
/* All that are done. */
void progress_set(struct progress *p, uint64_t bytes);
/* Over, or about to say something else: the line is empty again. */
void progress_end(struct progress *p);

/* The line after so many milliseconds, on a terminal of that width. */
void progress_line(struct buf *out, const struct progress *p, int64_t ms,
    size_t columns);

#endif
