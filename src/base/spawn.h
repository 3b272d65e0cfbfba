// SPDX-License-Identifier: ISC
/*
 * spawn.h - start another program
 *
 * Without waiting for it, and cheaper than posix_spawn(3), which looks at each
 * of the 64 signals on the way.  Nothing of ours is copied: that is the point.
 */
#ifndef MINISMTP_BASE_SPAWN_H
#define MINISMTP_BASE_SPAWN_H

#include <stdbool.h>
#include <sys/types.h>

#define SPAWN_NULL (-1)		/* /dev/null */

struct spawn {
	const char *path;
	char *const *argv;
	char *const *envp;
	int fd[3];		/* what its 0 to 2 are; all others are shut */
	bool session;		/* of its own: the caller's terminal may go */
};

/*
 * Our descriptors above 2 must close on exec, and those that it gets be above
 * 2 or where they are to be.  Signals that we handle or ignore are its own
 * business: our programs set them right (guard/process.h).  The process, or -1
 * with errno.
 */
pid_t spawn(const struct spawn *s);

#endif
