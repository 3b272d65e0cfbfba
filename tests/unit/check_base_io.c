// SPDX-License-Identifier: ISC
/*
 * check_base_io.c - the base room: files, sources, clocks, the log
 *
 * The linker (--wrap) stands between fd.c and the system: every call is
 * interrupted first, and does only a part of its work then, or fails.
 */
#include "run.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/fd.h"
#include "base/log.h"
#include "base/source.h"
#include "base/spawn.h"
#include "base/table.h"

static int fail_with;		/* errno of the next call; 0: it works */
static bool interrupt;		/* EINTR every other time, then 3 bytes */

static bool
goes_wrong(size_t *n)
{
	static bool second;

	if (fail_with != 0) {
		errno = fail_with;
		return true;
	}
	if (!interrupt)
		return false;
	second = !second;
	if (second) {
		errno = EINTR;
		return true;
	}
	if (*n > 3)
		*n = 3;
	return false;
}

ssize_t __real_write(int, const void *, size_t);
ssize_t __wrap_write(int, const void *, size_t);
ssize_t
__wrap_write(int fd, const void *p, size_t n)
{
	return goes_wrong(&n) ? -1 : __real_write(fd, p, n);
}

ssize_t __real_pwrite(int, const void *, size_t, off_t);
ssize_t __wrap_pwrite(int, const void *, size_t, off_t);
ssize_t
__wrap_pwrite(int fd, const void *p, size_t n, off_t at)
{
	return goes_wrong(&n) ? -1 : __real_pwrite(fd, p, n, at);
}

ssize_t __real_read(int, void *, size_t);
ssize_t __wrap_read(int, void *, size_t);
ssize_t
__wrap_read(int fd, void *p, size_t n)
{
	return goes_wrong(&n) ? -1 : __real_read(fd, p, n);
}

int __real_fsync(int);
int __wrap_fsync(int);
int
__wrap_fsync(int fd)
{
	size_t n = 0;

	return goes_wrong(&n) ? -1 : __real_fsync(fd);
}

static int
scratch(void)
{
	int fd = open(".", O_TMPFILE | O_RDWR, 0600);

	ck_assert_int_ge(fd, 0);
	return fd;
}

START_TEST(interrupted_calls_are_finished)
{
	struct buf got = { 0 };
	struct err e = { 0 };
	int fd = scratch();

	interrupt = true;
	ck_assert_int_eq(fd_write(fd, STR("hello, world"), &e), 0);
	ck_assert_int_eq(fd_pwrite(fd, STR("HELLO"), 0, &e), 0);
	ck_assert_int_eq(fd_sync(fd, &e), 0);
	ck_assert_int_eq(lseek(fd, 0, SEEK_SET), 0);
	ck_assert_int_eq(fd_read_all(fd, &got, 12, &e), 0);
	ck_assert_str_eq(buf_cstr(&got), "HELLO, world");
	ck_assert_int_eq(fd_close(&fd, &e), 0);
	ck_assert_int_eq(fd, -1);
	ck_assert_int_eq(e.code, 0);
	buf_free(&got);
}
END_TEST

START_TEST(a_file_longer_than_allowed_is_an_error)
{
	struct buf got = { 0 };
	struct err e = { 0 };
	int fd = scratch();

	ck_assert_int_eq(fd_write(fd, STR("hello, world"), &e), 0);
	ck_assert_int_eq(lseek(fd, 0, SEEK_SET), 0);
	ck_assert_int_eq(fd_read_all(fd, &got, 11, &e), -1);
	ck_assert_int_eq(e.code, EX_DATAERR);
	close(fd);
	err_clear(&e);
	buf_free(&got);
}
END_TEST

static const struct {
	int errnum, code;
} failure[] = {
	{ ENOSPC, EX_TEMPFAIL }, { EDQUOT, EX_TEMPFAIL },
	{ EFBIG, EX_TEMPFAIL }, { EIO, EX_IOERR }, { EPIPE, EX_IOERR },
};

START_TEST(a_full_disk_is_not_a_broken_one)
{
	struct err e = { 0 };
	int fd = scratch();

	fail_with = failure[_i].errnum;
	ck_assert_int_eq(fd_write(fd, STR("x"), &e), -1);
	ck_assert_int_eq(e.code, failure[_i].code);
	ck_assert(err_is_temporary(&e));
	ck_assert_int_eq(fd_pwrite(fd, STR("x"), 0, &e), -1);
	ck_assert_int_eq(fd_sync(fd, &e), -1);
	ck_assert_int_eq(e.code, failure[_i].code);
	close(fd);
	err_clear(&e);
}
END_TEST

