// SPDX-License-Identifier: ISC
/*
 * cell.c - work on what others wrote, where it can do no harm
 *
 * On the pipe: the exit status as one byte, then the report or the words of
 * the error.  Nothing there is not success.
 */
#include "guard/cell.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/fd.h"
#include "base/xmem.h"
#include "guard/fds.h"
#include "guard/process.h"
#include "guard/sandbox.h"

static int
be_alone(const struct cell *c, int pipe, struct err *e)
{
	int *keep, rc = 0;

	if (c->keep == NULL)
		return 0;
	for (int fd = 0; fd <= STDERR_FILENO && rc == 0; fd++)
		rc = fds_null(fd, e);
	keep = xcalloc(c->keeps + 1, sizeof(*keep));
	for (size_t i = 0; i < c->keeps; i++)
		keep[i] = c->keep[i];
	keep[c->keeps] = pipe;
	if (rc == 0)
		rc = fds_keep(keep, c->keeps + 1, e);
	free(keep);
	return rc;
}

/* One write: a short report is there or not. */
_Noreturn static void
be_child(const struct cell *c, cell_fn *work, void *who, int pipe,
    pid_t parent)
{
	struct buf report = { 0 };
	struct err e = { 0 }, gone = { 0 };

	(void)prctl(PR_SET_PDEATHSIG, SIGKILL);
	process_open();
	if (getppid() != parent)
		_exit(EX_TEMPFAIL);
	buf_putc(&report, EX_OK);
	if (be_alone(c, pipe, &e) < 0 ||
	    sandbox_keep(c->dir, c->change, &e) < 0 ||
	    work(who, &report, &e) < 0) {
		buf_reset(&report);
		buf_putc(&report, (char)e.code);
		buf_add(&report, buf_str(&e.text));
	}
	_exit(fd_write(pipe, buf_str(&report), &gone) < 0 ? EX_TEMPFAIL :
	    EX_OK);
}

/* What it did before is done. */
static int
describe_death(int status, struct err *e)
{
	if (!WIFSIGNALED(status))
		err_set(e, EX_TEMPFAIL, "it ended without a word");
	else if (WTERMSIG(status) == SIGSYS)
		err_set(e, EX_TEMPFAIL, "it wanted more than the sandbox "
		    "allows, and was killed");
	else
		err_set(e, EX_TEMPFAIL, "it was ended by signal %d",
		    WTERMSIG(status));
	return err_wrap(e, "nobody knows how far the work came");
}

static int
hear(pid_t pid, int pipe, struct buf *report, struct err *e)
{
	struct buf heard = { 0 };
	int rc = fd_read_all(pipe, &heard, CELL_REPORT_MAX, e), status = 0;

	if (rc < 0)
		(void)kill(pid, SIGKILL);
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	if (rc < 0)
		err_wrap(e, "nobody knows how far the work came");
	else if (heard.len == 0)
		rc = describe_death(status, e);
	else if (heard.data[0] != EX_OK)
		rc = err_set(e, heard.data[0], "%s", heard.data + 1);
	else
		buf_add(report, str_skip(buf_str(&heard), 1));
	buf_free(&heard);
	return rc;
}

int
cell_work(const struct cell *c, cell_fn *work, void *who, struct buf *report,
    struct err *e)
{
	pid_t self = getpid(), pid;
	int ends[2], rc;

	if (pipe2(ends, O_CLOEXEC) < 0)
		return err_sys(e, EX_TEMPFAIL, "pipe");
	pid = fork();
	if (pid == 0) {
		close(ends[0]);
		be_child(c, work, who, ends[1], self);
	}
	close(ends[1]);
	rc = pid < 0 ? err_sys(e, EX_TEMPFAIL, "fork") :
	    hear(pid, ends[0], report, e);
	close(ends[0]);
	return rc;
}
