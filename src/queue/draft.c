// SPDX-License-Identifier: ISC
/*
 * draft.c - a message on its way into the spool
 *
 * What is small is collected and written at once, so the usual message costs
 * one write; what is large goes to the disk as it comes, and the sync at its
 * end has little to wait for.
 */
#include "queue/draft.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/statvfs.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/fd.h"
#include "base/scratch.h"
#include "queue/said.h"

#define COLLECT (64 * 1024)	/* bytes until there is a file */
#define MB (1024 * 1024)
#define SIZE_MAX_MB 2048	/* of a message: a file of 1 GB, in base64 */
#define RESERVE_MB 16		/* left free, or 1/20 of a small disk */
#define INODE_RESERVE 64
#define CHECK_EVERY (8 * MB)	/* is there room?  and the disk begins */

/*
 * The last bytes of a disk are for the relay, which must note what it has
 * sent, and for whoever cleans up.
 */
int
draft_room(const struct spool *s, struct room *room, struct err *e)
{
	struct statvfs fs;
	uint64_t all;

	if (fstatvfs(s->dir[SPOOL_NEW], &fs) < 0)
		return err_sys(e, EX_TEMPFAIL, "spool: room");
	all = (uint64_t)fs.f_blocks * fs.f_frsize;
	room->has = (uint64_t)fs.f_bavail * fs.f_frsize;
	room->keep = all / 20 < RESERVE_MB * MB ? all / 20 : RESERVE_MB * MB;
	room->no_inodes = fs.f_files > 0 && fs.f_favail < INODE_RESERVE;
	return 0;
}

static int
check_room(struct draft *d, struct err *e)
{
	struct room room;

	if (d->spool == NULL)
		return 0;
	if (draft_room(d->spool, &room, e) < 0)
		return -1;
	if (room.has < room.keep)
		return err_set(e, EX_TEMPFAIL, "spool: the disk is full: "
		    "%" PRIu64 " kB are free, %" PRIu64 " kB are kept so",
		    room.has / 1024, room.keep / 1024);
	if (room.no_inodes)
		return err_set(e, EX_TEMPFAIL,
		    "spool: the disk has no inodes left");
	d->checked = d->size;
	return 0;
}

/*
 * Much has come since the last look: is there still room?  And what has been
 * written can go to the disk while the rest comes in, but for the page whose
 * first lines are not final.
 */
static int
look_up(struct draft *d, struct err *e)
{
	off_t from = d->checked > 0 ? (off_t)d->checked : COLLECT;

	if (d->fd > 0 && d->spool != NULL)
		fd_begin_sync(d->fd, from, (off_t)d->size - from);
	return check_room(d, e);
}

int
draft_begin(struct draft *d, struct spool *s, uid_t uid, struct err *e)
{
	*d = (struct draft){ .spool = s };
	if (check_room(d, e) < 0)
		return -1;
	d->id = id_make();
	record_begin(&d->head, &d->id, clock_now(), uid);
	return 0;
}

void
draft_begin_loose(struct draft *d, uid_t uid)
{
	*d = (struct draft){ .id = id_make() };
	record_begin(&d->head, &d->id, clock_now(), uid);
}

int
draft_field(struct draft *d, struct str key, struct str value, struct err *e)
{
	struct buf stored = { 0 };

	if (d->has_data)
		return err_set(e, EX_DATAERR,
		    "field %.*s: behind the message", STR_ARGS(key));
	if (said_take(&d->said, key, value, e) < 0)
		return -1;
	if (str_eq(key, STR("rcpt")))
		buf_puts(&stored, "T ");
	buf_add(&stored, value);
	buf_printf(&d->head, "%.*s %zu:", STR_ARGS(key), stored.len);
	buf_add(&d->head, buf_str(&stored));
	buf_putc(&d->head, '\n');
	buf_free(&stored);
	if (d->head.len > RECORD_MAX)
		return err_set(e, EX_DATAERR,
		    "more than %d MB before the message", RECORD_MAX / MB);
	return 0;
}

static int
end_head(struct draft *d, struct err *e)
{
	if (d->said.env.count == 0)
		return err_set(e, EX_DATAERR, "no recipient");
	buf_putc(&d->head, '\n');
	sum_init(&d->sum);
	sum_add(&d->sum, str_skip(buf_str(&d->head), RECORD_SUMMED_FROM));
	d->has_data = true;
	return 0;
}

static int
create_loose(struct draft *d, struct err *e)
{
	int fd = scratch_open(e);

	if (fd < 0)
		return -1;
	d->fd = fd;
	return 0;
}

