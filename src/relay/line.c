// SPDX-License-Identifier: ISC
/*
 * line.c - a session with one of the relays of an account
 */
#include "relay/line.h"

#include <sysexits.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/vis.h"
#include "guard/sandbox.h"
#include "message/address.h"
#include "message/idn2.h"
#include "message/msgid.h"
#include "queue/sum.h"
#include "relay/credentials.h"
#include "relay/program.h"
#include "smtp/mechanism.h"

/* -- what the configuration says, in the words of the rooms below */

static const enum target_kind target_kinds[] = {
	[RELAY_HOST] = TARGET_HOST,
	[RELAY_SRV] = TARGET_SRV,
	[RELAY_MX] = TARGET_MX,
	[RELAY_UNIX] = TARGET_UNIX,
	[RELAY_DISCARD] = TARGET_UNIX,	/* never dialled */
};

static const enum tls_verify verifies[] = {
	[VERIFY_YES] = TLS_VERIFY_YES,
	[VERIFY_PIN] = TLS_VERIFY_PIN,
	[VERIFY_DANE] = TLS_VERIFY_DANE,
	[VERIFY_NO] = TLS_VERIFY_NO,
};

static void
copy(struct buf *to, const struct buf *from)
{
	buf_set(to, buf_str(from));
}

static void
copy_list(struct strs *to, const struct strs *from)
{
	for (size_t i = 0; i < from->count; i++)
		strs_add(to, strs_at(from, i));
}

static void
fill_tls(struct tls_policy *p, const struct account *a)
{
	p->verify = verifies[a->tls_verify];
	p->dns_ms = (int)a->connect_timeout * 1000;
	copy(&p->ca, &a->tls_ca);
	copy(&p->crl, &a->tls_crl);
	copy_list(&p->pins, &a->tls_pin);
	copy(&p->cert, &a->tls_cert);
	copy(&p->key, &a->tls_key);
	copy(&p->min, &a->tls_min);
	copy(&p->priority, &a->tls_priority);
}

static enum greet_tls
choose_tls(const struct account *a, const struct dialed *who)
{
	switch (a->tls) {
	case TLS_STARTTLS:
		return GREET_STARTTLS;
	case TLS_IMPLICIT:
		return GREET_IMPLICIT;
	case TLS_OFF:
		return GREET_PLAIN;
	case TLS_BY_PORT:
		break;
	}
	return who->implicit_tls ? GREET_IMPLICIT : GREET_LOCAL_PLAIN;
}

static bool
needs_tls(enum greet_tls tls, const struct conn *c)
{
	return tls == GREET_STARTTLS || tls == GREET_IMPLICIT ||
	    (tls == GREET_LOCAL_PLAIN && !c->local);
}

/* -- one relay */

static int
reach(struct line *l, const struct account *a, const struct relay *relay,
    struct err *e)
{
	struct target target = { .kind = target_kinds[relay->kind],
	    .port = relay->port, .lmtp = relay->lmtp };
	struct dial_policy policy = { .proxy_port = a->proxy_port };
	int rc;

	if (a->command.count > 0) {
		buf_set(&l->dialed.host, strs_at(&a->command, 0));
		copy(&l->dialed.cert_name, &l->dialed.host);
		return program_start(&a->command, &l->conn, e);
	}
	copy(&target.name, &relay->host);
	copy(&policy.proxy, &a->proxy);
	copy_list(&policy.source, &a->source_address);
	rc = dial(&target, &policy, clock_deadline(a->connect_timeout * 1000),
	    &l->conn, &l->dialed, e);
	target_free(&target);
	buf_free(&policy.proxy);
	strs_free(&policy.source);
	return rc;
}

static void
fill_helo(struct greet_policy *p, const struct account *a,
    const struct here *here)
{
	struct err e = { 0 };

	if (a->helo.len > 0 && a->helo.data[0] != '[' &&
	    domain_to_ascii(&p->helo, buf_str(&a->helo), &e) == 0)
		return;
	err_clear(&e);
	if (a->helo.len > 0)
		copy(&p->helo, &a->helo);
	else if (host_is_full(buf_str(&here->host)))
		copy(&p->helo, &here->host);
}

