// SPDX-License-Identifier: ISC
/*
 * check_guard.c - the guard room: what is given away does not come back
 *
 * Check gives each test a process of its own, so it may spoil it.  Who is not
 * root cannot give much away; then those tests have nothing to say.
 */
#include "run.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <signal.h>
#include <stdbool.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/table.h"
#include "guard/environment.h"
#include "guard/fds.h"
#include "guard/ids.h"
#include "guard/process.h"

#define USER 12345
#define GROUP 23456
#define LENT 34567

static struct err e;

/* Who has no rights any more cannot be searched for leaks, and need not be. */
const char *__asan_default_options(void);
const char *
__asan_default_options(void)
{
	return "detect_leaks=0";
}

/* -- the environment */

static char home[] = "HOME=/root", homes[] = "HOMES=/x", bare[] = "HOME",
    preload[] = "LD_PRELOAD=/x", path[] = "PATH=/bin";

START_TEST(nothing_of_the_environment_is_left)
{
	char *vars[] = { home, bare, NULL };

	environ = vars;
	environment_clear(NULL);
	ck_assert_ptr_null(vars[0]);
	environ = NULL;
	environment_clear(NULL);
}
END_TEST

START_TEST(what_is_on_the_list_is_left)
{
	static char *vars[6];

	vars[0] = preload;
	vars[1] = home;
	vars[2] = homes;
	vars[3] = bare;
	vars[4] = path;
	environ = vars;
	environment_clear(environment_personal);
	ck_assert_str_eq(environ[0], "HOME=/root");
	ck_assert_str_eq(environ[1], "PATH=/bin");
	ck_assert_ptr_null(environ[2]);
}
END_TEST

/* -- descriptors */

static bool
is_open(int fd)
{
	return fcntl(fd, F_GETFD) >= 0;
}

START_TEST(closed_ones_become_dev_null_and_others_closed)
{
	struct stat null, st;
	int high = fcntl(0, F_DUPFD, 700);
	bool ok;

	stat("/dev/null", &null);
	close(_i);
	ok = fds_clean(&e) == 0 && !is_open(3) && !is_open(high) &&
	    fstat(_i, &st) == 0 && st.st_rdev == null.st_rdev &&
	    (fcntl(_i, F_GETFD) & FD_CLOEXEC) == 0;
	_exit(ok ? 0 : 1);	/* Check's own descriptors are gone */
}
END_TEST

START_TEST(all_three_may_be_closed)
{
	for (int fd = 0; fd < 3; fd++)
		close(fd);
	_exit(fds_clean(&e) == 0 && is_open(0) && is_open(1) && is_open(2) &&
	    !is_open(3) ? 0 : 1);
}
END_TEST

START_TEST(dev_null_goes_where_it_shall)
{
	char c;

	ck_assert_int_eq(fds_null(0, &e), 0);
	ck_assert_int_eq(read(0, &c, 1), 0);
}
END_TEST

/* -- the process */

START_TEST(the_caller_chose_nothing)
{
	struct itimerval timer = { { 1, 0 }, { 1, 0 } };
	struct rlimit rl = { 100, 4096 };
	struct sigaction sa;
	sigset_t all, now;

	sigfillset(&all);
	sigprocmask(SIG_BLOCK, &all, NULL);
	for (int sig = 1; sig < 32; sig++)
		signal(sig, SIG_IGN);
	setitimer(ITIMER_REAL, &timer, NULL);
	setrlimit(RLIMIT_NOFILE, &rl);
	umask(0777);

	ck_assert_msg(process_reset(&e) == 0, "%s", buf_cstr(&e.text));
	sigprocmask(SIG_BLOCK, NULL, &now);
	for (int sig = 1; sig < 32; sig++) {
		ck_assert_int_eq(sigismember(&now, sig), 0);
		if (sig == SIGKILL || sig == SIGSTOP)
			continue;
		ck_assert_int_eq(sigaction(sig, NULL, &sa), 0);
		ck_assert((sa.sa_handler == SIG_IGN) ==
		    (sig == SIGPIPE || sig == SIGXFSZ));
	}
	ck_assert_int_eq(getitimer(ITIMER_REAL, &timer), 0);
	ck_assert_int_eq(timer.it_value.tv_sec, 0);
	ck_assert_int_eq(umask(0), 007);
	ck_assert_int_eq(prctl(PR_GET_DUMPABLE), 0);
	getrlimit(RLIMIT_NOFILE, &rl);
	ck_assert_uint_eq(rl.rlim_cur, 4096);
	getrlimit(RLIMIT_CORE, &rl);
	ck_assert_uint_eq(rl.rlim_max, 0);
}
END_TEST

START_TEST(too_few_descriptors_are_said)
{
	struct rlimit rl = { 15, 15 };

	setrlimit(RLIMIT_NOFILE, &rl);
	ck_assert_int_eq(process_reset(&e), -1);
	ck_assert_str_eq(buf_cstr(&e.text),
	    "limit of open files: 15 are too few: ulimit -n 16");
	err_clear(&e);
}
END_TEST

