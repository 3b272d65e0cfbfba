// SPDX-License-Identifier: ISC
/*
 * mailq.h - the queue, in the layout that everybody's scripts know (Postfix)
 *
 * And as JSON, one object on each line, for scripts that are yet to come.  It
 * is printed as it comes from the drop, so that a long queue needs no room: if
 * it ends early, what has been printed lacks the last line, which counts.
 */
#ifndef MINISMTP_FRONT_MAILQ_H
#define MINISMTP_FRONT_MAILQ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/str.h"
#include "front/jobs.h"
#include "front/options.h"

/* -bp and -bP.  Returns the exit status. */
int mailq_run(const struct options *o);

/* A listing on its way.  Zeroed but for the first two. */
struct mailq {
	bool json;		/* or the table */
	int fd;			/* gets it while it grows; -1: all is in out */
	struct buf out;
	size_t count;
	uint64_t bytes;		/* of all messages */
	/* What was true for the one before often is for the next. */
	struct buf minute, login;
	int64_t minute_at;	/* where it begins */
	uint64_t uid;		/* whose login that is */
};

/* One more message: a job_fn. */
int mailq_add(void *mailq, const struct job *j, struct err *e);
/* That was all, and this is what was no message. */
int mailq_end(struct mailq *m, const struct strs *junk, struct err *e);
void mailq_free(struct mailq *m);

void mailq_json(struct buf *out, const struct job *j);

#endif
