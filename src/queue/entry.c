// SPDX-License-Identifier: ISC
/*
 * entry.c - one message in the spool, open and locked
 */
#include "queue/entry.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sysexits.h>
#include <unistd.h>

/* 1: a file of ours; 0: gone; -1. */
static int
check_stat(const struct stat *st, struct err *e)
{
	if (!S_ISREG(st->st_mode))
		return err_set(e, EX_DATAERR, "no regular file");
	if (st->st_nlink > 1)
		return err_set(e, EX_DATAERR, "has more than one link");
	return st->st_nlink == 1 ? 1 : 0;
}

/* Look before opening: to open a device may already be to do something. */
static int
look(struct entry *en, const char *name, struct stat *st, struct err *e)
{
	if (fstatat(en->spool->dir[en->where], name, st,
	    AT_SYMLINK_NOFOLLOW) == 0)
		return check_stat(st, e);
	return errno == ENOENT ? 0 : err_sys(e, EX_TEMPFAIL, "stat");
}

/*
 * A file that we may not open is junk if it does not look like one of ours;
 * else somebody has taken our rights, and the mail is well.
 */
static int
open_failed(struct entry *en, const char *name, struct err *e)
{
	int why = errno, rc = 1;
	struct stat st;

	if (why == EACCES)
		rc = look(en, name, &st, e);
	if (rc <= 0 || why == ENOENT)
		return rc < 0 ? -1 : 0;
	errno = why;
	return err_sys(e, why == ELOOP || (why == EACCES &&
	    (st.st_gid != en->spool->group ||
	    (st.st_mode & 0777) != en->spool->mode)) ? EX_DATAERR :
	    EX_TEMPFAIL, "open");
}

/* Is the file that we have locked still the one with this name? */
static int
look_again(struct entry *en, const char *name, const struct stat *st,
    struct err *e)
{
	struct stat named;
	int rc = look(en, name, &named, e);

	return rc <= 0 ? rc :
	    st->st_ino == named.st_ino && st->st_dev == named.st_dev;
}

/* Whoever only reads is content with the one that he has got. */
static int
look_at_it(struct entry *en, const char *name, bool locked, struct err *e)
{
	struct stat st;
	int rc;

	if (fstat(en->fd, &st) < 0)
		return err_sys(e, EX_TEMPFAIL, "stat");
	rc = check_stat(&st, e);
	if (rc > 0 && locked)
		rc = look_again(en, name, &st, e);
	en->owner = st.st_uid;
	en->bytes = st.st_size;
	return rc;
}

static int
open_it(struct entry *en, const char *name, int mode, struct err *e)
{
	en->fd = openat(en->spool->dir[en->where], name,
	    mode | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	if (en->fd < 0)
		return open_failed(en, name, e);
	if (mode == O_RDWR && flock(en->fd, LOCK_EX | LOCK_NB) < 0)
		return errno == EWOULDBLOCK ? 0 :
		    err_sys(e, EX_TEMPFAIL, "lock");
	return look_at_it(en, name, mode == O_RDWR, e);
}

static int
open_entry(struct entry *en, struct spool *s, enum spool_where where,
    const struct listing_item *item, int mode, struct err *e)
{
	char name[SPOOL_NAME_SIZE];
	struct stat st;
	int rc = 1;

	*en = (struct entry){ .spool = s, .id = item->id, .where = where,
	    .next = item->next };
	spool_name(name, where, &en->id, en->next);
	if (!item->is_file)
		rc = look(en, name, &st, e);
	if (rc > 0)
		rc = open_it(en, name, mode, e);
	if (rc < 0)
		err_wrap(e, "%s/%s", spool_where_name(where), en->id.text);
	if (rc <= 0)
		entry_close(en);
	return rc;
}

int
entry_open(struct entry *en, struct spool *s, enum spool_where where,
    const struct id *id, int64_t next, struct err *e)
{
	const struct listing_item it = { *id, next, false };

	return open_entry(en, s, where, &it, O_RDWR, e);
}

int
entry_peek(struct entry *en, struct spool *s, enum spool_where where,
    const struct id *id, int64_t next, struct err *e)
{
	const struct listing_item it = { *id, next, false };

	return open_entry(en, s, where, &it, O_RDONLY, e);
}

int
entry_peek_listed(struct entry *en, struct spool *s, enum spool_where where,
    const struct listing_item *item, struct err *e)
{
	return open_entry(en, s, where, item, O_RDONLY, e);
}

void
entry_close(struct entry *en)
{
	if (en->fd > 0)
		close(en->fd);
	*en = (struct entry){ 0 };
}

/* -- what is in it */

/*
 * The owner of the file is the kernel's word on who submitted.  The owner of
 * the spool stores for others: at the socket door, and for root.
 */
static int
check_belonging(const struct entry *en, const struct record *r, struct err *e)
{
	if (!str_eq(buf_str(&r->facts.id), str_of(en->id.text)))
		return err_set(e, EX_DATAERR, "another ID is in the record");
	if (r->facts.uid != en->owner && en->owner != en->spool->owner)
		return err_set(e, EX_DATAERR,
		    "belongs to user %lu, the record says %lu",
		    (unsigned long)en->owner, (unsigned long)r->facts.uid);
	return 0;
}

static int
read_entry(struct entry *en, struct record *r, bool whole, struct err *e)
{
	*r = (struct record){ 0 };
	if (record_read(r, en->fd, e) == 0 &&
	    check_belonging(en, r, e) == 0 &&
	    (!whole || record_verify(r, en->fd, e) == 0)) {
		r->whole = r->history + (off_t)r->tail.len >= en->bytes;
		return 0;
	}
	record_free(r);
	return err_wrap(e, "%s/%s", spool_where_name(en->where), en->id.text);
}

int
entry_read(struct entry *en, struct record *r, struct err *e)
{
	return read_entry(en, r, true, e);
}

int
entry_glance(struct entry *en, struct record *r, struct err *e)
{
	return read_entry(en, r, false, e);
}

/* -- arrows */

static int
move(struct entry *en, enum spool_where to, int64_t next, struct err *e)
{
	char from[SPOOL_NAME_SIZE], as[SPOOL_NAME_SIZE];

	if (to == en->where && next == en->next)
		return 0;
	spool_name(from, en->where, &en->id, en->next);
	spool_name(as, to, &en->id, next);
	if (spool_move(en->spool, en->where, from, to, as, e) < 0)
		return -1;
	en->where = to;
	en->next = next;
	return 0;
}

int
entry_accept(struct entry *en, int64_t next, struct err *e)
{
	return move(en, SPOOL_CUR, next, e);
}

int
entry_defer(struct entry *en, int64_t next, struct err *e)
{
	return move(en, SPOOL_CUR, next, e);
}

int
entry_fail(struct entry *en, struct err *e)
{
	return move(en, SPOOL_FAILED, 0, e);
}

int
entry_remove(struct entry *en, struct err *e)
{
	char name[SPOOL_NAME_SIZE];

	spool_name(name, en->where, &en->id, en->next);
	if (unlinkat(en->spool->dir[en->where], name, 0) < 0)
		return err_sys(e, EX_TEMPFAIL, "remove %s/%s",
		    spool_where_name(en->where), name);
	return 0;
}
