// SPDX-License-Identifier: ISC
/*
 * entry.h - one message in the spool, open and locked
 *
 * While an entry is open nobody else sends, moves or removes it.  The lock is
 * on the file itself and goes with the process.
 */
#ifndef MINISMTP_QUEUE_ENTRY_H
#define MINISMTP_QUEUE_ENTRY_H

#include <stdint.h>
#include <sys/types.h>

#include "base/err.h"
#include "queue/listing.h"
#include "queue/record.h"
#include "queue/spool.h"

/* Zeroed is closed. */
struct entry {
	struct spool *spool;
	struct id id;
	enum spool_where where;
	int64_t next;		/* in cur */
	int fd;			/* read and write; its offset is nobody's */
	uid_t owner;		/* of the file: who submitted, or the spool's */
	off_t bytes;		/* of the file when it was opened */
};

/*
 * 1 when it is open and ours; 0 when somebody else has it or it is gone; -1
 * with EX_DATAERR when it is no regular file with one link, else something is
 * wrong with the system and the entry may be well.
 */
int entry_open(struct entry *en, struct spool *s, enum spool_where where,
    const struct id *id, int64_t next, struct err *e);

/* The same to read only, and without the lock. */
int entry_peek(struct entry *en, struct spool *s, enum spool_where where,
    const struct id *id, int64_t next, struct err *e);

/* For all of a listing: what it says is a file is not looked at twice. */
int entry_peek_listed(struct entry *en, struct spool *s,
    enum spool_where where, const struct listing_item *item, struct err *e);

/*
 * The record of an open entry, and does all of it add up: ID, submitter,
 * lengths, end mark, sum?  If not: EX_DATAERR, set it aside.  A glance does
 * not look at the sum.
 */
int entry_read(struct entry *en, struct record *r, struct err *e);
int entry_glance(struct entry *en, struct record *r, struct err *e);

int entry_accept(struct entry *en, int64_t next, struct err *e);  /* -> cur */
int entry_defer(struct entry *en, int64_t next, struct err *e);	/* in cur */
int entry_fail(struct entry *en, struct err *e);		/* -> failed */
int entry_remove(struct entry *en, struct err *e); /* see spool_sync() */

void entry_close(struct entry *en);		/* and unlock */

#endif
