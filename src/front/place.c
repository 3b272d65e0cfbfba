// SPDX-License-Identifier: ISC
/*
 * place.c - where the other two programs are, and whose queue it is
 */
#include "front/place.h"

#include <limits.h>
#include <pwd.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sysexits.h>
#include <unistd.h>

#define SYSTEM_CONFIG SYSCONFDIR "/minismtp.conf"
#define SYSTEM_SOCKET "/run/minismtp/drop.sock"

/* Beside this program if it is there, else where it was to be installed. */
static void
find_program(struct buf *out, struct str dir, const char *name)
{
	if (dir.len > 0) {
		buf_printf(out, "%.*s/%s", STR_ARGS(dir), name);
		if (access(buf_cstr(out), X_OK) == 0)
			return;
		buf_reset(out);
	}
	buf_printf(out, "%s/%s", SBINDIR, name);
}

static void
find_programs(struct place *p)
{
	char path[PATH_MAX];
	ssize_t n = readlink("/proc/self/exe", path, sizeof(path));
	struct str dir = STR(""), name;

	if (n > 0 && (size_t)n < sizeof(path))
		(void)str_cut_last((struct str){ path, (size_t)n }, '/', &dir,
		    &name);
	find_program(&p->drop, dir, "minismtp-drop");
	find_program(&p->relay, dir, "minismtp-relay");
	buf_puts(&p->socket, SYSTEM_SOCKET);
}

/* $variable if it is absolute, as XDG wants it, else ~/fallback. */
static bool
home_dir(struct buf *out, const char *variable, const char *fallback)
{
	const char *value = getenv(variable), *home = getenv("HOME");
	struct passwd *pw;

	if (value != NULL && value[0] == '/') {
		buf_printf(out, "%s/minismtp", value);
		return true;
	}
	if (home == NULL || home[0] != '/') {
		pw = getpwuid(getuid());
		home = pw != NULL ? pw->pw_dir : NULL;
	}
	if (home == NULL || home[0] != '/')
		return false;
	buf_printf(out, "%s/%s/minismtp", home, fallback);
	return true;
}

/*
 * A file in somebody else's home (sudo keeps HOME) does not redirect one's
 * mail, and neither does one that others may write.
 */
static bool
is_own(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISREG(st.st_mode) &&
	    st.st_uid == getuid() && (st.st_mode & 022) == 0;
}

static bool
is_same(const char *a, const char *b)
{
	struct stat sa, sb;

	return stat(a, &sa) == 0 && stat(b, &sb) == 0 &&
	    sa.st_dev == sb.st_dev && sa.st_ino == sb.st_ino;
}

static int
find_personal(struct place *p, struct err *e)
{
	char *real = realpath(buf_cstr(&p->config), NULL);

	if (real == NULL)
		return err_sys(e, EX_NOINPUT, "%s", buf_cstr(&p->config));
	buf_set(&p->config, str_of(real));
	free(real);
	p->personal = true;
	if (!home_dir(&p->spool, "XDG_STATE_HOME", ".local/state"))
		return err_set(e, EX_CANTCREAT,
		    "no home directory for a queue of one's own");
	return 0;
}

int
place_find(struct place *p, const struct options *o, struct err *e)
{
	find_programs(p);
	if (o->config_given) {
		buf_set(&p->config, buf_str(&o->config));
		/* Scripts that name the machine's file mean the machine. */
		if (!is_same(buf_cstr(&p->config), SYSTEM_CONFIG))
			return find_personal(p, e);
	} else if (home_dir(&p->config, "XDG_CONFIG_HOME", ".config")) {
		buf_puts(&p->config, "/minismtp.conf");
		if (is_own(buf_cstr(&p->config)))
			return find_personal(p, e);
	}
	buf_reset(&p->config);
	return 0;
}

int
place_new(struct place *p, bool own, struct err *e)
{
	const struct options none = { 0 };

	if (place_find(p, &none, e) < 0)
		return -1;
	if (p->personal || (getuid() == 0 && !own))
		return 0;
	if (!home_dir(&p->config, "XDG_CONFIG_HOME", ".config") ||
	    !home_dir(&p->spool, "XDG_STATE_HOME", ".local/state"))
		return err_set(e, EX_CANTCREAT,
		    "no home directory for a configuration of one's own");
	buf_puts(&p->config, "/minismtp.conf");
	p->personal = true;
	return 0;
}

void
place_free(struct place *p)
{
	buf_free(&p->drop);
	buf_free(&p->relay);
	buf_free(&p->socket);
	buf_free(&p->spool);
	buf_free(&p->config);
	*p = (struct place){ 0 };
}
