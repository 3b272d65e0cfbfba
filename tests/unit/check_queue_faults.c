// SPDX-License-Identifier: ISC
/*
 * check_queue_faults.c - a commit on a day when everything goes wrong
 *
 * The linker (--wrap) stands between the queue and the system.  A submission
 * is done once for each system call that it makes, with that one failing in
 * every way there is, or with all that follow failing too, or with the process
 * dying right before it.  Afterwards there is a whole message or none; none if
 * the submitter was told so, a whole one if he was told that.
 */
#include "run.h"
#include "scratch.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdbool.h>
#include <sys/file.h>
#include <sys/statvfs.h>
#include <sys/wait.h>
#include <sysexits.h>

#include "base/clock.h"
#include "base/table.h"
#include "queue/draft.h"
#include "queue/entry.h"
#include "queue/listing.h"
#include "queue/marks.h"

enum mode {
	FAIL_ONCE,
	FAIL_FROM_HERE,
	DIE
};

static int countdown;		/* the call that goes wrong; 0: none */
static int calls;		/* how many there were */
static int how;			/* errno */
static enum mode mode;
static char trace[4096];	/* what happened, in order */
static void (*before_lock)(void);

static bool
goes_wrong(const char *name)
{
	size_t len = strlen(trace);

	snprintf(trace + len, sizeof(trace) - len, "%s ", name);
	calls++;
	if (countdown == 0 || calls < countdown ||
	    (mode != FAIL_FROM_HERE && calls > countdown))
		return false;
	if (mode == DIE)
		_exit(99);
	errno = how;
	return true;
}

