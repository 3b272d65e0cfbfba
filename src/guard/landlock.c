// SPDX-License-Identifier: ISC
/*
 * landlock.c - no way to any file but those that are open
 *
 * The C library has no names for these calls.  The header of the system that
 * built us may be older than the kernel that runs us, so that the masks are
 * written down here, by the version of the interface that brought them.
 */
#include "guard/landlock.h"

#include <stdint.h>
#include <sys/syscall.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/table.h"

/* The numbers are the same on each architecture that came after 2011. */
#ifndef SYS_landlock_create_ruleset
#if defined(__alpha__)
#define SYS_landlock_create_ruleset 554
#define SYS_landlock_restrict_self 556
#else
#define SYS_landlock_create_ruleset 444
#define SYS_landlock_restrict_self 446
#endif
#endif

#define ASK_VERSION 1U		/* LANDLOCK_CREATE_RULESET_VERSION */

/* struct landlock_ruleset_attr, as long as it is today. */
struct attr {
	uint64_t fs, net, scoped;
};

static const struct {
	int abi;
	size_t size;		/* of the struct that this kernel knows */
	uint64_t fs, net, scoped;
} offers[] = {
	{ 6, 24, 0xffff, 0x3, 0x3 },	/* signals, abstract unix sockets */
	{ 5, 16, 0xffff, 0x3, 0 },	/* ioctls on devices */
	{ 4, 16, 0x7fff, 0x3, 0 },	/* TCP: bind and connect */
	{ 3, 8, 0x7fff, 0, 0 },		/* truncate */
	{ 2, 8, 0x3fff, 0, 0 },		/* link and rename elsewhere */
	{ 1, 8, 0x1fff, 0, 0 },
};

int
landlock_abi(void)
{
	long abi = syscall(SYS_landlock_create_ruleset, NULL, 0, ASK_VERSION);

	return abi > 0 ? (int)abi : 0;
}

/* All that can be forbidden is, and there is no rule that allows a thing. */
static int
restrict_to_nothing(const struct attr *attr, size_t size, struct err *e)
{
	int fd = (int)syscall(SYS_landlock_create_ruleset, attr, size, 0U);
	int rc = 0;

	if (fd < 0)
		return err_sys(e, EX_OSERR, "landlock");
	if (syscall(SYS_landlock_restrict_self, fd, 0U) < 0)
		rc = err_sys(e, EX_OSERR, "landlock");
	close(fd);
	return rc;
}

int
landlock_close(struct err *e)
{
	int abi = landlock_abi();
	size_t i = 0;

	if (abi == 0)
		return 0;
	while (offers[i].abi > abi && i < TABLE_COUNT(offers) - 1)
		i++;
	const struct attr attr = { offers[i].fs, offers[i].net,
	    offers[i].scoped };

	return restrict_to_nothing(&attr, offers[i].size, e) < 0 ? -1 : 1;
}