static bool
is_token(const struct buf *name)
{
	struct str s = buf_str(name);

	return str_ieat(&s, STR("pkcs11:"));
}

/*
 * Keys in a token and tickets of Kerberos are fetched when the relay asks for
 * them, by libraries that want files and sockets for it.
 */
static const char *
needs_more(const struct line *l, const struct account *a)
{
	struct str auth = buf_str(&a->auth);

	if (is_token(&a->tls_key) || is_token(&a->tls_cert))
		return "a key in a token";
	if (a->user.len > 0 && (str_ieq(auth, STR("GSSAPI")) ||
	    ((auth.len == 0 || str_ieq(auth, STR("auto"))) &&
	    a->tls_cert.len == 0 && !secret_is_set(&l->login.password))))
		return "Kerberos";
	return NULL;
}

static int
lock_up(struct line *l, const struct account *a, struct err *e)
{
	const char *more = needs_more(l, a);
	bool strict = l->mode == SANDBOX_STRICT;

	if (l->mode == SANDBOX_NO)
		return 0;
	if (more != NULL && strict)
		return err_set(e, EX_TEMPFAIL, "sandbox = strict does not go "
		    "with %s", more);
	if (more != NULL) {
		log_line(LOG_NOTICE, "no sandbox: it does not go with %s",
		    more);
		return 0;
	}
	if ((!l->ascii || !str_is_ascii(buf_str(&a->helo))) &&
	    idn2_load(e) < 0)
		return -1;
	idn2_shut();
	log_stay();
	tzset();	/* reads its file once; dates are said later */
	l->locked = true;
	return sandbox_close(strict, e);
}

static int
shake_hands(struct line *l, const struct account *a, const struct relay *relay,
    const struct here *here, struct err *e)
{
	struct greet_policy p = {
		.tls = choose_tls(a, &l->dialed),
		.tls_policy = &l->tls,
		.login = &l->login,
		.auth_without_tls = a->auth_without_tls,
		.lmtp = relay->lmtp,
		.heard = l->ear->heard,
		.who = l->ear->who,
	};
	int rc = 0;

	copy(&l->tls.host, &l->dialed.cert_name);
	l->tls.port = (unsigned)l->dialed.port;
	copy(&l->login.host, &l->dialed.host);
	if (p.tls == GREET_PLAIN && !l->conn.local)
		log_line(LOG_WARNING, "%s: everybody on the way can read this "
		    "(tls = off)", buf_cstr(&l->conn.peer));
	if (needs_tls(p.tls, &l->conn) && l->trust == NULL)
		rc = tls_prepare(&l->tls, &l->trust, e);
	if (rc == 0)
		rc = mechanism_load(&l->login, e);
	if (rc == 0)
		rc = lock_up(l, a, e);
	if (rc == 0) {
		p.trust = l->trust;
		fill_helo(&p, a, here);
		rc = greet(&l->session.wire, &p, &l->session.caps, &l->step,
		    e);
		buf_free(&p.helo);
	}
	return rc;
}

static void
set_pace(struct session *s, const struct account *a, const struct relay *relay)
{
	s->wire.patience = a->reply_timeout * 1000;
	s->wire.end = clock_deadline(a->session_timeout * 1000);
	s->patience_end = a->data_timeout * 1000;
	s->lmtp = relay->lmtp;
	s->rcpts = (size_t)a->recipient_limit;
	s->window = (size_t)a->window;
}

/*
 * A failed attempt leaves nothing behind for the next relay but the secret;
 * trust goes too, because a ticket belongs to one relay.
 */
static void
hang_up(struct line *l)
{
	if (l->session.wire.conn != NULL)	/* it was reached */
		session_quit(&l->session);
	session_free(&l->session);
	conn_close(&l->conn);
	dialed_free(&l->dialed);
	tls_trust_free(l->trust);
	l->trust = NULL;
	l->session = (struct session){ 0 };
}

