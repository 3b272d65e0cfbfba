// SPDX-License-Identifier: ISC
/*
 * exam_machine.c - checks of what was installed, and who may do what
 */
#include "relay/exam.h"

#include <errno.h>
#include <grp.h>
#include <limits.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "base/table.h"

#define SOCKET "/run/minismtp/drop.sock"
#define SOCKET_MEND "systemctl enable --now minismtp-drop.socket"
#define NOBODYS_ID 65534	/* whom the namespace does not know */

/* -- programs */

static const struct program {
	const char *name, *dir, *mode;
} programs[] = {
	{ "minismtp", BINDIR, "755" },
	{ "minismtp-drop", SBINDIR, "2755" },
	{ "minismtp-relay", SBINDIR, "755" },
};

static void
check_program(const struct exam *x, struct finding *f,
    const struct program *p, const char *path)
{
	struct stat st;

	if (stat(path, &st) < 0) {
		finding_say(f, FINDING_BAD, "%s: %s", path, strerror(errno));
		finding_mend(f, "make install");
		return;
	}
	if (!x->question->personal && st.st_uid != 0 &&
	    st.st_uid != NOBODYS_ID) {
		finding_say(f, FINDING_BAD, "%s belongs to user %lu, who could "
		    "exchange it", path, (unsigned long)st.st_uid);
		finding_mend(f, "chown root %s", path);
	}
	if ((st.st_mode & 0022) != 0) {
		finding_say(f, FINDING_BAD, "%s can be written by others than "
		    "its owner (mode %04o)", path, st.st_mode & 07777);
		finding_mend(f, "chmod %s %s", p->mode, path);
	}
	if ((st.st_mode & 0001) == 0 && access(path, X_OK) < 0) {
		finding_say(f, FINDING_BAD, "%s cannot be run (mode %04o)",
		    path, st.st_mode & 07777);
		finding_mend(f, "chmod %s %s", p->mode, path);
	}
	if ((st.st_mode & S_ISUID) != 0 || ((st.st_mode & S_ISGID) != 0 &&
	    p->mode[3] == '\0')) {
		finding_say(f, FINDING_BAD, "%s has rights that it must not "
		    "have (mode %04o)", path, st.st_mode & 07777);
		finding_mend(f, "chmod u-s,g-s %s && chmod %s %s", path,
		    p->mode, path);
	}
}

static void
check_programs(struct exam *x, struct finding *f)
{
	struct buf path = { 0 };

	for (size_t i = 0; i < TABLE_COUNT(programs); i++) {
		exam_program(&path, programs[i].dir, programs[i].name);
		check_program(x, f, &programs[i], buf_cstr(&path));
	}
	finding_say(f, FINDING_GOOD, "the three of them are there, beside %s",
	    buf_cstr(&path));
	buf_free(&path);
}

/* -- the setgid bit */

static bool
has_socket(void)
{
	struct stat st;

	return stat(SOCKET, &st) == 0 && S_ISSOCK(st.st_mode);
}

/* Where there is the socket, nobody depends on the bit. */
static enum finding_state
how_bad(void)
{
	return has_socket() ? FINDING_WARNING : FINDING_BAD;
}

static void
check_setgid(struct exam *x, struct finding *f)
{
	struct buf path = { 0 };
	const char *p;
	struct stat st;
	struct statvfs fs;

	exam_program(&path, SBINDIR, "minismtp-drop");
	p = buf_cstr(&path);
	if (stat(p, &st) < 0)
		finding_say(f, FINDING_UNKNOWN, "there is no %s", p);
	else if ((st.st_mode & (S_ISGID | S_IXGRP)) != (S_ISGID | S_IXGRP) ||
	    (x->gid != (gid_t)-1 && st.st_gid != x->gid &&
	    st.st_gid != NOBODYS_ID)) {
		finding_say(f, how_bad(), "%s is not setgid " MAIL_GROUP
		    " (mode %04o, group %lu): users cannot hand in mail", p,
		    st.st_mode & 07777, (unsigned long)st.st_gid);
		finding_mend(f, "chgrp " MAIL_GROUP " %s && chmod 2755 %s", p,
		    p);
	} else if (st.st_gid == NOBODYS_ID || st.st_uid == NOBODYS_ID) {
		finding_say(f, how_bad(), "this is a user namespace without "
		    "the owner or the group of %s: its setgid bit is void", p);
		finding_mend(f, SOCKET_MEND);
	} else if (statvfs(p, &fs) == 0 && (fs.f_flag & ST_NOSUID) != 0) {
		finding_say(f, how_bad(), "%s is on a file system mounted "
		    "nosuid: its setgid bit is void", p);
		finding_mend(f, "mount -o remount,suid \"$(findmnt -nT %s -o "
		    "TARGET)\"", p);
	} else
		finding_say(f, FINDING_GOOD, "%s is setgid " MAIL_GROUP, p);
	buf_free(&path);
}

