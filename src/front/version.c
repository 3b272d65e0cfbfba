// SPDX-License-Identifier: ISC
/*
 * version.c - minismtp --version
 */
#include "front/version.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/fd.h"
#include "config.h"
#include "front/edit.h"
#include "front/magic.h"
#include "front/place.h"

#define ANSWER_MAX 65536

static _Noreturn void
become(const char *program, int out)
{
	if (dup2(out, STDOUT_FILENO) >= 0)
		execl(program, "minismtp-relay", "--version", (char *)NULL);
	_exit(EX_UNAVAILABLE);
}

/* What the program says of itself; false: nothing of use. */
static bool
ask(const char *program, struct buf *answer)
{
	struct err e = { 0 };
	int fds[2], status = 0;
	pid_t pid;
	bool heard;

	if (pipe2(fds, O_CLOEXEC) < 0)
		return false;
	pid = fork();
	if (pid == 0)
		become(program, fds[1]);
	(void)close(fds[1]);
	heard = pid > 0 && fd_read_all(fds[0], answer, ANSWER_MAX, &e) == 0;
	(void)close(fds[0]);
	err_clear(&e);
	return pid > 0 && waitpid(pid, &status, 0) == pid && heard &&
	    status == 0;
}

/* Two halves of two installations are worth a line. */
static void
add_answer(struct buf *out, struct str answer, const struct buf *program)
{
	struct str first;

	if (!str_eat_line(&answer, &first))
		return;
	if (!str_eq(first, STR(PACKAGE_STRING)))
		buf_printf(out, "but %s is %.*s\n", buf_cstr(program),
		    STR_ARGS(first));
	buf_add(out, answer);
}

int
version_print(struct err *e)
{
	const struct options none = { 0 };
	struct buf out = { 0 }, answer = { 0 };
	struct place p = { 0 };
	struct err ignored = { 0 };
	int rc;

	/* Of a place only the programs are of interest, and these it finds. */
	(void)place_find(&p, &none, &ignored);
	err_clear(&ignored);
	buf_puts(&out, PACKAGE_STRING "\n");
	buf_printf(&out, "composing: libmagic %s, libedit %s\n",
	    magic_is_there() ? "yes" : "no", edit_is_there() ? "yes" : "no");
	if (ask(buf_cstr(&p.relay), &answer))
		add_answer(&out, buf_str(&answer), &p.relay);
	else
		buf_printf(&out, "%s: cannot be asked what it is built with\n"
		    "queue: %s\nconfiguration: %s/minismtp.conf\n",
		    buf_cstr(&p.relay), SPOOLDIR, SYSCONFDIR);
	rc = fd_write(STDOUT_FILENO, buf_str(&out), e);
	place_free(&p);
	buf_free(&answer);
	buf_free(&out);
	return rc;
}

static int
run(void *wish, const struct strs *operands, struct err *e)
{
	(void)wish;
	(void)operands;
	return version_print(e);
}

const struct verb version_verb = {
	.name = "version",
	.words = "say which program this is, and what is built in",
	.operands = "",
	.run = run,
};
