// SPDX-License-Identifier: ISC
/*
 * exam_trust.c - checks of how a relay proves itself, and how we do
 */
#include "relay/exam_end.h"

#include "base/clock.h"
#include "base/table.h"
#include "config/judge.h"
#include "message/date.h"

#define DAY 86400
#define EXPIRY_DAYS 14		/* before the end that is worth a word */

static void
check_tls(struct exam *x, struct finding *f)
{
	const struct learnt *l = x->learnt;
	const struct account *a = l->account;

	if (end_of(l) == END_TLS)
		end_say(x, f, "tls", &l->why);
	else if (l->tls.len > 0)
		finding_say(f, FINDING_GOOD, "%s", buf_cstr(&l->tls));
	else if (!l->ready)
		return;
	else if (a->tls == TLS_OFF && a->relays > 0 &&
	    !relay_is_local(&a->relay[l->relay])) {
		finding_say(f, FINDING_WARNING, "tls = off: everybody on the "
		    "way can read along");
		finding_mend(f, "tls = starttls");
	} else
		finding_say(f, FINDING_GOOD, "none, and none is needed on "
		    "this machine");
}

static void
add_day(struct buf *out, int64_t time)
{
	struct buf date = { 0 };
	struct str in, head;

	/* "Sat, 21 Nov 2026 04:30:50 +0000": the middle of it */
	date_add(&date, time, 0);
	in = buf_str(&date);
	(void)str_eat_until(&in, ' ', &head);
	buf_add(out, str_head(in, 11));
	buf_free(&date);
}

/* The relay's own first, each below whom it is issued by: a tree of one. */
static void
add_chain(const struct chain *c, struct finding *f)
{
	struct buf day = { 0 };

	for (size_t i = 0; i < c->count; i++) {
		const struct chain_link *link = &c->link[i];

		buf_reset(&day);
		add_day(&day, link->ends);
		finding_add(f, "%*s%s%s, until %s", (int)(2 * i), "",
		    i > 0 ? "by " : "", buf_cstr(&link->subject),
		    buf_cstr(&day));
	}
	if (c->count > 0 && !c->link[c->count - 1].by_itself)
		finding_add(f, "%*sby %s", (int)(2 * c->count), "",
		    buf_cstr(&c->link[c->count - 1].issuer));
	buf_free(&day);
}

static void
add_facts(const struct chain *c, struct finding *f)
{
	struct buf names = { 0 };

	for (size_t i = 0; i < c->names.count; i++) {
		buf_puts(&names, i > 0 ? ", " : "");
		buf_add(&names, strs_at(&c->names, i));
	}
	finding_add(f, "for %s; %s", names.len > 0 ? buf_cstr(&names) :
	    "no name", buf_cstr(&c->key));
	if (c->key_pin.len > 0)
		finding_add(f, "its key:  tls_pin = \"%s\"",
		    buf_cstr(&c->key_pin));
	if (c->cert_pin.len > 0)
		finding_add(f, "itself:   tls_pin = \"%s\"",
		    buf_cstr(&c->cert_pin));
	buf_free(&names);
}

static void
judge_expiry(const struct exam *x, struct finding *f)
{
	const struct learnt *l = x->learnt;
	int64_t now = clock_now(), ends = l->chain.link[0].ends;
	struct buf left = { 0 };

	for (size_t i = 1; i < l->chain.count; i++)
		if (l->chain.link[i].ends < ends)
			ends = l->chain.link[i].ends;
	exam_add_span(&left, ends - now);
	if (l->account->tls_verify == VERIFY_NO) {
		finding_say(f, FINDING_WARNING, "tls_verify = no: anybody "
		    "could be this relay");
		finding_mend(f, "tls_verify = pin");
		finding_mend(f, "tls_pin = \"%s\"",
		    buf_cstr(&l->chain.key_pin));
	} else if (ends - now < EXPIRY_DAYS * DAY) {
		finding_say(f, FINDING_WARNING, "it is good, but ends in %s",
		    buf_cstr(&left));
		finding_mend(f, "gnutls-cli --starttls-proto=smtp -p %d %s",
		    l->hosts > 0 ? l->host[0].port : 587, l->hosts > 0 ?
		    buf_cstr(&l->host[0].host) : "localhost");
	} else
		finding_say(f, FINDING_GOOD, "it is good for %s",
		    buf_cstr(&left));
	buf_free(&left);
}

static void
check_certificate(struct exam *x, struct finding *f)
{
	const struct learnt *l = x->learnt;

	if (l->chain.count == 0)
		return;
	add_chain(&l->chain, f);
	add_facts(&l->chain, f);
	if (end_of(l) == END_CERT)
		end_say(x, f, "certificate", &l->why);
	else
		judge_expiry(x, f);
}

static void
check_auth(struct exam *x, struct finding *f)
{
	const struct learnt *l = x->learnt;

	if (end_of(l) == END_AUTH)
		end_say(x, f, "auth", &l->why);
	else if (l->mechanism != NULL)
		finding_say(f, FINDING_GOOD, "it offers %s; we take %s",
		    buf_cstr(&l->offered), l->mechanism);
	else if (l->offered.len > 0)
		finding_say(f, FINDING_GOOD, "it offers %s",
		    buf_cstr(&l->offered));
}

static void
check_login(struct exam *x, struct finding *f)
{
	const struct learnt *l = x->learnt;

	if (end_of(l) == END_LOGIN)
		end_say(x, f, "login", &l->why);
	else if (l->without_login)
		finding_say(f, FINDING_UNKNOWN, "not tried: there is no "
		    "password to be had");
	else if (l->logging_in)
		finding_say(f, FINDING_GOOD, "it takes %s and the password",
		    buf_cstr(&l->account->user));
	else if (l->ready && l->offered.len > 0 && l->account->user.len == 0)
		finding_say(f, FINDING_GOOD, "none: there is no user in the "
		    "configuration");
}

static const struct exam_row rows[] = {
	{ "tls", BOTH, check_tls },
	{ "certificate", BOTH, check_certificate },
	{ "auth", BOTH, check_auth },
	{ "login", BOTH, check_login },
};

const struct exam_table exam_trust = { NULL, rows, TABLE_COUNT(rows) };
