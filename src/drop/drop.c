// SPDX-License-Identifier: ISC
/*
 * drop.c - the only program with a privilege
 */
#include "drop/drop.h"

#include <errno.h>
#include <poll.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/table.h"
#include "base/vis.h"
#include "base/xmem.h"
#include "drop/change.h"
#include "drop/list.h"
#include "drop/put.h"
#include "guard/environment.h"
#include "guard/fds.h"
#include "guard/ids.h"
#include "guard/process.h"
#include "guard/sandbox.h"
#include "queue/field.h"

static const struct verb {
	const char *name;
	bool relay;		/* leads to it; in personal use: wants config */
	bool flush;		/* as handoff_begin() has it */
	bool wants_ids;
	bool changes;		/* files of the queue */
	drop_fn *work;
} verbs[] = {
	{ "hold", false, false, true, true, change_hold },
	{ "list", false, false, false, false, list_run },
	{ "put", true, false, false, true, put_run },
	{ "release", true, true, true, true, change_release },
	{ "remove", false, false, true, true, change_remove },
	{ "retry", true, true, true, true, change_retry },
	{ "show", false, false, true, false, list_show },
	{ "store", false, false, false, true, put_run },
};

/* The caller may have made the descriptor non-blocking: wait, do not spin. */
int
drop_write(struct str bytes, struct err *e)
{
	struct pollfd p = { .fd = STDOUT_FILENO, .events = POLLOUT };

	while (bytes.len > 0) {
		ssize_t n = write(STDOUT_FILENO, bytes.ptr, bytes.len);

		if (n < 0 && errno == EAGAIN)
			poll(&p, 1, -1);
		else if (n < 0 && errno != EINTR)
			return err_sys(e, EX_IOERR, "standard output");
		if (n > 0)
			bytes = str_skip(bytes, (size_t)n);
	}
	return 0;
}

void
drop_say(const char *key, const char *fmt, ...)
{
	struct buf words = { 0 }, field = { 0 };
	struct err nobody = { 0 };
	va_list ap;

	va_start(ap, fmt);
	buf_vprintf(&words, fmt, ap);
	va_end(ap);
	field_add(&field, key, buf_str(&words));
	drop_write(buf_str(&field), &nobody);
	err_clear(&nobody);
	buf_free(&field);
	buf_free(&words);
}

static int
parse_ids(struct drop *d, int argc, char *argv[], struct err *e)
{
	d->id = xcalloc((size_t)argc + 1, sizeof(*d->id));
	for (int i = 0; i < argc; i++)
		if (!id_parse(str_of(argv[i]), &d->id[d->ids++]))
			return err_set(e, EX_USAGE, "not the ID of a message");
	return 0;
}

/* How many of the arguments are options with their values. */
static int
parse_options(struct drop *d, int argc, char *argv[], struct err *e)
{
	int i = 1;

	for (; i + 1 < argc; i += 2) {
		const char **path = strcmp(argv[i], "--spool") == 0 ?
		    &d->dir : strcmp(argv[i], "--config") == 0 ?
		    &d->config : NULL;

		if (path == NULL || *path != NULL)
			break;
		if (argv[i + 1][0] != '/')
			return err_set(e, EX_USAGE, "%s: not an absolute path",
			    argv[i]);
		*path = argv[i + 1];
	}
	return i;
}

int
drop_parse(struct drop *d, int argc, char *argv[], struct err *e)
{
	const struct verb *v = NULL;
	int i = parse_options(d, argc, argv, e);

	if (i < 0)
		return -1;
	if (i < argc)
		v = TABLE_FIND(verbs, str_of(argv[i]));
	if (v == NULL || (d->config != NULL) !=
	    (d->dir != NULL && v->relay) ||
	    v->wants_ids != (argc - i > 1))
		return err_set(e, EX_USAGE, "usage: minismtp-drop "
		    "[--spool DIR --config FILE] put | release ID ... | "
		    "retry ID ..., or [--spool DIR] store | list | "
		    "show ID ... | hold ID ... | remove ID ...");
	d->verb = v->name;
	return v->wants_ids ? parse_ids(d, argc - i - 1, argv + i + 1, e) : 0;
}

