// SPDX-License-Identifier: ISC
/*
 * exam_spool.c - is the directory of the queue as minismtp-spool(5) has it?
 */
#include "relay/exam.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/table.h"

static const struct place_row {
	const char *name;	/* below the top, or "" */
	mode_t system, personal;
	bool needed;
} places[] = {
	{ "", 0710, 0700, true },
	{ "/tmp", 02770, 0700, true },
	{ "/new", 02770, 0700, true },
	{ "/cur", 02770, 0700, true },
	{ "/failed", 02770, 0700, true },
	{ "/state", 02770, 0700, false },
};

struct look {
	struct exam *exam;
	struct finding *finding;
	const struct place_row *row;
	const char *path;
	struct stat st;
	mode_t mode;		/* that it should have */
	bool top;
};

static void
say_missing(const struct look *l)
{
	bool personal = l->exam->question->personal;

	finding_say(l->finding, l->row->needed ? FINDING_BAD :
	    FINDING_WARNING, "%s: %s", l->path, strerror(errno));
	finding_mend(l->finding, "install -d %s-m %04o %s", personal ? "" :
	    l->top ? "-o root -g " MAIL_GROUP " " :
	    "-o " MAIL_USER " -g " MAIL_GROUP " ", l->mode, l->path);
}

static void
check_owner(const struct look *l)
{
	const struct exam *x = l->exam;
	bool personal = x->question->personal;
	uid_t uid = personal ? getuid() : l->top ? 0 : x->uid;

	if (uid != (uid_t)-1 && l->st.st_uid != uid) {
		finding_say(l->finding, FINDING_BAD, "%s belongs to user %lu",
		    l->path, (unsigned long)l->st.st_uid);
		if (personal)
			finding_mend(l->finding, "chown %lu %s",
			    (unsigned long)uid, l->path);
		else
			finding_mend(l->finding, "chown %s %s", l->top ?
			    "root" : MAIL_USER, l->path);
	}
	if (!personal && x->gid != (gid_t)-1 && l->st.st_gid != x->gid) {
		finding_say(l->finding, FINDING_BAD, "%s belongs to group "
		    "%lu and not to " MAIL_GROUP, l->path,
		    (unsigned long)l->st.st_gid);
		finding_mend(l->finding, "chgrp " MAIL_GROUP " %s", l->path);
	}
}

static void
check_mode(const struct look *l)
{
	mode_t is = l->st.st_mode & 07777;

	if ((is & 0007) != 0)
		finding_say(l->finding, FINDING_BAD, "%s is open to everybody "
		    "(mode %04o)", l->path, is);
	else if ((is & l->mode) != l->mode)
		finding_say(l->finding, FINDING_BAD, "%s has mode %04o, and "
		    "needs %04o", l->path, is, l->mode);
	else if (l->top && (is & 0020) != 0)
		finding_say(l->finding, FINDING_BAD, "%s can be written by "
		    "its group (mode %04o)", l->path, is);
	else
		return;
	finding_mend(l->finding, "chmod %04o %s", l->mode, l->path);
}

static void
check_place(struct exam *x, struct finding *f, const struct place_row *row)
{
	struct look l = { .exam = x, .finding = f, .row = row,
	    .mode = x->question->personal ? row->personal : row->system,
	    .top = row->name[0] == '\0' };
	struct buf path = { 0 };

	buf_printf(&path, "%s%s", x->question->spool, row->name);
	l.path = buf_cstr(&path);
	if (lstat(l.path, &l.st) < 0) {
		say_missing(&l);
	} else if (!S_ISDIR(l.st.st_mode)) {
		finding_say(f, FINDING_BAD, "%s is no directory", l.path);
		finding_mend(f, "mv %s %s.old", l.path, l.path);
	} else {
		check_owner(&l);
		check_mode(&l);
	}
	buf_free(&path);
}

/* The service's own are closed to us, and that is as it should be. */
static bool
is_closed(const struct exam *x, struct finding *f)
{
	struct stat st;
	struct buf path = { 0 };
	bool closed;

	buf_printf(&path, "%s/new", x->question->spool);
	closed = stat(buf_cstr(&path), &st) < 0 && errno == EACCES;
	if (closed) {
		finding_say(f, FINDING_UNKNOWN, "%s is closed to you, as it "
		    "should be", x->question->spool);
		finding_mend(f, "sudo minismtp check");
	}
	buf_free(&path);
	return closed;
}

static bool
is_not_yet(const struct exam *x, struct finding *f)
{
	struct stat st;

	if (!x->question->personal || stat(x->question->spool, &st) == 0 ||
	    errno != ENOENT)
		return false;
	finding_say(f, FINDING_GOOD, "%s is made with the first mail",
	    x->question->spool);
	return true;
}

static void
check_spool(struct exam *x, struct finding *f)
{
	struct spool s;
	struct err e = { 0 };

	if (is_closed(x, f) || is_not_yet(x, f))
		return;
	for (size_t i = 0; i < TABLE_COUNT(places); i++) {
		check_place(x, f, &places[i]);
		if (i == 0 && f->state == FINDING_BAD && errno == ENOENT)
			break;
	}
	if (f->state < FINDING_BAD) {
		if (spool_open(&s, x->question->spool, &e) < 0) {
			finding_err(f, FINDING_BAD, &e);
			finding_mend(f, "ls -la %s", x->question->spool);
		} else
			spool_close(&s);
	}
	finding_say(f, FINDING_GOOD, "%s", x->question->spool);
	err_clear(&e);
}

static const struct exam_row rows[] = {
	{ "spool", BOTH, check_spool },
};

const struct exam_table exam_spool = { NULL, rows, TABLE_COUNT(rows) };
