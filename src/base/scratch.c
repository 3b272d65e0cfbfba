// SPDX-License-Identifier: ISC
/*
 * scratch.c - a file without a name
 */
#include "base/scratch.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/buf.h"

/* Where the file system cannot make one, it has a name for a moment. */
static int
open_named(const char *dir)
{
	struct buf path = { 0 };
	int fd;

	buf_printf(&path, "%s/minismtp.XXXXXX", dir);
	fd = mkostemp(path.data, O_CLOEXEC);
	if (fd >= 0)
		(void)unlink(buf_cstr(&path));
	buf_free(&path);
	return fd;
}

int
scratch_open(struct err *e)
{
	const char *dir = getenv("TMPDIR");
	int fd;

	if (dir == NULL || dir[0] != '/')
		dir = "/tmp";
	fd = open(dir, O_RDWR | O_TMPFILE | O_CLOEXEC, 0600);
	if (fd < 0 && (errno == EOPNOTSUPP || errno == EISDIR ||
	    errno == ENOENT))
		fd = open_named(dir);
	return fd >= 0 ? fd : err_sys(e, EX_CANTCREAT,
	    "a temporary file in %s", dir);
}
