// SPDX-License-Identifier: ISC
/*
 * check_cell.c - in a cell there is one directory, and everything else dies
 *
 * Each deed is done in a cell of its own, and the words on how that went are
 * compared.  What the kernel does not have is skipped.
 */
#include "run.h"
#include "scratch.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/str.h"
#include "base/table.h"
#include "guard/cell.h"
#include "guard/filter.h"
#include "guard/landlock.h"

static struct err e;
static struct buf report;
static int top = -1;

static int
in_cell(bool change, cell_fn *work, void *who)
{
	const struct cell c = { .dir = top, .change = change };

	return cell_work(&c, work, who, &report, &e);
}

static int
say(struct buf *out, int rc)
{
	buf_puts(out, rc >= 0 ? "done" : "refused");
	return 0;
}

/* -- what must not be possible */

static int
opens_a_file(void *who, struct buf *out, struct err *er)
{
	(void)who;
	(void)er;
	return say(out, open("/etc/passwd", O_RDONLY));
}

static int
goes_up(void *who, struct buf *out, struct err *er)
{
	(void)who;
	(void)er;
	return say(out, openat(top, "../..", O_RDONLY | O_DIRECTORY));
}

static int
runs_a_program(void *who, struct buf *out, struct err *er)
{
	char *argv[] = { (char[]){ "true" }, NULL };

	(void)who;
	(void)er;
	return say(out, execv("/bin/true", argv));
}

static int
makes_a_socket(void *who, struct buf *out, struct err *er)
{
	(void)who;
	(void)er;
	return say(out, socket(AF_UNIX, SOCK_STREAM, 0));
}

static int
makes_a_process(void *who, struct buf *out, struct err *er)
{
	(void)who;
	(void)er;
	return say(out, fork());
}

static int
looks_into_its_parent(void *who, struct buf *out, struct err *er)
{
	(void)who;
	(void)er;
	return say(out, (int)ptrace(PTRACE_ATTACH, getppid(), NULL, NULL));
}

static int
signals_its_parent(void *who, struct buf *out, struct err *er)
{
	(void)who;
	(void)er;
	return say(out, kill(getppid(), SIGCONT));
}

