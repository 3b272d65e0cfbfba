// SPDX-License-Identifier: ISC
/*
 * forward.c - a user's ~/.forward
 */
#include "config/forward.h"

#include <errno.h>
#include <fcntl.h>
#include <pwd.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/fd.h"
#include "base/xmem.h"

static int
read_his(int fd, uid_t uid, const char *path, struct buf *text, struct err *e)
{
	struct stat st;

	if (fstat(fd, &st) < 0)
		return err_sys(e, EX_TEMPFAIL, "fstat %s", path);
	if (!S_ISREG(st.st_mode) || st.st_uid != uid || st.st_nlink != 1 ||
	    (st.st_mode & (S_IWGRP | S_IWOTH)) != 0 ||
	    st.st_size > FORWARD_MAX)
		return 0;
	if (fd_read_all(fd, text, FORWARD_MAX, e) < 0) {
		e->code = EX_TEMPFAIL;
		return err_wrap(e, "cannot read %s", path);
	}
	return 1;
}

int
forward_load(void *arg, struct str login, struct buf *text, struct err *e)
{
	char *name = xstrdup(login);
	const struct passwd *pw;
	struct buf path = { 0 };
	struct err ignored = { 0 };
	int fd, rc = 0;

	(void)arg;
	errno = 0;
	pw = getpwnam(name);
	free(name);
	if (pw == NULL)
		return errno == 0 || errno == ENOENT ? 0 : err_sys(e,
		    EX_TEMPFAIL, "cannot ask for a user");
	if (pw->pw_dir == NULL || pw->pw_dir[0] != '/')
		return 0;
	buf_printf(&path, "%s/.forward", pw->pw_dir);
	fd = open(buf_cstr(&path), O_RDONLY | O_NOFOLLOW | O_NONBLOCK |
	    O_NOCTTY | O_CLOEXEC);
	/* A home that we may not look into says nothing to us. */
	if (fd >= 0) {
		rc = read_his(fd, pw->pw_uid, buf_cstr(&path), text, e);
		fd_close(&fd, &ignored);
		err_clear(&ignored);
	} else if (errno != ENOENT && errno != ENOTDIR && errno != EACCES &&
	    errno != ELOOP) {
		rc = err_sys(e, EX_TEMPFAIL, "cannot open %s",
		    buf_cstr(&path));
	}
	buf_free(&path);
	return rc;
}
