// SPDX-License-Identifier: ISC
/*
 * program.c - a program that speaks SMTP on its standard input and output
 */
#include "relay/program.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/vis.h"
#include "base/xmem.h"

#define PATH "PATH=/usr/local/bin:/usr/bin:/bin"

/* In the child: nothing of ours but the stream; errno goes back if it fails. */
static void
become(char *const *argv, int stream, int report)
{
	static const char *const no_environment[] = { PATH, NULL };
	int failed;

	(void)signal(SIGPIPE, SIG_DFL);
	(void)signal(SIGXFSZ, SIG_DFL);
	if (dup2(stream, STDIN_FILENO) >= 0 &&
	    dup2(stream, STDOUT_FILENO) >= 0)
		execvpe(argv[0], argv, environ != NULL && environ[0] != NULL ?
		    environ : (char *const *)(uintptr_t)no_environment);
	failed = errno;
	(void)!write(report, &failed, sizeof(failed));
	_exit(EX_OSERR);
}

/* Both pairs are close-on-exec: an empty report means that it runs. */
static int
start(char *const *argv, int stream[2], int report[2], struct err *e)
{
	int failed = 0;
	pid_t pid = fork();
	ssize_t n;

	if (pid < 0)
		return err_sys(e, EX_OSERR, "fork");
	if (pid == 0)
		become(argv, stream[1], report[1]);
	close(report[1]);
	report[1] = -1;
	do
		n = read(report[0], &failed, sizeof(failed));
	while (n < 0 && errno == EINTR);
	if (n == 0)
		return 0;
	errno = n == sizeof(failed) ? failed : EIO;
	return err_sys(e, EX_CONFIG, "command %s", argv[0]);
}

static char **
make_argv(const struct strs *words)
{
	char **argv = xcalloc(words->count + 1, sizeof(*argv));

	for (size_t i = 0; i < words->count; i++)
		argv[i] = words->item[i].data;
	return argv;
}

static void
close_both(int pair[2])
{
	for (int i = 0; i < 2; i++)
		if (pair[i] >= 0)
			close(pair[i]);
}

int
program_start(const struct strs *words, struct conn *c, struct err *e)
{
	int stream[2] = { -1, -1 }, report[2] = { -1, -1 };
	char **argv = make_argv(words);
	int rc = -1;

	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, stream) < 0)
		err_sys(e, EX_OSERR, "socketpair");
	else if (pipe2(report, O_CLOEXEC) < 0)
		err_sys(e, EX_OSERR, "pipe");
	else
		rc = start(argv, stream, report, e);
	if (rc == 0) {
		conn_init(c, stream[0]);
		stream[0] = -1;
		c->local = true;
		buf_puts(&c->peer, "command ");
		vis_add_some(&c->peer, strs_at(words, 0), 200);
	}
	close_both(stream);
	close_both(report);
	free(argv);
	return rc;
}
