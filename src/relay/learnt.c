// SPDX-License-Identifier: ISC
/*
 * learnt.c - one session with a relay, and all that was seen of it
 */
#include "relay/learnt.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/xmem.h"
#include "config/judge.h"
#include "config/secret.h"
#include "net/dial.h"
#include "net/race.h"
#include "net/tls.h"
#include "relay/line.h"
#include "smtp/mechanism.h"

#define LOOKUP_S 5		/* s: patience of a person who looks on, */
#define KNOCK_S 5		/* for each address, */
#define KNOCKS_S 15		/* for all of them, */
#define REPLY_S 10		/* for each answer, */
#define SESSION_S 60		/* and for the session */
#define HOSTS_MAX 8

/* -- the name service */

static void
add_host(struct learnt *l, struct str name, int port)
{
	struct learnt_host *h;
	int64_t began = clock_ms();

	if (l->hosts >= HOSTS_MAX)
		return;
	l->host = xgrow(l->host, l->hosts, sizeof(*l->host));
	h = &l->host[l->hosts++];
	*h = (struct learnt_host){ .port = port };
	buf_add(&h->host, name);
	(void)lookup_host(buf_cstr(&h->host), port,
	    clock_deadline(LOOKUP_S * 1000), &h->places, &h->why);
	h->ms = clock_ms() - began;
}

static void
add_services(struct learnt *l, const struct services *s, int port)
{
	for (size_t i = 0; i < s->count; i++)
		if (s->item[i].host.len > 0)
			add_host(l, buf_str(&s->item[i].host), port > 0 ?
			    port : s->item[i].port);
}

static void
look_up_srv(struct learnt *l, const struct relay *r, int64_t end)
{
	static const char *const names[] = { "_submissions._tcp",
	    "_submission._tcp" };

	for (size_t i = 0; i < 2; i++) {
		struct services s = { 0 };
		struct buf name = { 0 };
		struct err e = { 0 };

		buf_printf(&name, "%s.%s", names[i], buf_cstr(&r->host));
		if (lookup_srv(buf_cstr(&name), end, &s, &e) < 0)
			err_copy(&l->no_host, &e);
		add_services(l, &s, r->port);
		services_free(&s);
		buf_free(&name);
		err_clear(&e);
	}
}

static void
look_up_mx(struct learnt *l, const struct relay *r, int64_t end)
{
	int port = r->port > 0 ? r->port : PORT_SMTP;
	struct services s = { 0 };

	if (lookup_mx(buf_cstr(&r->host), end, &s, &l->no_host) == 0) {
		add_services(l, &s, port);
		if (s.count == 0)
			add_host(l, buf_str(&r->host), port);
	}
	services_free(&s);
}

static void
look_up(struct learnt *l, const struct relay *r)
{
	int64_t end = clock_deadline(LOOKUP_S * 1000);

	switch (r->kind) {
	case RELAY_HOST:
		add_host(l, buf_str(&r->host), r->port > 0 ? r->port :
		    r->lmtp ? PORT_LMTP : PORT_SUBMISSION);
		break;
	case RELAY_SRV:
		look_up_srv(l, r, end);
		break;
	case RELAY_MX:
		look_up_mx(l, r, end);
		break;
	case RELAY_UNIX:
	case RELAY_DISCARD:
		break;
	}
}

/* -- knock at each address, one after the other */

static int
knock(const struct endpoint *at, const struct account *a, int64_t end,
    struct err *e)
{
	struct endpoints one = { .count = 1 };
	int64_t mine = clock_deadline(KNOCK_S * 1000);
	struct endpoint won;
	int fd;

	one.item[0] = *at;
	fd = race(&one, &a->source_address, mine < end ? mine : end, &won, e);
	if (fd < 0)
		return -1;
	close(fd);
	return 0;
}

static void
add_door(struct learnt *l, const struct endpoint *at, int port)
{
	struct learnt_door *d;

	l->door = xgrow(l->door, l->doors, sizeof(*l->door));
	d = &l->door[l->doors++];
	*d = (struct learnt_door){ 0 };
	endpoint_words(at, &d->address);
	if (str_has(buf_str(&d->address), ':'))
		buf_printf(&d->address, " port %d", port);
	else
		buf_printf(&d->address, ":%d", port);
}

static void
add_doors(struct learnt *l)
{
	for (size_t i = 0; i < l->hosts; i++)
		for (size_t k = 0; k < l->host[i].places.count; k++)
			add_door(l, &l->host[i].places.item[k],
			    l->host[i].port);
}

static void
knock_all(struct learnt *l)
{
	int64_t end = clock_deadline(KNOCKS_S * 1000), began;
	size_t at = 0;

	for (size_t i = 0; i < l->hosts; i++)
		for (size_t k = 0; k < l->host[i].places.count; k++, at++) {
			began = clock_ms();
			(void)knock(&l->host[i].places.item[k], l->account,
			    end, &l->door[at].why);
			l->door[at].ms = clock_ms() - began;
		}
}

/* The same host, at the ports where relays usually are. */
static void
try_other_ports(struct learnt *l)
{
	static const int ports[] = { PORT_SUBMISSION, PORT_SUBMISSIONS,
	    PORT_SMTP };
	int64_t end = clock_deadline(KNOCK_S * 1000);

	for (size_t i = 0; l->hosts > 0 && i < 3 && l->other_port == 0; i++) {
		struct endpoints p;
		struct err e = { 0 };

		if (ports[i] != l->host[0].port && lookup_host(
		    buf_cstr(&l->host[0].host), ports[i], end, &p, &e) == 0 &&
		    knock(&p.item[0], l->account, end, &e) == 0)
			l->other_port = ports[i];
		err_clear(&e);
	}
}

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

/* The account, but no more patience than a person has. */
static struct account
hurried(struct learnt *l)
{
	struct account a = *l->account;

	if (a.relays > 0)
		a.relays = l->relay + 1;
	a.connect_timeout = least(a.connect_timeout, REPLY_S);
	a.reply_timeout = least(a.reply_timeout, REPLY_S);
	a.session_timeout = least(a.session_timeout, SESSION_S);
	if (a.credential.len > 0 && getenv("CREDENTIALS_DIRECTORY") == NULL) {
		a.credential = a.user = (struct buf){ 0 };
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
		look_up(l, r);
		add_doors(l);
		if (l->doors > 1)
			knock_all(l);
	}
	talk(l, x);
	if (l->direct && l->doors > 0 && !l->reached)
		try_other_ports(l);
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
