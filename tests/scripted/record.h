// SPDX-License-Identifier: ISC
/*
 * record.h - what the scripted relay saw, as files in one directory
 *
 *	wire.C		what was said in connection C, "< 220 ...", "> EHLO ..."
 *	msg.N, env.N	message N as it came, and its envelope
 *	problems	what the other side did against the rules
 *	flights		per connection: how often it had to wait for us
 *
 * N counts over all connections.  Nothing is buffered: what has happened can
 * be read.  A zeroed record keeps nothing, but counts.
 */
#ifndef MINISMTP_TESTS_RECORD_H
#define MINISMTP_TESTS_RECORD_H

#include <stdatomic.h>
#include <stdio.h>

#include "base/buf.h"
#include "base/str.h"

/* In memory that all connections' processes share. */
struct tally {
	atomic_ulong connections;
	atomic_ulong messages;
	atomic_ulong recipients;
	atomic_ullong bytes;
	atomic_ulong problems;
};

struct record {
	struct tally *tally;
	const char *dir;	/* or NULL */
	unsigned long connection;
	FILE *wire;
	FILE *message;		/* being received */
};

void record_open(struct record *r, struct tally *tally, const char *dir,
    unsigned long connection);
void record_line(struct record *r, char way, struct str line);
void record_problem(struct record *r, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

void record_text(struct record *r, struct str text);
/* Forgets the text, or gives it a number and keeps it; returns the number. */
void record_drop(struct record *r);
unsigned long record_keep(struct record *r, const struct buf *envelope);

void record_close(struct record *r, unsigned flights);

#endif
