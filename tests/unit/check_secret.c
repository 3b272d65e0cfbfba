// SPDX-License-Identifier: ISC
/*
 * check_secret.c - the config room: where a password comes from
 */
#include "run.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/table.h"
#include "config/secret.h"

static char dir[] = "/tmp/check_secret.XXXXXX";
static pid_t family;

static const char *
at(const char *name)
{
	static char path[4][100];
	static unsigned turn;
	char *p = path[turn++ % 4];

	snprintf(p, sizeof(path[0]), "%s/%s", dir, name);
	return p;
}

static void
remove_all(void)
{
	static const char *const names[] = { "file", "link", "sub/file",
		"sub", "prog" };

	if (getpid() != family)
		return;
	for (size_t i = 0; i < TABLE_COUNT(names); i++)
		(void)remove(at(names[i]));
	(void)rmdir(dir);
}

static const char *
put(const char *name, const char *text, size_t len, mode_t mode)
{
	const char *path = at(name);
	int fd;

	(void)unlink(path);
	fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
	ck_assert_int_ge(fd, 0);
	ck_assert_int_eq(write(fd, text, len), (ssize_t)len);
	ck_assert_int_eq(fchmod(fd, mode), 0);
	ck_assert_int_eq(close(fd), 0);
	return path;
}

/* -- files ---------------------------------------------------------------- */

static const struct file {
	const char *name, *text;
	size_t len;
	const char *secret, *says;
} files[] = {
	{ "one line", "secret\n", 7, "secret", NULL },
	{ "no line end", "secret", 6, "secret", NULL },
	{ "CRLF", "secret\r\n", 8, "secret", NULL },
	{ "more lines", "secret\nmore\n", 12, "secret", NULL },
	{ "blanks stay", " se cret \n", 10, " se cret ", NULL },
	{ "empty", "", 0, NULL, "first line is empty" },
	{ "an empty line", "\nsecret\n", 8, NULL, "first line is empty" },
	{ "a NUL", "sec\0ret\n", 8, NULL, "NUL" },
	{ "a NUL behind", "secret\n\0", 8, "secret", NULL },
};

START_TEST(the_first_line_of_a_file_counts)
{
	const struct file *f = &files[_i];
	const char *path = put("file", f->text, f->len, 0600);
	struct secret s = { 0 };
	struct err e = { 0 };
	int rc = secret_from_file(path, &s, &e);

	ck_assert_msg((rc == 0) == (f->secret != NULL), "%s", f->name);
	if (rc == 0)
		ck_assert_msg(str_eq(secret_reveal(&s), str_of(f->secret)),
		    "%s", f->name);
	else {
		ck_assert_ptr_nonnull(strstr(buf_cstr(&e.text), f->says));
		ck_assert_int_eq(e.code, EX_CONFIG);
		ck_assert(!secret_is_set(&s));
	}
	secret_free(&s);
	err_clear(&e);
}
END_TEST

START_TEST(a_secret_has_a_limit)
{
	static char text[SECRET_MAX + 2];
	struct secret s = { 0 };
	struct err e = { 0 };

	memset(text, 'x', sizeof(text));
	ck_assert_int_eq(secret_from_file(put("file", text, SECRET_MAX, 0600),
	    &s, &e), 0);
	ck_assert_uint_eq(secret_reveal(&s).len, SECRET_MAX);
	ck_assert_int_eq(secret_from_file(put("file", text, SECRET_MAX + 1,
	    0600), &s, &e), -1);
	ck_assert(!secret_is_set(&s));
	err_clear(&e);
}
END_TEST

/* -- who may see it ------------------------------------------------------- */

static const struct mode {
	mode_t mode, dir_mode;
	int owner, group;	/* -1: ours; needs root */
	const char *says;	/* NULL: fine */
} modes[] = {
	{ 0600, 0700, -1, -1, NULL },
	{ 0400, 0755, -1, -1, NULL },
	{ 0640, 0755, -1, -1, NULL },		/* our own group */
	{ 0600, 01777, -1, -1, NULL },		/* sticky, as /tmp */
	{ 0644, 0700, -1, -1, "chmod o-rwx" },
	{ 0604, 0700, -1, -1, "chmod o-rwx" },
	{ 0602, 0700, -1, -1, "chmod o-rwx" },
	{ 0601, 0700, -1, -1, "chmod o-rwx" },
	{ 0660, 0700, -1, -1, "chmod g-rw" },
	{ 0600, 0777, -1, -1, "chmod o-w" },
	{ 0640, 0755, -1, 12345, "chmod g-rw" },
	{ 0600, 0775, -1, -1, NULL },
	{ 0600, 0755, 12345, -1, "belongs to user 12345" },
};

