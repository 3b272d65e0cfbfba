// SPDX-License-Identifier: ISC
/*
 * helper.c - where a password comes from: a program
 */
#include "config/secret.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pwd.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/table.h"
#include "base/xmem.h"
#include "config/secret_io.h"

#define PATH "/usr/local/bin:/usr/bin:/bin"

static const char *const places[] = {
	"/usr/local/bin/", "/usr/bin/", "/bin/",
};

/* -- words ---------------------------------------------------------------- */

/* Up to the closing quote; false without one. */
static bool
eat_quoted(struct str *in, char quote, struct buf *word)
{
	char c;

	while (str_eat_byte(in, &c)) {
		if (c == quote)
			return true;
		if (quote == '"' && c == '\\' && in->len > 0 &&
		    (in->ptr[0] == '"' || in->ptr[0] == '\\'))
			(void)str_eat_byte(in, &c);
		buf_putc(word, c);
	}
	return false;
}

static int
eat_one(struct str *in, struct buf *word, struct err *e)
{
	struct str shell = STR("|&;<>()$`*?[#~");
	char c;

	while (in->len > 0 && !str_is_blank(in->ptr[0])) {
		(void)str_eat_byte(in, &c);
		if (c == '\'' || c == '"') {
			if (!eat_quoted(in, c, word))
				return err_set(e, EX_CONFIG, "password_command:"
				    " the quote %c has no end", c);
			continue;
		}
		if (c == '\\') {
			if (!str_eat_byte(in, &c))
				return err_set(e, EX_CONFIG, "password_command:"
				    " nothing follows the last backslash");
		} else if (str_has(shell, c))
			return err_set(e, EX_CONFIG, "password_command: no "
			    "shell reads this, so \"%c\" has no meaning; "
			    "quote it, or put it into a script", c);
		buf_putc(word, c);
	}
	return 0;
}

int
secret_split(struct str line, struct strs *argv, struct err *e)
{
	struct buf word = { 0 };
	int rc = 0;

	line = str_trim(line);
	while (rc == 0 && line.len > 0) {
		buf_reset(&word);
		rc = eat_one(&line, &word, e);
		if (rc == 0 && str_has(buf_str(&word), '\0'))
			rc = err_set(e, EX_CONFIG, "password_command: there is "
			    "a NUL in it");
		if (rc == 0)
			(void)strs_add(argv, buf_str(&word));
		line = str_trim(line);
	}
	buf_free(&word);
	if (rc == 0 && argv->count == 0)
		rc = err_set(e, EX_CONFIG, "password_command is empty");
	return rc;
}

/* -- the program ---------------------------------------------------------- */

/* Whoever may write the program may read the secret. */
static int
check_program(const char *path, struct err *e)
{
	struct stat st;

	if (stat(path, &st) < 0)
		return err_sys(e, EX_CONFIG, "password_command %s", path);
	if (!S_ISREG(st.st_mode) || access(path, X_OK) < 0)
		return err_set(e, EX_CONFIG, "password_command %s: no program",
		    path);
	if (!secret_owner_is_trusted(st.st_uid))
		return err_set(e, EX_CONFIG, "password_command %s belongs to "
		    "user %u, who could change it: chown root %s", path,
		    (unsigned)st.st_uid, path);
	if ((st.st_mode & 0002) != 0 || ((st.st_mode & 0020) != 0 &&
	    st.st_gid != 0))
		return err_set(e, EX_CONFIG, "password_command %s can be "
		    "written by others: chmod go-w %s", path, path);
	return secret_check_parents(path, e);
}

static int
find_program(const char *name, struct buf *path, struct err *e)
{
	if (name[0] == '/') {
		buf_puts(path, name);
		return check_program(name, e);
	}
	if (str_has(str_of(name), '/'))
		return err_set(e, EX_CONFIG, "password_command %s: say the "
		    "whole path", name);
	for (size_t i = 0; i < TABLE_COUNT(places); i++) {
		buf_reset(path);
		buf_printf(path, "%s%s", places[i], name);
		if (access(buf_cstr(path), F_OK) == 0)
			return check_program(buf_cstr(path), e);
	}
	return err_set(e, EX_CONFIG, "password_command %s: not in %s", name,
	    PATH);
}