START_TEST(no_signal_comes_while_it_is_closed)
{
	sigset_t pending;

	process_close();
	raise(SIGTERM);
	sigpending(&pending);
	ck_assert_int_eq(sigismember(&pending, SIGTERM), 1);
	signal(SIGTERM, SIG_IGN);
	process_open();
}
END_TEST

/* -- ids */

/* As a setgid program finds itself: the group is lent, the user is not. */
static bool
lend(void)
{
	return geteuid() == 0 && setgroups(0, NULL) == 0 &&
	    setresgid(GROUP, LENT, LENT) == 0 &&
	    setresuid(USER, USER, USER) == 0;
}

START_TEST(a_lent_group_is_given_back_for_good)
{
	if (!lend())
		return;
	ck_assert(ids_are_lent());
	ck_assert_msg(ids_give_back(&e) == 0, "%s", buf_cstr(&e.text));
	ck_assert(!ids_are_lent());
	ck_assert_uint_eq(getegid(), GROUP);
	ck_assert_int_eq(setegid(LENT), -1);
	ck_assert_int_eq(setresgid(-1U, LENT, -1U), -1);
}
END_TEST

START_TEST(a_lent_group_is_kept_and_the_own_one_is_gone)
{
	if (!lend())
		return;
	ck_assert_msg(ids_keep_group(&e) == 0, "%s", buf_cstr(&e.text));
	ck_assert_uint_eq(getgid(), LENT);
	ck_assert_int_eq(setegid(GROUP), -1);
	ck_assert_uint_eq(getuid(), USER);
}
END_TEST

START_TEST(what_was_not_lent_is_given_back_too)
{
	ck_assert(!ids_are_lent());
	ck_assert_int_eq(ids_give_back(&e), 0);
	ck_assert_int_eq(ids_give_back(&e), 0);
}
END_TEST

START_TEST(root_becomes_somebody_for_good)
{
	if (geteuid() != 0)
		return;
	ck_assert_msg(ids_become(USER, GROUP, &e) == 0, "%s",
	    buf_cstr(&e.text));
	ck_assert_uint_eq(getuid(), USER);
	ck_assert_uint_eq(geteuid(), USER);
	ck_assert_uint_eq(getegid(), GROUP);
	ck_assert_int_eq(getgroups(0, NULL), 1);
	ck_assert_int_eq(setuid(0), -1);
	ck_assert_int_eq(setresuid(0, 0, 0), -1);
	ck_assert_int_eq(setgid(0), -1);
}
END_TEST

START_TEST(nobody_becomes_root)
{
	ck_assert_int_eq(ids_become(0, GROUP, &e), -1);
	ck_assert_int_eq(ids_become(USER, 0, &e), -1);
	err_clear(&e);
}
END_TEST

START_TEST(who_is_not_root_becomes_nobody)
{
	if (!lend())
		return;
	ck_assert_int_eq(ids_become(USER + 1, GROUP, &e), -1);
	err_clear(&e);
}
END_TEST

/* A debugger of the same user would see all that we read. */
START_TEST(nobody_looks_over_our_shoulder)
{
	int up[2], status = 0;
	char c = 'x';
	pid_t pid;

	if (geteuid() != 0)
		return;
	ck_assert_int_eq(pipe(up), 0);
	pid = fork();
	if (pid == 0) {
		bool ok = lend() && process_reset(&e) == 0 &&
		    ids_keep_group(&e) == 0;

		c = ok ? 'y' : 'n';
		if (write(up[1], &c, 1) == 1)
			pause();
		_exit(1);
	}
	ck_assert_int_eq(read(up[0], &c, 1), 1);
	ck_assert_int_eq(c, 'y');
	ck_assert(setgroups(0, NULL) == 0 &&
	    setresgid(GROUP, GROUP, GROUP) == 0 &&
	    setresuid(USER, USER, USER) == 0);
	ck_assert_int_eq(ptrace(PTRACE_ATTACH, pid, NULL, NULL), -1);
	ck_assert_int_eq(errno, EPERM);
	kill(pid, SIGKILL);
	waitpid(pid, &status, 0);
	ck_assert(WIFSIGNALED(status));
}
END_TEST

int
main(void)
{
	const struct test_row tests[] = {
		{ nothing_of_the_environment_is_left, 0 },
		{ what_is_on_the_list_is_left, 0 },
		{ closed_ones_become_dev_null_and_others_closed, 3 },
		{ all_three_may_be_closed, 0 },
		{ dev_null_goes_where_it_shall, 0 },
		{ the_caller_chose_nothing, 0 },
		{ too_few_descriptors_are_said, 0 },
		{ no_signal_comes_while_it_is_closed, 0 },
		{ a_lent_group_is_given_back_for_good, 0 },
		{ a_lent_group_is_kept_and_the_own_one_is_gone, 0 },
		{ what_was_not_lent_is_given_back_too, 0 },
		{ root_becomes_somebody_for_good, 0 },
		{ nobody_becomes_root, 0 },
		{ who_is_not_root_becomes_nobody, 0 },
		{ nobody_looks_over_our_shoulder, 0 },
	};

	return RUN("guard", tests);
}
