// SPDX-License-Identifier: ISC
/*
 * learnt.c - one session with a relay, and all that was seen of it
 */
#include "relay/learnt.h"

#include <stdlib.h>

#include "base/clock.h"
#include "config/judge.h"
#include "config/secret.h"
#include "net/tls.h"
#include "relay/credentials.h"
#include "relay/doors.h"
#include "relay/line.h"
#include "smtp/mechanism.h"

#define REPLY_S 10		/* s: patience of a person who looks on, */
#define SESSION_S 60		/* for each answer and for the session */

/* -- the session */

static void
ignore(void *who, size_t relay, enum line_fate fate, const struct err *why)
{
	(void)who;
	(void)relay;
	(void)fate;
	(void)why;
}

struct listening {
	struct learnt *learnt;
	struct line *line;
};

static void
hear_login(struct learnt *l, struct line *line)
{
	const char *binding;
	struct buf bytes = { 0 };
	struct err e = { 0 };
	const struct mechanism *m = mechanism_choose(buf_str(&l->offered),
	    &line->login, tls_binding(&line->conn, &binding,
	    &bytes), &e);

	l->mechanism = m != NULL ? m->name : NULL;
	l->logging_in = m != NULL;
	buf_wipe(&bytes);
	err_clear(&e);
}

static void
hear(void *who, enum greet_step step, const struct reply *r)
{
	struct listening *to = who;
	struct learnt *l = to->learnt;
	const struct ehlo *caps = &to->line->session.caps;

	switch (step) {
	case GREET_BANNER:
		l->banner_ms = clock_ms() - l->began;
		reply_words(r->code, buf_str(&r->text), &l->banner);
		break;
	case GREET_EHLO:
		buf_set(&l->hello, buf_str(&r->text));
		l->has = caps->has;
		buf_set(&l->offered, buf_str(&caps->auth));
		break;
	case GREET_TLS:
		buf_set(&l->tls, tls_describe(&to->line->conn));
		break;
	case GREET_AUTH:
		hear_login(l, to->line);
		break;
	case GREET_READY:
		break;
	}
}

static void
see(void *who, struct chain *c)
{
	struct listening *to = who;

	chain_free(&to->learnt->chain);
	to->learnt->chain = *c;
	*c = (struct chain){ 0 };
}

static int64_t
least(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

/* A command would be run twice; what it says shows when it is needed. */
static bool
has_no_password(const struct account *a)
{
	struct secret s = { 0 };
	struct err e = { 0 };
	bool none = a->password_command.count == 0 && credentials_secret(a, &s,
	    &e) < 0;

	secret_free(&s);
	err_clear(&e);
	return none;
}

/*
 * The account, but no more patience than a person has; and where its password
 * is not to be had, all that goes without.
 */
static struct account
hurried(struct learnt *l)
{
	struct account a = *l->account;

	if (a.relays > 0)
		a.relays = l->relay + 1;
	a.connect_timeout = least(a.connect_timeout, REPLY_S);
	a.reply_timeout = least(a.reply_timeout, REPLY_S);
	a.session_timeout = least(a.session_timeout, SESSION_S);
	if (has_no_password(l->account)) {
		a.user = a.password_file = a.credential = (struct buf){ 0 };
		l->without_login = true;
	}
	return a;
}

static void
ask(struct learnt *l, struct line *line)
{
	struct session *s = &line->session;

	if (l->to.len == 0)
		return;
	l->probed = true;
	(void)probe(&s->wire, &s->caps, buf_str(&l->sender), buf_str(&l->to),
	    &l->probe_words, &l->probe, &l->probe_why);
}

static void
talk(struct learnt *l, const struct exam *x)
{
	struct line line = { .mode = x->desk.config.sandbox };
	struct listening who = { l, &line };
	struct line_ear ear = { .tried = ignore, .heard = hear, .shown = see,
	    .who = &who };
	const struct trace nobody = { 0 };
	struct account a = hurried(l);
	struct buf netrc = { 0 };
	size_t next = l->relay;

	if (x->question->personal && secret_netrc_path(&netrc))
		ear.netrc = buf_cstr(&netrc);
	l->began = clock_ms();
	l->ready = line_open(&line, &a, &next, &x->desk.here, &nobody, &ear,
	    &l->why) == 0;
	l->reached = line.reached > 0;
	l->connect_ms = (l->reached ? line.reached : clock_ms()) - l->began;
	l->step = line.step;
	if (l->ready) {
		ask(l, &line);
		session_quit(&line.session);
	}
	line_close(&line);
	buf_free(&netrc);
}

/* -- all of it */

/* --send, else where mail for root goes; else ourselves. */
static void
find_recipient(struct learnt *l, const struct exam *x)
{
	const struct desk *d = &x->desk;
	const struct local local = { .config = &d->config,
	    .account = l->account, .here = &d->here,
	    .aliases = &d->aliases, .loader = &d->files };
	struct strs real = { 0 };
	struct err e = { 0 };

	if (x->question->send != NULL)
		buf_puts(&l->to, x->question->send);
	else if (l->account->redirect.count > 0)
		buf_add(&l->to, strs_at(&l->account->redirect, 0));
	else if (local_resolve(&local, STR("root"), &real, NULL, &e) == 0 &&
	    real.count > 0)
		buf_add(&l->to, strs_at(&real, 0));
	strs_free(&real);
	err_clear(&e);
}

void
learn(struct learnt *l, const struct exam *x)
{
	const struct account *a = l->account;
	const struct relay *r = a->relays > 0 ? &a->relay[l->relay] : NULL;

	exam_sender(x, a, &l->sender);
	find_recipient(l, x);
	if (r != NULL && r->kind == RELAY_DISCARD)
		return;
	l->direct = r != NULL && r->kind != RELAY_UNIX &&
	    (a->proxy.len == 0 || relay_is_local(r));
	if (l->direct) {
		doors_find(l, r);
		if (l->doors > 1)
			doors_knock(l);
		if (l->doors == 0)
			return;		/* there is nobody to talk to */
	}
	talk(l, x);
	if (l->direct && !l->reached)
		doors_try_others(l);
}

void
learnt_free(struct learnt *l)
{
	for (size_t i = 0; i < l->hosts; i++) {
		buf_free(&l->host[i].host);
		err_clear(&l->host[i].why);
	}
	for (size_t i = 0; i < l->doors; i++) {
		buf_free(&l->door[i].address);
		err_clear(&l->door[i].why);
	}
	free(l->host);
	free(l->door);
	err_clear(&l->no_host);
	err_clear(&l->why);
	err_clear(&l->probe_why);
	chain_free(&l->chain);
	buf_free(&l->banner);
	buf_free(&l->hello);
	buf_free(&l->tls);
	buf_free(&l->offered);
	buf_free(&l->sender);
	buf_free(&l->to);
	buf_free(&l->probe_words);
	*l = (struct learnt){ 0 };
}
