// SPDX-License-Identifier: ISC
/*
 * options.h - what minismtp-relay was started for
 */
#ifndef MINISMTP_RELAY_OPTIONS_H
#define MINISMTP_RELAY_OPTIONS_H

#include <stdbool.h>

#include "base/err.h"
#include "relay/question.h"
#include "relay/run.h"

struct options {
	struct run_options run;
	struct question question;
	int (*answer)(const struct question *q);	/* NULL: run */
	const char *wake;		/* --etrn, or NULL */
	bool asks_nothing;		/* and so needs no file and no rights */
};

/* All are views into argv.  On -1 the err has EX_USAGE and the words. */
int options_parse(struct options *o, int argc, char *argv[], struct err *e);
void options_free(struct options *o);

#endif