static void
check_privileges(struct exam *x, struct finding *f)
{
	(void)x;
	if (prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) != 1)
		finding_say(f, FINDING_GOOD, "no_new_privs is not set here");
	else if (has_socket())
		finding_say(f, FINDING_GOOD, "no_new_privs is set here; mail "
		    "goes through " SOCKET);
	else if (getuid() == 0)
		finding_say(f, FINDING_GOOD, "no_new_privs is set here, which "
		    "does not matter for root");
	else {
		finding_say(f, FINDING_BAD, "no_new_privs is set here, so the "
		    "setgid bit of the drop is void, and there is no "
		    SOCKET);
		finding_mend(f, SOCKET_MEND);
	}
}

/* -- the group and the user of the queue */

static void
check_members(struct finding *f, const struct group *g)
{
	for (char **m = g->gr_mem; *m != NULL; m++) {
		if (str_eq(str_of(*m), STR(MAIL_USER)))
			continue;
		finding_say(f, FINDING_WARNING, "%s is in the group "
		    MAIL_GROUP " and can read all mail that waits", *m);
		finding_mend(f, "gpasswd -d %s " MAIL_GROUP, *m);
	}
}

static void
check_user(struct finding *f, gid_t gid)
{
	const struct passwd *pw = getpwnam(MAIL_USER);

	if (pw == NULL) {
		finding_say(f, FINDING_BAD, "there is no user " MAIL_USER
		    ", who runs the queue");
		finding_mend(f, "useradd -r -g " MAIL_GROUP " -d " SPOOLDIR
		    " -s /usr/sbin/nologin " MAIL_USER);
	} else if (pw->pw_uid == 0) {
		finding_say(f, FINDING_BAD, "the user " MAIL_USER " is root");
		finding_mend(f, "vipw");
	} else if (pw->pw_gid != gid) {
		finding_say(f, FINDING_BAD, "the group of the user " MAIL_USER
		    " is %lu and not " MAIL_GROUP, (unsigned long)pw->pw_gid);
		finding_mend(f, "usermod -g " MAIL_GROUP " " MAIL_USER);
	}
}

static void
check_group(struct exam *x, struct finding *f)
{
	const struct group *g = getgrnam(MAIL_GROUP);

	(void)x;
	if (g == NULL) {
		finding_say(f, FINDING_BAD, "there is no group " MAIL_GROUP
		    ", which owns the queue");
		finding_mend(f, "groupadd -r " MAIL_GROUP);
		return;
	}
	check_members(f, g);
	check_user(f, g->gr_gid);
	finding_say(f, FINDING_GOOD, "the queue belongs to " MAIL_USER ":"
	    MAIL_GROUP);
}

/* -- the name that all programs know */

static void
check_name(struct exam *x, struct finding *f)
{
	static const char name[] = SBINDIR "/sendmail";
	char *real = realpath(name, NULL);
	struct buf ours = { 0 };
	struct stat a, b;

	(void)x;
	exam_program(&ours, BINDIR, "minismtp");
	if (real == NULL) {
		finding_say(f, FINDING_BAD, "%s: %s; nothing that sends mail "
		    "will find us", name, strerror(errno));
		finding_mend(f, "ln -sf " BINDIR "/minismtp %s", name);
	} else if (stat(real, &a) == 0 && stat(buf_cstr(&ours), &b) == 0 &&
	    a.st_dev == b.st_dev && a.st_ino == b.st_ino) {
		finding_say(f, FINDING_GOOD, "%s is minismtp", name);
	} else {
		finding_say(f, FINDING_WARNING, "%s is %s: mail goes past us",
		    name, real);
		finding_mend(f, "ln -sf " BINDIR "/minismtp %s", name);
	}
	free(real);
	buf_free(&ours);
}

static const struct exam_row rows[] = {
	{ "programs", BOTH, check_programs },
	{ "setgid", SYSTEM, check_setgid },
	{ "privileges", SYSTEM, check_privileges },
	{ "group", SYSTEM, check_group },
	{ "sendmail", SYSTEM, check_name },
};

const struct exam_table exam_machine = { "This machine", rows,
    TABLE_COUNT(rows) };