static int
makes_memory_to_run(void *who, struct buf *out, struct err *er)
{
	(void)who;
	(void)er;
	return say(out, mmap(NULL, 4096, PROT_READ | PROT_EXEC,
	    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED ? -1 : 0);
}

static int
becomes_somebody(void *who, struct buf *out, struct err *er)
{
	(void)who;
	(void)er;
	return say(out, setgid(getgid()));
}

static int
opens_the_mode(void *who, struct buf *out, struct err *er)
{
	(void)who;
	(void)er;
	return say(out, fchmod(top, 0777));
}

static int
makes_a_link(void *who, struct buf *out, struct err *er)
{
	(void)who;
	(void)er;
	return say(out, symlinkat("/etc/passwd", top, "link"));
}

static const struct {
	const char *name;
	cell_fn *work;
	bool path;		/* Landlock refuses, seccomp does not kill */
} deeds[] = {
	{ "open", opens_a_file, true },
	{ "up", goes_up, true },
	{ "exec", runs_a_program, false },
	{ "socket", makes_a_socket, false },
	{ "fork", makes_a_process, false },
	{ "ptrace", looks_into_its_parent, false },
	{ "kill", signals_its_parent, false },
	{ "memory to run", makes_memory_to_run, false },
	{ "setgid", becomes_somebody, false },
	{ "chmod", opens_the_mode, false },
	{ "symlink", makes_a_link, false },
};

START_TEST(whoever_wants_more_gets_nothing)
{
	int rc;

	if (!filter_is_there() || landlock_abi() < 2)
		return;
	rc = in_cell(true, deeds[_i].work, NULL);
	if (deeds[_i].path) {
		ck_assert_msg(rc == 0, "%s: %s", deeds[_i].name,
		    buf_cstr(&e.text));
		ck_assert_str_eq(buf_cstr(&report), "refused");
		return;
	}
	ck_assert_msg(rc < 0, "%s: %s", deeds[_i].name, buf_cstr(&report));
	ck_assert_int_eq(e.code, EX_TEMPFAIL);
	ck_assert_msg(strstr(buf_cstr(&e.text), "more than the sandbox") !=
	    NULL, "%s: %s", deeds[_i].name, buf_cstr(&e.text));
}
END_TEST

/* -- what must be possible */

static int
works_with_files(void *who, struct buf *out, struct err *er)
{
	int a = openat(top, "a", O_PATH | O_DIRECTORY);
	int fd = openat(top, "a/file", O_CREAT | O_EXCL | O_RDWR, 0600);

	(void)who;
	if (a < 0 || fd < 0 || write(fd, "x", 1) != 1 ||
	    sync_file_range(fd, 0, 1, SYNC_FILE_RANGE_WRITE) < 0 ||
	    fsync(fd) < 0 ||
	    renameat2(top, "a/file", top, "b/file", RENAME_NOREPLACE) < 0 ||
	    ftruncate(fd, 0) < 0)
		return err_sys(er, EX_OSERR, "work");
	close(fd);
	fd = openat(top, "b/file", O_RDWR | O_NOFOLLOW);
	if (fd < 0 || unlinkat(top, "b/file", 0) < 0)
		return err_sys(er, EX_OSERR, "end");
	buf_puts(out, "all of it");
	return 0;
}

START_TEST(files_of_the_directory_are_made_moved_and_removed)
{
	ck_assert_msg(in_cell(true, works_with_files, NULL) == 0, "%s",
	    buf_cstr(&e.text));
	ck_assert_str_eq(buf_cstr(&report), "all of it");
}
END_TEST

static int
writes(void *who, struct buf *out, struct err *er)
{
	(void)who;
	(void)er;
	return say(out, openat(top, "there", O_RDWR));
}

static int
makes(void *who, struct buf *out, struct err *er)
{
	(void)who;
	(void)er;
	return say(out, openat(top, "new", O_CREAT | O_RDONLY, 0600));
}

static int
reads(void *who, struct buf *out, struct err *er)
{
	(void)who;
	(void)er;
	return say(out, openat(top, "there", O_RDONLY));
}

static int
removes(void *who, struct buf *out, struct err *er)
{
	(void)who;
	(void)er;
	return say(out, unlinkat(top, "there", 0));
}

static int
moves(void *who, struct buf *out, struct err *er)
{
	(void)who;
	(void)er;
	return say(out, renameat(top, "there", top, "else"));
}

START_TEST(who_only_looks_changes_nothing)
{
	static const struct {
		cell_fn *work;
		bool dies;
		const char *words;
	} looks[] = {
		{ reads, false, "done" },
		{ writes, false, "refused" },
		{ makes, false, "refused" },
		{ removes, true, "" },
		{ moves, true, "" },
	};

	if (!filter_is_there() || landlock_abi() == 0)
		return;
	close(openat(top, "there", O_CREAT | O_WRONLY, 0600));
	for (size_t i = 0; i < TABLE_COUNT(looks); i++) {
		buf_reset(&report);
		ck_assert_msg((in_cell(false, looks[i].work, NULL) < 0) ==
		    looks[i].dies, "%zu: %s", i, buf_cstr(&e.text));
		ck_assert_str_eq(buf_cstr(&report), looks[i].words);
	}
	ck_assert_int_eq(faccessat(top, "there", F_OK, 0), 0);
}
END_TEST

/* -- what it has */

static int
counts(void *who, struct buf *out, struct err *er)
{
	const int *other = who;
	struct stat st;

	(void)er;
	buf_printf(out, "%d %d %d", fcntl(top, F_GETFD) >= 0,
	    fcntl(*other, F_GETFD) >= 0,
	    fstat(STDOUT_FILENO, &st) == 0 && S_ISCHR(st.st_mode));
	return 0;
}

START_TEST(what_is_not_to_be_kept_is_not_there)
{
	int keep[] = { top, -1 }, other[2];
	struct cell c = { top, true, keep, TABLE_COUNT(keep) };

	ck_assert_int_eq(pipe(other), 0);
	ck_assert_int_eq(dup2(other[1], STDOUT_FILENO), STDOUT_FILENO);
	ck_assert_msg(cell_work(&c, counts, &other[0], &report, &e) == 0,
	    "%s", buf_cstr(&e.text));
	ck_assert_str_eq(buf_cstr(&report), "1 0 1");
	buf_reset(&report);
	c.keep = NULL;
	ck_assert_int_eq(cell_work(&c, counts, &other[0], &report, &e), 0);
	ck_assert_str_eq(buf_cstr(&report), "1 1 0");
}
END_TEST

/* -- how it ends */

static int
fails(void *who, struct buf *out, struct err *er)
{
	buf_puts(out, "half");
	return err_set(er, EX_DATAERR, "no %s", (const char *)who);
}

START_TEST(its_error_is_ours)
{
	ck_assert_int_eq(in_cell(true, fails, (char[]){ "good" }), -1);
	ck_assert_int_eq(e.code, EX_DATAERR);
	ck_assert_str_eq(buf_cstr(&e.text), "no good");
	ck_assert_uint_eq(report.len, 0);
}
END_TEST

static int
dies(void *who, struct buf *out, struct err *er)
{
	(void)who;
	(void)er;
	buf_puts(out, "half");
	raise(SIGKILL);
	return 0;
}

static int
leaves(void *who, struct buf *out, struct err *er)
{
	(void)who;
	(void)out;
	(void)er;
	_exit(0);
}

START_TEST(no_word_is_no_success)
{
	ck_assert_int_eq(in_cell(true, dies, NULL), -1);
	ck_assert_str_eq(buf_cstr(&e.text), "nobody knows how far the work "
	    "came: it was ended by signal 9");
	err_clear(&e);
	ck_assert_int_eq(in_cell(true, leaves, NULL), -1);
	ck_assert_int_eq(e.code, EX_TEMPFAIL);
	ck_assert_uint_eq(report.len, 0);
}
END_TEST

static int
tells(void *who, struct buf *out, struct err *er)
{
	size_t *much = who;

	(void)er;
	memset(buf_room(out, *much), 'x', *much);
	buf_grew(out, *much);
	return 0;
}

START_TEST(a_long_report_comes_whole_or_not_at_all)
{
	size_t much = 200000;

	ck_assert_int_eq(in_cell(true, tells, &much), 0);
	ck_assert_uint_eq(report.len, much);
	buf_reset(&report);
	much = CELL_REPORT_MAX + 100000;
	ck_assert_int_eq(in_cell(true, tells, &much), -1);
	ck_assert_uint_eq(report.len, 0);
}
END_TEST

static void
set_up(void)
{
	top = open(scratch_path, O_PATH | O_DIRECTORY | O_CLOEXEC);
	ck_assert_int_ge(top, 0);
	ck_assert(mkdirat(top, "a", 0700) == 0 || errno == EEXIST);
	ck_assert(mkdirat(top, "b", 0700) == 0 || errno == EEXIST);
}

int
main(void)
{
	const struct test_row tests[] = {
		{ whoever_wants_more_gets_nothing, TABLE_COUNT(deeds) },
		{ files_of_the_directory_are_made_moved_and_removed, 0 },
		{ who_only_looks_changes_nothing, 0 },
		{ what_is_not_to_be_kept_is_not_there, 0 },
		{ its_error_is_ours, 0 },
		{ no_word_is_no_success, 0 },
		{ a_long_report_comes_whole_or_not_at_all, 0 },
	};
	int rc = EXIT_FAILURE;

	if (scratch_make() == 0)
		rc = RUN_AFTER("cell", set_up, tests);
	scratch_remove();
	return rc;
}