START_TEST(others_may_not_see_it)
{
	const struct mode *m = &modes[_i];
	struct secret s = { 0 };
	struct err e = { 0 };
	const char *path;
	int rc;

	if ((m->owner >= 0 || m->group >= 0) && geteuid() != 0)
		return;
	(void)mkdir(at("sub"), 0700);
	path = put("sub/file", "secret\n", 7, m->mode);
	if (m->owner >= 0 || m->group >= 0) {
		ck_assert_int_eq(chown(path, (uid_t)m->owner,
		    (gid_t)m->group), 0);
		ck_assert_int_eq(chmod(path, m->mode), 0);
	}
	ck_assert_int_eq(chmod(at("sub"), m->dir_mode), 0);
	rc = secret_from_file(path, &s, &e);
	ck_assert_int_eq(chmod(at("sub"), 0700), 0);
	ck_assert_msg((rc == 0) == (m->says == NULL), "%o %o: %s", m->mode,
	    m->dir_mode, buf_cstr(&e.text));
	if (rc < 0) {
		ck_assert_msg(strstr(buf_cstr(&e.text), m->says) != NULL,
		    "%s", buf_cstr(&e.text));
		ck_assert_int_eq(e.code, EX_CONFIG);
	}
	secret_free(&s);
	err_clear(&e);
}
END_TEST

START_TEST(a_link_is_judged_by_where_it_leads)
{
	struct secret s = { 0 };
	struct err e = { 0 };

	(void)mkdir(at("sub"), 0700);
	put("sub/file", "secret\n", 7, 0600);
	ck_assert_int_eq(symlink("sub/file", at("link")), 0);
	ck_assert_int_eq(secret_from_file(at("link"), &s, &e), 0);
	ck_assert_int_eq(chmod(at("sub"), 0777), 0);
	ck_assert_int_eq(secret_from_file(at("link"), &s, &e), -1);
	ck_assert_int_eq(unlink(at("link")), 0);
	ck_assert_int_eq(chmod(at("sub"), 0700), 0);
	err_clear(&e);
}
END_TEST

START_TEST(what_is_no_file_is_refused)
{
	struct secret s = { 0 };
	struct err e = { 0 };

	ck_assert_int_eq(secret_from_file(dir, &s, &e), -1);
	ck_assert_int_eq(secret_from_file("/dev/zero", &s, &e), -1);
	ck_assert_int_eq(secret_from_file(at("absent"), &s, &e), -1);
	ck_assert_int_eq(e.code, EX_CONFIG);
	ck_assert(err_is_temporary(&e));	/* a typo loses no mail */
	ck_assert_int_eq(mkfifo(at("link"), 0600), 0);
	ck_assert_int_eq(secret_from_file(at("link"), &s, &e), -1);
	ck_assert_int_eq(unlink(at("link")), 0);
	err_clear(&e);
}
END_TEST

START_TEST(a_credential_is_a_name_in_its_directory)
{
	static const char *const bad[] = { "", ".", "..", "../file", "a/b",
		".hidden" };
	struct secret s = { 0 };
	struct err e = { 0 };

	put("file", "secret\n", 7, 0400);
	ck_assert_int_eq(secret_from_credential(dir, "file", &s, &e), 0);
	ck_assert(str_eq(secret_reveal(&s), STR("secret")));
	secret_free(&s);
	for (size_t i = 0; i < TABLE_COUNT(bad); i++)
		ck_assert_int_eq(secret_from_credential(dir, bad[i], &s, &e),
		    -1);
	ck_assert_int_eq(secret_from_credential(NULL, "file", &s, &e), -1);
	ck_assert_ptr_nonnull(strstr(buf_cstr(&e.text), "LoadCredential"));
	ck_assert_int_eq(secret_from_credential("", "file", &s, &e), -1);
	err_clear(&e);
}
END_TEST

/* -- words ---------------------------------------------------------------- */

static const struct split {
	const char *line, *words;	/* with '|' between; NULL: an error */
} splits[] = {
	{ "pass show mail", "pass|show|mail" },
	{ "  a   b\t", "a|b" },
	{ "a 'b c' d", "a|b c|d" },
	{ "a \"b c\" d", "a|b c|d" },
	{ "a\\ b", "a b" },
	{ "a''b", "ab" },
	{ "a '' b", "a||b" },
	{ "a \"x\\\"y\\\\z\\n\"", "a|x\"y\\z\\n" },
	{ "a 'x\\y'", "a|x\\y" },
	{ "a '$HOME;x'", "a|$HOME;x" },
	{ "a \\$x", "a|$x" },
	{ "", NULL },
	{ "   ", NULL },
	{ "a | b", NULL },
	{ "a; b", NULL },
	{ "a $HOME", NULL },
	{ "a `b`", NULL },
	{ "a > b", NULL },
	{ "~/bin/a", NULL },
	{ "a 'b", NULL },
	{ "a \"b", NULL },
	{ "a \\", NULL },
};

