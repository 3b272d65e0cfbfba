// SPDX-License-Identifier: ISC
/*
 * check_config_store.c - a configuration and a secret, onto the disk
 *
 * The linker (--wrap) lets each system call fail once: whatever happens, the
 * old file is there whole or the new one is, and nothing lies about.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <sysexits.h>

#include "base/fd.h"
#include "base/table.h"
#include "config/config.h"
#include "config/print.h"
#include "config/secret.h"
#include "config/store.h"
#include "run.h"
#include "scratch.h"

enum call { NONE, FCHMOD, FCHOWN, FSYNC, LINK, MKOSTEMP, RENAME, WRITE };

static enum call failing;
static int fail_after;		/* calls that work before it */
static bool no_group;
static uid_t owner;		/* as fchown() was told */
static gid_t group;

static bool
fails(enum call call)
{
	if (call != failing || fail_after-- > 0)
		return false;
	errno = EIO;
	return true;
}

int __real_fchmod(int, mode_t);
int __wrap_fchmod(int, mode_t);
int
__wrap_fchmod(int fd, mode_t mode)
{
	return fails(FCHMOD) ? -1 : __real_fchmod(fd, mode);
}

int __real_fchown(int, uid_t, gid_t);
int __wrap_fchown(int, uid_t, gid_t);
int
__wrap_fchown(int fd, uid_t uid, gid_t gid)
{
	(void)fd;
	owner = uid;
	group = gid;
	return fails(FCHOWN) ? -1 : 0;
}

int __real_fsync(int);
int __wrap_fsync(int);
int
__wrap_fsync(int fd)
{
	return fails(FSYNC) ? -1 : __real_fsync(fd);
}

struct group *__wrap_getgrnam(const char *);
struct group *
__wrap_getgrnam(const char *name)
{
	static struct group g = { .gr_gid = 4711 };

	return no_group || strcmp(name, MAIL_GROUP) != 0 ? NULL : &g;
}

int __real_link(const char *, const char *);
int __wrap_link(const char *, const char *);
int
__wrap_link(const char *from, const char *to)
{
	return fails(LINK) ? -1 : __real_link(from, to);
}

int __real_mkostemp(char *, int);
int __wrap_mkostemp(char *, int);
int
__wrap_mkostemp(char *path, int flags)
{
	return fails(MKOSTEMP) ? -1 : __real_mkostemp(path, flags);
}

int __real_rename(const char *, const char *);
int __wrap_rename(const char *, const char *);
int
__wrap_rename(const char *from, const char *to)
{
	return fails(RENAME) ? -1 : __real_rename(from, to);
}

ssize_t __real_write(int, const void *, size_t);
ssize_t __wrap_write(int, const void *, size_t);
ssize_t
__wrap_write(int fd, const void *p, size_t n)
{
	/* Check itself writes, too. */
	return failing == WRITE && fails(WRITE) ? -1 :
	    __real_write(fd, p, n);
}

/* -- a directory for each test */

static char dir[4200];
static struct buf path, backup;
static struct err e;

static void
setup(void)
{
	static int number;

	snprintf(dir, sizeof(dir), "%s/%d.%d", scratch_path, (int)getpid(),
	    number++);
	ck_assert_int_eq(mkdir(dir, 0700), 0);
	buf_printf(&path, "%s/minismtp.conf", dir);
}

static void
done(void)
{
	buf_free(&path);
	buf_free(&backup);
	err_clear(&e);
}

static const char *
text_of(const char *name)
{
	static struct buf text;
	struct err ignored = { 0 };
	struct buf full = { 0 };
	int fd;

	buf_printf(&full, "%s/%s", dir, name);
	fd = open(buf_cstr(&full), O_RDONLY);
	buf_free(&full);
	buf_reset(&text);
	if (fd < 0)
		return NULL;
	ck_assert_int_eq(fd_read_all(fd, &text, 1 << 20, &ignored), 0);
	close(fd);
	return buf_cstr(&text);
}

static mode_t
mode_of(const char *name)
{
	struct buf full = { 0 };
	struct stat st;

	buf_printf(&full, "%s/%s", dir, name);
	ck_assert_int_eq(lstat(buf_cstr(&full), &st), 0);
	buf_free(&full);
	return st.st_mode & 07777;
}

static int
files(void)
{
	DIR *d = opendir(dir);
	int n = 0;

	while (readdir(d) != NULL)
		n++;
	closedir(d);
	return n - 2;
}

static int
put(const char *text)
{
	return store_config(buf_cstr(&path), str_of(text), true, &backup, &e);
}

#define ONE "relay = \"one.example\"\n"
#define TWO "relay = \"two.example\"\n"
#define THREE "relay = \"three.example\"\n"

