// SPDX-License-Identifier: ISC
/*
 * run.h - 64 bytes of a message at a time: where does the wire need more?
 *
 * For canon.h.  A line end needs a CR before it, a dot that begins a line
 * another dot.  A run with a NUL or a CR that no LF follows is odd, and nothing
 * else is said about it.
 */
#ifndef MINISMTP_MESSAGE_RUN_H
#define MINISMTP_MESSAGE_RUN_H

#include <stdbool.h>
#include <stdint.h>

#define RUN_LEN 64

/*
 * Bit i of *more is for p[i].  p[-1] is read as well; whether the last byte, if
 * it is a CR, is odd, the next run knows.  False: odd.
 */
bool run_look(const char *p, bool dots, uint64_t *more);

/* The same without the processor's help, for where there is none. */
bool run_look_plain(const char *p, bool dots, uint64_t *more);

#endif
