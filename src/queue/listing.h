// SPDX-License-Identifier: ISC
/*
 * listing.h - what is due, known from the names alone
 *
 * 100,000 deferred messages cost one reading of a directory, and of what is
 * not due nothing is kept.
 */
#ifndef MINISMTP_QUEUE_LISTING_H
#define MINISMTP_QUEUE_LISTING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/strs.h"
#include "queue/spool.h"

struct listing_item {
	struct id id;
	int64_t next;		/* 0 outside of cur */
	bool is_file;		/* so the directory says */
};

struct listing {
	struct listing_item *item;	/* oldest NEXT first, then oldest ID */
	size_t count;
	size_t names;		/* that were read, due or not */
	struct strs junk;	/* names that are none of ours, the first 100 */
};

/*
 * The messages of one directory that are due at that time; CLOCK_NEVER for
 * all.  A NEXT that is farther ahead than any schedule means that the clock was
 * set back: due.  Where wake is not NULL it gets the earliest NEXT of the
 * others, or CLOCK_NEVER.
 */
int listing_read(struct listing *list, struct spool *s,
    enum spool_where where, int64_t now, int64_t *wake, struct err *e);
void listing_free(struct listing *list);

/* Remove from tmp/ what nobody writes any more; how many, or -1. */
int listing_clean(struct spool *s, int64_t now, struct err *e);

#endif
