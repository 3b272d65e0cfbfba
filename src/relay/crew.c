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

static bool
find(struct crew *c, struct str id)
{
	for (c->at = 0; c->at < c->count; c->at++)
		if (str_eq(buf_str(&c->task[c->at]->record.facts.id), id))
			return true;
	return false;
}

static struct task *
let_go(struct crew *c, size_t at)
{
	struct task *t = c->task[at];

	c->task[at] = c->task[--c->count];
	c->at = c->count;
	return t;
}

static void
settle(struct crew *c, size_t at, const struct crew_ear *ear)
{
	ear->settled(ear->who, let_go(c, at), buf_str(&c->peer));
}

static int
hear_trace(struct crew *c, const struct crew_ear *ear, struct str *packet,
    struct err *e)
{
	struct str key, line;

	if (field_eat(packet, POST_MAX, &key, &line) != 1)
		return err_set(e, EX_SOFTWARE, "a trace without a line");
	ear->trace(ear->who, c->account, buf_str(&c->first), line);
	return 0;
}

static int
hear_notice(struct crew *c, const struct crew_ear *ear, struct str *packet,
    struct err *e)
{
	struct str key, line;

	(void)c;
	(void)ear;
	if (field_eat(packet, POST_MAX, &key, &line) != 1)
		return err_set(e, EX_SOFTWARE, "a notice without words");
	log_line(LOG_WARNING, "%.*s", STR_ARGS(line));
	return 0;
}

static int
hear_moved(struct crew *c, const struct crew_ear *ear, struct str *packet,
    struct err *e)
{
	struct str key, words;

	(void)c;
	if (field_eat(packet, POST_MAX, &key, &words) != 1)
		return err_set(e, EX_SOFTWARE, "moved, but how far");
	if (ear->moved != NULL)
		ear->moved(ear->who, words);
	return 0;
}

static int
hear_tried(struct crew *c, const struct crew_ear *ear, struct str *packet,
    struct err *e)
{
	struct str key, words;
	uint64_t relay, fate;

	if (field_eat(packet, POST_MAX, &key, &words) != 1 ||
	    !str_eat_number(&words, &relay) || !str_eat(&words, STR(" ")) ||
	    !str_eat_number(&words, &fate) || !str_eat(&words, STR(" ")) ||
	    relay >= c->account->relays || fate > LINE_LOGIN)
		return err_set(e, EX_SOFTWARE, "a relay that he does not have");
	ear->tried(ear->who, c->account, (size_t)relay, (enum line_fate)fate,
	    words);
	return 0;
}

static int
hear_up(struct crew *c, const struct crew_ear *ear, struct str *packet,
    struct err *e)
{
	struct str key, words;

	(void)ear;
	if (field_eat(packet, POST_MAX, &key, &words) != 1)
		return err_set(e, EX_SOFTWARE, "a session without a name");
	buf_set(&c->peer, words);
	return 0;
}

/* He is about to go, and says why; what he had comes back below. */
static int
hear_down(struct crew *c, const struct crew_ear *ear, struct str *packet,
    struct err *e)
{
	struct str key, words;
	uint64_t code;

	(void)ear;
	if (field_eat(packet, POST_MAX, &key, &words) != 1 ||
	    !str_eat_number(&words, &code) || !str_eat(&words, STR(" ")) ||
	    code > 255)
		return err_set(e, EX_SOFTWARE, "a failure without words");
	c->down = true;
	err_set(&c->why, (int)code, "%.*s", STR_ARGS(words));
	return 0;
}

/* Another one takes what he had to the next relay. */
static int
hear_again(struct crew *c, const struct crew_ear *ear, struct str *packet,
    struct err *e)
{
	struct str key, words;
	uint64_t from;

	(void)ear;
	if (field_eat(packet, POST_MAX, &key, &words) != 1 ||
	    !str_eat_number(&words, &from) || !str_eat(&words, STR(" ")) ||
	    from <= c->from || from >= c->account->relays)
		return err_set(e, EX_SOFTWARE, "another relay that is none");
	c->from = (size_t)from;
	c->fruit = true;
	log_line(LOG_NOTICE, "%.*s; trying the next relay", STR_ARGS(words));
	return 0;
}

static int
hear_about(struct crew *c, const struct crew_ear *ear, struct str *packet,
    struct err *e)
{
	struct str key, id;

	(void)ear;
	if (field_eat(packet, POST_MAX, &key, &id) != 1 || !find(c, id))
		return err_set(e, EX_SOFTWARE, "a letter that nobody gave him");
	return 0;
}

