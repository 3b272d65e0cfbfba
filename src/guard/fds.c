// SPDX-License-Identifier: ISC
/*
 * fds.c - three descriptors, and none that we do not know
 */
#include "guard/fds.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
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

static bool
is_kept(int fd, const int *keep, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (keep[i] == fd)
			return true;
	return false;
}

/* The kernel lists by number, so that closing what was listed skips nothing. */
static int
close_listed(const int *keep, size_t count, struct err *e)
{
	struct dirent *de;
	uint64_t fd;
	DIR *dir = opendir("/proc/self/fd");

	if (dir == NULL)
		return err_sys(e, EX_OSERR, "open /proc/self/fd");
	while ((de = readdir(dir)) != NULL) {
		struct str name = str_of(de->d_name);

		if (str_eat_number(&name, &fd) && name.len == 0 &&
		    fd >= FIRST && (int)fd != dirfd(dir) &&
		    !is_kept((int)fd, keep, count))
			close((int)fd);
	}
	closedir(dir);
	return 0;
}

/* Before Linux 5.9 there is no close_range(2). */
static bool
close_range_of(unsigned first, unsigned last)
{
#ifdef SYS_close_range
	return first > last ||
	    syscall(SYS_close_range, first, last, 0) == 0;
#else
	return false;
#endif
}

/* The lowest of them from there on, or ~0U. */
static unsigned
next_kept(unsigned from, const int *keep, size_t count)
{
	unsigned lowest = ~0U;

	for (size_t i = 0; i < count; i++)
		if (keep[i] >= 0 && (unsigned)keep[i] >= from &&
		    (unsigned)keep[i] < lowest)
			lowest = (unsigned)keep[i];
	return lowest;
}

int
fds_keep(const int *keep, size_t count, struct err *e)
{
	unsigned from = FIRST, kept;

	while ((kept = next_kept(from, keep, count)) != ~0U) {
		if (!close_range_of(from, kept - 1))
			return close_listed(keep, count, e);
		from = kept + 1;
	}
	return close_range_of(from, ~0U) ? 0 : close_listed(keep, count, e);
}

int
fds_clean(struct err *e)
{
	for (int fd = 0; fd < FIRST; fd++)
		if (fcntl(fd, F_GETFD) < 0 && errno == EBADF &&
		    fds_null(fd, e) < 0)
			return -1;
	return fds_keep(NULL, 0, e);
}
