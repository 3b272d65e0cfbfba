// SPDX-License-Identifier: ISC
/*
 * without.c - run a program as on a kernel that lacks something
 *
 *	tests/without landlock|seccomp command ...
 *
 * A filter makes the calls in question fail as they would there.  It needs
 * no_new_privs, so that a setgid bit is void.
 */
#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sysexits.h>
#include <unistd.h>

#define LOAD(member) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, \
    offsetof(struct seccomp_data, member))
#define ARGUMENT BPF_STMT(BPF_LD | BPF_W | BPF_ABS, LOW)
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
#define LOW offsetof(struct seccomp_data, args)
#else
#define LOW offsetof(struct seccomp_data, args) + 4
#endif
#define UNLESS(value, skip) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (value), 0, \
    (skip))
#define GIVE(answer) BPF_STMT(BPF_RET | BPF_K, (answer))

/* landlock_create_ruleset is 444 on each machine that we run on. */
static struct sock_filter no_landlock[] = {
	LOAD(nr), UNLESS(444, 1), GIVE(SECCOMP_RET_ERRNO | ENOSYS),
	GIVE(SECCOMP_RET_ALLOW),
};

static struct sock_filter no_seccomp[] = {
	LOAD(nr), UNLESS(SYS_prctl, 3), ARGUMENT, UNLESS(PR_SET_SECCOMP, 1),
	GIVE(SECCOMP_RET_ERRNO | EINVAL), GIVE(SECCOMP_RET_ALLOW),
};

int
main(int argc, char *argv[])
{
	bool seccomp = argc > 2 && strcmp(argv[1], "seccomp") == 0;
	const struct sock_fprog prog = {
		seccomp ? sizeof(no_seccomp) / sizeof(no_seccomp[0]) :
		    sizeof(no_landlock) / sizeof(no_landlock[0]),
		seccomp ? no_seccomp : no_landlock
	};

	if (argc < 3 || (!seccomp && strcmp(argv[1], "landlock") != 0)) {
		fprintf(stderr, "usage: without landlock|seccomp command\n");
		return EX_USAGE;
	}
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0 ||
	    prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &prog, 0, 0) < 0) {
		perror("without");
		return EX_UNAVAILABLE;
	}
	execvp(argv[2], argv + 2);
	perror(argv[2]);
	return EX_OSERR;
}