/* What the caller chose is looked at with the caller's rights only. */
static int
enter_personal(struct drop *d, struct err *e)
{
	if (ids_give_back(e) < 0)
		return err_wrap(e, "cannot give the group back");
	environment_clear(environment_personal);
	if (spool_open(&d->spool, d->dir, e) == 0)
		return 0;
	err_clear(e);
	if (spool_create(d->dir, e) < 0)
		return -1;
	return spool_open(&d->spool, d->dir, e);
}

#define DROP SBINDIR "/minismtp-drop"

/* Whose fault is it that the queue does not open? */
static int
explain_closed(const struct drop *d, struct err *e)
{
	struct stat st;

	if (geteuid() == 0 || stat(SPOOLDIR, &st) < 0 ||
	    st.st_gid == getegid())
		return -1;
	if (!d->lent)
		return err_set(e, EX_TEMPFAIL, "minismtp-drop has no rights to "
		    "the queue; start its socket, or: chgrp " MAIL_GROUP " "
		    DROP " && chmod 2755 " DROP);
	return err_set(e, EX_TEMPFAIL, "minismtp-drop has the setgid bit of "
	    "another group than the queue's: chgrp " MAIL_GROUP " " DROP " "
	    SPOOLDIR " && chmod 2755 " DROP);
}

static int
enter_system(struct drop *d, struct err *e)
{
	environment_clear(NULL);
	if (spool_open(&d->spool, SPOOLDIR, e) < 0)
		return explain_closed(d, e);
	if (geteuid() != 0)
		return ids_keep_group(e);
	if (d->spool.owner == 0)
		return err_set(e, EX_TEMPFAIL, "spool %s: belongs to root: "
		    "cd " SPOOLDIR " && chown " MAIL_USER ":" MAIL_GROUP
		    " tmp new cur failed", SPOOLDIR);
	return ids_become(d->spool.owner, d->spool.group, e);
}

static int
enter(struct drop *d, struct err *e)
{
	int rc = d->dir != NULL ? enter_personal(d, e) : enter_system(d, e);

	if (rc < 0)
		return -1;
	if (fchdir(d->spool.top) < 0)
		return err_sys(e, EX_TEMPFAIL, "enter the spool");
	if (d->dir != NULL)
		d->who.all = true;
	else
		who_check_group(&d->who, d->spool.group);
	return 0;
}

/*
 * Before we look at what the caller wrote the door is shut behind us: we may
 * touch the files of the queue and nothing else.  The relay, which may do
 * more, is outside already and hears nothing but names.
 */
static int
work(struct drop *d, struct err *e)
{
	const struct verb *v = TABLE_FIND(verbs, str_of(d->verb));

	if (v->relay)
		handoff_begin(&d->relay, d, v->flush);
	if (sandbox_keep(d->spool.top, v->changes, e) < 0)
		return -1;
	return v->work(d, e);
}

static int
run(struct drop *d, int argc, char *argv[], struct err *e)
{
	if (fds_clean(e) < 0 || process_reset(e) < 0 ||
	    drop_parse(d, argc, argv, e) < 0)
		return -1;
	d->lent = ids_are_lent();
	if (who_find(&d->who, d->lent, e) < 0 || enter(d, e) < 0)
		return -1;
	return work(d, e);
}

/*
 * A service manager ends what we leave behind, so there we stay as long, and
 * may be ended; elsewhere no signal shall spoil the exit status any more.
 */
static void
leave(struct drop *d)
{
	bool guarded = d->who.peer && d->dir == NULL;

	(void)close(STDIN_FILENO);
	(void)close(STDOUT_FILENO);
	if (guarded)
		process_open();
	handoff_end(&d->relay, guarded);
	spool_close(&d->spool);
	free(d->id);
}

int
drop_run(int argc, char *argv[])
{
	struct drop d = { 0 };
	struct err e = { 0 };
	struct buf words = { 0 };
	int code = EX_OK;

	if (run(&d, argc, argv, &e) < 0) {
		code = e.code == EX_USAGE || e.code == EX_DATAERR ||
		    e.code == EX_IOERR ? e.code : EX_TEMPFAIL;
		vis_add(&words, buf_str(&e.text));
		drop_say("err", "%d %s", code, buf_cstr(&words));
	}
	leave(&d);
	buf_free(&words);
	err_clear(&e);
	return code;
}