#define WRAP(type, name, params, args)		\
	type __real_##name params;		\
	type __wrap_##name params;		\
	type __wrap_##name params		\
	{					\
		if (goes_wrong(#name))		\
			return (type)-1;	\
		return __real_##name args;	\
	}

/* Writes are short, too. */
ssize_t __real_write(int, const void *, size_t);
ssize_t __wrap_write(int, const void *, size_t);
ssize_t
__wrap_write(int fd, const void *p, size_t n)
{
	return goes_wrong("write") ? -1 :
	    __real_write(fd, p, n > 30000 ? 30000 : n);
}

int __real_openat(int, const char *, int, ...);
int __wrap_openat(int, const char *, int, ...);
int
__wrap_openat(int dir, const char *path, int flags, ...)
{
	va_list ap;
	mode_t bits;

	va_start(ap, flags);
	bits = (flags & O_CREAT) != 0 ? va_arg(ap, mode_t) : 0;
	va_end(ap);
	return goes_wrong("openat") ? -1 :
	    __real_openat(dir, path, flags, bits);
}

int __real_flock(int, int);
int __wrap_flock(int, int);
int
__wrap_flock(int fd, int op)
{
	if (before_lock != NULL)
		before_lock();
	return goes_wrong("flock") ? -1 : __real_flock(fd, op);
}

WRAP(ssize_t, pwrite, (int fd, const void *p, size_t n, off_t at),
    (fd, p, n, at))
WRAP(int, fsync, (int fd), (fd))
WRAP(int, fdatasync, (int fd), (fd))
WRAP(int, close, (int fd), (fd))
WRAP(int, unlinkat, (int dir, const char *path, int flags), (dir, path, flags))
WRAP(int, ftruncate, (int fd, off_t size), (fd, size))

static const struct statvfs *disk;	/* another one than there is */

int __real_fstatvfs(int, struct statvfs *);
int __wrap_fstatvfs(int, struct statvfs *);
int
__wrap_fstatvfs(int fd, struct statvfs *fs)
{
	if (goes_wrong("fstatvfs"))
		return -1;
	if (disk == NULL)
		return __real_fstatvfs(fd, fs);
	*fs = *disk;
	return 0;
}

WRAP(int, renameat2, (int a, const char *from, int b, const char *to,
    unsigned flags), (a, from, b, to, flags))
WRAP(int, renameat, (int a, const char *from, int b, const char *to),
    (a, from, b, to))

static struct spool spool;
static struct err e;
static char text[200000];	/* goes to the disk before it is complete */

static void
make_spool(void)
{
	char path[5000];

	snprintf(path, sizeof(path), "%s/%d/spool", scratch_path,
	    (int)getpid());
	ck_assert_int_eq(spool_create(path, &e), 0);
	ck_assert_int_eq(spool_open(&spool, path, &e), 0);
	for (size_t i = 0; i < sizeof(text); i++)
		text[i] = (char)(i * 31 + i / 251);
}

static int
submit(size_t size)
{
	struct draft d;
	int rc = -1;

	if (draft_begin(&d, &spool, getuid(), &e) == 0 &&
	    draft_field(&d, STR("rcpt"), STR("b@example.net"), &e) == 0 &&
	    draft_data(&d, (struct str){ text, size / 2 }, &e) == 0 &&
	    draft_data(&d, (struct str){ text + size / 2, size - size / 2 },
	    &e) == 0)
		rc = draft_commit(&d, &e);
	draft_abort(&d);
	return rc;
}

/* 0: it said ok; 1: it said no; 99: it died. */
static int
submit_apart(size_t size)
{
	pid_t pid = fork();
	int status;

	if (pid == 0) {
		int rc = submit(size);

		/* Whoever refuses says why. */
		_exit(rc == 0 ? 0 : e.code > 0 && e.text.len > 0 ? 1 : 2);
	}
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	ck_assert(WIFEXITED(status));
	return WEXITSTATUS(status);
}

/* How many messages are there?  Each must be whole, and then goes. */
static size_t
take_whole(size_t size)
{
	struct listing list;
	size_t n;

	ck_assert_int_eq(listing_read(&list, &spool, SPOOL_NEW, CLOCK_NEVER,
	    NULL, &e), 0);
	ck_assert_uint_eq(list.junk.count, 0);
	n = list.count;
	for (size_t i = 0; i < n; i++) {
		struct entry en;
		struct record r;

		ck_assert_int_eq(entry_open(&en, &spool, SPOOL_NEW,
		    &list.item[i].id, 0, &e), 1);
		ck_assert_msg(entry_read(&en, &r, &e) == 0, "%s",
		    buf_cstr(&e.text));
		ck_assert_uint_eq(r.size, size);
		ck_assert_int_eq(entry_remove(&en, &e), 0);
		record_free(&r);
		entry_close(&en);
	}
	listing_free(&list);
	return n;
}

static size_t
garbage(void)
{
	struct listing list;
	size_t n;

	ck_assert_int_eq(listing_read(&list, &spool, SPOOL_TMP, CLOCK_NEVER,
	    NULL, &e), 0);
	n = list.count + list.junk.count;
	listing_free(&list);
	ck_assert_int_ge(listing_clean(&spool, clock_now() + 7200, &e), 0);
	return n;
}

static const size_t sizes[] = { 0, 1000, sizeof(text) };
static const int ways[] = {
	ENOSPC, EIO, EINTR, EMFILE, EDQUOT, ENOMEM, EFBIG, EINVAL
};
static const char *const mode_names[] = {
	"fails", "fails, and all behind it", "is not reached"
};

static int
count_calls(size_t size)
{
	int n;

	countdown = calls = 0;
	ck_assert_int_eq(submit(size), 0);
	n = calls;
	ck_assert_uint_eq(take_whole(size), 1);
	return n;
}

/* One submission; was it as it must be? */
static void
check_one(size_t size, int n)
{
	size_t whole, left;
	int said;

	countdown = n;
	calls = 0;
	said = submit_apart(size);
	countdown = 0;
	whole = take_whole(size);
	left = garbage();
	ck_assert_int_ne(said, 2);
	if (said == 0)
		ck_assert_msg(whole == 1, "%zu bytes, call %d %s (%s): "
		    "ok, and no mail", size, n, mode_names[mode],
		    strerror(how));
	if (said == 1 && mode == FAIL_ONCE)
		ck_assert_msg(whole == 0 && left == 0,
		    "%zu bytes, call %d %s (%s): refused, and %s", size, n,
		    mode_names[mode], strerror(how),
		    whole > 0 ? "mail" : "garbage");
	if (mode == DIE)
		ck_assert_int_eq(said, 99);
	ck_assert_uint_le(whole, 1);
}

START_TEST(a_commit_is_all_or_nothing)
{
	size_t size = sizes[_i];
	int n = count_calls(size), loops = 0;

	for (mode = FAIL_ONCE; mode <= FAIL_FROM_HERE; mode++)
		for (size_t w = 0; w < TABLE_COUNT(ways); w++)
			for (int i = 1; i <= n; i++, loops++) {
				how = ways[w];
				/* Nobody interrupts for ever. */
				if (how != EINTR || mode == FAIL_ONCE)
					check_one(size, i);
			}
	for (int i = 1; i <= n; i++, loops++)
		check_one(size, i);	/* mode is DIE now */
	printf("%zu bytes: %d system calls, %d ways to go wrong\n", size, n,
	    loops);
}
END_TEST

#define DISK(all, free, files) { .f_frsize = 1024, .f_blocks = (all), \
    .f_bavail = (free), .f_files = 100000, .f_favail = (files) }
#define GB (1024 * 1024)	/* in blocks of 1 kB */

static const struct {
	const char *name;
	struct statvfs fs;
	bool takes;
} disks[] = {
	{ "room", DISK(100 * GB, 50 * GB, 50000), true },
	{ "16 MB", DISK(100 * GB, 16 * 1024, 50000), true },
	{ "less", DISK(100 * GB, 16 * 1024 - 1, 50000), false },
	{ "5 % of a small one", DISK(20 * 1024, 1024, 50000), true },
	{ "less of that", DISK(20 * 1024, 1023, 50000), false },
	{ "64 inodes", DISK(100 * GB, 50 * GB, 64), true },
	{ "less", DISK(100 * GB, 50 * GB, 63), false },
	{ "none are counted", { .f_frsize = 1024, .f_blocks = GB,
	    .f_bavail = GB }, true },
};

START_TEST(the_last_bytes_of_a_disk_are_kept)
{
	int rc;

	make_spool();
	disk = &disks[_i].fs;
	rc = submit(1000);
	disk = NULL;
	ck_assert_msg((rc == 0) == disks[_i].takes, "%s", disks[_i].name);
	if (rc < 0)
		ck_assert_int_eq(e.code, EX_TEMPFAIL);
	ck_assert_uint_eq(take_whole(1000), disks[_i].takes);
	ck_assert_uint_eq(garbage(), 0);
	err_clear(&e);
	spool_close(&spool);
}
END_TEST

START_TEST(a_commit_is_written_renamed_synced_synced)
{
	struct draft d;

	ck_assert_int_eq(draft_begin(&d, &spool, getuid(), &e), 0);
	ck_assert_int_eq(draft_field(&d, STR("rcpt"), STR("b"), &e), 0);
	trace[0] = '\0';
	ck_assert_int_eq(draft_commit(&d, &e), 0);
	ck_assert_str_eq(trace,
	    "openat flock write renameat2 fsync fsync close ");
	draft_abort(&d);
}
END_TEST

/* Somebody sends, removes and even makes the name anew while we open it. */
static struct id contested;

static void
replace(void)
{
	int dir = spool.dir[SPOOL_NEW];

	before_lock = NULL;
	unlinkat(dir, contested.text, 0);
	close(openat(dir, contested.text, O_CREAT | O_WRONLY, 0600));
}

static void
remove_it(void)
{
	before_lock = NULL;
	unlinkat(spool.dir[SPOOL_NEW], contested.text, 0);
}

static void
defer_and_replace(void)
{
	before_lock = NULL;
	renameat(spool.dir[SPOOL_NEW], contested.text, spool.dir[SPOOL_CUR],
	    contested.text);
	replace();
}

static void (*const races[])(void) = {
	replace, remove_it, defer_and_replace
};

START_TEST(a_name_that_changed_hands_is_not_opened)
{
	struct entry en;
	struct draft d;

	ck_assert_int_eq(draft_begin(&d, &spool, getuid(), &e), 0);
	ck_assert_int_eq(draft_field(&d, STR("rcpt"), STR("b"), &e), 0);
	ck_assert_int_eq(draft_commit(&d, &e), 0);
	contested = d.id;
	before_lock = races[_i];
	ck_assert_int_eq(entry_open(&en, &spool, SPOOL_NEW, &contested, 0,
	    &e), 0);
	ck_assert(before_lock == NULL);
	draft_abort(&d);
}
END_TEST

/* -- the same for an attempt: mark, note, defer */

enum {
	ALL_WELL,
	NOT_MARKED,
	MARKED
};

/* What the relay does when one recipient has got his mail, and one not. */
static int
attempt(struct entry *en, struct record *r, struct marks *m)
{
	r->env.rcpt[0].state = RCPT_DONE;
	if (entry_accept(en, 5, &e) < 0 || marks_set(en, r, 0, &e) < 0 ||
	    marks_sync(en, &e) < 0)
		return NOT_MARKED;
	if (marks_try(m, en, 1, 7, 451, STR("later"), &e) < 0 ||
	    entry_defer(en, 67, &e) < 0)
		return MARKED;
	return ALL_WELL;
}

static int
attempt_apart(const struct id *id)
{
	pid_t pid = fork();
	struct entry en;
	struct record r;
	struct marks m;
	int status;

	if (pid == 0) {
		int n = countdown;

		countdown = 0;
		if (entry_open(&en, &spool, SPOOL_NEW, id, 0, &e) != 1 ||
		    entry_read(&en, &r, &e) < 0 ||
		    marks_read(&m, en.fd, &r, &e) < 0)
			_exit(3);
		countdown = n;
		calls = 0;
		status = attempt(&en, &r, &m);
		_exit(status == ALL_WELL ? 10 + calls : status);
	}
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	ck_assert(WIFEXITED(status));
	return WEXITSTATUS(status);
}

static struct id
submit_two(void)
{
	struct draft d;
	struct id id;

	ck_assert_int_eq(draft_begin(&d, &spool, getuid(), &e), 0);
	for (int i = 0; i < 2; i++)
		ck_assert_int_eq(draft_field(&d, STR("rcpt"), STR("b"), &e),
		    0);
	ck_assert_int_eq(draft_commit(&d, &e), 0);
	id = d.id;
	draft_abort(&d);
	return id;
}

/* One attempt; returns what it said. */
static int
check_attempt(int n)
{
	struct id id;
	enum spool_where where;
	struct entry en;
	struct record r;
	int64_t next;
	int said;

	countdown = 0;
	id = submit_two();
	countdown = n;
	said = attempt_apart(&id);
	countdown = 0;
	ck_assert_int_eq(spool_find(&spool, &id, &where, &next, &e), 1);
	ck_assert_int_eq(entry_open(&en, &spool, where, &id, next, &e), 1);
	ck_assert_msg(entry_read(&en, &r, &e) == 0, "%s", buf_cstr(&e.text));
	ck_assert_int_eq(r.env.rcpt[1].state, RCPT_TODO);
	if (said == MARKED || (said >= 10 && said != 99))
		ck_assert_int_eq(r.env.rcpt[0].state, RCPT_DONE);
	ck_assert_int_eq(entry_remove(&en, &e), 0);
	record_free(&r);
	entry_close(&en);
	return said;
}

START_TEST(an_attempt_never_harms_a_message)
{
	int n, loops = 0;

	mode = FAIL_ONCE;
	n = check_attempt(0) - 10;
	ck_assert_int_gt(n, 4);
	for (mode = FAIL_ONCE; mode <= DIE; mode++)
		for (size_t w = 0; w < TABLE_COUNT(ways); w++)
			for (int i = 1; i <= n; i++, loops++) {
				how = ways[w];
				if (how != EINTR || mode == FAIL_ONCE)
					check_attempt(i);
			}
	printf("an attempt: %d system calls, %d ways to go wrong\n", n,
	    loops);
}
END_TEST

int
main(void)
{
	const struct test_row tests[] = {
		{ a_commit_is_all_or_nothing, TABLE_COUNT(sizes) },
		{ the_last_bytes_of_a_disk_are_kept, TABLE_COUNT(disks) },
		{ a_commit_is_written_renamed_synced_synced, 0 },
		{ a_name_that_changed_hands_is_not_opened,
		  TABLE_COUNT(races) },
		{ an_attempt_never_harms_a_message, 0 },
	};
	int rc = EXIT_FAILURE;

	if (scratch_make() == 0)
		rc = RUN_AFTER("queue faults", make_spool, tests);
	scratch_remove();
	return rc;
}
