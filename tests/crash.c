// SPDX-License-Identifier: ISC
/*
 * crash.c - lets a program die, or one of its system calls fail
 *
 *	crash OUT PROCESS N kill|ERRNO command ...
 *
 * Counts the system calls of the command's PROCESS-th process (0 is itself, 1
 * its first child, ...).  At the N-th the process is killed before the call is
 * made; or the call fails with that error, if it is one of those that may.
 * Into the file OUT go two words: how many calls that process has made, and
 * what happened ("killed", the failed call's number, or "nothing").  The exit
 * status is the command's; 128 + signal if it was killed.
 */
#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

#if !defined(__x86_64__)
int
main(void)
{
	puts("only for x86-64");
	return 77;
}
#else

#define PROCESSES 64

/* What can fail in a sound program on a machine in trouble. */
static const long may_fail[] = {
	SYS_fdatasync, SYS_flock, SYS_fstat, SYS_fsync,
	SYS_ftruncate, SYS_getdents64, SYS_getrandom, SYS_linkat,
	SYS_newfstatat, SYS_open, SYS_openat, SYS_pread64, SYS_pwrite64,
	SYS_read, SYS_recvmsg, SYS_rename, SYS_renameat, SYS_renameat2,
	SYS_sendmsg, SYS_sendto, SYS_socket, SYS_socketpair, SYS_unlink,
	SYS_unlinkat, SYS_write, SYS_writev, SYS_clone, SYS_fork, SYS_vfork,
	SYS_close, SYS_link, SYS_fchmod, SYS_fchown, SYS_mkdirat, SYS_lseek,
#ifndef __SANITIZE_ADDRESS__	/* which would end the program itself */
	SYS_mmap,
#endif
};

static const struct {
	const char *name;
	int number;
} errors[] = {
	{ "ENOSPC", ENOSPC }, { "EIO", EIO }, { "EINTR", EINTR },
	{ "EMFILE", EMFILE }, { "EDQUOT", EDQUOT }, { "ENOMEM", ENOMEM },
};

struct process {
	pid_t pid;
	bool inside;		/* of a call */
};

struct work {
	struct process process[PROCESSES];
	size_t count;
	size_t victim;
	unsigned long n, calls;
	int error;		/* 0: kill */
	bool failing;		/* the call is to return it */
	long hit;		/* -1: nothing, -2: killed */
	int status;		/* of the command */
};

_Noreturn static void
die(const char *what)
{
	perror(what);
	exit(99);
}

static struct process *
process_of(struct work *w, pid_t pid, size_t *at)
{
	for (*at = 0; *at < w->count; (*at)++)
		if (w->process[*at].pid == pid)
			return &w->process[*at];
	if (w->count == PROCESSES)
		die("too many processes");
	w->process[w->count].pid = pid;
	return &w->process[w->count++];
}

static bool
may(long call)
{
	for (size_t i = 0; i < sizeof(may_fail) / sizeof(may_fail[0]); i++)
		if (may_fail[i] == call)
			return true;
	return false;
}

static void
enter(struct work *w, pid_t pid)
{
	struct user_regs_struct r;

	if (++w->calls != w->n)
		return;
	if (w->error == 0) {
		w->hit = -2;
		(void)kill(pid, SIGKILL);
		return;
	}
	if (ptrace(PTRACE_GETREGS, pid, NULL, &r) < 0 ||
	    !may((long)r.orig_rax))
		return;
	w->hit = (long)r.orig_rax;
	w->failing = w->hit == SYS_close;
	if (w->failing)		/* a close that fails has closed */
		return;
	r.orig_rax = (unsigned long long)-1;
	w->failing = ptrace(PTRACE_SETREGS, pid, NULL, &r) == 0;
}

static void
leave(struct work *w, pid_t pid)
{
	struct user_regs_struct r;

	if (!w->failing)
		return;
	w->failing = false;
	if (ptrace(PTRACE_GETREGS, pid, NULL, &r) < 0)
		return;
	r.rax = (unsigned long long)-w->error;
	(void)ptrace(PTRACE_SETREGS, pid, NULL, &r);
}

/* The signal to hand on, or 0. */
static int
stopped(struct work *w, pid_t pid, int status)
{
	size_t at;
	struct process *p = process_of(w, pid, &at);
	int sig = WSTOPSIG(status);

	if (sig == (SIGTRAP | 0x80)) {
		p->inside = !p->inside;
		if (at == w->victim) {
			if (p->inside)
				enter(w, pid);
			else
				leave(w, pid);
		}
		return 0;
	}
	/* Events, exec, and the first stop of a new process. */
	return sig == SIGTRAP || sig == SIGSTOP ? 0 : sig;
}

static void
trace(struct work *w, pid_t child)
{
	int status;
	pid_t pid;

	while ((pid = waitpid(-1, &status, __WALL)) > 0) {
		if (WIFSTOPPED(status)) {
			(void)ptrace(PTRACE_SYSCALL, pid, NULL,
			    (void *)(long)stopped(w, pid, status));
			continue;
		}
		if (pid == child)
			w->status = WIFSIGNALED(status) ?
			    128 + WTERMSIG(status) : WEXITSTATUS(status);
	}
}

static int
error_of(const char *name)
{
	for (size_t i = 0; i < sizeof(errors) / sizeof(errors[0]); i++)
		if (strcmp(errors[i].name, name) == 0)
			return errors[i].number;
	return 0;
}

int
main(int argc, char *argv[])
{
	struct work w = { .hit = -1 };
	size_t at;
	pid_t child;
	FILE *out;
	int status;

	if (argc < 6)
		return 99;
	w.victim = strtoul(argv[2], NULL, 10);
	w.n = strtoul(argv[3], NULL, 10);
	w.error = error_of(argv[4]);
	child = fork();
	if (child < 0)
		die("fork");
	if (child == 0) {
		if (ptrace(PTRACE_TRACEME, 0, NULL, NULL) < 0)
			_exit(77);
		(void)raise(SIGSTOP);
		(void)execvp(argv[5], argv + 5);
		_exit(99);
	}
	if (waitpid(child, &status, 0) < 0 || !WIFSTOPPED(status))
		return 77;
	(void)process_of(&w, child, &at);
	if (ptrace(PTRACE_SETOPTIONS, child, NULL, (void *)(long)
	    (PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACEFORK | PTRACE_O_TRACEVFORK |
	    PTRACE_O_TRACECLONE | PTRACE_O_TRACEEXEC | PTRACE_O_EXITKILL)) < 0)
		return 77;
	(void)ptrace(PTRACE_SYSCALL, child, NULL, NULL);
	trace(&w, child);
	out = fopen(argv[1], "w");
	if (out == NULL)
		die(argv[1]);
	(void)fprintf(out, "%lu ", w.calls);
	if (w.hit >= 0)
		(void)fprintf(out, "%ld\n", w.hit);
	else
		(void)fprintf(out, "%s\n", w.hit == -2 ? "killed" : "nothing");
	(void)fclose(out);
	return w.status;
}
#endif
