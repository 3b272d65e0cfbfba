// SPDX-License-Identifier: ISC
/*
 * ids.c - give rights away for good, and prove it
 */
#include "guard/ids.h"

#include <grp.h>
#include <sysexits.h>
#include <unistd.h>

static bool
all_gids_are(gid_t gid)
{
	gid_t r, ef, s;

	return getresgid(&r, &ef, &s) == 0 && r == gid && ef == gid &&
	    s == gid;
}

static bool
all_uids_are(uid_t uid)
{
	uid_t r, ef, s;

	return getresuid(&r, &ef, &s) == 0 && r == uid && ef == uid &&
	    s == uid;
}

bool
ids_are_lent(void)
{
	return getgid() != getegid();
}

/* Root may come back to any group; for everybody else it must fail. */
static int
set_group(gid_t to, gid_t never, struct err *e)
{
	if (setresgid(to, to, to) < 0)
		return err_sys(e, EX_OSERR, "group %u", (unsigned)to);
	if (!all_gids_are(to))
		return err_set(e, EX_OSERR, "group %u does not hold",
		    (unsigned)to);
	if (to != never && geteuid() != 0 &&
	    (setegid(never) == 0 || setgid(never) == 0))
		return err_set(e, EX_OSERR, "group %u comes back",
		    (unsigned)never);
	return 0;
}

int
ids_give_back(struct err *e)
{
	gid_t lent = getegid();

	if (geteuid() != getuid())
		return err_set(e, EX_OSERR, "a setuid bit is not expected");
	return set_group(getgid(), lent, e);
}

int
ids_keep_group(struct err *e)
{
	gid_t own = getgid();

	return set_group(getegid(), own, e);
}

int
ids_become(uid_t uid, gid_t gid, struct err *e)
{
	if (uid == 0 || gid == 0)
		return err_set(e, EX_OSERR, "root is nobody to become");
	if (setgroups(1, &gid) < 0)
		return err_sys(e, EX_OSERR, "groups");
	if (set_group(gid, gid, e) < 0)
		return -1;
	if (setresuid(uid, uid, uid) < 0)
		return err_sys(e, EX_OSERR, "user %u", (unsigned)uid);
	if (!all_uids_are(uid) || !all_gids_are(gid))
		return err_set(e, EX_OSERR, "user %u does not hold",
		    (unsigned)uid);
	if (seteuid(0) == 0 || setuid(0) == 0 || setegid(0) == 0)
		return err_set(e, EX_OSERR, "root comes back");
	return 0;
}
