// SPDX-License-Identifier: ISC
/*
 * spool.h - the directory that never loses mail
 *
 *	tmp/ID		being written; garbage when old and not locked
 *	new/ID		committed: from here on the mail is ours
 *	cur/ID,NEXT	accepted; NEXT is the time of the next attempt in hex
 *	failed/ID	nobody can be told about it; kept until removed
 *	failed/junk,ID	what was none of ours
 *
 * Each arrow is one rename or one unlink.  Nothing in here opens a message to
 * find out whether it is due.
 */
#ifndef MINISMTP_QUEUE_SPOOL_H
#define MINISMTP_QUEUE_SPOOL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/str.h"
#include "base/strs.h"
#include "queue/id.h"

enum spool_where {
	SPOOL_TMP,
	SPOOL_NEW,
	SPOOL_CUR,
	SPOOL_FAILED
};
#define SPOOL_DIRS 4

#define SPOOL_HELD INT64_C(0xffffffffff)	/* a NEXT that never comes */

/* Zeroed is closed; descriptors 0 to 2 are never a spool's. */
struct spool {
	int top;			/* O_PATH */
	int dir[SPOOL_DIRS];
	uid_t owner;			/* of the four; their group */
	gid_t group;
};

/*
 * Opens and checks: four real directories of one owner, closed to the world,
 * and a top that nobody else can write to.
 */
int spool_open(struct spool *s, const char *path, struct err *e);
void spool_close(struct spool *s);

/* A personal one: makes path and all that is missing above and in it, 0700. */
int spool_create(const char *path, struct err *e);

/* "new", "cur", ... */
const char *spool_where_name(enum spool_where where);

/* One name; next is 0 outside of cur. */
struct spool_name {
	struct id id;
	int64_t next;
};
struct spool_list {
	struct spool_name *name;	/* oldest NEXT first, then oldest ID */
	size_t count;
	struct strs junk;		/* names that are none of ours, some */
};

/*
 * The names of one directory that are due by then; CLOCK_NEVER for all.  A
 * NEXT that is farther ahead than any schedule means that the clock was set
 * back: due.  Where wake is not NULL it gets the earliest NEXT of the others,
 * or CLOCK_NEVER.
 */
int spool_list(struct spool *s, enum spool_where where, int64_t now,
    struct spool_list *list, int64_t *wake, struct err *e);
void spool_list_free(struct spool_list *list);

/* Where is this message?  1 and where, 0 when there is none, -1. */
int spool_find(struct spool *s, const struct id *id, enum spool_where *where,
    int64_t *next, struct err *e);

/* Make the names of a directory durable; once for many moves. */
int spool_sync(struct spool *s, enum spool_where where, struct err *e);

/* Move what is none of ours to failed/junk,ID; *now is what it is called. */
int spool_set_aside(struct spool *s, enum spool_where where, const char *name,
    struct buf *now, struct err *e);

/* Remove what nobody writes any more from tmp/; how many, or -1. */
int spool_clean(struct spool *s, int64_t now, struct err *e);

/* The name that a message has in that directory. */
void spool_path(char path[32], enum spool_where where, const struct id *id,
    int64_t next);

#endif
