// SPDX-License-Identifier: ISC
/*
 * check_calm.c - when a run may do without the names, and when not
 */
#include "run.h"
#include "scratch.h"

#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/table.h"
#include "relay/calm.h"
#include "relay/state.h"

#define MANY 1000
#define LATER 5			/* s; then cur/ has settled */
#define NEXT 5000		/* s until the first is due */

static struct spool spool;
static int dir;			/* state/ */
static int64_t now;		/* when the last of it was made */

static void
add(int i, int64_t next)
{
	struct id id = id_at(now, (uint32_t)i, 0);
	char name[SPOOL_NAME_SIZE];

	spool_name(name, SPOOL_CUR, &id, next);
	close(openat(spool.dir[SPOOL_CUR], name, O_CREAT | O_WRONLY, 0600));
}

/* The next change has another time: the tests only pretend to be late. */
static void
let_the_clock_tick(void)
{
	struct stat was, is = { .st_ctim = { 0 } };

	ck_assert_int_eq(fstat(spool.dir[SPOOL_CUR], &was), 0);
	now = was.st_ctim.tv_sec;
	for (int i = 0; i < 5000; i++) {
		int fd = openat(spool.dir[SPOOL_TMP], "tick",
		    O_CREAT | O_WRONLY | O_TRUNC, 0600);

		ck_assert_int_eq(fchmod(fd, 0600), 0);
		ck_assert_int_eq(fstat(fd, &is), 0);
		close(fd);
		if (is.st_ctim.tv_sec != was.st_ctim.tv_sec ||
		    is.st_ctim.tv_nsec != was.st_ctim.tv_nsec)
			return;
		(void)poll(NULL, 0, 1);
	}
	ck_abort_msg("the clock of the file system stands still");
}

static void
fill(int count)
{
	struct err e = { 0 };
	char path[5000];

	snprintf(path, sizeof(path), "%s/%d/spool", scratch_path,
	    (int)getpid());
	ck_assert_int_eq(spool_create(path, &e), 0);
	ck_assert_int_eq(spool_open(&spool, path, &e), 0);
	dir = state_dir(&spool);
	ck_assert_int_gt(dir, 0);
	now = clock_now();
	for (int i = 0; i < count; i++)
		add(i, now + NEXT + i);
	let_the_clock_tick();
}

/* As a run does it: true if it has not read the names. */
static bool
look(int64_t at, int64_t *wake)
{
	struct listing list;
	struct err e = { 0 };
	struct calm c;

	if (calm_look(&c, dir, &spool, at, wake))
		return true;
	ck_assert_int_eq(listing_read(&list, &spool, SPOOL_CUR, at, wake, &e),
	    0);
	calm_note(&c, &list, *wake);
	listing_free(&list);
	return false;
}

static void
become_calm(void)
{
	int64_t wake, first;

	fill(MANY);
	ck_assert(!look(now + LATER, &first));
	ck_assert(look(now + LATER, &wake));
	ck_assert_int_eq(wake, first);
	ck_assert_int_ge(wake, now);
}

START_TEST(what_was_calm_is_so_until_somebody_is_due)
{
	int64_t wake;

	become_calm();
	ck_assert(look(now + LATER + 600, &wake));
	ck_assert(look(now + LATER, &wake));
	ck_assert(!look(now + LATER + 601, &wake));	/* it was long ago */
	ck_assert(look(now + LATER + 1200, &wake));
	ck_assert(!look(now + LATER, &wake));	/* the clock was set back */
	ck_assert(!look(wake, &wake));		/* due: listed each time */
	ck_assert(!look(wake + 1, &wake));
}
END_TEST

START_TEST(what_is_due_within_the_time_is_looked_for)
{
	int64_t wake;

	fill(MANY);
	add(MANY, now + 100);
	ck_assert(!look(now + LATER, &wake));
	ck_assert(look(now + 99, &wake));
	ck_assert_int_eq(wake, now + 100);
	ck_assert(!look(now + 100, &wake));
}
END_TEST

START_TEST(what_is_held_is_never_due)
{
	int64_t wake;

	fill(0);
	for (int i = 0; i < MANY; i++)
		add(i, SPOOL_HELD);
	ck_assert(!look(now + LATER, &wake));
	ck_assert(look(now + LATER, &wake));
	ck_assert_int_eq(wake, CLOCK_NEVER);
}
END_TEST

START_TEST(a_few_names_are_always_read)
{
	int64_t wake;

	fill(MANY - 1);
	ck_assert(!look(now + LATER, &wake));
	ck_assert(!look(now + LATER, &wake));
}
END_TEST

START_TEST(a_directory_that_has_just_changed_is_not_calm)
{
	int64_t wake;

	fill(MANY);
	ck_assert(!look(now, &wake));
	ck_assert(!look(now + 1, &wake));
	ck_assert(!look(now + LATER, &wake));
	ck_assert(look(now + LATER, &wake));
}
END_TEST

/* -- what ends it */

static void
a_new_name(void)
{
	add(MANY, now + 86400);
}

