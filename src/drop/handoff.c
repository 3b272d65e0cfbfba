// SPDX-License-Identifier: ISC
/*
 * handoff.c - the relay, started before anybody looks at the message
 */
#include "drop/handoff.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/fd.h"
#include "base/spawn.h"
#include "drop/drop.h"

#define RELAY "minismtp-relay"

/* Beside ourselves in a build tree, but never with a right to lose. */
static void
find_relay(struct buf *path, const struct drop *d)
{
	char self[4096];
	ssize_t n = d->lent ? -1 :
	    readlink("/proc/self/exe", self, sizeof(self));
	struct str dir, name;

	if (n > 0 && n < (ssize_t)sizeof(self) && str_cut_last(
	    (struct str){ self, (size_t)n }, '/', &dir, &name)) {
		buf_add(path, dir);
		buf_puts(path, "/" RELAY);
		if (access(buf_cstr(path), X_OK) == 0)
			return;
	}
	buf_reset(path);
	buf_puts(path, SBINDIR "/" RELAY);
}

/*
 * Whoever can write to that file would have our group; personal use has nothing
 * to lose.
 */
static int
check_relay(const char *path, struct err *e)
{
	struct stat st;

	if (stat(path, &st) < 0)
		return err_sys(e, EX_TEMPFAIL, "%s", path);
	if (st.st_uid != 0)
		return err_set(e, EX_TEMPFAIL, "%s belongs to user %lu, who "
		    "could change it: chown root %s", path,
		    (unsigned long)st.st_uid, path);
	if ((st.st_mode & (S_IWGRP | S_IWOTH)) != 0)
		return err_set(e, EX_TEMPFAIL, "%s can be written by others: "
		    "chmod 0755 %s", path, path);
	return 0;
}

static int
start(struct handoff *h, const char *path, char *const *argv, bool silent,
    struct err *e)
{
	struct spawn s = { .path = path, .argv = argv, .envp = environ,
	    .session = true };
	int ends[2];

	if (pipe2(ends, O_CLOEXEC) < 0)
		return err_sys(e, EX_TEMPFAIL, "pipe");
	s.fd[STDIN_FILENO] = ends[0];
	s.fd[STDOUT_FILENO] = silent ? SPAWN_NULL : STDOUT_FILENO;
	s.fd[STDERR_FILENO] = SPAWN_NULL;
	h->pid = spawn(&s);
	if (h->pid < 0)
		err_sys(e, EX_TEMPFAIL, "%s cannot be started", path);
	close(ends[0]);
	h->pipe = ends[1];
	if (h->pid < 0)
		close(ends[1]);
	return h->pid < 0 ? -1 : 0;
}

void
handoff_begin(struct handoff *h, const struct drop *d, bool flush)
{
	const char *argv[9] = { RELAY, "--deliver", "-" };
	struct buf path = { 0 };
	size_t n = 3;

	if (flush)
		argv[n++] = "--flush";
	if (d->dir != NULL) {
		argv[n++] = "--spool";
		argv[n++] = d->dir;
		argv[n++] = "--config";
		argv[n++] = d->config;
	}
	h->wanted = true;
	find_relay(&path, d);
	h->begun = (d->dir != NULL ||
	    check_relay(buf_cstr(&path), &h->why) == 0) &&
	    start(h, buf_cstr(&path), (char *const *)argv, flush,
	    &h->why) == 0;
	buf_free(&path);
}

int
handoff_give(struct handoff *h, const struct id *id, size_t ids,
    struct err *e)
{
	struct buf names = { 0 };
	int rc;

	if (!h->begun)
		return err_set(e, EX_TEMPFAIL, "%s", buf_cstr(&h->why.text));
	for (size_t i = 0; i < ids; i++)
		buf_printf(&names, "%s\n", id[i].text);
	rc = fd_write(h->pipe, buf_str(&names), e);
	buf_free(&names);
	return rc < 0 ? err_wrap(e, RELAY " has gone") : 0;
}

void
handoff_end(struct handoff *h, bool wait)
{
	if (h->begun)
		close(h->pipe);
	while (h->begun && wait && waitpid(h->pid, NULL, 0) < 0 &&
	    errno == EINTR)
		;
	err_clear(&h->why);
	*h = (struct handoff){ 0 };
}
