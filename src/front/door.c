// SPDX-License-Identifier: ISC
/*
 * door.c - a connection to the drop
 */
#include "front/door.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/time.h>
#include <sys/un.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/spawn.h"
#include "base/xmem.h"

#define OVERFLOW_ID 65534	/* whom the namespace does not know */
#define CONNECT_SECONDS 10	/* a full backlog is no reason to hang */

bool
door_is_setgid(const char *drop, struct buf *why)
{
	struct stat st;
	struct statvfs fs;

	if (stat(drop, &st) < 0)
		buf_printf(why, "%s: %s", drop, strerror(errno));
	else if ((st.st_mode & (S_ISGID | S_IXGRP)) != (S_ISGID | S_IXGRP))
		buf_printf(why, "%s is not setgid (chgrp " MAIL_GROUP
		    " %s && chmod 2755 %s)", drop, drop, drop);
	else if ((st.st_mode & (S_IWGRP | S_IWOTH)) != 0)
		buf_printf(why, "%s can be written by others (chmod 2755 %s)",
		    drop, drop);
	else if (st.st_uid == OVERFLOW_ID || st.st_gid == OVERFLOW_ID)
		buf_printf(why, "this is a user namespace without the owner "
		    "or the group of %s, so its setgid bit is void", drop);
	else if (prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 1)
		buf_puts(why, "no_new_privs is set, so the setgid bit of the"
		    " drop is void");
	else if (statvfs(drop, &fs) == 0 && (fs.f_flag & ST_NOSUID) != 0)
		buf_printf(why, "%s is on a file system mounted nosuid", drop);
	else
		return true;
	return false;
}

/* Nobody waits for the child: it lives on as the relay.  Its end is an EOF. */
static bool
starts_relay(const char *verb)
{
	return strcmp(verb, "put") == 0 || strcmp(verb, "release") == 0 ||
	    strcmp(verb, "retry") == 0;
}

/*
 * The drop gets nothing of ours.  The relay program in a person's own service
 * needs what its configuration may speak of, and says what fails.
 */
static int
spawn_pair(const struct buf *path, const char *const *argv, bool ours,
    struct err *e)
{
	static char *const no_environment[] = { NULL };
	struct spawn s = { .path = buf_cstr(path),
	    .argv = (char *const *)argv,
	    .envp = ours ? environ : no_environment };
	int sv[2];

	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, sv) < 0)
		return err_sys(e, EX_TEMPFAIL, "socketpair");
	s.fd[STDIN_FILENO] = s.fd[STDOUT_FILENO] = sv[1];
	s.fd[STDERR_FILENO] = ours ? STDERR_FILENO : SPAWN_NULL;
	if (spawn(&s) < 0) {
		err_sys(e, EX_TEMPFAIL, "cannot run %s", buf_cstr(path));
		close(sv[0]);
		sv[0] = -1;
	}
	close(sv[1]);
	return sv[0];
}

static int
open_child(const struct place *p, const char *verb, const struct strs *ids,
    struct err *e)
{
	size_t count = ids != NULL ? ids->count : 0, n = 0;
	const char **argv = xcalloc(count + 7, sizeof(*argv));
	int fd;

	argv[n++] = "minismtp-drop";
	if (p->personal) {
		argv[n++] = "--spool";
		argv[n++] = buf_cstr(&p->spool);
	}
	if (p->personal && starts_relay(verb)) {
		argv[n++] = "--config";
		argv[n++] = buf_cstr(&p->config);
	}
	argv[n++] = verb;
	for (size_t i = 0; i < count; i++)
		argv[n++] = buf_cstr(&ids->item[i]);
	fd = spawn_pair(&p->drop, argv, false, e);
	free(argv);
	return fd;
}

static int
open_socket(const struct place *p, struct err *e)
{
	struct sockaddr_un at = { .sun_family = AF_UNIX };
	struct timeval limit = { CONNECT_SECONDS, 0 }, none = { 0, 0 };
	int fd;

	if (p->socket.len >= sizeof(at.sun_path))
		return err_set(e, EX_TEMPFAIL, "%s: too long for a socket",
		    buf_cstr(&p->socket));
	(void)snprintf(at.sun_path, sizeof(at.sun_path), "%s",
	    buf_cstr(&p->socket));
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return err_sys(e, EX_TEMPFAIL, "socket");
	(void)setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof(limit));
	if (connect(fd, (struct sockaddr *)&at, sizeof(at)) < 0) {
		err_sys(e, EX_TEMPFAIL, "%s", buf_cstr(&p->socket));
		close(fd);
		return -1;
	}
	(void)setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &none, sizeof(none));
	return fd;
}

/* The service manager's drop takes mail, and its service sends it. */
static bool
takes_mail(const char *verb)
{
	return strcmp(verb, "put") == 0 || strcmp(verb, "store") == 0;
}

/*
 * Who may write the spool anyway needs no bit: root, and whoever it was built
 * for.  The drop finds out the rest itself and says it in words.
 */
int
door_ask(const struct place *p, const char *verb, const struct strs *ids,
    struct err *e)
{
	struct buf why = { 0 };
	int fd = -1;

	if (p->personal || getuid() == 0 || access(SPOOLDIR, X_OK) == 0 ||
	    door_is_setgid(buf_cstr(&p->drop), &why))
		fd = open_child(p, verb, ids, e);
	else if (!takes_mail(verb))
		err_set(e, EX_NOPERM, "%s", buf_cstr(&why));
	else if ((fd = open_socket(p, e)) < 0)
		err_wrap(e, "%s, and there is no socket", buf_cstr(&why));
	buf_free(&why);
	return fd;
}

int
door_open(const struct place *p, enum wait wait, struct err *e)
{
	return door_ask(p, wait == WAIT_NONE ? "store" : "put", NULL, e);
}

int
door_converse(const struct place *p, struct err *e)
{
	const char *argv[7] = { "minismtp-relay", "--converse" };

	if (p->personal) {
		argv[2] = "--spool";
		argv[3] = buf_cstr(&p->spool);
		argv[4] = "--config";
		argv[5] = buf_cstr(&p->config);
	}
	return spawn_pair(&p->relay, argv, true, e);
}
