// SPDX-License-Identifier: ISC
/*
 * seccomp.c - the few system calls that a conversation needs
 */
#include "guard/seccomp.h"

#include <errno.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sysexits.h>
#include <unistd.h>

#include <seccomp.h>

#include "base/table.h"

#if defined(__SANITIZE_ADDRESS__)
#define WATCHED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define WATCHED 1
#endif
#endif
#ifndef WATCHED
#define WATCHED 0
#endif

/*
 * The time zone's file may be looked at (stat) by the C library, but not be
 * opened; futex, rseq and set_robust_list are the threads' that libraries may
 * be linked with; sysinfo is qsort(3)'s.
 */
static const int allowed[] = {
	/* what is open */
	SCMP_SYS(read), SCMP_SYS(readv), SCMP_SYS(pread64),
	SCMP_SYS(preadv), SCMP_SYS(write), SCMP_SYS(writev),
	SCMP_SYS(pwrite64), SCMP_SYS(pwritev), SCMP_SYS(lseek),
	SCMP_SYS(_llseek), SCMP_SYS(close), SCMP_SYS(close_range),
	SCMP_SYS(fstat), SCMP_SYS(fstat64), SCMP_SYS(stat),
	SCMP_SYS(stat64), SCMP_SYS(newfstatat), SCMP_SYS(fstatat64),
	SCMP_SYS(statx), SCMP_SYS(fcntl), SCMP_SYS(fcntl64),
	SCMP_SYS(fdatasync), SCMP_SYS(fsync),
	SCMP_SYS(poll), SCMP_SYS(ppoll), SCMP_SYS(ppoll_time64),
	/* what is connected */
	SCMP_SYS(recv), SCMP_SYS(recvfrom), SCMP_SYS(recvmsg),
	SCMP_SYS(send), SCMP_SYS(sendto), SCMP_SYS(sendmsg),
	SCMP_SYS(shutdown), SCMP_SYS(getsockopt), SCMP_SYS(setsockopt),
	SCMP_SYS(getsockname), SCMP_SYS(getpeername),
	/* memory */
	SCMP_SYS(brk), SCMP_SYS(munmap), SCMP_SYS(mremap),
	SCMP_SYS(madvise), SCMP_SYS(mlock), SCMP_SYS(mlock2),
	SCMP_SYS(munlock),
	/* time and chance */
	SCMP_SYS(clock_gettime), SCMP_SYS(clock_gettime64),
	SCMP_SYS(clock_getres), SCMP_SYS(clock_nanosleep),
	SCMP_SYS(clock_nanosleep_time64), SCMP_SYS(nanosleep),
	SCMP_SYS(gettimeofday), SCMP_SYS(time), SCMP_SYS(getrandom),
	/* ourselves */
	SCMP_SYS(getpid), SCMP_SYS(gettid), SCMP_SYS(getuid),
	SCMP_SYS(geteuid), SCMP_SYS(getgid), SCMP_SYS(getegid),
	SCMP_SYS(getrusage), SCMP_SYS(futex), SCMP_SYS(futex_time64),
	SCMP_SYS(rseq), SCMP_SYS(set_robust_list), SCMP_SYS(sched_yield),
	SCMP_SYS(sysinfo), SCMP_SYS(uname), SCMP_SYS(rt_sigaction),
	SCMP_SYS(rt_sigprocmask), SCMP_SYS(rt_sigreturn),
	SCMP_SYS(sigreturn), SCMP_SYS(sigaltstack),
	SCMP_SYS(restart_syscall), SCMP_SYS(exit), SCMP_SYS(exit_group),
};

bool
seccomp_is_there(void)
{
	/* A filter at NULL: EFAULT where there are filters, else EINVAL. */
	return !WATCHED && prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, NULL,
	    0, 0) < 0 && errno == EFAULT;
}

/* Memory, but none to run; and the only process to be signalled is this. */
static int
allow_with_conditions(scmp_filter_ctx f)
{
	const int memory[] = { SCMP_SYS(mmap), SCMP_SYS(mmap2),
	    SCMP_SYS(mprotect) };
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < TABLE_COUNT(memory); i++)
		rc = seccomp_rule_add(f, SCMP_ACT_ALLOW, memory[i], 1,
		    SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
	if (rc == 0)
		rc = seccomp_rule_add(f, SCMP_ACT_ALLOW, SCMP_SYS(tgkill), 1,
		    SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)getpid(), 0));
	return rc;
}

int
seccomp_close(struct err *e)
{
	scmp_filter_ctx f;
	int rc = 0;

	if (!seccomp_is_there())
		return 0;
	f = seccomp_init(SCMP_ACT_KILL_PROCESS);
	if (f == NULL)
		return err_set(e, EX_OSERR, "seccomp: no filter");
	for (size_t i = 0; rc == 0 && i < TABLE_COUNT(allowed); i++)
		rc = seccomp_rule_add(f, SCMP_ACT_ALLOW, allowed[i], 0);
	if (rc == 0)
		rc = allow_with_conditions(f);
	if (rc == 0)
		rc = seccomp_load(f);
	seccomp_release(f);
	if (rc == 0)
		return 1;
	errno = -rc;
	return err_sys(e, EX_OSERR, "seccomp");
}
