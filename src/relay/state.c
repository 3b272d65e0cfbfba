// SPDX-License-Identifier: ISC
/*
 * state.c - a small file about one user in the spool's directory "state"
 */
#include "relay/state.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fd.h"
#include "base/log.h"

#define WORDS_MAX 4096
#define LOCK_TRIES 20
#define LOCK_PAUSE 5000		/* microseconds */

int
state_dir(const struct spool *s)
{
	int dir = openat(s->top, "state", O_RDONLY | O_DIRECTORY | O_NOFOLLOW |
	    O_CLOEXEC);
	struct stat st;

	if (dir <= 0)
		return 0;
	if (fstat(dir, &st) == 0 && st.st_uid == s->owner &&
	    st.st_gid == s->group && (st.st_mode & S_IRWXO) == 0)
		return dir;
	close(dir);
	return 0;
}

/* Nobody waits long for a lock that somebody else may sit on. */
int
state_open(int dir, const char *kind, uid_t uid)
{
	char name[48];
	int fd;

	if (dir <= 0)
		return -1;
	(void)snprintf(name, sizeof(name), "%.20s,%lu", kind,
	    (unsigned long)uid);
	fd = openat(dir, name, O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK |
	    O_CLOEXEC, 0660);
	if (fd < 0)
		return -1;
	for (int tries = 0; tries < LOCK_TRIES; tries++) {
		if (flock(fd, LOCK_EX | LOCK_NB) == 0)
			return fd;
		usleep(LOCK_PAUSE);
	}
	close(fd);
	return -1;
}

void
state_write(int fd, const char *kind, struct str text)
{
	struct err e = { 0 };

	if (fd_pwrite(fd, text, 0, &e) < 0 ||
	    ftruncate(fd, (off_t)text.len) < 0)
		log_line(LOG_ERR, "state: %s is not kept: %s", kind,
		    buf_cstr(&e.text));
	err_clear(&e);
}

bool
state_is_news(int dir, const char *kind, struct str words, int64_t now,
    int64_t quiet)
{
	int fd = state_open(dir, kind, getuid());
	struct buf text = { 0 };
	struct err e = { 0 };
	struct str last;
	uint64_t when;
	bool news = true;

	if (fd < 0)
		return true;
	words = str_head(words, WORDS_MAX);
	if (fd_pread(fd, &text, 2 * WORDS_MAX, 0, &e) >= 0) {
		last = buf_str(&text);
		if (str_eat_number(&last, &when) && str_eat(&last, STR(" ")) &&
		    str_eq(last, words) && (int64_t)when <= now &&
		    now - (int64_t)when < quiet)
			news = false;
	}
	if (news) {
		buf_reset(&text);
		buf_printf(&text, "%" PRId64 " %.*s", now, STR_ARGS(words));
		state_write(fd, kind, buf_str(&text));
	}
	close(fd);
	buf_free(&text);
	err_clear(&e);
	return news;
}
