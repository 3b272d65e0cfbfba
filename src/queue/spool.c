// SPDX-License-Identifier: ISC
/*
 * spool.c - the directory that never loses mail
 */
#include "queue/spool.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/fd.h"

#define NEXT_DIGITS 10

static const char *const names[SPOOL_DIRS] = { "tmp", "new", "cur", "failed" };

/* In it are no messages, and it may be missing: see relay/memory.h. */
#define STATE "state"

const char *
spool_where_name(enum spool_where where)
{
	return names[where];
}

/* -- opening: what is wrong is said with the command that mends it */

#define OWNERS MAIL_USER ":" MAIL_GROUP

static int
check_dir(struct spool *s, const char *path, int i, struct err *e)
{
	struct stat st;

	if (fstat(s->dir[i], &st) < 0)
		return err_sys(e, EX_TEMPFAIL, "spool %s", names[i]);
	if ((st.st_mode & S_IRWXO) != 0)
		return err_set(e, EX_TEMPFAIL,
		    "spool %s: is open to everybody: chmod o-rwx %s/%s",
		    names[i], path, names[i]);
	if (i > 0 && (st.st_uid != s->owner || st.st_gid != s->group))
		return err_set(e, EX_TEMPFAIL, "spool %s: has another owner or "
		    "group than %s: cd %s && chown " OWNERS " tmp new cur "
		    "failed", names[i], names[0], path);
	s->owner = st.st_uid;
	s->group = st.st_gid;
	s->mode = (st.st_mode & S_IWGRP) != 0 ? 0660 : 0600;
	return 0;
}

/* Who can write to the top can replace all that is in it. */
static int
check_top(const struct spool *s, const char *path, struct err *e)
{
	struct stat st;

	if (fstat(s->top, &st) < 0)
		return err_sys(e, EX_TEMPFAIL, "spool %s", path);
	if ((st.st_mode & S_IWOTH) != 0)
		return err_set(e, EX_TEMPFAIL,
		    "spool %s: everybody can write to it: chmod 0710 %s",
		    path, path);
	if (st.st_uid != 0 && st.st_uid != s->owner)
		return err_set(e, EX_TEMPFAIL,
		    "spool %s: belongs to user %lu: chown root %s", path,
		    (unsigned long)st.st_uid, path);
	return 0;
}

/* A personal spool is made by whoever wants it, and needs no mending. */
static int
not_open(const struct spool *s, const char *path, const char *name,
    struct err *e)
{
	int why = errno;

	if (strcmp(path, SPOOLDIR) != 0 || (why != EACCES && why != ENOENT))
		return err_sys(e, EX_TEMPFAIL, "spool %s/%s", path, name);
	if (faccessat(s->top, ".", X_OK, AT_EACCESS) < 0)
		return err_set(e, EX_TEMPFAIL, "spool %s: %s: chgrp "
		    MAIL_GROUP " %s && chmod 0710 %s", path, strerror(errno),
		    path, path);
	return err_set(e, EX_TEMPFAIL, "spool %s/%s: %s: install -d -o "
	    MAIL_USER " -g " MAIL_GROUP " -m 2770 %s/%s", path, name,
	    strerror(why), path, name);
}

static int
open_all(struct spool *s, const char *path, struct err *e)
{
	s->top = open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (s->top < 0)
		return err_sys(e, EX_TEMPFAIL, "spool %s", path);
	for (int i = 0; i < SPOOL_DIRS; i++) {
		s->dir[i] = openat(s->top, names[i], O_RDONLY | O_DIRECTORY |
		    O_NOFOLLOW | O_CLOEXEC);
		if (s->dir[i] < 0)
			return not_open(s, path, names[i], e);
		if (check_dir(s, path, i, e) < 0)
			return -1;
	}
	return check_top(s, path, e);
}

int
spool_open(struct spool *s, const char *path, struct err *e)
{
	*s = (struct spool){ 0 };
	if (open_all(s, path, e) == 0)
		return 0;
	spool_close(s);
	return -1;
}

void
spool_close(struct spool *s)
{
	if (s->top > 0)
		close(s->top);
	for (int i = 0; i < SPOOL_DIRS; i++)
		if (s->dir[i] > 0)
			close(s->dir[i]);
	*s = (struct spool){ 0 };
}

static int
make_dir(const char *path, struct err *e)
{
	if (mkdir(path, 0700) < 0 && errno != EEXIST)
		return err_sys(e, EX_TEMPFAIL, "make %s", path);
	return 0;
}

int
spool_create(const char *path, struct err *e)
{
	struct str rest = str_of(path), part;
	struct buf at = { 0 };
	int rc = 0;

	while (rc == 0 && rest.len > 0) {
		if (!str_eat_until(&rest, '/', &part)) {
			part = rest;
			rest = STR("");
		}
		if (part.len > 0) {
			buf_add(&at, part);
			rc = make_dir(buf_cstr(&at), e);
		}
		buf_putc(&at, '/');
	}
	for (int i = 0; rc == 0 && i < SPOOL_DIRS; i++) {
		size_t len = at.len;

		buf_puts(&at, names[i]);
		rc = make_dir(buf_cstr(&at), e);
		buf_cut(&at, len);
	}
	buf_puts(&at, STATE);
	if (rc == 0)
		rc = make_dir(buf_cstr(&at), e);
	buf_free(&at);
	return rc;
}

/* -- names */

_Static_assert(ID_LEN + 1 + NEXT_DIGITS < SPOOL_NAME_SIZE, "each name fits");

