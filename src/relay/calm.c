// SPDX-License-Identifier: ISC
/*
 * calm.c - until when nothing of what waits is due, known without a look
 */
#include "relay/calm.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/fd.h"
#include "queue/field.h"
#include "relay/state.h"

#define MANY 1000		/* names; fewer are read as quickly as a file */
#define LONGEST 600		/* s */
#define FILE_BYTES 256

/*
 * The clock of a file system may count whole seconds.  What changes now would
 * not be seen later if it had changed in this second before: a directory that
 * has not been left alone for so long is not calm.
 */
#define SETTLED 2

/* What the directory was like and who says so; the same bytes: the same. */
static void
describe(const struct calm *c, struct buf *out)
{
	field_add_number(out, "inode", c->inode);
	field_addf(out, "changed", "%lld.%09ld", (long long)c->changed.tv_sec,
	    c->changed.tv_nsec);
}

static bool
eat_number(struct str *in, const char *name, int64_t *n)
{
	struct str key, value;
	uint64_t v;

	if (field_eat(in, FILE_BYTES, &key, &value) != 1 ||
	    !str_eq(key, str_of(name)) || !str_eat_number(&value, &v) ||
	    value.len > 0 || v > INT64_MAX)
		return false;
	*n = (int64_t)v;
	return true;
}

/* Before it was written, the clock was another one. */
static bool
still_holds(const struct calm *c, struct str in, int64_t *wake)
{
	struct buf same = { 0 };
	int64_t time = 0, next = 0;
	bool holds;

	describe(c, &same);
	holds = str_eat(&in, buf_str(&same)) &&
	    eat_number(&in, "time", &time) && eat_number(&in, "wake", &next) &&
	    in.len == 0 && time <= c->now && c->now - time <= LONGEST &&
	    c->now < next;
	buf_free(&same);
	if (holds)
		*wake = next;
	return holds;
}

static int
open_to_read(int dir)
{
	char name[32];
	struct stat st;
	int fd;

	(void)snprintf(name, sizeof(name), "calm,%lu",
	    (unsigned long)getuid());
	fd = openat(dir, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	if (fd >= 0 && fstat(fd, &st) == 0 && S_ISREG(st.st_mode))
		return fd;
	if (fd >= 0)
		close(fd);
	return -1;
}

bool
calm_look(struct calm *c, int dir, const struct spool *s, int64_t now,
    int64_t *wake)
{
	struct buf text = { 0 };
	struct err e = { 0 };
	struct stat st;
	bool holds = false;
	int fd;

	*c = (struct calm){ 0 };
	if (dir <= 0 || fstat(s->dir[SPOOL_CUR], &st) < 0)
		return false;
	*c = (struct calm){ dir, now, st.st_ino, st.st_ctim };
	fd = open_to_read(dir);
	if (fd < 0)
		return false;
	if (fd_read_all(fd, &text, FILE_BYTES, &e) == 0)
		holds = still_holds(c, buf_str(&text), wake);
	close(fd);
	buf_free(&text);
	err_clear(&e);
	return holds;
}

void
calm_note(const struct calm *c, const struct listing *list, int64_t wake)
{
	struct buf text = { 0 };
	int fd;

	if (c->dir == 0 || list->names < MANY || list->count > 0 ||
	    list->junk.count > 0 || c->now - c->changed.tv_sec < SETTLED ||
	    (fd = state_open(c->dir, "calm", getuid())) < 0)
		return;
	describe(c, &text);
	field_add_number(&text, "time", (uint64_t)c->now);
	field_add_number(&text, "wake", (uint64_t)wake);
	state_write(fd, "calm", buf_str(&text));
	close(fd);
	buf_free(&text);
}
