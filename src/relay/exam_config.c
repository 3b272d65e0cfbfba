// SPDX-License-Identifier: ISC
/*
 * exam_config.c - checks of the configuration and of what it names
 */
#include "relay/exam.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/table.h"
#include "config/config.h"
#include "guard/filter.h"
#include "guard/landlock.h"
#include "guard/sandbox.h"
#include "relay/credentials.h"

/* -- the file */

void
exam_mistakes(struct finding *f, const struct mistakes *m)
{
	for (size_t i = 0; i < m->count; i++) {
		const struct mistake *x = &m->item[i];
		struct err e = { 0 };

		if (x->line > 0) {
			finding_say(f, FINDING_BAD, "%s:%zu: %s",
			    buf_cstr(&x->file), x->line, buf_cstr(&x->words));
			finding_mend(f, "${EDITOR:-vi} +%zu %s", x->line,
			    buf_cstr(&x->file));
			continue;
		}
		err_set(&e, 1, "%s: %s", buf_cstr(&x->file),
		    buf_cstr(&x->words));
		finding_err(f, FINDING_BAD, &e);
		if (f->mend.count == 0)
			finding_mend(f, "${EDITOR:-vi} %s",
			    buf_cstr(&x->file));
		err_clear(&e);
	}
}

/* The configuration of the machine is for the service, not for its users. */
static bool
is_not_for_us(const struct exam *x, struct finding *f)
{
	const char *path = x->question->config;
	int fd = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);

	if (fd >= 0)
		close(fd);
	if (fd >= 0 || errno != EACCES)
		return false;
	if (x->uid != (uid_t)-1 && geteuid() == x->uid) {
		finding_say(f, FINDING_BAD, "%s cannot be read by the service",
		    path);
		finding_mend(f, "chgrp " MAIL_GROUP " %s && chmod 640 %s",
		    path, path);
	} else {
		finding_say(f, FINDING_UNKNOWN, "%s is closed to you, and "
		    "need not be open", path);
		finding_mend(f, "sudo minismtp check");
	}
	return true;
}

/*
 * When a user sends, the relay program runs as him, with the group of the
 * service: what only the service's user can read has to wait for its next run.
 */
static void
check_for_users(const struct exam *x, struct finding *f, const char *path)
{
	struct stat st;

	if (x->question->personal || x->gid == (gid_t)-1 ||
	    stat(path, &st) < 0 || (st.st_mode & 0004) != 0 ||
	    (st.st_gid == x->gid && (st.st_mode & 0040) != 0))
		return;
	finding_say(f, FINDING_WARNING, "%s is closed to the group " MAIL_GROUP
	    ": what users send waits for the service", path);
	finding_mend(f, "chown root:" MAIL_GROUP " %s && chmod 640 %s", path,
	    path);
}

static void
check_config(struct exam *x, struct finding *f)
{
	const struct question *q = x->question;
	struct mistakes m = { 0 };
	struct err e = { 0 };
	struct stat st;

	if (is_not_for_us(x, f))
		return;
	x->has_config = config_load(&x->desk.config, q->config,
	    q->personal ? FILE_PERSONAL : FILE_SYSTEM, &m, &e) == 0;
	if (m.count > 0)
		exam_mistakes(f, &m);
	else if (!x->has_config)
		finding_err(f, FINDING_BAD, &e);
	if (!x->has_config && stat(q->config, &st) < 0 && errno == ENOENT)
		finding_mend(f, "minismtp setup");
	else if (!x->has_config && f->mend.count == 0)
		finding_mend(f, "ls -l %s", q->config);
	if (x->has_config) {
		here_load(&x->desk.here);
		loader_init(&x->desk.files, FILE_ANY);
		check_for_users(x, f, q->config);
		finding_say(f, FINDING_GOOD, "%s is right", q->config);
	}
	mistakes_free(&m);
	err_clear(&e);
}

/* -- the password */

static void
add_account(struct buf *out, const struct account *a)
{
	if (a->name.len > 0)
		buf_printf(out, "account %s: ", buf_cstr(&a->name));
}

static void
mend_secret(struct finding *f, const struct account *a)
{
	const char *path = buf_cstr(&a->password_file);
	struct buf command = { 0 };

	if (f->mend.count > 0)
		return;
	for (size_t i = 0; i < a->password_command.count; i++)
		buf_printf(&command, "%s%s", i > 0 ? " " : "",
		    buf_cstr(&a->password_command.item[i]));
	if (command.len > 0)
		finding_mend(f, "%s", buf_cstr(&command));
	else if (a->password_file.len > 0)
		finding_mend(f, "(umask 027; ${EDITOR:-vi} %s)", path);
	buf_free(&command);
}

static void
check_one_secret(const struct exam *x, struct finding *f,
    const struct account *a)
{
	struct secret s = { 0 };
	struct buf name = { 0 };
	struct err e = { 0 };

	add_account(&name, a);
	if (a->credential.len > 0)
		finding_say(f, FINDING_UNKNOWN, "%scredential \"%s\" is given "
		    "to the service alone", buf_cstr(&name),
		    buf_cstr(&a->credential));
	else if (credentials_secret(a, &s, &e) < 0) {
		finding_err(f, FINDING_BAD, &e);
		mend_secret(f, a);
	} else if (secret_is_set(&s))
		finding_say(f, FINDING_GOOD, "%sthere is a password for %s",
		    buf_cstr(&name), buf_cstr(&a->user));
	if (a->password_file.len > 0)
		check_for_users(x, f, buf_cstr(&a->password_file));
	secret_free(&s);
	buf_free(&name);
	err_clear(&e);
}

static void
check_secret(struct exam *x, struct finding *f)
{
	const struct config *c = &x->desk.config;

	for (size_t i = 0; x->has_config && i < c->accounts; i++)
		if (c->account[i].user.len > 0)
			check_one_secret(x, f, &c->account[i]);
}

/* -- the sandbox */

static void
check_sandbox(struct exam *x, struct finding *f)
{
	enum sandbox_mode mode = x->has_config ? x->desk.config.sandbox :
	    SANDBOX_YES;
	bool whole = landlock_abi() > 0 && filter_is_there();
	struct buf words = { 0 };

	sandbox_words(&words);
	if (mode == SANDBOX_NO) {
		finding_say(f, FINDING_WARNING, "sandbox = no: a relay that "
		    "takes over a session has the rights of the service");
		finding_mend(f, "sandbox = yes");
	} else if (mode == SANDBOX_STRICT && !whole) {
		finding_say(f, FINDING_BAD, "sandbox = strict, and this "
		    "kernel has not all of it: %s", buf_cstr(&words));
		finding_mend(f, "sandbox = yes");
	} else
		finding_say(f, FINDING_GOOD, "%s", buf_cstr(&words));
	buf_free(&words);
}

static const struct exam_row rows[] = {
	{ "config", BOTH, check_config },
	{ "secret", BOTH, check_secret },
	{ "sandbox", BOTH, check_sandbox },
};

const struct exam_table exam_config = { "The configuration", rows,
    TABLE_COUNT(rows) };
