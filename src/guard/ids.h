// SPDX-License-Identifier: ISC
/*
 * ids.h - give rights away for good, and prove it
 *
 * A set-id program that only believes it has given its rights away has not.
 * Each of these tries to come back and fails if that works.
 */
#ifndef MINISMTP_GUARD_IDS_H
#define MINISMTP_GUARD_IDS_H

#include <stdbool.h>
#include <sys/types.h>

#include "base/err.h"

/* Has the setgid bit given us a group that the caller does not have? */
bool ids_are_lent(void);

/* From setgid back to the caller's own ids. */
int ids_give_back(struct err *e);

/* The lent group for good: real, effective and saved. */
int ids_keep_group(struct err *e);

/* As root: become this user, this group and nobody else.  Both not 0. */
int ids_become(uid_t uid, gid_t gid, struct err *e);

#endif
