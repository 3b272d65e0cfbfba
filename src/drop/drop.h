// SPDX-License-Identifier: ISC
/*
 * drop.h - the only program with a privilege
 *
 * Anybody may start it, with any arguments, environment, descriptors, limits
 * and signals.  So it sets all of that right, finds out who he is, gives away
 * what it does not need, and only then looks at what he wants.
 */
#ifndef MINISMTP_DROP_DROP_H
#define MINISMTP_DROP_DROP_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/str.h"
#include "drop/handoff.h"
#include "drop/who.h"
#include "queue/id.h"
#include "queue/spool.h"

struct drop {
	struct who who;		/* the submitter, by the kernel's word */
	bool lent;		/* we were started with the setgid bit */
	const char *verb;	/* "put", "list", ... */
	struct id *id;		/* what a verb is about, or NULL */
	size_t ids;
	const char *dir;	/* personal spool, or NULL */
	const char *config;	/* personal configuration, or NULL */
	struct spool spool;
	struct handoff relay;	/* for the verbs that lead to it */
};

/* All of it; returns the exit status. */
int drop_run(int argc, char *argv[]);

/* Understand the arguments; pure.  d->id is to be freed. */
int drop_parse(struct drop *d, int argc, char *argv[], struct err *e);

/* To standard output, all of it, waiting where it must: 0 or -1. */
int drop_write(struct str bytes, struct err *e);

/* What a verb does, in the sandbox. */
typedef int drop_fn(struct drop *d, struct err *e);

/* One field to standard output; if nobody listens, so be it. */
void drop_say(const char *key, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

#endif