/* One file for each relay and account, and only ours to read. */
static void
name_ticket(struct tls_policy *p, const struct account *a,
    const struct relay *relay, int state)
{
	struct sum s;

	buf_reset(&p->cache);
	p->cache_dir = state;
	if (!a->tls_resume || state == 0)
		return;
	sum_init(&s);
	sum_add(&s, buf_str(&relay->text));
	sum_add(&s, (struct str){ "", 1 });
	sum_add(&s, buf_str(&a->name));
	buf_printf(&p->cache, "tls-%lu-%016llx", (unsigned long)geteuid(),
	    (unsigned long long)sum_end(&s));
}

static int
try(struct line *l, const struct account *a, const struct relay *relay,
    const struct here *here, const struct trace *trace, enum line_fate *fate,
    struct err *e)
{
	struct buf name = { 0 };
	int rc;

	*fate = LINE_DOWN;
	l->step = GREET_READY;		/* nothing was said yet */
	l->reached = 0;
	if (reach(l, a, relay, e) < 0)
		return -1;
	l->reached = clock_ms();
	l->session.wire.conn = &l->conn;
	l->session.wire.trace = *trace;
	set_pace(&l->session, a, relay);
	rc = shake_hands(l, a, relay, here, e);
	if (rc < 0) {
		if (l->step == GREET_AUTH && e->smtp / 100 == 5)
			*fate = LINE_LOGIN;
		vis_add(&name, buf_str(&l->conn.peer));
		err_wrap(e, "relay %s", buf_cstr(&name));
		hang_up(l);
	}
	buf_free(&name);
	return rc;
}

/* A mistake of ours is no trouble of the relay's: that is mended here. */
static bool
is_its_fault(const struct err *e)
{
	return e->code != EX_CONFIG && e->code != EX_OSERR;
}

int
line_open(struct line *l, const struct account *a, size_t *next,
    const struct here *here, const struct trace *trace,
    const struct line_ear *ear, struct err *e)
{
	static const struct relay none = { 0 };	/* it has no say */
	enum line_fate fate;

	l->ear = ear;
	if (credentials_take(&l->login, a, e) < 0)
		return -1;
	fill_tls(&l->tls, a);
	l->tls.shown = ear->shown;
	l->tls.who = ear->who;
	while (*next < a->relays && !l->locked) {
		size_t i = (*next)++;

		if (ear->held != NULL && ear->held[i])
			continue;
		name_ticket(&l->tls, a, &a->relay[i], ear->state);
		if (credentials_find(&l->login, a, &a->relay[i], ear->netrc,
		    e) < 0)
			return -1;
		if (try(l, a, &a->relay[i], here, trace, &fate, e) == 0) {
			ear->tried(ear->who, i, LINE_WORKS, e);
			return 0;
		}
		if (is_its_fault(e))
			ear->tried(ear->who, i, fate, e);
	}
	if (a->command.count > 0)
		return try(l, a, &none, here, trace, &fate, e);
	if (a->relays == 0)
		err_set(e, EX_CONFIG, "the configuration names no relay");
	else if (e->code == 0)
		err_set(e, EX_TEMPFAIL, "all other relays are left alone");
	return -1;
}

void
line_close(struct line *l)
{
	hang_up(l);
	buf_free(&l->tls.host);
	buf_free(&l->tls.ca);
	buf_free(&l->tls.crl);
	strs_free(&l->tls.pins);
	buf_free(&l->tls.cert);
	buf_free(&l->tls.key);
	buf_free(&l->tls.min);
	buf_free(&l->tls.priority);
	buf_free(&l->tls.cache);
	buf_free(&l->login.user);
	secret_free(&l->login.password);
	buf_free(&l->login.mechanism);
	buf_free(&l->login.host);
	*l = (struct line){ 0 };
}
