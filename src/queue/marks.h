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
#include "base/strs.h"
#include "queue/entry.h"
#include "queue/record.h"

/*
 * Write the state that env.rcpt[i] has now (open and taken are T) and told.
 * Not durable before marks_sync(); several may share one.
 */
int marks_set(struct entry *en, const struct record *r, size_t i,
    struct err *e);
int marks_sync(struct entry *en, struct err *e);

/* The last outcome, of one recipient or of the message as a whole. */
struct marks_last {
	int64_t time;		/* 0: there is none */
	int code;		/* SMTP's, or an exit code below 100 */
	struct buf words;
};

struct marks {
	unsigned attempts;	/* distinct times at which it was tried */
	int64_t first, last;	/* 0: never */
	unsigned folded;	/* it stands for so many; 0: for itself */
	int64_t warned;		/* the sender knows that it takes long; 0: no */
	struct marks_last all;
	struct marks_last *rcpt;	/* one for each of the record's */
	size_t count;
	struct strs sent;		/* see marks_sent() */
	off_t start, end;	/* of the history in the file */
};

/* What there is so far.  The history of a damaged end is as long as it is. */
int marks_read(struct marks *m, int fd, const struct record *r, struct err *e);
/*
 * The same for who has just read the record, with entry_glance(), and nobody
 * has written since: of most messages that read brought all there is.
 */
int marks_first(struct marks *m, const struct entry *en,
    const struct record *r, struct err *e);

/*
 * Append, in m and in the file: recipient i (MARKS_ALL: the message as a whole)
 * had this outcome.  words may be foreign (they go through vis.h) and are cut
 * at 1,000 bytes.
 */
#define MARKS_ALL SIZE_MAX
int marks_try(struct marks *m, struct entry *en, size_t i, int64_t now,
    int code, struct str words, struct err *e);
/*
 * This address has the message, but a recipient for whom it stands among others
 * is still open: it must not get it again.  address as address_key() has it.
 */
int marks_sent(struct marks *m, struct entry *en, struct str address,
    struct err *e);
int marks_warned(struct marks *m, struct entry *en, int64_t now,
    struct err *e);
/* It stands for one more that is like it, and is then to be synced. */
int marks_folded(struct marks *m, struct entry *en, struct err *e);
void marks_free(struct marks *m);

#endif
