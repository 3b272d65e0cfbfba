// SPDX-License-Identifier: ISC
/*
 * draft.h - a message on its way into the spool
 *
 *	if (draft_begin(&d, &spool, uid, e) < 0)	nothing on disk yet
 *	draft_field(&d, key, value, e);			all fields, then
 *	draft_data(&d, piece, e);			the message, then
 *	draft_commit(&d, e);				tmp/ID becomes new/ID
 *	draft_abort(&d);				in any case, at the end
 *
 * After draft_commit() has returned 0 the mail survives a power cut; after -1
 * of anything there is none.
 */
#ifndef MINISMTP_QUEUE_DRAFT_H
#define MINISMTP_QUEUE_DRAFT_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/str.h"
#include "queue/record.h"
#include "queue/spool.h"
#include "queue/sum.h"

/* Zeroed is none. */
struct draft {
	struct spool *spool;		/* NULL: loose */
	struct id id;
	struct buf head;		/* not yet written: record, data */
	struct record said;		/* the same, understood */
	struct sum sum;
	uint64_t size;			/* bytes of the message so far */
	uint64_t checked;		/* room on disk was looked at there */
	bool has_data;			/* the record is complete */
	int fd;				/* locked; 0: head is all there is */
	enum spool_where where;		/* the name that it has */
};

/* Below "keep" bytes, or without inodes, nothing is taken in. */
struct room {
	uint64_t has, keep;		/* bytes that are free, that stay so */
	bool no_inodes;
};
int draft_room(const struct spool *s, struct room *room, struct err *e);

int draft_begin(struct draft *d, struct spool *s, uid_t uid, struct err *e);

/*
 * The same in no spool, in a file without a name (base/scratch.h), for whoever
 * hands it over at once.  It is not committed but sealed.
 */
void draft_begin_loose(struct draft *d, uid_t uid);
/* All is written; returns the descriptor, the caller's from now on, or -1. */
int draft_seal(struct draft *d, struct err *e);

int draft_field(struct draft *d, struct str key, struct str value,
    struct err *e);
int draft_data(struct draft *d, struct str bytes, struct err *e);
int draft_commit(struct draft *d, struct err *e);
void draft_abort(struct draft *d);	/* nothing after a commit; frees all */

#endif
