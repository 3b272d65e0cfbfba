// SPDX-License-Identifier: ISC
/*
 * store.c - a configuration, and the secret beside it, onto the disk
 */
#include "config/store.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/fd.h"
#include "config/config.h"
#include "config/secret_io.h"

#define BACKUPS_MAX 999

/* A file that is being written. */
struct store {
	struct buf path;		/* where it goes: no link */
	struct buf dir;
	struct buf temp;		/* where it is; empty: nowhere */
	struct buf backup;		/* of the old one; empty: none yet */
	uid_t uid;
	gid_t gid;
	mode_t mode;
};

static void
store_free(struct store *s)
{
	if (s->temp.len > 0)
		(void)unlink(buf_cstr(&s->temp));
	buf_free(&s->path);
	buf_free(&s->dir);
	buf_free(&s->temp);
	buf_free(&s->backup);
}

/* -- where, and for whom */

static int
find_owner(struct store *s, bool personal, struct err *e)
{
	const struct group *group;

	s->uid = geteuid();
	s->gid = getegid();
	s->mode = 0600;
	if (personal)
		return 0;
	group = getgrnam(MAIL_GROUP);
	if (group == NULL)
		return err_set(e, EX_CONFIG, "there is no group " MAIL_GROUP
		    ", which must be able to read it: groupadd -r "
		    MAIL_GROUP);
	s->gid = group->gr_gid;
	s->mode = 0640;
	return 0;
}

/* The directories of one's own that are missing, from above. */
static int
make_directories(struct str dir, struct err *e)
{
	struct buf path = { 0 };
	struct str part;
	int rc = 0;

	while (rc == 0 && dir.len > 0) {
		if (!str_eat_until(&dir, '/', &part)) {
			part = dir;
			dir = STR("");
		}
		if (path.len > 0 || part.len == 0)
			buf_putc(&path, '/');
		buf_add(&path, part);
		if (part.len > 0 && mkdir(buf_cstr(&path), 0700) < 0 &&
		    errno != EEXIST)
			rc = err_sys(e, EX_CANTCREAT, "cannot make %s",
			    buf_cstr(&path));
	}
	buf_free(&path);
	return rc;
}

/* A link is somebody's way to keep the file elsewhere. */
static int
find_place(struct store *s, const char *path, bool personal, struct err *e)
{
	char *real = realpath(path, NULL);
	struct str dir = STR("."), name;

	buf_puts(&s->path, real != NULL ? real : path);
	free(real);
	(void)str_cut_last(buf_str(&s->path), '/', &dir, &name);
	buf_set(&s->dir, dir.len > 0 ? dir : STR("/"));
	return personal ? make_directories(buf_str(&s->dir), e) : 0;
}

/* -- the new one */

static int
fill(struct store *s, int fd, struct str text, struct err *e)
{
	if (fchown(fd, s->uid, s->gid) < 0)
		return err_sys(e, EX_CANTCREAT, "chown");
	if (fchmod(fd, s->mode) < 0)
		return err_sys(e, EX_CANTCREAT, "chmod");
	if (fd_write(fd, text, e) < 0)
		return -1;
	return fd_sync(fd, e);
}

static int
write_beside(struct store *s, struct str text, struct err *e)
{
	struct err ignored = { 0 };
	int fd, rc;

	buf_printf(&s->temp, "%s.XXXXXX", buf_cstr(&s->path));
	fd = mkostemp(s->temp.data, O_CLOEXEC);
	if (fd < 0) {
		buf_reset(&s->temp);
		return err_sys(e, EX_CANTCREAT, "cannot write to %s",
		    buf_cstr(&s->dir));
	}
	rc = fill(s, fd, text, e);
	if (rc == 0)
		rc = fd_close(&fd, e);
	else
		(void)fd_close(&fd, &ignored);
	err_clear(&ignored);
	return rc < 0 ? err_wrap(e, "%s", buf_cstr(&s->temp)) : 0;
}

/* -- the old one */

/* A second name for it, which makes it a backup when the first one goes. */
static int
keep_old(struct store *s, struct err *e)
{
	for (int i = 1; i <= BACKUPS_MAX; i++) {
		buf_reset(&s->backup);
		buf_printf(&s->backup, "%s.old", buf_cstr(&s->path));
		if (i > 1)
			buf_printf(&s->backup, ".%d", i);
		if (link(buf_cstr(&s->path), buf_cstr(&s->backup)) == 0)
			return 0;
		if (errno == EEXIST)
			continue;
		if (errno == ENOENT) {
			buf_reset(&s->backup);
			return 0;
		}
		err_sys(e, EX_CANTCREAT, "cannot keep %s as %s",
		    buf_cstr(&s->path), buf_cstr(&s->backup));
		buf_reset(&s->backup);
		return -1;
	}
	buf_reset(&s->backup);
	return err_set(e, EX_CANTCREAT, "there are %d old ones of %s: remove "
	    "some", BACKUPS_MAX, buf_cstr(&s->path));
}

