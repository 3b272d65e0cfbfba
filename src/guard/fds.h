// SPDX-License-Identifier: ISC
/*
 * fds.h - three descriptors, and none that we do not know
 */
#ifndef MINISMTP_GUARD_FDS_H
#define MINISMTP_GUARD_FDS_H

#include <stddef.h>

#include "base/err.h"

/*
 * Before anything else is opened: 0 to 2 that are closed become /dev/null,
 * everything above is closed.  So no file of ours ever becomes stdout.
 */
int fds_clean(struct err *e);

/* Closes everything above 2 but these; -1 among them is none. */
int fds_keep(const int *keep, size_t count, struct err *e);

/* Put /dev/null there. */
int fds_null(int fd, struct err *e);

#endif
