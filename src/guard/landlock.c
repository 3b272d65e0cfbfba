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
#define SYS_landlock_add_rule 555
#define SYS_landlock_restrict_self 556
#else
#define SYS_landlock_create_ruleset 444
#define SYS_landlock_add_rule 445
#define SYS_landlock_restrict_self 446
#endif
#endif

#define ASK_VERSION 1U		/* LANDLOCK_CREATE_RULESET_VERSION */
#define BENEATH 1		/* LANDLOCK_RULE_PATH_BENEATH */

/* LANDLOCK_ACCESS_FS_...: read a file, list; write, remove, make, refer, cut */
#define LOOK 0x000c
#define CHANGE (LOOK | 0x0002 | 0x0020 | 0x0100 | 0x2000 | 0x4000)
#define MOVE_ABI 2

/* struct landlock_ruleset_attr, as long as it is today. */
struct attr {
	uint64_t fs, net, scoped;
};

/* struct landlock_path_beneath_attr, which ends where its last member does. */
struct beneath {
	uint64_t allowed;
	int32_t dir;
} __attribute__((packed));

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

/* All that can be forbidden is, but for what the rule allows. */
static int
restrict_to(const struct attr *attr, size_t size, const struct beneath *rule,
    struct err *e)
{
	int fd = (int)syscall(SYS_landlock_create_ruleset, attr, size, 0U);
	int rc = 0;

	if (fd < 0)
		return err_sys(e, EX_OSERR, "landlock");
	if ((rule->allowed != 0 &&
	    syscall(SYS_landlock_add_rule, fd, BENEATH, rule, 0U) < 0) ||
	    syscall(SYS_landlock_restrict_self, fd, 0U) < 0)
		rc = err_sys(e, EX_OSERR, "landlock");
	close(fd);
	return rc;
}

static int
close_door(int abi, struct beneath rule, struct err *e)
{
	size_t i = 0;

	while (offers[i].abi > abi && i < TABLE_COUNT(offers) - 1)
		i++;
	const struct attr attr = { offers[i].fs, offers[i].net,
	    offers[i].scoped };

	rule.allowed &= attr.fs;
	return restrict_to(&attr, offers[i].size, &rule, e) < 0 ? -1 : 1;
}

int
landlock_close(struct err *e)
{
	int abi = landlock_abi();

	return abi > 0 ? close_door(abi, (struct beneath){ 0 }, e) : 0;
}

int
landlock_keep(int dir, bool change, struct err *e)
{
	int abi = landlock_abi();

	if (abi < (change ? MOVE_ABI : 1))
		return 0;
	return close_door(abi, (struct beneath){ change ? CHANGE : LOOK, dir },
	    e);
}
