// SPDX-License-Identifier: ISC
/*
 * editor.c - the text, written in somebody's own editor
 */
#include "front/editor.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/fd.h"
#include "base/strs.h"
#include "base/table.h"
#include "base/xmem.h"

#define TEXT_MAX ((size_t)64 << 20)

const char *
editor_name(void)
{
	const char *name = getenv("VISUAL");

	if (name == NULL || name[0] == '\0')
		name = getenv("EDITOR");
	return name != NULL && name[0] != '\0' ? name : NULL;
}

static int
await(pid_t pid, const char *name, struct err *e)
{
	int status = 0;

	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			return err_sys(e, EX_OSERR, "%s", name);
	if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
		return 0;
	return err_set(e, EX_DATAERR, "%s has failed; nothing was sent",
	    name);
}

/*
 * The terminal sends its signals to all of us, and an editor goes on: so do we,
 * or the text would go with us.
 */
static const int keys[] = { SIGINT, SIGQUIT };

static void
ignore_keys(struct sigaction before[], sigset_t *heard)
{
	const struct sigaction ignored = { .sa_handler = SIG_IGN };

	sigemptyset(heard);
	for (size_t i = 0; i < TABLE_COUNT(keys); i++) {
		sigaction(keys[i], &ignored, &before[i]);
		if (before[i].sa_handler != SIG_IGN)
			sigaddset(heard, keys[i]);
	}
}

static int
run(char *const *argv, struct err *e)
{
	struct sigaction before[TABLE_COUNT(keys)];
	posix_spawnattr_t as_ever;
	sigset_t heard;
	pid_t pid;
	int rc;

	ignore_keys(before, &heard);
	posix_spawnattr_init(&as_ever);
	posix_spawnattr_setsigdefault(&as_ever, &heard);
	posix_spawnattr_setflags(&as_ever, POSIX_SPAWN_SETSIGDEF);
	errno = posix_spawnp(&pid, argv[0], NULL, &as_ever, argv, environ);
	rc = errno == 0 ? await(pid, argv[0], e) :
	    err_sys(e, EX_UNAVAILABLE, "cannot run %s", argv[0]);
	posix_spawnattr_destroy(&as_ever);
	for (size_t i = 0; i < TABLE_COUNT(keys); i++)
		sigaction(keys[i], &before[i], NULL);
	return rc;
}

static int
start(const char *editor, const char *path, struct err *e)
{
	struct str rest = str_of(editor), word;
	struct strs words = { 0 };
	char **argv;
	int rc;

	while (str_eat_word(&rest, &word))
		strs_add(&words, word);
	strs_add(&words, str_of(path));
	argv = xcalloc(words.count + 1, sizeof(*argv));
	for (size_t i = 0; i < words.count; i++)
		argv[i] = words.item[i].data;
	rc = run(argv, e);
	free(argv);
	strs_free(&words);
	return rc;
}

/* By its name again: many editors write a new file and rename it. */
static int
take(const char *path, struct buf *out, struct err *e)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW), rc;

	if (fd < 0)
		return err_sys(e, EX_NOINPUT, "%s", path);
	rc = fd_read_all(fd, out, TEXT_MAX, e);
	close(fd);
	return rc;
}

int
editor_write(const char *editor, struct buf *out, struct err *e)
{
	const char *dir = getenv("TMPDIR");
	struct buf path = { 0 };
	int fd, rc;

	buf_printf(&path, "%s/minismtp-XXXXXX.txt",
	    dir != NULL && dir[0] == '/' ? dir : "/tmp");
	fd = mkostemps(path.data, 4, O_CLOEXEC);
	if (fd < 0) {
		err_sys(e, EX_CANTCREAT, "%s", buf_cstr(&path));
		buf_free(&path);
		return -1;
	}
	close(fd);
	rc = start(editor, buf_cstr(&path), e);
	if (rc == 0)
		rc = take(buf_cstr(&path), out, e);
	(void)unlink(buf_cstr(&path));
	buf_free(&path);
	return rc;
}
