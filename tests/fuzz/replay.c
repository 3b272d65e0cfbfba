// SPDX-License-Identifier: ISC
/*
 * replay.c - a fuzz target without a fuzzer: everything it has learnt, once
 *
 * Linked in libFuzzer's place, so that "make check" runs each file of
 * tests/fuzz/NAME through fuzz_NAME, and what real programs wrote as well, with
 * any compiler.
 */
#include <dirent.h>
#include <fcntl.h>
#include <glob.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/fd.h"

#define INPUT_MAX (16 << 20)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
replay(int dirfd, const char *name)
{
	struct buf input = { 0 };
	struct err e = { 0 };
	int fd = openat(dirfd, name, O_RDONLY | O_CLOEXEC);

	if (fd < 0 || fd_read_all(fd, &input, INPUT_MAX, &e) < 0) {
		perror(name);
		exit(EXIT_FAILURE);
	}
	(void)close(fd);
	(void)fprintf(stderr, "%s\n", name);
	(void)LLVMFuzzerTestOneInput((const uint8_t *)buf_cstr(&input),
	    input.len);
	buf_free(&input);
}

/* Whatever the parser is for, it must live through a message. */
static void
replay_clients(const char *srcdir)
{
	struct buf pattern = { 0 };
	glob_t found = { 0 };

	buf_printf(&pattern, "%s/tests/real/clients/*/stdin", srcdir);
	if (glob(buf_cstr(&pattern), 0, NULL, &found) == 0)
		for (size_t i = 0; i < found.gl_pathc; i++)
			replay(AT_FDCWD, found.gl_pathv[i]);
	globfree(&found);
	buf_free(&pattern);
}

int
main(int argc, char *argv[])
{
	const char *srcdir = getenv("srcdir");
	struct buf path = { 0 };
	struct dirent *entry;
	struct str room, name = str_of(argv[0]);
	unsigned count = 0;
	DIR *dir;

	while (str_eat_until(&name, '_', &room))
		continue;
	buf_printf(&path, "%s/tests/fuzz/%.*s", srcdir != NULL ? srcdir : ".",
	    STR_ARGS(name));
	dir = opendir(argc > 1 ? argv[1] : buf_cstr(&path));
	if (dir == NULL) {
		perror(buf_cstr(&path));
		return EXIT_FAILURE;
	}
	while ((entry = readdir(dir)) != NULL) {
		if (entry->d_name[0] == '.')
			continue;
		replay(dirfd(dir), entry->d_name);
		count++;
	}
	(void)closedir(dir);
	if (argc == 1)
		replay_clients(srcdir != NULL ? srcdir : ".");
	buf_free(&path);
	return count > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
