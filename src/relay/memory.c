// SPDX-License-Identifier: ISC
/*
 * memory.c - relays that failed are left alone for a while, across runs
 */
#include "relay/memory.h"

#include <dirent.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/fd.h"
#include "base/rand.h"
#include "queue/field.h"
#include "queue/sum.h"
#include "relay/state.h"

#define WORDS_MAX 1000
#define FILE_BYTES 4096
#define STALE (8 * 86400)	/* seconds */
#define NAME_SIZE 40

/* What a file says. */
struct trouble {
	enum line_fate fate;
	uint64_t failures;	/* one after the other */
	int64_t until;
	struct buf why;
	struct timespec written;
};

void
memory_open(struct memory *m, const struct spool *s, const char *config,
    const struct config *c)
{
	*m = (struct memory){ .config = config, .first = c->retry_min,
	    .longest = c->retry_max, .dir = state_dir(s) };
}

void
memory_close(struct memory *m)
{
	if (m->dir > 0)
		close(m->dir);
	m->dir = 0;
}

/* The same relay with another login is another one: it may well work. */
static void
make_name(char name[NAME_SIZE], const struct account *a, size_t i)
{
	struct sum s;

	sum_init(&s);
	sum_add(&s, buf_str(&a->relay[i].text));
	sum_add(&s, (struct str){ "", 1 });
	sum_add(&s, buf_str(&a->user));
	(void)snprintf(name, NAME_SIZE, "relay-%016" PRIx64, sum_end(&s));
}

/* -- the file */

static bool
eat_named(struct str *in, const char *name, struct str *value)
{
	struct str key;

	return field_eat(in, WORDS_MAX, &key, value) == 1 &&
	    str_eq(key, str_of(name));
}

static bool
eat_number(struct str *in, const char *name, uint64_t *n)
{
	struct str value;

	return eat_named(in, name, &value) && str_eat_number(&value, n) &&
	    value.len == 0;
}

static bool
parse(struct trouble *t, struct str in, const struct account *a, size_t i)
{
	struct str relay, user, why;
	uint64_t fate, until;

	if (!eat_named(&in, "relay", &relay) ||
	    !str_eq(relay, buf_str(&a->relay[i].text)) ||
	    !eat_named(&in, "user", &user) ||
	    !str_eq(user, buf_str(&a->user)) ||
	    !eat_number(&in, "fate", &fate) ||
	    (fate != LINE_DOWN && fate != LINE_LOGIN) ||
	    !eat_number(&in, "failures", &t->failures) ||
	    !eat_number(&in, "until", &until) || until > INT64_MAX ||
	    !eat_named(&in, "why", &why) || in.len > 0)
		return false;
	t->fate = (enum line_fate)fate;
	t->until = (int64_t)until;
	buf_set(&t->why, why);
	return true;
}

static bool
is_newer(struct timespec a, struct timespec b)
{
	return a.tv_sec != b.tv_sec ? a.tv_sec > b.tv_sec :
	    a.tv_nsec > b.tv_nsec;
}

static bool
is_outdated(const struct trouble *t, const char *path)
{
	struct stat st;

	return path[0] != '\0' && stat(path, &st) == 0 &&
	    is_newer(st.st_mtim, t->written);
}

static bool
read_file(const struct memory *m, const char *name, struct buf *text,
    struct trouble *t)
{
	int fd = openat(m->dir, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK |
	    O_CLOEXEC);
	struct err e = { 0 };
	struct stat st;
	bool good;

	if (fd < 0)
		return false;
	good = fstat(fd, &st) == 0 && S_ISREG(st.st_mode) &&
	    st.st_nlink == 1 && fd_read_all(fd, text, FILE_BYTES, &e) == 0;
	if (good)
		t->written = st.st_mtim;
	close(fd);
	err_clear(&e);
	return good;
}

/* What stands there and still counts. */
static bool
load(const struct memory *m, const struct account *a, size_t i,
    struct trouble *t)
{
	char name[NAME_SIZE];
	struct buf text = { 0 };
	bool good;

	*t = (struct trouble){ 0 };
	if (m->dir == 0)
		return false;
	make_name(name, a, i);
	good = read_file(m, name, &text, t) &&
	    parse(t, buf_str(&text), a, i) && !is_outdated(t, m->config) &&
	    !is_outdated(t, buf_cstr(&a->password_file)) &&
	    clock_now() - t->written.tv_sec < STALE;
	buf_free(&text);
	return good;
}

