// SPDX-License-Identifier: ISC
/*
 * netrc.c - where a password comes from: ~/.netrc
 */
#include "config/secret.h"

#include <errno.h>
#include <pwd.h>
#include <stdlib.h>
#include <sysexits.h>
#include <unistd.h>

#include "config/secret_io.h"

struct entry {
	bool here;		/* inside the entry of our host */
	bool has_login, has_password;
	struct str login, password;
};

/* Blanks and line ends part words; "a b" and \x are what they are. */
static bool
eat_token(struct str *in, struct secret *space, struct str *token)
{
	struct str skipped;
	size_t from = space->len;
	bool quoted;
	char c;

	(void)str_eat_span(in, " \t\r\n,", &skipped);
	if (in->len == 0)
		return false;
	quoted = str_eat(in, STR("\""));
	while (in->len > 0) {
		c = in->ptr[0];
		if (quoted ? c == '"' : str_is_blank(c) || c == '\n' ||
		    c == '\r')
			break;
		*in = str_skip(*in, 1);
		if (c == '\\' && !str_eat_byte(in, &c))
			break;
		secret_add(space, (struct str){ &c, 1 });
	}
	if (quoted)
		(void)str_eat(in, STR("\""));
	*token = str_skip(secret_reveal(space), from);
	return true;
}

static bool
is_wanted(const struct entry *n, const struct buf *user)
{
	return n->here && n->has_password && (user->len == 0 ||
	    (n->has_login && str_eq(n->login, buf_str(user))));
}

/* A macro ends at an empty line, and may look like anything. */
static void
skip_macro(struct str *in)
{
	struct str line;

	(void)str_eat_line(in, &line);
	while (str_eat_line(in, &line) && line.len > 0)
		;
}

/* One word and, where it has one, its value; false at the end. */
static bool
eat_pair(struct str *in, struct secret *space, struct entry *n,
    struct str host, bool *next)
{
	struct str word, value;

	*next = false;
	if (!eat_token(in, space, &word))
		return false;
	if (str_eq(word, STR("macdef"))) {
		skip_macro(in);
		return true;
	}
	if (str_eq(word, STR("default"))) {
		*next = true;
		*n = (struct entry){ 0 };
		return true;
	}
	if (!eat_token(in, space, &value))
		return false;
	if (str_eq(word, STR("machine"))) {
		*next = true;
		*n = (struct entry){ .here = str_ieq(value, host) };
	} else if (str_eq(word, STR("login"))) {
		n->login = value;
		n->has_login = true;
	} else if (str_eq(word, STR("password"))) {
		n->password = value;
		n->has_password = true;
	}
	return true;
}

/* 1 with *found, or 0. */
static int
find_entry(struct str in, struct str host, const struct buf *user,
    struct secret *space, struct entry *found)
{
	struct entry now = { 0 }, before;
	bool next, more;

	do {
		before = now;
		more = eat_pair(&in, space, &now, host, &next);
		if ((next || !more) && is_wanted(&before, user)) {
			*found = before;
			return 1;
		}
	} while (more);
	return 0;
}

bool
secret_netrc_path(struct buf *path)
{
	const struct passwd *pw;
	const char *home = getenv("HOME");

	if (home == NULL && (pw = getpwuid(getuid())) != NULL)
		home = pw->pw_dir;
	if (home == NULL || home[0] != '/')
		return false;
	buf_printf(path, "%s/.netrc", home);
	return true;
}

int
secret_from_netrc(const char *path, struct str host, struct buf *user,
    struct secret *s, struct err *e)
{
	struct secret text = { 0 }, space = { 0 };
	struct entry found;
	int rc;

	if (access(path, F_OK) < 0 && errno == ENOENT)
		return 0;
	if (secret_read_private(path, &text, e) < 0)
		return -1;
	/* As large as the text, so that no token in it ever moves. */
	secret_set(&space, secret_reveal(&text));
	space.len = 0;
	rc = find_entry(secret_reveal(&text), host, user, &space, &found);
	if (rc == 1 && found.password.len == 0)
		rc = err_set(e, EX_CONFIG, "%s: the password for %.*s is "
		    "empty", path, STR_ARGS(host));
	if (rc == 1) {
		secret_set(s, found.password);
		if (user->len == 0 && found.has_login)
			buf_set(user, found.login);
	}
	secret_free(&text);
	secret_free(&space);
	return rc;
}