int
secret_check_helper(const char *key, const char *name, struct err *e)
{
	struct buf path = { 0 };
	struct stat st;
	bool there;
	int rc = 0;

	buf_puts(&path, name);
	for (size_t i = 0; name[0] != '/' && i < TABLE_COUNT(places); i++) {
		buf_reset(&path);
		buf_printf(&path, "%s%s", places[i], name);
		if (access(buf_cstr(&path), F_OK) == 0)
			break;
	}
	/* What is not there is nobody's; whoever wants to run it says so. */
	there = stat(buf_cstr(&path), &st) == 0;
	if (there && st.st_uid != 0)
		rc = err_set(e, EX_CONFIG, "%s %s belongs to user %u, who "
		    "could change it: chown root %s", key, buf_cstr(&path),
		    (unsigned)st.st_uid, buf_cstr(&path));
	else if (there && ((st.st_mode & 0002) != 0 ||
	    ((st.st_mode & 0020) != 0 && st.st_gid != 0)))
		rc = err_set(e, EX_CONFIG, "%s %s can be written by others: "
		    "chmod go-w %s", key, buf_cstr(&path), buf_cstr(&path));
	buf_free(&path);
	return rc;
}

/* What a program may know of us; nothing of our own environment. */
static void
make_environment(struct strs *env)
{
	const struct passwd *pw = getpwuid(geteuid());
	struct buf dir = { 0 };

	buf_printf(&dir, "XDG_RUNTIME_DIR=/run/user/%u", (unsigned)geteuid());
	(void)strs_add(env, STR("PATH=" PATH));
	(void)strs_add(env, STR("LANG=C.UTF-8"));
	if (access(buf_cstr(&dir) + sizeof("XDG_RUNTIME_DIR=") - 1, X_OK) == 0)
		(void)strs_add(env, buf_str(&dir));
	buf_reset(&dir);
	if (pw != NULL) {
		buf_printf(&dir, "HOME=%s", pw->pw_dir);
		(void)strs_add(env, buf_str(&dir));
		buf_reset(&dir);
		buf_printf(&dir, "USER=%s", pw->pw_name);
		(void)strs_add(env, buf_str(&dir));
		buf_reset(&dir);
		buf_printf(&dir, "LOGNAME=%s", pw->pw_name);
		(void)strs_add(env, buf_str(&dir));
	}
	buf_free(&dir);
}

static char **
vector(const struct strs *list)
{
	static char empty[1];
	char **v = xcalloc(list->count + 1, sizeof(*v));

	for (size_t i = 0; i < list->count; i++)
		v[i] = list->item[i].len > 0 ? list->item[i].data : empty;
	return v;
}

