// SPDX-License-Identifier: ISC
/*
 * marks.h - what has happened to a message since it came
 *
 * Two kinds of memory, both in the file itself.  The state of a recipient is
 * one byte, changed in place: what decides whether he gets the mail again.
 * The history is fields behind the end mark, one for each attempt: words for
 * people, and the count that the schedule needs.  A torn last line of it is as
 * if it had not been written.
 */
#ifndef MINISMTP_QUEUE_MARKS_H
#define MINISMTP_QUEUE_MARKS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/str.h"
#include "queue/entry.h"
#include "queue/record.h"

/*
 * Write the state that env.rcpt[i] has now (TODO and TAKEN are T) and told.
 * Not durable before marks_sync(); several may share one.
 */
int marks_set(struct entry *en, const struct record *r, size_t i,
    struct err *e);
int marks_sync(struct entry *en, struct err *e);

/*
 * Append to the history: recipient i (MARKS_ALL: the message as a whole) had
 * this outcome, an SMTP or exit code and words.
 */
#define MARKS_ALL SIZE_MAX
int marks_try(struct entry *en, const struct record *r, size_t i, int64_t now,
    int code, struct str words, struct err *e);
int marks_warned(struct entry *en, const struct record *r, int64_t now,
    struct err *e);		/* the sender knows that it takes long */

/* The history, read back. */
struct marks_last {
	int64_t time;
	int code;
	struct buf words;
};
struct marks {
	unsigned attempts;	/* distinct times at which it was tried */
	int64_t first, last;	/* 0: never */
	int64_t warned;		/* 0: not yet */
	struct marks_last all;		/* about the message as a whole */
	struct marks_last *rcpt;	/* about each recipient */
	size_t count;
};
int marks_read(struct marks *m, int fd, const struct record *r, struct err *e);
void marks_free(struct marks *m);

#endif
