// SPDX-License-Identifier: ISC
/*
 * jobs.h - the queue as the drop lists it
 *
 * The fields of "minismtp-drop list" (minismtp-drop(8)) as structs, for those
 * who print them, choose among them, or count.  A queue may be long: there is
 * one message at a time, and what was said of it is forgotten with the next.
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
	size_t made;		/* that there is memory for */
	struct buf text;	/* only where it was asked for */
};

/* Gets each message when all of it is there; 0 to go on, or -1. */
typedef int job_fn(void *who, const struct job *j, struct err *e);

/* Zeroed but for the first two. */
struct jobs {
	job_fn *each;		/* or NULL: they are counted */
	void *who;
	size_t count;
	struct strs junk;	/* what is there and is no message, in words */
	struct strs done;	/* IDs with which it went well */
	struct strs refused;	/* "ID CODE WORDS" */
	struct job job;		/* about which there may be more to come */
	bool is_told;		/* is there one? */
	bool over;
};

/*
 * Takes the fields off the front of *in that are there completely; -1: they
 * make no sense, or are an err, or each() did not want more.
 */
int jobs_take(struct jobs *q, struct str *in, struct err *e);

/* No more is coming: was that all of it? */
int jobs_end(const struct jobs *q, struct err *e);

/* Ask the drop: ids is NULL for a verb that takes none. */
int jobs_ask(struct jobs *q, const struct options *o, const char *verb,
    const struct strs *ids, struct err *e);

/* The words on the message that count most: one recipient's, or its own. */
struct str job_reason(const struct job *j);

/* Harmless to print and to read. */
void jobs_add_safe(struct buf *out, struct str text);

void jobs_free(struct jobs *q);

#endif
