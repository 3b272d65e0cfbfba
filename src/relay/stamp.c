// SPDX-License-Identifier: ISC
/*
 * stamp.c - who ran the queue, and when
 */
#include "relay/stamp.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/fd.h"
#include "base/table.h"
#include "queue/field.h"

#define NAME "run"
#define FILE_BYTES 1024

static const char *const words[] = {
	[STAMP_RUN] = "run",
	[STAMP_FLUSH] = "flush",
	[STAMP_WATCH] = "watch",
};

static void
write_all(int fd, enum stamp_by by, bool left)
{
	struct buf text = { 0 };
	struct err e = { 0 };

	field_add(&text, "by", str_of(words[by]));
	field_addf(&text, "time", "%lld", (long long)clock_now());
	field_addf(&text, "uid", "%lu", (unsigned long)getuid());
	field_add(&text, "left", left ? STR("1") : STR("0"));
	/* Torn it is as good as none. */
	if (fd_pwrite(fd, buf_str(&text), 0, &e) == 0)
		(void)!ftruncate(fd, (off_t)text.len);
	buf_free(&text);
	err_clear(&e);
}

void
stamp_note(int dir, enum stamp_by by, bool left, int *held)
{
	int fd = dir <= 0 ? -1 : openat(dir, NAME, O_RDWR | O_CREAT |
	    O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0660);
	struct stat st;

	if (fd < 0)
		return;
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_nlink == 1)
		write_all(fd, by, left);
	if (by != STAMP_WATCH || flock(fd, LOCK_SH | LOCK_NB) < 0) {
		close(fd);
		return;
	}
	if (*held > 0)
		close(*held);
	*held = fd;
}

static bool
eat_number(struct str value, uint64_t *n)
{
	return str_eat_number(&value, n) && value.len == 0 && *n < INT64_MAX;
}

static bool
take(struct stamp *s, struct str key, struct str value)
{
	uint64_t n = 0;

	if (str_eq(key, STR("by"))) {
		for (size_t i = 0; i < TABLE_COUNT(words); i++)
			if (str_eq(value, str_of(words[i])))
				s->by = (enum stamp_by)i;
		return true;
	}
	if (!eat_number(value, &n))
		return false;
	if (str_eq(key, STR("time")))
		s->time = (int64_t)n;
	else if (str_eq(key, STR("uid")))
		s->uid = (uid_t)n;
	else if (str_eq(key, STR("left")))
		s->left = n != 0;
	return true;
}

static void
parse(struct stamp *s, struct str in)
{
	struct str key, value;

	while (field_eat(&in, FILE_BYTES, &key, &value) == 1)
		if (!take(s, key, value))
			in = STR("x");
	if (in.len > 0)
		*s = (struct stamp){ 0 };
}

void
stamp_read(int dir, struct stamp *s)
{
	int fd = dir <= 0 ? -1 : openat(dir, NAME, O_RDONLY | O_NOFOLLOW |
	    O_NONBLOCK | O_CLOEXEC);
	struct buf text = { 0 };
	struct err e = { 0 };

	*s = (struct stamp){ 0 };
	if (fd < 0)
		return;
	if (fd_read_all(fd, &text, FILE_BYTES, &e) == 0)
		parse(s, buf_str(&text));
	s->watched = flock(fd, LOCK_EX | LOCK_NB) < 0 && errno == EWOULDBLOCK;
	close(fd);
	buf_free(&text);
	err_clear(&e);
}
