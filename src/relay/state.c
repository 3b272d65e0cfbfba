// SPDX-License-Identifier: ISC
/*
 * state.c - a small file about one user in the spool's directory "state"
 */
#include "relay/state.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/fd.h"
#include "base/log.h"

#define LOCK_TRIES 20
#define LOCK_PAUSE 5000		/* microseconds */

/* Nobody waits long for a lock that somebody else may sit on. */
int
state_open(int dir, const char *kind, uid_t uid)
{
	char name[48];
	int fd;

	if (dir <= 0)
		return -1;
	(void)snprintf(name, sizeof(name), "%.20s,%lu", kind,
	    (unsigned long)uid);
	fd = openat(dir, name, O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK |
	    O_CLOEXEC, 0660);
	if (fd < 0)
		return -1;
	for (int tries = 0; tries < LOCK_TRIES; tries++) {
		if (flock(fd, LOCK_EX | LOCK_NB) == 0)
			return fd;
		usleep(LOCK_PAUSE);
	}
	close(fd);
	return -1;
}

void
state_write(int fd, const char *kind, struct str text)
{
	struct err e = { 0 };

	if (fd_pwrite(fd, text, 0, &e) < 0 ||
	    ftruncate(fd, (off_t)text.len) < 0)
		log_line(LOG_ERR, "state: %s is not kept: %s", kind,
		    buf_cstr(&e.text));
	err_clear(&e);
}
