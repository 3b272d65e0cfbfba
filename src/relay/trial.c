// SPDX-License-Identifier: ISC
/*
 * trial.c - would a relay take our mail?
 *
 * The child says, in fields: "works" with TLS in words, "login" with the
 * mechanisms, "refused" if the login was, "code" and "why".
 */
#include "relay/trial.h"

#include <fcntl.h>
#include <pwd.h>
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/fd.h"
#include "base/vis.h"
#include "guard/ids.h"
#include "queue/field.h"
#include "relay/line.h"

#define SAID_MAX 65536

/* -- in the child */

static void
note_fate(void *who, size_t relay, enum line_fate fate, const struct err *why)
{
	bool *refused = who;

	(void)relay;
	(void)why;
	*refused = fate == LINE_LOGIN;
}

static void
show_line(void *who, struct str line)
{
	(void)who;
	fprintf(stderr, "minismtp: %.*s\n", STR_ARGS(line));
}

static int
give_up_root(bool personal, struct err *e)
{
	const struct passwd *pw;

	if (personal || geteuid() != 0)
		return 0;
	pw = getpwnam(MAIL_USER);
	if (pw == NULL || pw->pw_uid == 0 || pw->pw_gid == 0)
		return 0;	/* then mail does not go by another either */
	return ids_become(pw->pw_uid, pw->pw_gid, e);
}

static void
add_success(struct buf *out, const struct line *l)
{
	field_add(out, "works", tls_describe(&l->conn));
	if (ehlo_has(&l->session.caps, EHLO_AUTH))
		field_add(out, "login", buf_str(&l->session.caps.auth));
}

static _Noreturn void
run(const struct account *a, const struct here *here, bool personal,
    bool verbose, int out)
{
	const struct trace trace = { .line = verbose ? show_line : NULL };
	struct line l = { .mode = SANDBOX_YES };
	struct buf said = { 0 };
	struct err e = { 0 };
	bool refused = false;
	const struct line_ear ear = { .tried = note_fate, .who = &refused };
	size_t next = 0;

	if (give_up_root(personal, &e) == 0 &&
	    line_open(&l, a, &next, here, &trace, &ear, &e) == 0) {
		add_success(&said, &l);
	} else {
		if (refused)
			field_add(&said, "refused", STR(""));
		field_addf(&said, "code", "%d", e.code);
		field_add(&said, "why", buf_str(&e.text));
	}
	(void)fd_write(out, buf_str(&said), &e);
	line_close(&l);
	_exit(0);
}

/* -- outside */

int
trial_start(struct trial *t, const struct account *a, const struct here *here,
    bool personal, bool verbose, struct err *e)
{
	int fds[2];
	pid_t pid;

	if (pipe2(fds, O_CLOEXEC) < 0)
		return err_sys(e, EX_OSERR, "pipe");
	pid = fork();
	if (pid == 0) {
		(void)close(fds[0]);
		run(a, here, personal, verbose, fds[1]);
	}
	(void)close(fds[1]);
	if (pid < 0) {
		(void)close(fds[0]);
		return err_sys(e, EX_OSERR, "fork");
	}
	t->pid = pid;
	t->fd = fds[0];
	return 0;
}

/* A relay may have taken over who says that. */
static void
take(struct trial *t, struct str key, struct str value)
{
	uint64_t code;

	if (str_eq(key, STR("works"))) {
		t->works = true;
		vis_add(&t->tls, value);
	} else if (str_eq(key, STR("login"))) {
		t->offers_login = true;
	} else if (str_eq(key, STR("refused"))) {
		t->login_refused = true;
	} else if (str_eq(key, STR("code"))) {
		if (str_eat_number(&value, &code) && code <= EX_CONFIG)
			t->why.code = (int)code;
	} else if (str_eq(key, STR("why"))) {
		vis_add(&t->why.text, value);
	}
}

static void
reap(struct trial *t)
{
	(void)close(t->fd);
	(void)waitpid(t->pid, NULL, 0);
	t->pid = 0;
}

void
trial_end(struct trial *t)
{
	struct buf said = { 0 };
	struct err e = { 0 };
	struct str in, key, value;

	if (fd_read_all(t->fd, &said, SAID_MAX, &e) == 0) {
		in = buf_str(&said);
		while (field_eat(&in, FIELD_VALUE_MAX, &key, &value) > 0)
			take(t, key, value);
	}
	reap(t);
	if (!t->works && t->why.text.len == 0)
		err_set(&t->why, EX_SOFTWARE, "the trial ended without a word");
	if (!t->works && t->why.code == EX_OK)
		t->why.code = EX_SOFTWARE;
	err_clear(&e);
	buf_free(&said);
}

void
trial_free(struct trial *t)
{
	if (t->pid > 0) {
		(void)kill(t->pid, SIGKILL);
		reap(t);
	}
	buf_free(&t->tls);
	err_clear(&t->why);
	*t = (struct trial){ 0 };
}