START_TEST(a_command_is_words_and_no_shell)
{
	const struct split *x = &splits[_i];
	struct strs argv = { 0 };
	struct buf all = { 0 };
	struct err e = { 0 };
	int rc = secret_split(str_of(x->line), &argv, &e);

	ck_assert_msg((rc == 0) == (x->words != NULL), "%s", x->line);
	for (size_t i = 0; rc == 0 && i < argv.count; i++) {
		buf_puts(&all, i > 0 ? "|" : "");
		buf_add(&all, strs_at(&argv, i));
	}
	if (rc == 0)
		ck_assert_str_eq(buf_cstr(&all), x->words);
	else
		ck_assert_int_eq(e.code, EX_CONFIG);
	strs_free(&argv);
	buf_free(&all);
	err_clear(&e);
}
END_TEST

/* -- programs ------------------------------------------------------------- */

static const struct program {
	const char *script, *secret, *says;
} programs[] = {
	{ "echo secret", "secret", NULL },
	{ "echo secret; echo more; echo loud >&2", "secret", NULL },
	{ "printf %s \"$1\"", "arg 1", NULL },
	{ "printf %s \"${SPY-clean}\"", "clean", NULL },
	{ "printf %s \"$PATH\"", "/usr/local/bin:/usr/bin:/bin", NULL },
	{ "if read x; then echo in; else echo none; fi", "none", NULL },
	{ "if (: >&9) 2>/dev/null; then echo open; else echo shut; fi",
	    "shut", NULL },
	{ "echo secret; exit 3", NULL, "exit status 3" },
	{ "kill -9 $$", NULL, "signal 9" },
	{ "true", NULL, "first line is empty" },
	{ "sleep 30", NULL, "come to an end" },
	{ "sleep 30 & echo secret", NULL, "come to an end" },
	{ "exec >&-; sleep 30", NULL, "come to an end" },
	{ "while :; do echo xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx; done", NULL,
	    "more than" },
};

START_TEST(a_program_tells_the_secret)
{
	const struct program *x = &programs[_i];
	struct buf text = { 0 };
	struct strs argv = { 0 };
	struct secret s = { 0 };
	struct err e = { 0 };
	int64_t from = clock_ms();
	int rc;

	setenv("SPY", "seen", 1);
	(void)dup2(1, 9);
	buf_printf(&text, "#!/bin/sh\n%s\n", x->script);
	strs_add(&argv, str_of(put("prog", text.data, text.len, 0700)));
	strs_add(&argv, STR("arg 1"));
	rc = secret_from_command(&argv, 1000, &s, &e);
	(void)close(9);
	ck_assert_msg((rc == 0) == (x->secret != NULL), "%s: %s", x->script,
	    buf_cstr(&e.text));
	if (rc == 0)
		ck_assert_msg(str_eq(secret_reveal(&s), str_of(x->secret)),
		    "%s", x->script);
	else {
		ck_assert_msg(strstr(buf_cstr(&e.text), x->says) != NULL,
		    "%s", buf_cstr(&e.text));
		ck_assert(!secret_is_set(&s));
		ck_assert(err_is_temporary(&e));
	}
	ck_assert_int_lt(clock_ms() - from, 5000);
	secret_free(&s);
	strs_free(&argv);
	buf_free(&text);
	err_clear(&e);
}
END_TEST

START_TEST(a_program_of_others_is_not_run)
{
	static const char text[] = "#!/bin/sh\necho secret\n";
	struct strs argv = { 0 };
	struct secret s = { 0 };
	struct err e = { 0 };

	strs_add(&argv, str_of(put("prog", text, sizeof(text) - 1, 0702)));
	ck_assert_int_eq(secret_from_command(&argv, 1000, &s, &e), -1);
	ck_assert_ptr_nonnull(strstr(buf_cstr(&e.text), "chmod go-w"));
	put("prog", text, sizeof(text) - 1, 0600);
	if (geteuid() == 0) {
		put("prog", text, sizeof(text) - 1, 0700);
		ck_assert_int_eq(chown(at("prog"), 12345, 0), 0);
	}
	ck_assert_int_eq(secret_from_command(&argv, 1000, &s, &e), -1);
	strs_free(&argv);
	strs_add(&argv, STR("bin/prog"));
	ck_assert_int_eq(secret_from_command(&argv, 1000, &s, &e), -1);
	strs_free(&argv);
	strs_add(&argv, STR("no-such-program-here"));
	ck_assert_int_eq(secret_from_command(&argv, 1000, &s, &e), -1);
	strs_free(&argv);
	strs_add(&argv, STR("echo"));
	strs_add(&argv, STR("word"));
	ck_assert_int_eq(secret_from_command(&argv, 5000, &s, &e), 0);
	ck_assert(str_eq(secret_reveal(&s), STR("word")));
	secret_free(&s);
	strs_free(&argv);
	err_clear(&e);
}
END_TEST