/* In a group of its own, with nothing of ours but the pipe. */
static int
start(const char *path, const struct strs *argv, int out, pid_t *pid)
{
	posix_spawn_file_actions_t files;
	posix_spawnattr_t attr;
	struct strs env = { 0 };
	sigset_t none, all;
	char **args = vector(argv), **vars;
	int rc;

	make_environment(&env);
	vars = vector(&env);
	(void)sigemptyset(&none);
	(void)sigfillset(&all);
	posix_spawn_file_actions_init(&files);
	posix_spawnattr_init(&attr);
	posix_spawnattr_setflags(&attr, POSIX_SPAWN_SETPGROUP |
	    POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
	posix_spawnattr_setpgroup(&attr, 0);
	posix_spawnattr_setsigdefault(&attr, &all);
	posix_spawnattr_setsigmask(&attr, &none);
	posix_spawn_file_actions_addopen(&files, 0, "/dev/null", O_RDONLY, 0);
	posix_spawn_file_actions_adddup2(&files, out, 1);
	posix_spawn_file_actions_addopen(&files, 2, "/dev/null", O_WRONLY, 0);
#if defined(__GLIBC__) && __GLIBC_PREREQ(2, 34)
	posix_spawn_file_actions_addclosefrom_np(&files, 3);
#endif
	rc = posix_spawn(pid, path, &files, &attr, args, vars);
	posix_spawn_file_actions_destroy(&files);
	posix_spawnattr_destroy(&attr);
	free(args);
	free(vars);
	strs_free(&env);
	return rc;
}

/* Until it has closed its end; it must not say more than a secret has. */
static int
listen_to(int fd, const char *path, int64_t deadline, struct secret *s,
    struct err *e)
{
	struct pollfd p = { .fd = fd, .events = POLLIN };
	struct secret chunk = { 0 };
	ssize_t n = 1;
	int rc = 0;

	secret_set(&chunk, STR(" "));	/* a locked page to read into */
	while (rc == 0 && n != 0) {
		rc = poll(&p, 1, clock_left(deadline));
		if (rc == 0)
			rc = err_set(e, EX_TEMPFAIL, "password_command %s "
			    "does not come to an end", path);
		else if (rc < 0)
			rc = errno == EINTR ? 0 : err_sys(e, EX_OSERR, "poll");
		else {
			n = read(fd, chunk.page, chunk.size - 1);
			rc = n < 0 ? err_sys(e, EX_OSERR, "read from %s",
			    path) : 0;
			if (n > 0)
				secret_add(s, (struct str){ chunk.page,
				    (size_t)n });
		}
		if (rc == 0 && s->len > SECRET_MAX)
			rc = err_set(e, EX_CONFIG, "password_command %s says "
			    "more than %d bytes", path, SECRET_MAX);
	}
	secret_free(&chunk);
	return rc;
}

/* It has closed its output; if it does not end as well, it is ended. */
static int
reap(pid_t pid, const char *path, int64_t deadline, struct err *e)
{
	const struct timespec moment = { 0, 5000000 };
	int status;
	pid_t got;

	while ((got = waitpid(pid, &status, WNOHANG)) == 0 &&
	    clock_left(deadline) != 0)
		(void)nanosleep(&moment, NULL);
	if (got == 0) {
		(void)kill(-pid, SIGKILL);
		while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
			;
		return err_set(e, EX_TEMPFAIL, "password_command %s does not "
		    "come to an end", path);
	}
	if (got < 0)
		return err_sys(e, EX_OSERR, "waitpid");
	if (WIFSIGNALED(status))
		return err_set(e, EX_TEMPFAIL, "password_command %s: killed by "
		    "signal %d", path, WTERMSIG(status));
	if (WEXITSTATUS(status) != 0)
		return err_set(e, EX_TEMPFAIL, "password_command %s: exit "
		    "status %d", path, WEXITSTATUS(status));
	return 0;
}

static int
run(const char *path, const struct strs *argv, int64_t deadline,
    struct secret *s, struct err *e)
{
	struct err late = { 0 };
	int fds[2], rc;
	pid_t pid;

	if (pipe2(fds, O_CLOEXEC) < 0)
		return err_sys(e, EX_OSERR, "pipe");
	rc = start(path, argv, fds[1], &pid);
	(void)close(fds[1]);
	if (rc != 0) {
		(void)close(fds[0]);
		errno = rc;
		return err_sys(e, EX_CONFIG, "password_command %s", path);
	}
	rc = listen_to(fds[0], path, deadline, s, e);
	(void)close(fds[0]);
	if (rc < 0)
		(void)kill(-pid, SIGKILL);
	if (reap(pid, path, deadline, rc < 0 ? &late : e) < 0)
		rc = -1;
	err_clear(&late);
	return rc;
}

int
secret_from_command(const struct strs *argv, int64_t ms, struct secret *s,
    struct err *e)
{
	struct buf path = { 0 };
	int rc;

	secret_free(s);
	if (argv->count == 0)
		return err_set(e, EX_CONFIG, "password_command is empty");
	rc = find_program(buf_cstr(&argv->item[0]), &path, e);
	if (rc == 0)
		rc = run(buf_cstr(&path), argv, clock_deadline(ms), s, e);
	if (rc == 0)
		rc = secret_keep_line(s, buf_cstr(&path), e);
	else
		secret_free(s);
	buf_free(&path);
	return rc;
}