void
spool_name(char name[SPOOL_NAME_SIZE], enum spool_where where,
    const struct id *id, int64_t next)
{
	uint64_t left = (uint64_t)next & SPOOL_HELD;

	memcpy(name, id->text, ID_LEN + 1);
	if (where != SPOOL_CUR)
		return;
	name[ID_LEN] = ',';
	for (int i = NEXT_DIGITS; i > 0; i--) {
		name[ID_LEN + i] = "0123456789abcdef"[left & 15];
		left >>= 4;
	}
	name[ID_LEN + 1 + NEXT_DIGITS] = '\0';
}

static bool
parse_next(struct str s, int64_t *next)
{
	uint64_t v = 0;

	if (s.len != NEXT_DIGITS)
		return false;
	for (size_t i = 0; i < s.len; i++) {
		char c = s.ptr[i];

		if (!str_is_digit(c) && !(c >= 'a' && c <= 'f'))
			return false;
		v = v << 4 | (uint64_t)(str_is_digit(c) ? c - '0' :
		    c - 'a' + 10);
	}
	*next = (int64_t)v;
	return true;
}

bool
spool_name_parse(struct str name, enum spool_where where, struct id *id,
    int64_t *next)
{
	struct str head = str_head(name, ID_LEN), tail = str_skip(name, ID_LEN);

	*next = 0;
	if (where == SPOOL_CUR)
		return id_parse(head, id) && str_eat(&tail, STR(",")) &&
		    parse_next(tail, next);
	return id_parse(name, id);
}

/* -- arrows */

/*
 * A file system without RENAME_NOREPLACE gets the next best: IDs are never
 * made twice, so who looks first replaces nothing either.
 */
static int
rename_to_nothing(int from, const char *name, int to, const char *as)
{
	struct stat st;

	if (renameat2(from, name, to, as, RENAME_NOREPLACE) == 0)
		return 0;
	if (errno != EINVAL && errno != ENOSYS)
		return -1;
	if (fstatat(to, as, &st, AT_SYMLINK_NOFOLLOW) == 0) {
		errno = EEXIST;
		return -1;
	}
	return renameat(from, name, to, as);
}

int
spool_move(struct spool *s, enum spool_where from, const char *name,
    enum spool_where to, const char *as, struct err *e)
{
	if (rename_to_nothing(s->dir[from], name, s->dir[to], as) == 0)
		return 0;
	return err_sys(e, fd_write_code(errno), "rename %s/%s to %s/%s",
	    names[from], name, names[to], as);
}

int
spool_sync(struct spool *s, enum spool_where where, struct err *e)
{
	return fd_sync(s->dir[where], e) < 0 ?
	    err_wrap(e, "spool %s", names[where]) : 0;
}

int
spool_set_aside(struct spool *s, enum spool_where where, const char *name,
    struct buf *now, struct err *e)
{
	struct id id = id_make();

	buf_reset(now);
	buf_printf(now, "junk,%s", id.text);
	return spool_move(s, where, name, SPOOL_FAILED, buf_cstr(now), e);
}

/* -- looking around */

/* A descriptor of its own, so that two listings do not share a position. */
static DIR *
open_listing(struct spool *s, enum spool_where where, struct err *e)
{
	int fd = openat(s->dir[where], ".",
	    O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *dir = fd < 0 ? NULL : fdopendir(fd);

	if (dir == NULL) {
		err_sys(e, EX_TEMPFAIL, "list spool %s", names[where]);
		if (fd >= 0)
			close(fd);
	}
	return dir;
}

int
spool_each(struct spool *s, enum spool_where where, spool_each_fn *fn,
    void *who, struct err *e)
{
	DIR *dir = open_listing(s, where, e);
	struct dirent *de;
	int rc = 0;

	if (dir == NULL)
		return -1;
	while (errno = 0, rc == 0 && (de = readdir(dir)) != NULL) {
		struct str name = str_of(de->d_name);

		if (!str_eq(name, STR(".")) && !str_eq(name, STR("..")))
			rc = fn(who, de->d_name, de->d_type == DT_REG);
	}
	if (rc == 0 && errno != 0)
		rc = err_sys(e, EX_TEMPFAIL, "list spool %s", names[where]);
	closedir(dir);
	return rc;
}

struct wanted {
	const struct id *id;
	int64_t *next;
};

static int
is_wanted(void *who, const char *name, bool is_file)
{
	struct wanted *w = who;
	struct id id;
	int64_t next;

	(void)is_file;
	if (!spool_name_parse(str_of(name), SPOOL_CUR, &id, &next) ||
	    !str_eq(str_of(id.text), str_of(w->id->text)))
		return 0;
	*w->next = next;
	return 1;
}

int
spool_find(struct spool *s, const struct id *id, enum spool_where *where,
    int64_t *next, struct err *e)
{
	static const enum spool_where plain[] = { SPOOL_NEW, SPOOL_FAILED };
	struct wanted w = { id, next };
	struct stat st;

	*next = 0;
	for (size_t i = 0; i < 2; i++) {
		*where = plain[i];
		if (fstatat(s->dir[plain[i]], id->text, &st,
		    AT_SYMLINK_NOFOLLOW) == 0)
			return 1;
		if (errno != ENOENT)
			return err_sys(e, EX_TEMPFAIL, "%s", id->text);
	}
	*where = SPOOL_CUR;
	return spool_each(s, SPOOL_CUR, is_wanted, &w, e);
}
