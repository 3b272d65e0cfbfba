// SPDX-License-Identifier: ISC
/*
 * file.c - a file that says who gets our mail and our password
 */
#include "config/file.h"

#include <errno.h>
#include <fcntl.h>
#include <glob.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/fd.h"
#include "base/xmem.h"

#define SPARE 4096	/* for a file that grows while it is read */

static int
check_kind(const char *path, const struct stat *st, struct err *e)
{
	if (S_ISREG(st->st_mode))
		return 0;
	return err_set(e, EX_CONFIG, "%s is %s, not a file", path,
	    S_ISDIR(st->st_mode) ? "a directory" :
	    S_ISFIFO(st->st_mode) ? "a pipe" :
	    S_ISSOCK(st->st_mode) ? "a socket" : "a device");
}

/* Who can write to its directory can put another one in its place. */
static int
check_place(const char *path, struct err *e)
{
	struct str dir = STR("."), name;
	struct buf place = { 0 };
	struct stat st;
	int rc = 0;

	if (str_cut_last(str_of(path), '/', &dir, &name) && dir.len == 0)
		dir = STR("/");
	buf_set(&place, dir);
	if (stat(buf_cstr(&place), &st) == 0 &&
	    (st.st_mode & (S_IWOTH | S_ISVTX)) == S_IWOTH)
		rc = err_set(e, EX_CONFIG, "%s can be replaced by everybody: "
		    "chmod o-w %s", path, buf_cstr(&place));
	buf_free(&place);
	return rc;
}

static int
check_trust(const char *path, const struct stat *st, enum file_trust trust,
    struct err *e)
{
	if (st->st_uid != 0 &&
	    (st->st_uid != geteuid() || trust == FILE_LENT))
		return err_set(e, EX_CONFIG, "%s belongs to uid %lu, who could "
		    "change it: chown %lu %s", path, (unsigned long)st->st_uid,
		    (unsigned long)(trust == FILE_PERSONAL ? geteuid() :
		    0), path);
	if (st->st_mode & S_IWOTH)
		return err_set(e, EX_CONFIG, "%s can be written by everybody: "
		    "chmod go-w %s", path, path);
	if (st->st_mode & S_IWGRP)
		return err_set(e, EX_CONFIG, "%s can be written by its group: "
		    "chmod g-w %s", path, path);
	return check_place(path, e);
}

static int
load_fd(int fd, const char *path, enum file_trust trust, struct buf *out,
    struct file_facts *facts, struct err *e)
{
	struct stat st;

	if (fstat(fd, &st) < 0)
		return err_sys(e, EX_IOERR, "fstat %s", path);
	if (check_kind(path, &st, e) < 0)
		return -1;
	if (trust != FILE_ANY && check_trust(path, &st, trust, e) < 0)
		return -1;
	if (st.st_size > (off_t)FILE_MAX)
		return err_set(e, EX_CONFIG, "%s is larger than %zu bytes",
		    path, FILE_MAX);
	facts->readable_by_others = (st.st_mode & S_IROTH) != 0;
	/*
	 * All room at once: growing would leave copies of a password.  Not
	 * much of it, because all of it is wiped.
	 */
	buf_room(out, (size_t)st.st_size + SPARE);
	if (fd_read_all(fd, out, FILE_MAX, e) < 0)
		return err_wrap(e, "cannot read %s", path);
	return 0;
}

int
file_load(const char *path, enum file_trust trust, struct buf *out,
    struct file_facts *facts, struct err *e)
{
	struct file_facts unasked;
	struct err ignored = { 0 };
	int fd, rc;

	if (facts == NULL)
		facts = &unasked;
	*facts = (struct file_facts){ 0 };
	buf_wipe(out);
	fd = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	if (fd < 0) {
		facts->missing = errno == ENOENT || errno == ENOTDIR;
		return err_sys(e, errno == EMFILE || errno == ENFILE ||
		    errno == EIO ? EX_OSERR : EX_CONFIG, "cannot open %s",
		    path);
	}
	rc = load_fd(fd, path, trust, out, facts, e);
	if (rc < 0)
		buf_wipe(out);
	fd_close(&fd, &ignored);	/* nothing was written */
	err_clear(&ignored);
	return rc;
}

static int
loader_load(void *arg, struct str path, struct buf *out, struct err *e)
{
	struct loader *r = arg;
	struct file_facts facts;
	char *cpath = xstrdup(path);
	int rc = file_load(cpath, r->trust, out, &facts, e);

	if (rc == 0 && facts.readable_by_others)
		r->exposed = true;
	free(cpath);
	return rc;
}

/* A directory that is not there holds nothing; other trouble is told. */
static int
on_glob_error(const char *path, int errnum)
{
	(void)path;
	return errnum != ENOENT && errnum != ENOTDIR;
}

static int
loader_list(void *arg, struct str pattern, struct strs *out, struct err *e)
{
	char *cpattern = xstrdup(pattern);
	glob_t found = { 0 };
	int rc = glob(cpattern, 0, on_glob_error, &found);

	(void)arg;
	if (rc == GLOB_NOSPACE)
		xmem_die("glob");
	if (rc == GLOB_ABORTED)
		err_sys(e, EX_CONFIG, "cannot look for %s", cpattern);
	if (rc == 0) {
		for (size_t i = 0; i < found.gl_pathc; i++)
			strs_add(out, str_of(found.gl_pathv[i]));
		globfree(&found);
	}
	free(cpattern);
	return rc == GLOB_ABORTED ? -1 : 0;
}

static bool
look_at(struct str path, struct stat *st)
{
	char *cpath = xstrdup(path);
	int rc = stat(cpath, st);

	free(cpath);
	return rc == 0;
}

/* By way of a link, or of "..". */
static bool
loader_same(void *arg, struct str a, struct str b)
{
	struct stat one, other;

	(void)arg;
	return look_at(a, &one) && look_at(b, &other) &&
	    one.st_dev == other.st_dev && one.st_ino == other.st_ino;
}

static bool
loader_variable(void *arg, struct str name, struct buf *out)
{
	char *cname = xstrdup(name);
	const char *value = secure_getenv(cname);

	(void)arg;
	free(cname);
	if (value == NULL)
		return false;
	buf_puts(out, value);
	return true;
}

void
loader_init(struct loader *r, enum file_trust trust)
{
	*r = (struct loader){
		.arg = r,
		.trust = trust,
		.load = loader_load,
		.list = loader_list,
		.same = loader_same,
		.variable = loader_variable,
	};
}
