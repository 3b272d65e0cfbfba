// SPDX-License-Identifier: ISC
/*
 * handoff.c - this process becomes the relay
 */
#include "drop/handoff.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/xmem.h"
#include "drop/drop.h"
#include "guard/fds.h"
#include "guard/process.h"

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

static void
start(const char *path, char *const *argv, bool system)
{
	struct err e = { 0 };

	setsid();
	process_open();
	if (fds_null(STDIN_FILENO, &e) < 0 ||
	    fds_null(STDERR_FILENO, &e) < 0 ||
	    (system && check_relay(path, &e) < 0))
		drop_say("done", "%d queued: %s", EX_TEMPFAIL,
		    buf_cstr(&e.text));
	else {
		execv(path, argv);
		drop_say("done", "%d queued, but %s cannot be started: %s",
		    EX_TEMPFAIL, path, strerror(errno));
	}
	err_clear(&e);
}

void
handoff(const struct drop *d, const struct id *id, size_t ids, bool flush)
{
	const char **argv = xcalloc(2 * ids + 7, sizeof(*argv));
	struct buf path = { 0 };
	size_t n = 0;

	find_relay(&path, d);
	argv[n++] = buf_cstr(&path);
	for (size_t i = 0; i < ids; i++) {
		argv[n++] = "--deliver";
		argv[n++] = id[i].text;
	}
	if (flush)
		argv[n++] = "--flush";
	if (d->dir != NULL) {
		argv[n++] = "--spool";
		argv[n++] = d->dir;
		argv[n++] = "--config";
		argv[n++] = d->config;
	}
	start(buf_cstr(&path), (char *const *)argv, d->dir == NULL);
	buf_free(&path);
	free(argv);
}
