// SPDX-License-Identifier: ISC
/*
 * fds.c - three descriptors, and none that we do not know
 */
#include "guard/fds.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/syscall.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/str.h"

#define FIRST 3

int
fds_null(int fd, struct err *e)
{
	int null = open("/dev/null", O_RDWR | O_CLOEXEC);
	int rc = 0;

	if (null < 0)
		return err_sys(e, EX_OSERR, "open /dev/null");
	if (null == fd)		/* it was closed; O_CLOEXEC must go */
		return fcntl(fd, F_SETFD, 0) < 0 ?
		    err_sys(e, EX_OSERR, "descriptor %d", fd) : 0;
	if (dup2(null, fd) < 0)
		rc = err_sys(e, EX_OSERR, "descriptor %d", fd);
	close(null);
	return rc;
}

/* The kernel lists by number, so that closing what was listed skips nothing. */
static int
close_listed(struct err *e)
{
	struct dirent *de;
	uint64_t fd;
	DIR *dir = opendir("/proc/self/fd");

	if (dir == NULL)
		return err_sys(e, EX_OSERR, "open /proc/self/fd");
	while ((de = readdir(dir)) != NULL) {
		struct str name = str_of(de->d_name);

		if (str_eat_number(&name, &fd) && name.len == 0 &&
		    fd >= FIRST && (int)fd != dirfd(dir))
			close((int)fd);
	}
	closedir(dir);
	return 0;
}

/* Before Linux 5.9 there is no close_range(2). */
static int
close_rest(struct err *e)
{
#ifdef SYS_close_range
	if (syscall(SYS_close_range, FIRST, ~0U, 0) == 0)
		return 0;
#endif
	return close_listed(e);
}

int
fds_clean(struct err *e)
{
	for (int fd = 0; fd < FIRST; fd++)
		if (fcntl(fd, F_GETFD) < 0 && errno == EBADF &&
		    fds_null(fd, e) < 0)
			return -1;
	return close_rest(e);
}
