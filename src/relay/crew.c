// SPDX-License-Identifier: ISC
/*
 * crew.c - a courier, seen from the run that sent him
 */
#include "relay/crew.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/log.h"
#include "base/table.h"
#include "base/xmem.h"
#include "queue/field.h"
#include "relay/direction.h"
#include "relay/fate.h"
#include "relay/crew_words.h"
#include "relay/post.h"

#define VAIN_MAX 3		/* sessions in succession that settle nothing */

static int
reap(struct crew *c)
{
	int status = 0;

	while (c->pid > 0 && waitpid(c->pid, &status, 0) < 0 && errno == EINTR)
		;
	c->pid = 0;
	return status;
}

/*
 * The child dies with us: nobody else would write down what he delivers, and
 * the next run would deliver it again.
 */
_Noreturn static void
be_courier(struct crew *c, courier_fn *courier, void *arg, int sock,
    pid_t parent)
{
	(void)prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != parent)
		_exit(EX_TEMPFAIL);
	_exit(courier(sock, c->account, c->from, arg));
}

int
crew_start(struct crew *c, courier_fn *courier, void *arg, struct err *e)
{
	pid_t self = getpid();
	int ends[2];

	(void)reap(c);
	buf_free(&c->first);
	buf_free(&c->peer);
	c->fruit = false;
	if (post_pair(ends, e) < 0)
		return -1;
	c->pid = fork();
	if (c->pid < 0) {
		err_sys(e, EX_OSERR, "fork");
		close(ends[0]);
		close(ends[1]);
		return -1;
	}
	if (c->pid == 0) {
		close(ends[0]);
		be_courier(c, courier, arg, ends[1], self);
	}
	close(ends[1]);
	c->sock = ends[0];
	return 0;
}

static int
send_letter(struct crew *c, const struct task *t, struct err *e)
{
	struct buf packet = { 0 };
	struct str to = buf_str(&t->to);
	int rc = 0;

	while (rc == 0 && to.len > 0)
		rc = post_send(c->sock, directions_cut(&to, POST_MAX), -1, e);
	field_add(&packet, "letter", buf_str(&t->record.facts.id));
	if (rc == 0)
		rc = post_send(c->sock, buf_str(&packet), t->entry.fd, e);
	buf_free(&packet);
	return rc;
}

int
crew_give(struct crew *c, struct task *t, struct err *e)
{
	if (c->first.len == 0)
		buf_set(&c->first, buf_str(&t->record.facts.id));
	if (send_letter(c, t, e) < 0)
		return -1;
	c->task = xgrow(c->task, c->count, sizeof(struct task *));
	c->task[c->count++] = t;
	return 0;
}

void
crew_dismiss(struct crew *c)
{
	if (c->sock >= 0)
		(void)shutdown(c->sock, SHUT_WR);
}

void
crew_stop(struct crew *c)
{
	c->stopped = true;
	if (c->sock >= 0 && c->pid > 0)
		(void)kill(c->pid, SIGKILL);
}

/* Nobody knows what he has delivered of what he had. */
static void
mourn(struct crew *c, const struct crew_ear *ear, int status, struct err *why)
{
	if (WIFSIGNALED(status) && WTERMSIG(status) == SIGSYS)
		err_set(why, EX_SOFTWARE,
		    "our courier wanted more than the "
		    "sandbox allows, and was killed");
	else if (why->code == 0)
		err_set(why, EX_SOFTWARE,
		    c->stopped ? "the run was stopped" : "our courier died");
	if (c->count > 0)
		err_wrap(why,
		    "nobody knows whether the message was sent, so "
		    "it may be delivered twice");
	if (!c->stopped)
		log_line(LOG_ERR, "%s", buf_cstr(&why->text));
	while (c->count > 0) {
		task_refuse(c->task[0], why);
		crew_settle(c, 0, ear);
	}
}

/* He came home, died or went mad: in any case he has nothing any more. */
static void
give_up(struct crew *c, const struct crew_ear *ear, struct err *why)
{
	int status;

	close(c->sock);
	c->sock = -1;
	if (why->code != 0 && c->pid > 0)
		(void)kill(c->pid, SIGKILL);
	status = reap(c);
	c->vain = c->fruit ? 0 : c->vain + (c->count > 0);
	if (!c->down && c->vain >= VAIN_MAX) {
		c->down = true;
		err_set(&c->why, EX_TEMPFAIL,
		    "%u sessions in succession have "
		    "ended before a word on any message",
		    c->vain);
	}
	if (why->code != 0 || !WIFEXITED(status) ||
	    (WEXITSTATUS(status) != EX_OK && !c->down))
		mourn(c, ear, status, why);
	while (c->count > 0)
		ear->back(ear->staff, crew_let_go(c, 0));
}

void
crew_hear(struct crew *c, const struct crew_ear *ear)
{
	struct buf packet = { 0 };
	struct err e = { 0 };
	int fd = -1, rc;

	while ((rc = post_recv(c->sock, false, &packet, &fd, &e)) == 1) {
		if (fd >= 0)
			close(fd);
		rc = crew_take(c, ear, buf_str(&packet), &e);
		fd = -1;
		if (rc < 0)
			break;
	}
	if (rc <= 0)
		give_up(c, ear, &e);
	buf_free(&packet);
	err_clear(&e);
}

void
crew_part(struct crew *c, const struct crew_ear *ear)
{
	struct pollfd p = { .fd = c->sock, .events = POLLIN };

	while (c->sock >= 0)
		if (poll(&p, 1, -1) > 0)
			crew_hear(c, ear);
}

void
crew_free(struct crew *c)
{
	if (c->sock >= 0)
		close(c->sock);
	(void)reap(c);
	free(c->task);
	buf_free(&c->first);
	buf_free(&c->peer);
	err_clear(&c->why);
	*c = (struct crew){ .sock = -1 };
}
