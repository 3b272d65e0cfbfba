// SPDX-License-Identifier: ISC
/*
 * check_sandbox.c - in the sandbox one can talk, and everything else dies
 *
 * Each deed is done by a child in a sandbox of its own.  What its kernel does
 * not have is skipped.
 */
#include "run.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/table.h"
#include "guard/filter.h"
#include "guard/landlock.h"
#include "guard/sandbox.h"

#define DONE 0			/* the deed was possible */
#define REFUSED 1
#define NO_SANDBOX 2

static int pipes[2], pair[2];

static bool
may(int rc)
{
	return rc >= 0;
}

/* -- what must not be possible */

static bool
opens_a_file(void)
{
	return may(open("/etc/passwd", O_RDONLY));
}

static bool
makes_a_file(void)
{
	return may(open("sandbox.tmp", O_CREAT | O_WRONLY, 0600));
}

static bool
opens_by_the_other_call(void)
{
	return may(openat(AT_FDCWD, "/etc/passwd", O_RDONLY));
}

static bool
removes_a_file(void)
{
	return may(unlink("sandbox.tmp")) || errno == ENOENT;
}

static bool
runs_a_program(void)
{
	char *argv[] = { (char[]){ "true" }, NULL };

	return may(execv("/bin/true", argv));
}

static bool
makes_a_socket(void)
{
	return may(socket(AF_INET, SOCK_STREAM, 0));
}

static bool
makes_a_process(void)
{
	return may(fork());
}

static bool
looks_into_its_parent(void)
{
	return may((int)ptrace(PTRACE_ATTACH, getppid(), NULL, NULL));
}

static bool
signals_its_parent(void)
{
	return may(kill(getppid(), 0));
}

static bool
becomes_somebody(void)
{
	return may(setuid(getuid()));
}

static bool
makes_memory_to_run(void)
{
	return mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC,
	    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED;
}

static bool
moves_its_root(void)
{
	return may(chroot("/"));
}

static const struct deed {
	const char *name;
	bool (*run)(void);
	bool path;		/* Landlock alone forbids it */
} deeds[] = {
	{ "open", opens_a_file, true },
	{ "create", makes_a_file, true },
	{ "openat", opens_by_the_other_call, true },
	{ "unlink", removes_a_file, false },
	{ "exec", runs_a_program, true },
	{ "socket", makes_a_socket, false },
	{ "fork", makes_a_process, false },
	{ "ptrace", looks_into_its_parent, false },
	{ "kill", signals_its_parent, false },
	{ "setuid", becomes_somebody, false },
	{ "memory to run", makes_memory_to_run, false },
	{ "chroot", moves_its_root, false },
};

/* What became of the child: its wait status. */
static int
live(int (*lock)(void), bool (*run)(void))
{
	int status;
	pid_t pid = fork();

	ck_assert_int_ge(pid, 0);
	if (pid == 0) {
		if (lock() < 0)
			_exit(NO_SANDBOX);
		_exit(run() ? DONE : REFUSED);
	}
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	return status;
}

static int
lock_all(void)
{
	struct err e = { 0 };

	return sandbox_close(false, &e);
}

static int
lock_files(void)
{
	struct err e = { 0 };

	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0)
		return -1;
	return landlock_close(&e) == 1 ? 0 : -1;
}

START_TEST(whoever_does_what_talking_does_not_need_is_killed)
{
	const struct deed *d = &deeds[_i];
	int status;

	if (!filter_is_there())
		return;
	status = live(lock_all, d->run);
	ck_assert_msg(WIFSIGNALED(status) && WTERMSIG(status) == SIGSYS,
	    "%s: %#x", d->name, (unsigned)status);
}
END_TEST

START_TEST(no_path_leads_anywhere_without_seccomp_as_well)
{
	const struct deed *d = &deeds[_i];
	int status;

	if (landlock_abi() == 0 || !d->path)
		return;
	status = live(lock_files, d->run);
	ck_assert_msg(WIFEXITED(status) && WEXITSTATUS(status) == REFUSED,
	    "%s: %#x", d->name, (unsigned)status);
}
END_TEST

/* -- what must be possible */