START_TEST(a_file_is_made)
{
	setup();
	ck_assert_int_eq(put(ONE), 0);
	ck_assert_str_eq(text_of("minismtp.conf"), ONE);
	ck_assert_int_eq(mode_of("minismtp.conf"), 0600);
	ck_assert_uint_eq(backup.len, 0);
	ck_assert_int_eq(files(), 1);
	done();
}
END_TEST

START_TEST(the_old_ones_are_kept)
{
	setup();
	ck_assert_int_eq(put(ONE), 0);
	ck_assert_int_eq(chmod(buf_cstr(&path), 0644), 0);
	ck_assert_int_eq(put(TWO), 0);
	ck_assert(str_ends(buf_str(&backup), STR("/minismtp.conf.old")));
	ck_assert_int_eq(put(THREE), 0);
	ck_assert(str_ends(buf_str(&backup), STR("/minismtp.conf.old.2")));
	ck_assert_str_eq(text_of("minismtp.conf"), THREE);
	ck_assert_int_eq(mode_of("minismtp.conf"), 0600);
	ck_assert_str_eq(text_of("minismtp.conf.old"), ONE);
	ck_assert_int_eq(mode_of("minismtp.conf.old"), 0644);
	ck_assert_str_eq(text_of("minismtp.conf.old.2"), TWO);
	ck_assert_int_eq(files(), 3);
	done();
}
END_TEST

START_TEST(what_is_the_same_is_left_alone)
{
	setup();
	ck_assert_int_eq(put(ONE), 0);
	ck_assert_int_eq(put(ONE), 0);
	ck_assert_uint_eq(backup.len, 0);
	ck_assert_int_eq(files(), 1);
	/* but not with a mode that lets others read it */
	ck_assert_int_eq(chmod(buf_cstr(&path), 0644), 0);
	ck_assert_int_eq(put(ONE), 0);
	ck_assert_int_eq(mode_of("minismtp.conf"), 0600);
	ck_assert_int_eq(files(), 2);
	done();
}
END_TEST

START_TEST(a_mistake_is_not_written)
{
	setup();
	ck_assert_int_eq(put(ONE), 0);
	ck_assert_int_eq(put("relay = \"two.example\"\nrealy = \"x\"\n"), -1);
	ck_assert_int_eq(e.code, EX_DATAERR);
	ck_assert_ptr_nonnull(strstr(buf_cstr(&e.text), "realy"));
	ck_assert_str_eq(text_of("minismtp.conf"), ONE);
	ck_assert_int_eq(files(), 1);
	done();
}
END_TEST

START_TEST(directories_are_made)
{
	setup();
	buf_reset(&path);
	buf_printf(&path, "%s/.config/minismtp/minismtp.conf", dir);
	ck_assert_int_eq(put(ONE), 0);
	ck_assert_str_eq(text_of(".config/minismtp/minismtp.conf"), ONE);
	ck_assert_int_eq(mode_of(".config"), 0700);
	ck_assert_int_eq(mode_of(".config/minismtp"), 0700);
	done();
}
END_TEST

START_TEST(the_machine_has_its_directories)
{
	setup();
	buf_reset(&path);
	buf_printf(&path, "%s/nosuch/minismtp.conf", dir);
	ck_assert_int_eq(store_config(buf_cstr(&path), STR(ONE), false, NULL,
	    &e), -1);
	ck_assert_int_eq(e.code, EX_CANTCREAT);
	ck_assert_int_eq(files(), 0);
	done();
}
END_TEST

START_TEST(a_link_stays_one)
{
	struct buf link = { 0 };

	setup();
	buf_printf(&link, "%s/real", dir);
	ck_assert_int_eq(symlink("real", buf_cstr(&path)), 0);
	ck_assert_int_eq(creat(buf_cstr(&link), 0600) < 0, 0);
	ck_assert_int_eq(put(ONE), 0);
	ck_assert_str_eq(text_of("real"), ONE);
	ck_assert_str_eq(text_of("minismtp.conf"), ONE);
	ck_assert_str_eq(text_of("real.old"), "");
	buf_free(&link);
	done();
}
END_TEST

START_TEST(the_group_may_read_the_machines)
{
	setup();
	ck_assert_int_eq(store_config(buf_cstr(&path), STR(ONE), false, NULL,
	    &e), 0);
	ck_assert_int_eq(mode_of("minismtp.conf"), 0640);
	ck_assert_int_eq(owner, geteuid());
	ck_assert_int_eq(group, 4711);
	no_group = true;
	ck_assert_int_eq(store_config(buf_cstr(&path), STR(TWO), false, NULL,
	    &e), -1);
	ck_assert_int_eq(e.code, EX_CONFIG);
	ck_assert_str_eq(text_of("minismtp.conf"), ONE);
	no_group = false;
	done();
}
END_TEST

