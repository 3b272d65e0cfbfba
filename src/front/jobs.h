// SPDX-License-Identifier: ISC
/*
 * jobs.h - the queue as the drop lists it
 *
 * The fields of "minismtp-drop list" (minismtp-drop(8)) as structs, for those
 * who print them, choose among them, or count.
 */
#ifndef MINISMTP_FRONT_JOBS_H
#define MINISMTP_FRONT_JOBS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/str.h"
#include "base/strs.h"
#include "front/options.h"

/* How the last attempt went; without a time there was none. */
struct job_why {
	uint64_t time, code;
	struct buf words;
};

struct job_rcpt {
	char state;		/* T D F R, as in the spool */
	struct buf address;
	struct job_why why;
};

struct job {
	struct buf id;
	struct buf where;	/* "new", "cur" or "failed" */
	uint64_t size, time, next, uid, tries;
	uint64_t folded;	/* it stands for so many; 0: for itself */
	bool held;
	bool has_sender;	/* else the relay makes one */
	struct buf sender, account;
	struct job_why why;	/* of the message as a whole */
	struct job_rcpt *rcpt;
	size_t rcpts;
	struct buf text;	/* only where it was asked for */
};

/* Zeroed is an empty queue. */
struct jobs {
	struct job *job;
	size_t count;
	struct strs junk;	/* what is there and is no message, in words */
	struct strs done;	/* IDs with which it went well */
	struct strs refused;	/* "ID CODE WORDS" */
	bool over;
};

/* All fields that the drop sent; -1: they make no sense, or are an err. */
int jobs_parse(struct jobs *q, struct str fields, struct err *e);

/* Ask the drop: ids is NULL for a verb that takes none. */
int jobs_ask(struct jobs *q, const struct options *o, const char *verb,
    const struct strs *ids, struct err *e);

/* The words on the message that count most: one recipient's, or its own. */
struct str job_reason(const struct job *j);

/* Harmless to print and to read. */
void jobs_add_safe(struct buf *out, struct str text);

void job_free(struct job *j);
void jobs_free(struct jobs *q);

#endif