static bool
talks(void)
{
	struct pollfd p = { .fd = pair[1], .events = POLLIN };
	char word[8] = "", *room;
	struct timespec now;

	if (write(pair[0], "word", 4) != 4 || poll(&p, 1, 1000) != 1 ||
	    recv(pair[1], word, sizeof(word), 0) != 4 ||
	    memcmp(word, "word", 4) != 0)
		return false;
	room = malloc((size_t)8 << 20);
	if (room == NULL || getrandom(room, 64, 0) != 64)
		return false;
	free(room);
	return clock_gettime(CLOCK_MONOTONIC, &now) == 0 &&
	    pwrite(pipes[0], "x", 1, 0) < 0 && errno == ESPIPE &&
	    shutdown(pair[0], SHUT_WR) == 0;
}

/* A letter comes with the descriptor of its file. */
static bool
takes_a_descriptor(void)
{
	union {
		struct cmsghdr head;
		char bytes[CMSG_SPACE(sizeof(int))];
	} t = { 0 };
	char byte;
	struct iovec part = { &byte, 1 };
	struct msghdr m = { .msg_iov = &part, .msg_iovlen = 1,
	    .msg_control = t.bytes, .msg_controllen = sizeof(t.bytes) };
	struct stat st;
	int fd;

	if (recvmsg(pair[1], &m, MSG_CMSG_CLOEXEC) != 1 ||
	    (m.msg_flags & MSG_CTRUNC) != 0 || CMSG_FIRSTHDR(&m) == NULL)
		return false;
	memcpy(&fd, CMSG_DATA(CMSG_FIRSTHDR(&m)), sizeof(fd));
	return fstat(fd, &st) == 0 && S_ISFIFO(st.st_mode);
}

static void
send_descriptor(void)
{
	union {
		struct cmsghdr head;
		char bytes[CMSG_SPACE(sizeof(int))];
	} t = { 0 };
	char byte = 'x';
	struct iovec part = { &byte, 1 };
	struct msghdr m = { .msg_iov = &part, .msg_iovlen = 1,
	    .msg_control = t.bytes, .msg_controllen = sizeof(t.bytes) };

	t.head.cmsg_level = SOL_SOCKET;
	t.head.cmsg_type = SCM_RIGHTS;
	t.head.cmsg_len = CMSG_LEN(sizeof(int));
	memcpy(CMSG_DATA(&t.head), &pipes[0], sizeof(int));
	ck_assert_int_eq(sendmsg(pair[0], &m, 0), 1);
}

START_TEST(what_talking_needs_is_allowed)
{
	int status = live(lock_all, talks);

	ck_assert_msg(WIFEXITED(status) && WEXITSTATUS(status) == DONE,
	    "%#x", (unsigned)status);
}
END_TEST

START_TEST(letters_still_come_in)
{
	int status;

	send_descriptor();
	status = live(lock_all, takes_a_descriptor);
	ck_assert_msg(WIFEXITED(status) && WEXITSTATUS(status) == DONE,
	    "%#x", (unsigned)status);
}
END_TEST

static int
lock_strictly(void)
{
	struct err e = { 0 };

	return sandbox_close(true, &e);
}

START_TEST(strict_is_all_or_nothing)
{
	bool all = landlock_abi() > 0 && filter_is_there();
	int status = live(lock_strictly, talks);

	ck_assert(WIFEXITED(status));
	ck_assert_int_eq(WEXITSTATUS(status), all ? DONE : NO_SANDBOX);
}
END_TEST

START_TEST(what_is_in_force_is_said)
{
	struct buf words = { 0 };

	sandbox_words(&words);
	ck_assert(str_has(buf_str(&words), ','));
	ck_assert((strstr(buf_cstr(&words), "no Landlock") == NULL) ==
	    (landlock_abi() > 0));
	ck_assert((strstr(buf_cstr(&words), "no seccomp") == NULL) ==
	    filter_is_there());
	buf_free(&words);
}
END_TEST

static void
set_up(void)
{
	ck_assert_int_eq(pipe(pipes), 0);
	ck_assert_int_eq(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
}

int
main(void)
{
	const struct test_row tests[] = {
		{ whoever_does_what_talking_does_not_need_is_killed,
		    TABLE_COUNT(deeds) },
		{ no_path_leads_anywhere_without_seccomp_as_well,
		    TABLE_COUNT(deeds) },
		{ what_talking_needs_is_allowed, 0 },
		{ letters_still_come_in, 0 },
		{ strict_is_all_or_nothing, 0 },
		{ what_is_in_force_is_said, 0 },
	};

	return RUN_AFTER("sandbox", set_up, tests);
}
