// SPDX-License-Identifier: ISC
/*
 * tell.h - what the caller gets to read: words on stderr, the dialogue
 */
#ifndef MINISMTP_FRONT_TELL_H
#define MINISMTP_FRONT_TELL_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/str.h"
#include "front/options.h"

struct tell {
	bool quiet;		/* -oeq */
	bool verbose;		/* -v */
	int file;		/* of -X; 0: none */
};

int tell_open(struct tell *t, const struct options *o, struct err *e);

/* Each line with the program's name in front. */
void tell_words(const struct tell *t, struct str lines);

/* A line of the dialogue; for struct hear, who is the tell. */
void tell_line(void *who, struct str line);

void tell_close(struct tell *t);

#endif
