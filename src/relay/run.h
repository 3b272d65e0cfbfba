// SPDX-License-Identifier: ISC
/*
 * run.h - a pass through the queue, or one after the other
 */
#ifndef MINISMTP_RELAY_RUN_H
#define MINISMTP_RELAY_RUN_H

#include <stdbool.h>

#include "relay/pass.h"

struct run_options {
	const char *config;	/* path */
	const char *spool;	/* path */
	bool personal;		/* everything is the caller's own */
	bool watch;		/* again and again, until a signal comes */
	struct orders orders;
	int stamp;		/* the run's own: see stamp.h */
};

/* Returns the exit status.  The configuration is read anew for each pass. */
int run(struct run_options *o);

#endif