/* A reader sees the old one or the new one; a lost one costs one attempt. */
static void
save(const struct memory *m, const char *name, struct str text)
{
	char temp[NAME_SIZE];
	struct err e = { 0 };
	int fd, rc;

	(void)snprintf(temp, sizeof(temp), "tmp-%016" PRIx64, rand_u64());
	fd = openat(m->dir, temp, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW |
	    O_CLOEXEC, 0660);
	if (fd < 0)
		return;
	rc = fd_write(fd, text, &e);
	if (fd_close(&fd, &e) < 0 || rc < 0 ||
	    renameat(m->dir, temp, m->dir, name) < 0)
		(void)unlinkat(m->dir, temp, 0);
	err_clear(&e);
}

/* -- what it means */

static bool
is_over(const struct trouble *t, int64_t now)
{
	/* Farther ahead than we ever write: the clock was set back. */
	return t->until <= now || t->until > now + MEMORY_LONGEST;
}

int64_t
memory_held(const struct memory *m, const struct account *a, size_t i,
    enum memory_ask ask, struct buf *why)
{
	struct trouble t;
	int64_t until = 0;

	if (ask == MEMORY_ASK_ALL)
		return 0;
	if (load(m, a, i, &t) && !is_over(&t, clock_now()) &&
	    (ask == MEMORY_ASK_OPEN || t.fate == LINE_LOGIN)) {
		until = t.until;
		buf_set(why, buf_str(&t.why));
	}
	buf_free(&t.why);
	return until;
}

int
memory_look(const struct memory *m, const struct account *a,
    enum memory_ask ask, bool *held, struct err *e)
{
	struct buf why = { 0 }, first = { 0 };
	int64_t soonest = CLOCK_NEVER;
	size_t open = a->relays == 0;

	for (size_t i = 0; i < a->relays; i++) {
		int64_t until = memory_held(m, a, i, ask, &why);

		held[i] = until > 0;
		open += !held[i];
		if (held[i] && until < soonest) {
			soonest = until;
			buf_set(&first, buf_str(&why));
		}
	}
	if (open == 0)
		err_set(e, EX_TEMPFAIL, "left alone for %lld s after: %s",
		    (long long)(soonest - clock_now()), buf_cstr(&first));
	buf_free(&why);
	buf_free(&first);
	return open > 0 ? 0 : -1;
}

static int64_t
least(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

static int64_t
pause_after(const struct memory *m, const struct trouble *t)
{
	bool login = t->fate == LINE_LOGIN;
	int64_t pause = login ? MEMORY_LOGIN : m->first;
	int64_t longest = login ? MEMORY_LONGEST :
	    least(m->longest, MEMORY_LONGEST);

	for (uint64_t n = 1; n < t->failures && pause < longest; n++)
		pause *= 2;
	return least(pause, longest);
}

static int64_t
note_failure(const struct memory *m, const struct account *a, size_t i,
    const char *name, enum line_fate fate, struct str why)
{
	int64_t now = clock_now(), pause;
	struct buf text = { 0 };
	struct trouble t;

	/* Two who fail at the same time have seen one failure. */
	if (!load(m, a, i, &t) || t.fate != fate)
		t.failures = 1;
	else if (is_over(&t, now) && t.failures < 64)
		t.failures++;
	t.fate = fate;
	pause = pause_after(m, &t);
	field_add(&text, "relay", buf_str(&a->relay[i].text));
	field_add(&text, "user", buf_str(&a->user));
	field_addf(&text, "fate", "%d", (int)fate);
	field_addf(&text, "failures", "%" PRIu64, t.failures);
	field_addf(&text, "until", "%" PRId64, now + pause);
	field_add(&text, "why", str_head(why, WORDS_MAX));
	if (text.len <= FILE_BYTES)
		save(m, name, buf_str(&text));
	buf_free(&text);
	buf_free(&t.why);
	return pause;
}

int64_t
memory_note(const struct memory *m, const struct account *a, size_t i,
    enum line_fate fate, struct str why)
{
	char name[NAME_SIZE];

	if (m->dir == 0)
		return 0;
	make_name(name, a, i);
	switch (fate) {
	case LINE_WORKS:
		(void)unlinkat(m->dir, name, 0);
		return 0;
	case LINE_DOWN:
	case LINE_LOGIN:
		break;
	}
	return note_failure(m, a, i, name, fate, why);
}

void
memory_clean(const struct memory *m)
{
	int64_t old = clock_now() - STALE;
	struct dirent *d;
	struct stat st;
	int fd = m->dir == 0 ? -1 : openat(m->dir, ".", O_RDONLY |
	    O_DIRECTORY | O_CLOEXEC);
	DIR *dir = fd < 0 ? NULL : fdopendir(fd);

	if (dir == NULL) {
		if (fd >= 0)
			close(fd);
		return;
	}
	while ((d = readdir(dir)) != NULL)
		if (fstatat(fd, d->d_name, &st, AT_SYMLINK_NOFOLLOW) == 0 &&
		    !S_ISDIR(st.st_mode) && st.st_mtim.tv_sec < old)
			(void)unlinkat(fd, d->d_name, 0);
	closedir(dir);
}