static const struct {
	const char *config, *account, *path;
} secrets[] = {
	{ "/etc/minismtp.conf", "", "/etc/minismtp.password" },
	{ "/etc/minismtp.conf", "work", "/etc/minismtp.work.password" },
	{ "/etc/minismtp.conf", "a@b/../c d", "/etc/minismtp.a@b_.._c_d"
	    ".password" },
	{ "mine", "", "mine.password" },
	{ "/x/.conf", "", "/x/.password" },
};

START_TEST(a_secret_has_a_place)
{
	struct buf out = { 0 };

	store_secret_path(&out, secrets[_i].config,
	    str_of(secrets[_i].account));
	ck_assert_str_eq(buf_cstr(&out), secrets[_i].path);
	buf_free(&out);
}
END_TEST

START_TEST(a_secret_can_be_read_again)
{
	struct secret s = { 0 };

	setup();
	secret_set(&s, STR(" pass#w\"rd "));
	ck_assert_int_eq(store_secret(buf_cstr(&path), &s, true, &backup, &e),
	    0);
	ck_assert_int_eq(mode_of("minismtp.conf"), 0600);
	secret_free(&s);
	ck_assert_int_eq(secret_from_file(buf_cstr(&path), &s, &e), 0);
	ck_assert(str_eq(secret_reveal(&s), STR(" pass#w\"rd ")));
	ck_assert_int_eq(store_secret(buf_cstr(&path), &s, true, &backup, &e),
	    0);
	ck_assert_int_eq(files(), 1);
	secret_set(&s, STR("other"));
	ck_assert_int_eq(store_secret(buf_cstr(&path), &s, true, &backup, &e),
	    0);
	ck_assert_int_eq(mode_of("minismtp.conf.old"), 0600);
	ck_assert_int_eq(files(), 2);
	secret_free(&s);
	done();
}
END_TEST

static const struct {
	enum call call;
	int after;
	const char *left;	/* what is in the file then */
} faults[] = {
	{ FCHMOD, 0, ONE },
	{ FCHOWN, 0, ONE },
	{ FSYNC, 0, ONE },
	{ FSYNC, 1, TWO },	/* of the directory: it is there already */
	{ LINK, 0, ONE },
	{ MKOSTEMP, 0, ONE },
	{ RENAME, 0, ONE },
	{ WRITE, 0, ONE },
};

START_TEST(a_failure_leaves_the_old_one)
{
	int rc;

	setup();
	ck_assert_int_eq(put(ONE), 0);
	fail_after = faults[_i].after;
	failing = faults[_i].call;
	rc = put(TWO);
	failing = NONE;
	ck_assert_int_eq(rc, -1);
	ck_assert_int_ne(e.code, 0);
	ck_assert_str_eq(text_of("minismtp.conf"), faults[_i].left);
	ck_assert_int_eq(files(), faults[_i].left[9] == 'o' ? 1 : 2);
	done();
}
END_TEST

START_TEST(a_printed_text_is_read_again)
{
	struct buf text = { 0 };
	struct config c = { 0 };
	struct mistakes m = { 0 };
	struct loader loader;
	const struct str name = STR("a\"b\\c$d#e'f{g}");

	loader_init(&loader, FILE_PERSONAL);
	buf_puts(&text, ONE "user = ");
	print_text(&text, name);
	buf_putc(&text, '\n');
	ck_assert_int_eq(config_parse(&c, "x", buf_str(&text), &loader, &m,
	    &e), 0);
	ck_assert(str_eq(buf_str(&c.account[0].user), name));
	config_free(&c);
	mistakes_free(&m);
	buf_free(&text);
}
END_TEST

int
main(void)
{
	const struct test_row tests[] = {
		{ a_file_is_made, 0 },
		{ the_old_ones_are_kept, 0 },
		{ what_is_the_same_is_left_alone, 0 },
		{ a_mistake_is_not_written, 0 },
		{ directories_are_made, 0 },
		{ the_machine_has_its_directories, 0 },
		{ a_link_stays_one, 0 },
		{ the_group_may_read_the_machines, 0 },
		{ a_secret_has_a_place, TABLE_COUNT(secrets) },
		{ a_secret_can_be_read_again, 0 },
		{ a_failure_leaves_the_old_one, TABLE_COUNT(faults) },
		{ a_printed_text_is_read_again, 0 },
	};
	int status;

	if (scratch_make() < 0)
		return 99;
	status = RUN("config_store", tests);
	scratch_remove();
	return status;
}
