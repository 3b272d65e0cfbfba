// SPDX-License-Identifier: ISC
/*
 * filter.h - which system calls this process may still make
 *
 * A list of calls becomes a program for the kernel: a search by number, since
 * the kernel runs it for each number there is when it is loaded.  No library
 * does this for us, so that the program with the setgid bit can have one.
 */
#ifndef MINISMTP_GUARD_FILTER_H
#define MINISMTP_GUARD_FILTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

#define FILTER_MAX 110		/* rules */
#define FILTER_NEWEST 471	/* the last call that we know of */

/* The low half of argument arg, under the mask, is from ... to. */
struct filter_rule {
	int nr;			/* -1: this machine has no such call */
	unsigned arg;
	uint32_t mask;		/* 0: with any arguments */
	uint32_t from, to;
};

/*
 * Can it be had?  Not where the kernel has none, nor on a machine whose numbers
 * we do not know, nor under a sanitizer, whose reports want files.
 */
bool filter_is_there(void);

/*
 * For good, and it needs no_new_privs.  The rules are sorted; several with
 * conditions for one number are alternatives.  Whoever makes another call is
 * killed, but a call that is younger than this program fails as it does in an
 * old kernel, so that a new C library finds its way.
 */
int filter_load(struct filter_rule *rules, size_t count, struct err *e);

/* The program alone: how many of FILTER_SIZE instructions it has.  Pure. */
#define FILTER_SIZE 1024
struct sock_filter;
size_t filter_write(struct sock_filter *code,
    struct filter_rule *rules, size_t count);

#endif
