// SPDX-License-Identifier: ISC
/*
 * sandbox.c - a process that can do one thing only
 */
#include "guard/sandbox.h"

#include <sys/prctl.h>
#include <sys/resource.h>
#include <sysexits.h>

#include "base/table.h"
#include "guard/filter.h"
#include "guard/landlock.h"
#include "guard/seccomp.h"

/*
 * Not 0 for descriptors: those that come with letters are counted, and poll(2)
 * takes no more than that many.
 */
#define FDS 256

static const struct {
	unsigned which;
	rlim_t most;
	const char *name;
} limits[] = {
	{ RLIMIT_CORE, 0, "core files" },
	{ RLIMIT_NPROC, 0, "processes" },
	{ RLIMIT_NOFILE, FDS, "open files" },
};

static int
lower_limits(struct err *e)
{
	struct rlimit rl;

	for (size_t i = 0; i < TABLE_COUNT(limits); i++) {
		if (getrlimit(limits[i].which, &rl) < 0)
			return err_sys(e, EX_OSERR, "limit of %s",
			    limits[i].name);
		if (rl.rlim_max > limits[i].most)
			rl.rlim_max = limits[i].most;
		rl.rlim_cur = rl.rlim_max;
		if (setrlimit(limits[i].which, &rl) < 0)
			return err_sys(e, EX_OSERR, "limit of %s",
			    limits[i].name);
	}
	return 0;
}

static int
close_ways_out(struct err *e)
{
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0)
		return err_sys(e, EX_OSERR, "no_new_privs");
	if (prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) < 0)
		return err_sys(e, EX_OSERR, "not dumpable");
	return lower_limits(e);
}

int
sandbox_keep(int dir, bool change, struct err *e)
{
	if (close_ways_out(e) < 0 || landlock_keep(dir, change, e) < 0)
		return -1;
	return seccomp_close(change ? SECCOMP_CHANGE : SECCOMP_LOOK, e) < 0 ?
	    -1 : 0;
}

int
sandbox_close(bool strict, struct err *e)
{
	int files, calls;

	if (close_ways_out(e) < 0 || (files = landlock_close(e)) < 0 ||
	    (calls = seccomp_close(SECCOMP_TALK, e)) < 0)
		return -1;
	if (strict && (files == 0 || calls == 0))
		return err_set(e, EX_TEMPFAIL, "sandbox = strict, and there "
		    "is no %s here", files == 0 ? "Landlock" : "seccomp");
	return 0;
}

bool
sandbox_is_whole(void)
{
	return landlock_abi() > 0 && filter_is_there();
}

void
sandbox_words(struct buf *out)
{
	int abi = landlock_abi();

	if (abi > 0)
		buf_printf(out, "Landlock %d", abi);
	else
		buf_puts(out, "no Landlock in this kernel");
	buf_puts(out, filter_is_there() ? ", seccomp" : ", no seccomp");
}
