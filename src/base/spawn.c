// SPDX-License-Identifier: ISC
/*
 * spawn.c - start another program
 */
#include "base/spawn.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

/* open(2) takes the lowest number, which is ours: all below are open. */
static bool
set_up(int to, int from)
{
	if (from == to)
		return true;
	if (from != SPAWN_NULL)
		return dup2(from, to) >= 0;
	(void)close(to);
	return open("/dev/null", O_RDWR) == to;
}

/* In the child, on our memory: system calls, and nothing else. */
_Noreturn static void
become(const struct spawn *s, const sigset_t *mask, volatile int *why)
{
	bool good = !s->session || setsid() >= 0;

	for (int fd = 0; good && fd < 3; fd++)
		good = set_up(fd, s->fd[fd]);
	if (good && sigprocmask(SIG_SETMASK, mask, NULL) == 0)
		(void)execve(s->path, s->argv, s->envp);
	*why = errno;
	_exit(127);
}

/* A signal handler must not run in the child: it would run on our memory. */
pid_t
spawn(const struct spawn *s)
{
	sigset_t all, before;
	volatile int why = 0;
	pid_t pid;

	sigfillset(&all);
	if (sigprocmask(SIG_BLOCK, &all, &before) < 0)
		return -1;
	pid = vfork();
	if (pid == 0)
		become(s, &before, &why);
	if (pid < 0)
		why = errno;
	else if (why != 0)
		(void)waitpid(pid, NULL, 0);	/* it has not even begun */
	(void)sigprocmask(SIG_SETMASK, &before, NULL);
	errno = why;
	return why == 0 ? pid : -1;
}
