// SPDX-License-Identifier: ISC
/*
 * seccomp.c - the few system calls that a work needs
 */
#include "guard/seccomp.h"

#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/table.h"
#include "guard/calls.h"
#include "guard/filter.h"

#define ANY(call) { SYS_##call, 0, 0, 0, 0 }

/*
 * The time zone's file may be looked at (stat) by the C library; futex, rseq
 * and set_robust_list are the threads' that libraries may be linked with;
 * sysinfo is qsort(3)'s.  Memory there is, but none to run.
 */
static const struct filter_rule always[] = {
	/* what is open */
	ANY(read), ANY(readv), ANY(pread64), ANY(preadv), ANY(write),
	ANY(writev), ANY(pwrite64), ANY(pwritev), ANY(lseek), ANY(_llseek),
	ANY(close), ANY(close_range), ANY(fstat), ANY(fstat64), ANY(stat),
	ANY(stat64), ANY(newfstatat), ANY(fstatat64), ANY(statx), ANY(fcntl),
	ANY(fcntl64), ANY(fdatasync), ANY(fsync), ANY(poll), ANY(ppoll),
	ANY(ppoll_time64),
	/* memory */
	ANY(brk), ANY(munmap), ANY(mremap), ANY(madvise),
	{ SYS_MAP, 2, MAP_MASK, 0, 0 }, { SYS_mprotect, 2, PROT_EXEC, 0, 0 },
	/* time and chance */
	ANY(clock_gettime), ANY(clock_gettime64), ANY(clock_getres),
	ANY(clock_nanosleep), ANY(clock_nanosleep_time64), ANY(nanosleep),
	ANY(gettimeofday), ANY(time), ANY(getrandom),
	/* ourselves */
	ANY(getpid), ANY(gettid), ANY(getuid), ANY(geteuid), ANY(getgid),
	ANY(getegid), ANY(getrusage), ANY(futex), ANY(futex_time64), ANY(rseq),
	ANY(set_robust_list), ANY(sched_yield), ANY(sysinfo), ANY(uname),
	ANY(rt_sigaction), ANY(rt_sigprocmask), ANY(rt_sigreturn),
	ANY(sigreturn), ANY(sigaltstack), ANY(restart_syscall), ANY(exit),
	ANY(exit_group),
};

/* Where sockets have one call for all, these are its functions. */
static const struct filter_rule talk[] = {
	ANY(recv), ANY(recvfrom), ANY(recvmsg), ANY(send), ANY(sendto),
	ANY(sendmsg), ANY(shutdown), ANY(getsockopt), ANY(setsockopt),
	ANY(getsockname), ANY(getpeername),
	{ SYS_socketcall, 0, ~0U, 6, 7 }, { SYS_socketcall, 0, ~0U, 9, 17 },
	/* secrets */
	ANY(mlock), ANY(mlock2), ANY(munlock),
};

static const struct filter_rule look[] = {
	ANY(openat), ANY(getdents64), ANY(flock),
};

/* Whoever was started before may be waited for. */
static const struct filter_rule change[] = {
	ANY(renameat), ANY(renameat2), ANY(unlinkat), ANY(ftruncate),
	ANY(ftruncate64), ANY(fstatfs), ANY(fstatfs64), ANY(sync_file_range),
	ANY(sync_file_range2), ANY(wait4), ANY(waitid),
};

struct list {
	struct filter_rule rule[FILTER_MAX];
	size_t count;
};

static void
add(struct list *l, const struct filter_rule *rules, size_t count)
{
	memcpy(l->rule + l->count, rules, count * sizeof(*rules));
	l->count += count;
}

int
seccomp_close(enum seccomp_work work, struct err *e)
{
	const uint32_t self = (uint32_t)getpid();
	const struct filter_rule own = { SYS_tgkill, 0, ~0U, self, self };
	struct list l = { .count = 0 };

	if (!filter_is_there())
		return 0;
	add(&l, always, TABLE_COUNT(always));
	add(&l, &own, 1);	/* the only process to be signalled is this */
	switch (work) {
	case SECCOMP_TALK:
		add(&l, talk, TABLE_COUNT(talk));
		break;
	case SECCOMP_CHANGE:
		add(&l, change, TABLE_COUNT(change));
		add(&l, look, TABLE_COUNT(look));
		break;
	case SECCOMP_LOOK:
		add(&l, look, TABLE_COUNT(look));
		break;
	}
	return filter_load(l.rule, l.count, e) < 0 ? -1 : 1;
}
