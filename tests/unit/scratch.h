// SPDX-License-Identifier: ISC
/*
 * scratch.h - a directory for tests that need a real one
 *
 * main() makes it in the build directory and removes it with all that the
 * tests have left, whether they have passed or not.
 */
#ifndef MINISMTP_TESTS_SCRATCH_H
#define MINISMTP_TESTS_SCRATCH_H

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char scratch[] = "scratch.XXXXXX";
static char scratch_path[4096];		/* absolute */

static inline int
scratch_make(void)
{
	char here[4000];

	if (mkdtemp(scratch) == NULL || getcwd(here, sizeof(here)) == NULL)
		return -1;
	snprintf(scratch_path, sizeof(scratch_path), "%s/%s", here, scratch);
	return 0;
}

static inline int
scratch_remove_one(const char *path, const struct stat *st, int type,
    struct FTW *ftw)
{
	(void)st;
	(void)type;
	(void)ftw;
	return remove(path);
}

static inline void
scratch_remove(void)
{
	nftw(scratch_path, scratch_remove_one, 32, FTW_DEPTH | FTW_PHYS);
}

#endif