/* -- .netrc --------------------------------------------------------------- */

static const struct netrc {
	const char *text, *user;
	int rc;
	const char *secret, *login;
} netrcs[] = {
	{ "machine mx login jo password secret\n", "", 1, "secret", "jo" },
	{ "machine mx\n\tlogin jo\n\tpassword secret\n", "jo", 1, "secret",
	    "jo" },
	{ "machine MX password secret login jo", "jo", 1, "secret", "jo" },
	{ "machine a login jo password no machine mx login jo password secret",
	    "jo", 1, "secret", "jo" },
	{ "machine mx login al password no machine mx login jo password secret",
	    "jo", 1, "secret", "jo" },
	{ "machine mx login jo password \"se cret\\\"\"", "jo", 1,
	    "se cret\"", "jo" },
	{ "machine mx login jo password se\\ cret", "jo", 1, "se cret", "jo" },
	{ "machine mx login jo account x password secret", "jo", 1, "secret",
	    "jo" },
	{ "macdef x\nmachine mx password no\n\nmachine mx password secret", "",
	    1, "secret", "" },
	{ "machine mx password secret", "jo", 0, NULL, NULL },
	{ "machine mx login jo", "jo", 0, NULL, NULL },
	{ "machine mxx login jo password no", "jo", 0, NULL, NULL },
	{ "default login jo password no", "jo", 0, NULL, NULL },
	{ "machine mx login jo default password no", "jo", 0, NULL, NULL },
	{ "machine mx login jo password \"\"", "jo", -1, NULL, NULL },
	{ "machine mx login jo password", "jo", 0, NULL, NULL },
	{ "", "jo", 0, NULL, NULL },
};

START_TEST(netrc_knows_hosts_and_users)
{
	const struct netrc *n = &netrcs[_i];
	const char *path = put("file", n->text, strlen(n->text), 0600);
	struct buf user = { 0 };
	struct secret s = { 0 };
	struct err e = { 0 };

	buf_puts(&user, n->user);
	ck_assert_int_eq(secret_from_netrc(path, STR("mx"), &user, &s, &e),
	    n->rc);
	if (n->rc == 1) {
		ck_assert(str_eq(secret_reveal(&s), str_of(n->secret)));
		ck_assert_str_eq(buf_cstr(&user), n->login);
	} else
		ck_assert(!secret_is_set(&s));
	secret_free(&s);
	buf_free(&user);
	err_clear(&e);
}
END_TEST

START_TEST(netrc_must_be_private_but_need_not_be)
{
	struct buf user = { 0 };
	struct secret s = { 0 };
	struct err e = { 0 };

	ck_assert_int_eq(secret_from_netrc(at("absent"), STR("mx"), &user, &s,
	    &e), 0);
	ck_assert_int_eq(secret_from_netrc(put("file", "", 0, 0644),
	    STR("mx"), &user, &s, &e), -1);
	ck_assert_ptr_nonnull(strstr(buf_cstr(&e.text), "chmod"));
	err_clear(&e);
}
END_TEST

int
main(void)
{
	const struct test_row tests[] = {
		{ the_first_line_of_a_file_counts, TABLE_COUNT(files) },
		{ a_secret_has_a_limit, 0 },
		{ others_may_not_see_it, TABLE_COUNT(modes) },
		{ a_link_is_judged_by_where_it_leads, 0 },
		{ what_is_no_file_is_refused, 0 },
		{ a_credential_is_a_name_in_its_directory, 0 },
		{ a_command_is_words_and_no_shell, TABLE_COUNT(splits) },
		{ a_program_tells_the_secret, TABLE_COUNT(programs) },
		{ a_program_of_others_is_not_run, 0 },
		{ netrc_knows_hosts_and_users, TABLE_COUNT(netrcs) },
		{ netrc_must_be_private_but_need_not_be, 0 },
	};

	if (mkdtemp(dir) == NULL)
		return EXIT_FAILURE;
	family = getpid();
	atexit(remove_all);
	return RUN("secret", tests);
}
