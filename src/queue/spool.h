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
 * Beside them is state/, what a run leaves for the next; it may be missing.
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
	mode_t mode;			/* of a file: 0660, or 0600 */
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

/* Where is this message?  1 and where, 0 when there is none, -1. */
int spool_find(struct spool *s, const struct id *id, enum spool_where *where,
    int64_t *next, struct err *e);

/* Make the names of a directory durable; once for many moves. */
int spool_sync(struct spool *s, enum spool_where where, struct err *e);

/* Move what is none of ours to failed/junk,ID; *now is what it is called. */
int spool_set_aside(struct spool *s, enum spool_where where, const char *name,
    struct buf *now, struct err *e);

/*
 * Every name but "." and ".."; fn returns 0 to go on, what else is returned.
 * is_file: the directory itself says that it is a regular file.
 */
typedef int spool_each_fn(void *who, const char *name, bool is_file);
int spool_each(struct spool *s, enum spool_where where, spool_each_fn *fn,
    void *who, struct err *e);

/* The name that a message has in that directory, and back. */
#define SPOOL_NAME_SIZE 32
void spool_name(char name[SPOOL_NAME_SIZE], enum spool_where where,
    const struct id *id, int64_t next);
bool spool_name_parse(struct str name, enum spool_where where, struct id *id,
    int64_t *next);

/* One arrow: a rename that replaces nothing. */
int spool_move(struct spool *s, enum spool_where from, const char *name,
    enum spool_where to, const char *as, struct err *e);

#endif
