// SPDX-License-Identifier: ISC
/*
 * judge.c - do the values fit one another?
 */
#include "config/judge.h"

#include <config.h>	/* not the one beside this file */

bool
relay_is_local(const struct relay *r)
{
	struct str host = buf_str(&r->host);

	switch (r->kind) {
	case RELAY_UNIX:
	case RELAY_DISCARD:
		return true;
	case RELAY_HOST:
		return str_ieq(host, STR("localhost")) ||
		    str_eq(host, STR("::1")) || (str_eat(&host, STR("127.")) &&
		    !str_has(host, '-'));
	case RELAY_SRV:
	case RELAY_MX:
		return false;
	}
	return false;
}

static bool
all_local(const struct account *a)
{
	for (size_t i = 0; i < a->relays; i++) {
		if (!relay_is_local(&a->relay[i]))
			return false;
	}
	return true;
}

static void
judge_relay(const struct account *a, struct place at, struct mistakes *m)
{
	if (a->relays == 0 && a->command.count == 0)
		mistakes_add(m, at, "no relay is said: relay = "
		    "\"smtp.example.com\"");
	if (a->relays > 0 && a->command.count > 0)
		mistakes_add(m, at, "relay and command exclude each other");
	for (size_t i = 0; a->relays > 1 && i < a->relays; i++) {
		if (a->relay[i].kind == RELAY_DISCARD)
			mistakes_add(m, at, "discard: is no relay among "
			    "others; it would throw mail away when another "
			    "is down");
	}
}

static bool
has_pin(const struct buf *url)
{
	struct buf ignored = { 0 };
	bool found = secret_mask_pin(&ignored, buf_str(url));

	buf_free(&ignored);
	return found;
}

static bool
auth_needs_secret(const struct account *a)
{
	struct str auth = buf_str(&a->auth);

	return !str_ieq(auth, STR("off")) &&
	    !str_ieq(auth, STR("EXTERNAL")) &&
	    !str_ieq(auth, STR("GSSAPI"));
}

static void
judge_login(const struct account *a, struct place at, bool exposed,
    struct mistakes *m)
{
	int sources = secret_is_set(&a->password) +
	    (a->password_file.len > 0) + (a->password_command.count > 0) +
	    (a->credential.len > 0);

	if (sources > 1)
		mistakes_add(m, at, "password, password_file, "
		    "password_command and credential exclude one another");
	if (sources > 0 && a->user.len == 0 && auth_needs_secret(a))
		mistakes_add(m, at, "there is a password, but no user");
	if (exposed && (secret_is_set(&a->password) || has_pin(&a->tls_key) ||
	    has_pin(&a->tls_cert)))
		mistakes_add(m, (struct place){ at.file, 0 }, "everybody can "
		    "read the password in it: chmod o-rwx %.*s",
		    STR_ARGS(at.file));
	if (a->tls == TLS_OFF && sources > 0 && !a->auth_without_tls &&
	    !all_local(a))
		mistakes_add(m, at, "with tls = off everybody on the way could "
		    "read the password; if that is meant: "
		    "auth_without_tls = yes");
}

/* Who has forged the answer could have named a host of his own. */
static bool
all_named(const struct account *a)
{
	for (size_t i = 0; i < a->relays; i++)
		if (a->relay[i].kind == RELAY_SRV ||
		    a->relay[i].kind == RELAY_MX)
			return false;
	return true;
}

static void
judge_tls(const struct account *a, struct place at, struct mistakes *m)
{
	if (a->tls_verify == VERIFY_PIN && a->tls_pin.count == 0)
		mistakes_add(m, at, "tls_verify = pin wants a tls_pin");
	if (a->tls_verify == VERIFY_DANE && !all_named(a))
		mistakes_add(m, at, "tls_verify = dane wants the relay's own "
		    "name, not srv: or mx:");
#ifndef HAVE_DANE
	if (a->tls_verify == VERIFY_DANE)
		mistakes_add(m, at, "tls_verify = dane: this program was "
		    "built without libgnutls-dane");
#endif
	if (a->tls_key.len > 0 && a->tls_cert.len == 0)
		mistakes_add(m, at, "tls_key wants a tls_cert");
	if (a->tls_verify == VERIFY_NO && a->tls_pin.count > 0)
		mistakes_add(m, at, "tls_verify = no would ignore tls_pin; "
		    "tls_verify = pin checks nothing else");
}

void
judge_account(const struct account *a, struct place at, bool exposed,
    struct mistakes *m)
{
	judge_relay(a, at, m);
	judge_login(a, at, exposed, m);
	judge_tls(a, at, m);
	if (a->force_sender != FORCE_BY_SENDER &&
	    a->force_sender != FORCE_NO && a->sender.len == 0)
		mistakes_add(m, at, "force_sender wants a sender");
}

void
judge_config(const struct config *c, struct place at, struct mistakes *m)
{
	if (c->warn_after >= c->lifetime && c->warn_after > 0)
		mistakes_add(m, at, "warn_after would come after the end of "
		    "lifetime; 0 says that nobody is warned");
	if (c->retry_max > c->lifetime)
		mistakes_add(m, at, "retry waits longer than lifetime lasts");
}
