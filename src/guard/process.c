// SPDX-License-Identifier: ISC
/*
 * process.c - the state that a process inherits, set right
 */
#include "guard/process.h"

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sysexits.h>

#include "base/table.h"

/* With fewer descriptors than this not even the spool can be opened. */
#define NOFILE_LEAST 16

static const struct {
	const char *name;
	unsigned which;
} raised[] = {
	{ "address space", RLIMIT_AS },
	{ "CPU time", RLIMIT_CPU },
	{ "data", RLIMIT_DATA },
	{ "file size", RLIMIT_FSIZE },
	{ "open files", RLIMIT_NOFILE },
	{ "processes", RLIMIT_NPROC },
};

static void
reset_signals(void)
{
	const struct sigaction ignored = { .sa_handler = SIG_IGN };
	const struct sigaction usual = { .sa_handler = SIG_DFL };
	sigset_t none, pending;

	/*
	 * What is ignored for a moment is pending no more.  Some numbers
	 * belong to libc, KILL and STOP to the kernel: they refuse, rightly.
	 */
	sigemptyset(&none);
	sigpending(&pending);
	for (int sig = 1; sig <= SIGRTMAX; sig++) {
		bool ours = sig == SIGPIPE || sig == SIGXFSZ;

		if (ours || sigismember(&pending, sig) > 0)
			sigaction(sig, &ignored, NULL);
		if (!ours)
			sigaction(sig, &usual, NULL);
	}
	sigprocmask(SIG_SETMASK, &none, NULL);
}

static int
reset_timers(struct err *e)
{
	const struct itimerval off = { 0 };

	if (setitimer(ITIMER_REAL, &off, NULL) < 0 ||
	    setitimer(ITIMER_VIRTUAL, &off, NULL) < 0 ||
	    setitimer(ITIMER_PROF, &off, NULL) < 0)
		return err_sys(e, EX_OSERR, "timers");
	return 0;
}

static int
reset_limits(struct err *e)
{
	const struct rlimit none = { 0, 0 };
	struct rlimit rl;

	if (setrlimit(RLIMIT_CORE, &none) < 0)
		return err_sys(e, EX_OSERR, "limit of core dumps");
	for (size_t i = 0; i < TABLE_COUNT(raised); i++) {
		if (getrlimit(raised[i].which, &rl) < 0)
			return err_sys(e, EX_OSERR, "limit of %s",
			    raised[i].name);
		if (rl.rlim_cur != rl.rlim_max) {
			rl.rlim_cur = rl.rlim_max;
			if (setrlimit(raised[i].which, &rl) < 0)
				return err_sys(e, EX_OSERR, "limit of %s",
				    raised[i].name);
		}
		if (raised[i].which == RLIMIT_NOFILE &&
		    rl.rlim_cur < NOFILE_LEAST)
			return err_set(e, EX_TEMPFAIL, "limit of open files: "
			    "%lu are too few: ulimit -n %d",
			    (unsigned long)rl.rlim_cur, NOFILE_LEAST);
	}
	return 0;
}

int
process_reset(struct err *e)
{
	umask(007);
	if (reset_timers(e) < 0)
		return -1;
	reset_signals();
	if (prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) < 0)
		return err_sys(e, EX_OSERR, "not dumpable");
	return reset_limits(e);
}

void
process_close(void)
{
	sigset_t all;

	sigfillset(&all);
	sigprocmask(SIG_BLOCK, &all, NULL);
}

void
process_open(void)
{
	sigset_t none;

	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
}