/* All pieces of a source, one behind the other. */
static int
drain(struct source *s, struct buf *out, struct err *e)
{
	struct str piece;
	int rc;

	while ((rc = source_pull(s, &piece, e)) > 0) {
		ck_assert_uint_gt(piece.len, 0);
		buf_add(out, piece);
	}
	return rc;
}

START_TEST(sources_come_one_after_the_other)
{
	struct source_text empty, head, tail;
	struct source_pair inner, outer;
	struct source_file file;
	struct buf out = { 0 };
	struct err e = { 0 };
	int fd = scratch();

	ck_assert_int_eq(fd_write(fd, STR("..body.."), &e), 0);
	source_text_init(&empty, STR(""));
	source_text_init(&head, STR("head "));
	source_text_init(&tail, STR(" tail"));
	source_file_init(&file, fd, 2, 4);
	source_pair_init(&inner, &head.source, &file.source);
	source_pair_init(&outer, &inner.source, &tail.source);
	ck_assert_int_eq(drain(&outer.source, &out, &e), 0);
	ck_assert_str_eq(buf_cstr(&out), "head body tail");
	ck_assert_int_eq(drain(&empty.source, &out, &e), 0);
	source_file_free(&file);
	buf_free(&out);
	close(fd);
}
END_TEST

START_TEST(a_file_that_ends_early_is_an_error)
{
	struct source_file file;
	struct buf out = { 0 };
	struct err e = { 0 };
	int fd = scratch();

	ck_assert_int_eq(fd_write(fd, STR("1234"), &e), 0);
	source_file_init(&file, fd, 0, 6);
	ck_assert_int_eq(drain(&file.source, &out, &e), -1);
	ck_assert_int_eq(e.code, EX_IOERR);
	ck_assert_str_eq(buf_cstr(&e.text), "the file ends 2 bytes early");
	source_file_free(&file);
	buf_free(&out);
	err_clear(&e);
	close(fd);
}
END_TEST

START_TEST(a_deadline_runs_down_and_stays_over)
{
	clock_fix(1000, 5000);
	ck_assert_int_eq(clock_now(), 1000);
	int64_t end = clock_deadline(250);
	ck_assert_int_eq(clock_left(end), 250);
	clock_fix(1000, 5249);
	ck_assert_int_eq(clock_left(end), 1);
	clock_fix(1000, 5250);
	ck_assert_int_eq(clock_left(end), 0);
	clock_fix(1000, 9999);
	ck_assert_int_eq(clock_left(end), 0);
	ck_assert_int_eq(clock_left(CLOCK_NEVER), -1);
	ck_assert_int_eq(clock_left(clock_deadline(INT64_MAX - 1)), -1);
	clock_fix(-1, -1);
}
END_TEST

static int
listen_for_log(const char *path)
{
	struct sockaddr_un at = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK, 0);

	ck_assert_int_ge(fd, 0);
	(void)snprintf(at.sun_path, sizeof(at.sun_path), "%s", path);
	unlink(path);
	ck_assert_int_eq(bind(fd, (struct sockaddr *)&at, sizeof(at)), 0);
	log_at(path);
	return fd;
}

START_TEST(a_log_line_is_one_datagram)
{
	char path[64], line[4096] = "", want[64];
	int fd;

	(void)snprintf(path, sizeof(path), "check_log.%d", (int)getpid());
	fd = listen_for_log(path);
	log_open("minismtp", LOG_MAIL);
	log_line(LOG_INFO, "hello %d", 7);
	ck_assert_int_gt(recv(fd, line, sizeof(line) - 1, 0), 0);
	(void)snprintf(want, sizeof(want), " minismtp[%d]: hello 7",
	    (int)getpid());
	ck_assert_msg(strncmp(line, "<22>", 4) == 0, "%s", line);
	ck_assert_msg(str_ends(str_of(line), str_of(want)), "%s", line);
	log_line(LOG_ERR, "%05000d", 7);
	ck_assert_int_eq(recv(fd, line, sizeof(line) - 1, 0), 2047);
	log_close();
	log_line(LOG_ERR, "nobody hears this");
	close(fd);
	unlink(path);
}
END_TEST