/* The lock says that somebody is alive and writing. */
static int
create(struct draft *d, struct err *e)
{
	int fd;

	if (d->spool == NULL)
		return create_loose(d, e);
	fd = openat(d->spool->dir[SPOOL_TMP], d->id.text, O_RDWR |
	    O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, d->spool->mode);

	if (fd < 0)
		return err_sys(e, fd_write_code(errno) == EX_TEMPFAIL ||
		    errno == EEXIST ? EX_TEMPFAIL : EX_IOERR, "create tmp/%s",
		    d->id.text);
	d->fd = fd;
	d->where = SPOOL_TMP;
	if (flock(fd, LOCK_EX | LOCK_NB) < 0)
		return err_sys(e, EX_TEMPFAIL, "lock tmp/%s", d->id.text);
	return 0;
}

/* Write what has been collected, and bytes behind it. */
static int
flush(struct draft *d, struct str bytes, struct err *e)
{
	if (d->fd == 0 && create(d, e) < 0)
		return -1;
	if (fd_write(d->fd, buf_str(&d->head), e) < 0 ||
	    fd_write(d->fd, bytes, e) < 0)
		return err_wrap(e, "tmp/%s", d->id.text);
	buf_reset(&d->head);
	return 0;
}

int
draft_data(struct draft *d, struct str bytes, struct err *e)
{
	if (!d->has_data && end_head(d, e) < 0)
		return -1;
	d->size += bytes.len;
	if (d->size > (uint64_t)SIZE_MAX_MB * MB)
		return err_set(e, EX_DATAERR,
		    "the message is longer than %d MB", SIZE_MAX_MB);
	if (d->size - d->checked > CHECK_EVERY && look_up(d, e) < 0)
		return -1;
	sum_add(&d->sum, bytes);
	if (d->head.len + bytes.len > COLLECT)
		return flush(d, bytes, e);
	buf_add(&d->head, bytes);
	return 0;
}

/* Both are known now; whoever has not been written needs no pwrite(2). */
static int
finish_text(struct draft *d, struct err *e)
{
	char size[24], sum[20];
	struct str a, b;

	snprintf(size, sizeof(size), "%020" PRIu64, d->size);
	snprintf(sum, sizeof(sum), "%016" PRIx64, sum_end(&d->sum));
	a = str_of(size);
	b = str_of(sum);
	record_end_mark(&d->head, &d->id);
	if (d->fd == 0) {
		memcpy(d->head.data + RECORD_SIZE_AT, a.ptr, a.len);
		memcpy(d->head.data + RECORD_SUM_AT, b.ptr, b.len);
	} else if (fd_pwrite(d->fd, a, RECORD_SIZE_AT, e) < 0 ||
	    fd_pwrite(d->fd, b, RECORD_SUM_AT, e) < 0)
		return err_wrap(e, "tmp/%s", d->id.text);
	return flush(d, STR(""), e);
}

int
draft_seal(struct draft *d, struct err *e)
{
	int fd;

	if ((!d->has_data && end_head(d, e) < 0) || finish_text(d, e) < 0)
		return -1;
	fd = d->fd;
	d->fd = 0;
	return fd;
}

/*
 * First the rename, then the syncs: on a journalling file system both are in
 * the commit that the first one waits for, and the second finds nothing to do.
 * A power cut in between may leave a torn file with its final name; the sum
 * tells, and nobody was told "ok".
 */
int
draft_commit(struct draft *d, struct err *e)
{
	if (!d->has_data && end_head(d, e) < 0)
		return -1;
	if (finish_text(d, e) < 0)
		return -1;
	if (spool_move(d->spool, SPOOL_TMP, d->id.text, SPOOL_NEW, d->id.text,
	    e) < 0)
		return -1;
	d->where = SPOOL_NEW;
	if (fd_sync(d->fd, e) < 0)
		return err_wrap(e, "new/%s", d->id.text);
	if (spool_sync(d->spool, SPOOL_NEW, e) < 0)
		return -1;
	close(d->fd);		/* and unlock: it is not ours any more */
	d->fd = 0;
	return 0;
}

/*
 * What was refused must not be sent.  Torn first, so that it is no message
 * even where the name cannot be removed.
 */
void
draft_abort(struct draft *d)
{
	if (d->fd > 0 && d->spool == NULL) {
		close(d->fd);
	} else if (d->fd > 0) {
		int torn = ftruncate(d->fd, 0);
		int gone = unlinkat(d->spool->dir[d->where], d->id.text, 0);

		(void)torn;
		(void)gone;
		close(d->fd);
	}
	buf_free(&d->head);
	record_free(&d->said);
	*d = (struct draft){ 0 };
}