static int
hear_rcpt(struct crew *c, const struct crew_ear *ear, struct str *packet,
    struct err *e)
{
	struct task *t = c->at < c->count ? c->task[c->at] : NULL;
	size_t i;

	if (t == NULL)
		return err_set(e, EX_SOFTWARE, "a verdict without a letter");
	if (fate_unpack(packet, &t->record.env, &i, e) < 0)
		return -1;
	c->fruit |= t->record.env.rcpt[i].state != RCPT_TODO ||
	    t->record.env.rcpt[i].why.smtp != 0;
	ear->verdict(ear->who, t, i);
	return 0;
}

static int
hear_sent(struct crew *c, const struct crew_ear *ear, struct str *packet,
    struct err *e)
{
	struct task *t = c->at < c->count ? c->task[c->at] : NULL;
	struct str key, address;

	if (t == NULL ||
	    field_eat(packet, FIELD_VALUE_MAX, &key, &address) != 1)
		return err_set(e, EX_SOFTWARE, "sent, but what to whom");
	ear->sent(ear->who, t, address);
	return 0;
}

static int
hear_settled(struct crew *c, const struct crew_ear *ear, struct str *packet,
    struct err *e)
{
	if (hear_about(c, ear, packet, e) < 0)
		return -1;
	settle(c, c->at, ear);
	return 0;
}

static int
hear_torn(struct crew *c, const struct crew_ear *ear, struct str *packet,
    struct err *e)
{
	struct str key, words;
	struct err why = { 0 };

	if (hear_about(c, ear, packet, e) < 0)
		return -1;
	if (field_eat(packet, POST_MAX, &key, &words) != 1)
		return err_set(e, EX_SOFTWARE, "a torn letter without words");
	err_set(&why, EX_DATAERR, "%.*s", STR_ARGS(words));
	c->fruit = true;
	ear->torn(ear->who, let_go(c, c->at), &why);
	err_clear(&why);
	return 0;
}

static const struct {
	const char *name;
	int (*hear)(struct crew *, const struct crew_ear *, struct str *,
	    struct err *);
} words[] = {
	{ "trace", hear_trace },
	{ "moved", hear_moved },
	{ "notice", hear_notice },
	{ "tried", hear_tried },
	{ "up", hear_up },
	{ "down", hear_down },
	{ "again", hear_again },
	{ "about", hear_about },
	{ "rcpt", hear_rcpt },
	{ "sent", hear_sent },
	{ "settled", hear_settled },
	{ "torn", hear_torn },
};

/* The name of the next field decides who eats it. */
static int
hear_packet(struct crew *c, const struct crew_ear *ear, struct str packet,
    struct err *e)
{
	while (packet.len > 0) {
		struct str ahead = packet, key, value;
		size_t i = 0;

		if (field_eat(&ahead, POST_MAX, &key, &value) != 1)
			return err_set(e, EX_SOFTWARE, "a torn packet");
		while (i < TABLE_COUNT(words) &&
		    !str_eq(str_of(words[i].name), key))
			i++;
		if (i == TABLE_COUNT(words))
			return err_set(e, EX_SOFTWARE, "an unknown word");
		if (words[i].hear(c, ear, &packet, e) < 0)
			return -1;
	}
	return 0;
}

/* Nobody knows what he has delivered of what he had. */
static void
mourn(struct crew *c, const struct crew_ear *ear, int status, struct err *why)
{
	if (WIFSIGNALED(status) && WTERMSIG(status) == SIGSYS)
		err_set(why, EX_SOFTWARE, "our courier wanted more than the "
		    "sandbox allows, and was killed");
	else if (why->code == 0)
		err_set(why, EX_SOFTWARE, c->stopped ? "the run was stopped" :
		    "our courier died");
	if (c->count > 0)
		err_wrap(why, "nobody knows whether the message was sent, so "
		    "it may be delivered twice");
	if (!c->stopped)
		log_line(LOG_ERR, "%s", buf_cstr(&why->text));
	while (c->count > 0) {
		task_refuse(c->task[0], why);
		settle(c, 0, ear);
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
		err_set(&c->why, EX_TEMPFAIL, "%u sessions in succession have "
		    "ended before a word on any message", c->vain);
	}
	if (why->code != 0 || !WIFEXITED(status) ||
	    (WEXITSTATUS(status) != EX_OK && !c->down))
		mourn(c, ear, status, why);
	while (c->count > 0)
		ear->back(ear->staff, let_go(c, 0));
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
		rc = hear_packet(c, ear, buf_str(&packet), &e);
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
