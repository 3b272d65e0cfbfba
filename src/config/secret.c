// SPDX-License-Identifier: ISC
/*
 * secret.c - where a password comes from: files
 *
 * What is read lands in locked memory at once; there is no buffer of stdio or
 * of ours that would have to be remembered.
 */
#include "config/secret.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sysexits.h>
#include <unistd.h>

#include "config/secret_io.h"

/*
 * Containers lay secrets here, readable for everybody inside, and what is
 * inside is the guarded place.
 */
#define CONTAINER STR("/run/secrets/")

/* -- who may see it ------------------------------------------------------- */

bool
secret_owner_is_trusted(uid_t uid)
{
	return uid == 0 || uid == geteuid();
}

static int
check_mode(const struct stat *st, const char *path, struct err *e)
{
	struct str p = str_of(path);
	bool ours = st->st_gid == 0 || st->st_gid == getegid();

	if (!secret_owner_is_trusted(st->st_uid))
		return err_set(e, EX_CONFIG, "%s belongs to user %u, who could "
		    "change it: chown %u %s", path, (unsigned)st->st_uid,
		    (unsigned)geteuid(), path);
	if (st->st_uid == 0 && str_eat(&p, CONTAINER) &&
	    (st->st_mode & 0022) == 0)
		return 0;
	if ((st->st_mode & 0007) != 0)
		return err_set(e, EX_CONFIG, "%s can be read or written by "
		    "everybody: chmod o-rwx %s", path, path);
	if ((st->st_mode & 0020) != 0 ||
	    ((st->st_mode & 0040) != 0 && !ours))
		return err_set(e, EX_CONFIG, "%s can be %s by its group: "
		    "chmod g-rw %s", path, (st->st_mode & 0020) != 0 ?
		    "written" : "read", path);
	return 0;
}

/* Who may write there may put another file in this one's place. */
static int
check_directory(const char *dir, struct err *e)
{
	struct stat st;
	bool sticky;

	if (stat(dir, &st) < 0)
		return err_sys(e, EX_CONFIG, "%s", dir);
	if (!secret_owner_is_trusted(st.st_uid))
		return err_set(e, EX_CONFIG, "%s belongs to user %u, who could "
		    "exchange what is in it: chown root %s", dir,
		    (unsigned)st.st_uid, dir);
	sticky = (st.st_mode & S_ISVTX) != 0;
	if ((st.st_mode & 0002) != 0 && !sticky)
		return err_set(e, EX_CONFIG, "%s can be written by everybody: "
		    "chmod o-w %s", dir, dir);
	if ((st.st_mode & 0020) != 0 && !sticky && st.st_gid != 0 &&
	    st.st_gid != getegid())
		return err_set(e, EX_CONFIG, "%s can be written by its group: "
		    "chmod g-w %s", dir, dir);
	return 0;
}

int
secret_check_parents(const char *path, struct err *e)
{
	char *real = realpath(path, NULL);
	struct buf dir = { 0 };
	struct str head, tail;
	int rc = 0;

	if (real == NULL)
		return err_sys(e, EX_CONFIG, "%s", path);
	buf_puts(&dir, real);
	free(real);
	while (rc == 0 && str_cut_last(buf_str(&dir), '/', &head, &tail)) {
		buf_cut(&dir, head.len);
		rc = check_directory(dir.len > 0 ? buf_cstr(&dir) : "/", e);
	}
	buf_free(&dir);
	return rc;
}

int
secret_check_file(int fd, const char *path, struct err *e)
{
	struct stat st;

	if (fstat(fd, &st) < 0)
		return err_sys(e, EX_OSERR, "%s", path);
	if (!S_ISREG(st.st_mode))
		return err_set(e, EX_CONFIG, "%s is not a regular file", path);
	if (check_mode(&st, path, e) < 0)
		return -1;
	return secret_check_parents(path, e);
}

/* -- reading -------------------------------------------------------------- */

int
secret_read(int fd, const char *from, struct secret *s, struct err *e)
{
	char *page = NULL;
	struct secret chunk = { 0 };
	ssize_t n;

	/* A locked page to read into; its first byte makes it be there. */
	secret_set(&chunk, STR(" "));
	page = chunk.page;
	do {
		n = read(fd, page, chunk.size - 1);
		if (n > 0)
			secret_add(s, (struct str){ page, (size_t)n });
	} while ((n > 0 && s->len <= SECRET_MAX) || (n < 0 && errno == EINTR));
	if (n < 0)
		err_sys(e, EX_TEMPFAIL, "read %s", from);
	chunk.len = 0;
	secret_free(&chunk);
	if (n < 0)
		return -1;
	if (s->len > SECRET_MAX)
		return err_set(e, EX_CONFIG, "%s: more than %d bytes", from,
		    SECRET_MAX);
	return 0;
}

int
secret_keep_line(struct secret *s, const char *from, struct err *e)
{
	struct secret line = { 0 };
	struct str in = secret_reveal(s), first = in;

	(void)str_eat_line(&in, &first);
	if (str_has(first, '\0')) {
		secret_free(s);
		return err_set(e, EX_CONFIG, "%s: there is a NUL in the "
		    "secret", from);
	}
	if (first.len == 0) {
		secret_free(s);
		return err_set(e, EX_CONFIG, "%s: its first line is empty",
		    from);
	}
	secret_set(&line, first);
	secret_free(s);
	*s = line;
	return 0;
}

/* Opened without waiting for anybody: it might be a pipe. */
static int
open_private(const char *path, struct err *e)
{
	int fd = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);

	if (fd < 0)
		return err_sys(e, errno == ENOENT || errno == EACCES ?
		    EX_CONFIG : EX_TEMPFAIL, "%s", path);
	if (secret_check_file(fd, path, e) == 0)
		return fd;
	(void)close(fd);
	return -1;
}

int
secret_read_private(const char *path, struct secret *s, struct err *e)
{
	int fd = open_private(path, e), rc;

	if (fd < 0)
		return -1;
	rc = secret_read(fd, path, s, e);
	(void)close(fd);
	if (rc < 0)
		secret_free(s);
	return rc;
}

int
secret_from_file(const char *path, struct secret *s, struct err *e)
{
	secret_free(s);
	return secret_read_private(path, s, e) < 0 ? -1 :
	    secret_keep_line(s, path, e);
}

/* "name" and no way out of the directory. */
int
secret_from_credential(const char *dir, const char *name, struct secret *s,
    struct err *e)
{
	struct buf path = { 0 };
	struct str n = str_of(name);
	int rc;

	if (dir == NULL || dir[0] != '/')
		return err_set(e, EX_CONFIG, "credential \"%s\": systemd gave "
		    "none (CREDENTIALS_DIRECTORY is not set); the unit needs "
		    "LoadCredential=", name);
	if (n.len == 0 || n.ptr[0] == '.' || str_has(n, '/'))
		return err_set(e, EX_CONFIG, "credential \"%s\": no name of a "
		    "credential", name);
	secret_free(s);
	buf_printf(&path, "%s/%s", dir, name);
	rc = secret_read_private(buf_cstr(&path), s, e);
	if (rc == 0)
		rc = secret_keep_line(s, buf_cstr(&path), e);
	buf_free(&path);
	return rc;
}