static void
another_next(void)
{
	struct id id = id_at(now, 1000000, 0);
	char from[SPOOL_NAME_SIZE], to[SPOOL_NAME_SIZE];
	struct err e = { 0 };

	spool_name(from, SPOOL_CUR, &id, now + 86400);
	spool_name(to, SPOOL_CUR, &id, now);
	close(openat(spool.dir[SPOOL_NEW], "x", O_CREAT | O_WRONLY, 0600));
	ck_assert_int_eq(spool_move(&spool, SPOOL_NEW, "x", SPOOL_CUR, from,
	    &e), 0);
	ck_assert_int_eq(spool_move(&spool, SPOOL_CUR, from, SPOOL_CUR, to,
	    &e), 0);
}

static void
a_name_less(void)
{
	struct listing list;
	struct err e = { 0 };
	char name[SPOOL_NAME_SIZE];

	ck_assert_int_eq(listing_read(&list, &spool, SPOOL_CUR, CLOCK_NEVER,
	    NULL, &e), 0);
	spool_name(name, SPOOL_CUR, &list.item[0].id, list.item[0].next);
	ck_assert_int_eq(unlinkat(spool.dir[SPOOL_CUR], name, 0), 0);
	listing_free(&list);
}

static void
junk(void)
{
	close(openat(spool.dir[SPOOL_CUR], "x", O_CREAT | O_WRONLY, 0600));
}

static void
another_directory(void)
{
	ck_assert_int_eq(renameat(spool.top, "cur", spool.top, "was"), 0);
	ck_assert_int_eq(mkdirat(spool.top, "cur", 0700), 0);
	spool.dir[SPOOL_CUR] = openat(spool.top, "cur",
	    O_RDONLY | O_DIRECTORY);
}

/* What a time stamp that is taken back cannot hide. */
static void
a_time_of_before(void)
{
	struct timespec at[2];
	struct stat st;

	ck_assert_int_eq(fstat(spool.dir[SPOOL_CUR], &st), 0);
	at[0] = at[1] = st.st_mtim;
	a_new_name();
	ck_assert_int_eq(futimens(spool.dir[SPOOL_CUR], at), 0);
}

static void (*const changes[])(void) = {
	a_new_name, another_next, a_name_less, junk, another_directory,
	a_time_of_before
};

START_TEST(a_change_is_seen)
{
	int64_t wake;

	become_calm();
	changes[_i]();
	ck_assert(!look(now + LATER, &wake));
}
END_TEST

/* -- the file */

static int
open_file(void)
{
	char name[40];

	snprintf(name, sizeof(name), "calm,%lu", (unsigned long)getuid());
	return openat(dir, name, O_RDWR);
}

/* Whatever is cut off, and whatever byte is another one. */
START_TEST(a_damaged_file_is_none)
{
	int64_t wake;
	char text[300], bad;
	ssize_t len;
	int fd;

	become_calm();
	fd = open_file();
	len = read(fd, text, sizeof(text));
	ck_assert_int_gt(len, 40);
	for (ssize_t i = 0; i < len; i++) {
		bad = (char)(text[i] ^ 0x40);
		ck_assert_int_eq(pwrite(fd, &bad, 1, i), 1);
		ck_assert_msg(!calm_look(&(struct calm){ 0 }, dir, &spool,
		    now + LATER, &wake), "byte %d", (int)i);
		ck_assert_int_eq(pwrite(fd, &text[i], 1, i), 1);
	}
	ck_assert_int_eq(pwrite(fd, "x", 1, len), 1);
	for (; len >= 0; len--) {
		ck_assert_msg(!calm_look(&(struct calm){ 0 }, dir, &spool,
		    now + LATER, &wake), "%d bytes", (int)len);
		ck_assert_int_eq(ftruncate(fd, len == 0 ? 0 : len - 1), 0);
	}
	close(fd);
	ck_assert(!look(now + LATER, &wake));
	ck_assert(look(now + LATER, &wake));
}
END_TEST

START_TEST(what_is_no_file_is_none)
{
	char name[40];
	int64_t wake;

	fill(MANY);
	snprintf(name, sizeof(name), "calm,%lu", (unsigned long)getuid());
	ck_assert_int_eq(_i == 0 ? mkfifoat(dir, name, 0600) : _i == 1 ?
	    mkdirat(dir, name, 0700) : symlinkat("/etc/passwd", dir, name), 0);
	ck_assert(!calm_look(&(struct calm){ 0 }, dir, &spool, now + LATER,
	    &wake));
}
END_TEST

START_TEST(without_a_place_nothing_is_known)
{
	int64_t wake;

	fill(MANY);
	close(dir);
	dir = 0;
	ck_assert(!look(now + LATER, &wake));
	ck_assert(!look(now + LATER, &wake));
}
END_TEST

int
main(void)
{
	const struct test_row tests[] = {
		{ what_was_calm_is_so_until_somebody_is_due, 0 },
		{ what_is_due_within_the_time_is_looked_for, 0 },
		{ what_is_held_is_never_due, 0 },
		{ a_few_names_are_always_read, 0 },
		{ a_directory_that_has_just_changed_is_not_calm, 0 },
		{ a_change_is_seen, TABLE_COUNT(changes) },
		{ a_damaged_file_is_none, 0 },
		{ what_is_no_file_is_none, 3 },
		{ without_a_place_nothing_is_known, 0 },
	};
	int rc = EXIT_FAILURE;

	if (scratch_make() == 0)
		rc = RUN("calm", tests);
	scratch_remove();
	return rc;
}