/* A stopped daemon: nobody reads, the socket fills up, we go on. */
START_TEST(a_full_log_blocks_nobody)
{
	char path[64];
	int fd;

	(void)snprintf(path, sizeof(path), "check_log.%d", (int)getpid());
	fd = listen_for_log(path);
	log_open("minismtp", LOG_MAIL);
	for (int i = 0; i < 5000; i++)
		log_line(LOG_INFO, "line %d", i);
	close(fd);
	log_line(LOG_INFO, "to a daemon that is gone");
	fd = listen_for_log(path);
	log_line(LOG_INFO, "to its successor");
	log_line(LOG_INFO, "to its successor");
	close(fd);
	unlink(path);
}
END_TEST

START_TEST(a_log_that_is_absent_costs_nothing)
{
	log_at("check_log.does.not.exist");
	log_open("minismtp", LOG_MAIL);
	log_line(LOG_ERR, "nobody hears this");
}
END_TEST

/* It says who it is, what it was given, and which descriptors it has. */
#define SCRIPT "read line && echo \"$line $1 $SPAWNED\" $(ps -o sid= $$) $$; " \
    "echo lost >&2"

START_TEST(a_program_gets_what_it_is_given_and_nothing_else)
{
	char *argv[] = { (char[]){ "sh" }, (char[]){ "-c" }, (char[]){ SCRIPT },
	    (char[]){ "sh" }, (char[]){ "argument" }, NULL };
	char *envp[] = { (char[]){ "SPAWNED=yes" }, (char[]){ "PATH=/bin" },
	    NULL };
	struct spawn s = { .path = "/bin/sh", .argv = argv, .envp = envp,
	    .session = _i > 0 };
	struct buf got = { 0 }, want = { 0 };
	struct err e = { 0 };
	int in[2], out[2], status;
	sigset_t before, after;
	pid_t pid;

	sigprocmask(SIG_BLOCK, NULL, &before);
	ck_assert(pipe2(in, O_CLOEXEC) == 0 && pipe2(out, O_CLOEXEC) == 0);
	s.fd[0] = in[0];
	s.fd[1] = out[1];
	s.fd[2] = SPAWN_NULL;
	pid = spawn(&s);
	ck_assert_int_gt(pid, 0);
	close(in[0]);
	close(out[1]);
	ck_assert_int_eq(fd_write(in[1], STR("line\n"), &e), 0);
	ck_assert_int_eq(fd_read_all(out[0], &got, 100, &e), 0);
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	ck_assert_int_eq(status, 0);
	buf_printf(&want, "line argument yes %d %d\n",
	    (int)(s.session ? pid : getsid(0)), (int)pid);
	ck_assert_str_eq(buf_cstr(&got), buf_cstr(&want));
	sigprocmask(SIG_BLOCK, NULL, &after);
	for (int sig = 1; sig < 32; sig++)
		ck_assert_int_eq(sigismember(&before, sig),
		    sigismember(&after, sig));
	close(in[1]);
	close(out[0]);
	buf_free(&got);
	buf_free(&want);
}
END_TEST

START_TEST(a_program_that_is_not_there_leaves_nothing_behind)
{
	char *argv[] = { NULL };
	struct spawn s = { .path = "/nonexistent", .argv = argv,
	    .envp = environ, .fd = { 0, 1, SPAWN_NULL } };

	ck_assert_int_eq(spawn(&s), -1);
	ck_assert_int_eq(errno, ENOENT);
	ck_assert_int_eq(waitpid(-1, NULL, 0), -1);
	ck_assert_int_eq(errno, ECHILD);
}
END_TEST

int
main(void)
{
	const struct test_row tests[] = {
		{ a_program_gets_what_it_is_given_and_nothing_else, 2 },
		{ a_program_that_is_not_there_leaves_nothing_behind, 0 },
		{ interrupted_calls_are_finished, 0 },
		{ a_file_longer_than_allowed_is_an_error, 0 },
		{ a_full_disk_is_not_a_broken_one, TABLE_COUNT(failure) },
		{ sources_come_one_after_the_other, 0 },
		{ a_file_that_ends_early_is_an_error, 0 },
		{ a_deadline_runs_down_and_stays_over, 0 },
		{ a_log_line_is_one_datagram, 0 },
		{ a_full_log_blocks_nobody, 0 },
		{ a_log_that_is_absent_costs_nothing, 0 },
	};

	return RUN("base_io", tests);
}
