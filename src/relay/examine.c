// SPDX-License-Identifier: ISC
/*
 * examine.c - what is wrong with my mail?
 */
#include "relay/examine.h"

#include <errno.h>
#include <grp.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <unistd.h>

#include "relay/exam.h"
#include "relay/learnt.h"
#include "relay/post.h"
#include "relay/sheet.h"

/* -- the relays */

static void
work_relay(struct exam *x)
{
	struct learnt l = *x->learnt;

	learn(&l, x);
	x->learnt = &l;
	exam_go(x, &exam_way);
	exam_go(x, &exam_trust);
	exam_go(x, &exam_mail);
	/* Locked up: nothing of it is anybody's any more. */
}

/* The same relay with the same login is asked once. */
static bool
is_new(const struct config *c, size_t account, size_t relay)
{
	const struct account *a = &c->account[account];

	for (size_t i = 0; i < account; i++) {
		const struct account *b = &c->account[i];

		for (size_t k = 0; k < b->relays; k++)
			if (a->relays > 0 && str_eq(
			    buf_str(&a->relay[relay].text),
			    buf_str(&b->relay[k].text)) &&
			    str_eq(buf_str(&a->user), buf_str(&b->user)))
				return false;
	}
	return true;
}

static void
one_relay(struct exam *x, const struct account *a, size_t relay)
{
	struct learnt l = { .account = a, .relay = relay };
	struct buf headline = { 0 };
	struct finding died = { 0 };

	if (a->relays > 0)
		buf_printf(&headline, "The relay %s",
		    buf_cstr(&a->relay[relay].text));
	else
		buf_printf(&headline, "The command %s", a->command.count > 0 ?
		    buf_cstr(&a->command.item[0]) : "");
	if (a->name.len > 0)
		buf_printf(&headline, " (account %s)", buf_cstr(&a->name));
	x->group = buf_cstr(&headline);
	x->learnt = &l;
	if (exam_fork(x, work_relay) < 0) {
		buf_puts(&died.check, "session");
		buf_puts(&died.group, x->group);
		finding_say(&died, FINDING_BAD, "the process that talked to "
		    "the relay has died: what it said is not to be trusted");
		finding_mend(&died, "dmesg | tail");
		exam_tell(x, &died);
	}
	x->learnt = NULL;
	finding_free(&died);
	buf_free(&headline);
}

void
exam_relays(struct exam *x)
{
	const struct config *c = &x->desk.config;
	const char *only = x->question->account;

	for (size_t i = 0; i < c->accounts; i++) {
		const struct account *a = &c->account[i];
		size_t ways = a->relays > 0 ? a->relays : 1;

		if (only != NULL && !str_eq(buf_str(&a->name), str_of(only)))
			continue;
		for (size_t k = 0; k < ways; k++)
			if (only != NULL || is_new(c, i, k))
				one_relay(x, a, k);
	}
}

/* -- who does what */

static void
work_service(struct exam *x)
{
	const struct question *q = x->question;
	struct finding f = { 0 };
	struct err e = { 0 };

	if (exam_become(x, &e) < 0) {
		buf_puts(&f.check, "service");
		buf_puts(&f.group, x->group);
		finding_err(&f, FINDING_BAD, &e);
		exam_tell(x, &f);
		return;
	}
	x->has_spool = spool_open(&x->spool, q->spool, &e) == 0;
	exam_go(x, &exam_config);
	exam_go(x, &exam_names);
	exam_go(x, &exam_runner);
	exam_go(x, &exam_queue);
	if (!q->offline && x->has_config)
		exam_relays(x);
	err_clear(&e);
}

static void
find_service(struct exam *x)
{
	const struct passwd *pw = getpwnam(MAIL_USER);
	const struct group *g = getgrnam(MAIL_GROUP);

	x->uid = pw != NULL && pw->pw_uid != 0 ? pw->pw_uid : (uid_t)-1;
	x->gid = g != NULL && g->gr_gid != 0 ? g->gr_gid : (gid_t)-1;
	if (x->gid == (gid_t)-1)
		x->uid = (uid_t)-1;
}

static void
work(struct exam *x)
{
	find_service(x);
	x->group = "This machine";
	exam_go(x, &exam_machine);
	exam_go(x, &exam_spool);
	(void)exam_fork(x, work_service);
	if (x->question->send != NULL && !x->question->offline)
		exam_send(x);
}

/* -- who prints */

static int
print(struct buf *out)
{
	int rc = fputs(buf_cstr(out), stdout) == EOF || fflush(stdout) == EOF;

	buf_reset(out);
	return rc ? -1 : 0;
}

static int
print_all(struct sheet *s, int sock, struct err *e)
{
	struct buf packet = { 0 }, out = { 0 };
	struct finding f = { 0 };
	int fd = -1, rc = 0;

	while (rc == 0 && post_recv(sock, true, &packet, &fd, e) == 1) {
		if (fd >= 0)
			close(fd);
		if (!finding_unpack(&f, buf_str(&packet)))
			continue;
		sheet_add(s, &f, &out);
		rc = print(&out);
	}
	sheet_end(s, &out);
	if (rc == 0)
		rc = print(&out);
	finding_free(&f);
	buf_free(&packet);
	buf_free(&out);
	return rc;
}

static int
start(const struct question *q, int *sock, pid_t *pid, struct err *e)
{
	struct exam x = { .question = q };
	int ends[2];

	if (post_pair(ends, e) < 0)
		return -1;
	*pid = fork();
	if (*pid < 0)
		return err_sys(e, EX_OSERR, "fork");
	if (*pid == 0) {
		close(ends[0]);
		x.sock = ends[1];
		work(&x);
		_exit(0);
	}
	close(ends[1]);
	*sock = ends[0];
	return 0;
}

int
examine(const struct question *q)
{
	struct sheet sheet;
	struct err e = { 0 };
	int sock = -1, status;
	pid_t pid = -1;

	sheet_begin(&sheet, q->json);
	if (start(q, &sock, &pid, &e) < 0) {
		fprintf(stderr, "minismtp: %s\n", buf_cstr(&e.text));
		status = e.code;
	} else {
		status = print_all(&sheet, sock, &e) < 0 ? EX_IOERR :
		    sheet_status(&sheet);
		close(sock);
		while (waitpid(pid, NULL, 0) < 0 && errno == EINTR)
			;
	}
	sheet_free(&sheet);
	err_clear(&e);
	return status;
}
