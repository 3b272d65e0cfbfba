// SPDX-License-Identifier: ISC
/*
 * who.h - who is at the other end, by the kernel's word
 */
#ifndef MINISMTP_DROP_WHO_H
#define MINISMTP_DROP_WHO_H

#include <stdbool.h>
#include <sys/types.h>

#include "base/err.h"

struct who {
	uid_t uid;
	bool peer;		/* at the other end of our standard input */
	bool all;		/* may see everybody's mail */
};

/*
 * With a lent group the real user has started us.  Else, if standard input is
 * a unix socket, whoever made it: then we may be a service.  Else the user.
 */
int who_find(struct who *w, bool lent, struct err *e);

/* Members of the queue's group see everything, as root and its owner do. */
void who_check_group(struct who *w, gid_t group);

#endif