static int
sync_directory(const struct store *s, struct err *e)
{
	struct err ignored = { 0 };
	int fd = open(buf_cstr(&s->dir), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int rc;

	if (fd < 0)
		return err_sys(e, EX_IOERR, "%s", buf_cstr(&s->dir));
	rc = fd_sync(fd, e);
	(void)fd_close(&fd, &ignored);
	err_clear(&ignored);
	return rc < 0 ? err_wrap(e, "%s", buf_cstr(&s->dir)) : 0;
}

static int
replace(struct store *s, struct err *e)
{
	if (keep_old(s, e) < 0)
		return -1;
	if (rename(buf_cstr(&s->temp), buf_cstr(&s->path)) < 0) {
		err_sys(e, EX_CANTCREAT, "cannot replace %s",
		    buf_cstr(&s->path));
		if (s->backup.len > 0)
			(void)unlink(buf_cstr(&s->backup));
		buf_reset(&s->backup);
		return -1;
	}
	buf_reset(&s->temp);
	return sync_directory(s, e);
}

/* -- all of it */

static bool
has_text(int fd, struct str text)
{
	struct secret is = { 0 };
	struct err e = { 0 };
	bool same = secret_read(fd, "", &is, &e) == 0 &&
	    str_eq(secret_reveal(&is), text);

	secret_free(&is);
	err_clear(&e);
	return same;
}

/* A text that is too long for that is simply written again. */
static bool
is_same(const struct store *s, struct str text)
{
	int fd = open(buf_cstr(&s->path), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	struct stat st;
	bool same;

	if (fd < 0)
		return false;
	same = fstat(fd, &st) == 0 && S_ISREG(st.st_mode) &&
	    st.st_uid == s->uid && st.st_gid == s->gid &&
	    (st.st_mode & 07777) == s->mode && has_text(fd, text);
	(void)close(fd);
	return same;
}

static int
store(const char *path, struct str text, bool personal, struct buf *backup,
    struct err *e)
{
	struct store s = { 0 };
	int rc = 0;

	if (find_owner(&s, personal, e) < 0 ||
	    find_place(&s, path, personal, e) < 0 ||
	    (!is_same(&s, text) && (write_beside(&s, text, e) < 0 ||
	    replace(&s, e) < 0)))
		rc = -1;
	if (backup != NULL)
		buf_set(backup, buf_str(&s.backup));
	store_free(&s);
	return rc;
}

int
store_config(const char *path, struct str text, bool personal,
    struct buf *backup, struct err *e)
{
	struct config c = { 0 };
	struct mistakes m = { 0 };
	struct loader loader;
	int rc;

	loader_init(&loader, personal ? FILE_PERSONAL : FILE_SYSTEM);
	rc = config_parse(&c, path, text, &loader, &m, e);
	config_free(&c);
	mistakes_free(&m);
	if (rc < 0) {
		e->code = EX_DATAERR;
		return -1;
	}
	return store(path, text, personal, backup, e);
}

int
store_secret(const char *path, const struct secret *s, bool personal,
    struct buf *backup, struct err *e)
{
	struct secret line = { 0 };
	int rc;

	secret_add(&line, secret_reveal(s));
	secret_add(&line, STR("\n"));
	rc = store(path, secret_reveal(&line), personal, backup, e);
	secret_free(&line);
	return rc;
}

static bool
fits_a_name(char c)
{
	return str_is_alpha(c) || str_is_digit(c) || c == '-' || c == '_' ||
	    c == '.' || c == '@';
}

void
store_secret_path(struct buf *out, const char *config, struct str account)
{
	struct str stem = str_of(config);

	if (str_ends(stem, STR(".conf")))
		stem = str_head(stem, stem.len - 5);
	buf_reset(out);
	buf_add(out, stem);
	if (account.len > 0)
		buf_putc(out, '.');
	for (size_t i = 0; i < account.len; i++)
		buf_putc(out, fits_a_name(account.ptr[i]) ? account.ptr[i] :
		    '_');
	buf_puts(out, ".password");
}
