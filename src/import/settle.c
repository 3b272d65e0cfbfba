// SPDX-License-Identifier: ISC
/*
 * settle.c - where mail goes and how safely, judged once for all formats
 */
#include "import/settle.h"

#include <stdlib.h>
#include <sysexits.h>

#include "base/vis.h"
#include "config/config.h"
#include "config/judge.h"
#include "config/value.h"

#define HOUR 3600
#define WEEK (7 * 24 * HOUR)

/* The relay as we write it. */
static void
relay_text(const struct outlet *o, struct buf *out)
{
	struct str host = buf_str(&o->host);

	if (o->lmtp)
		buf_puts(out, "lmtp:");
	if (host.len > 0 && host.ptr[0] == '/')
		buf_printf(out, "unix:%.*s", STR_ARGS(host));
	else if (o->mx)
		buf_printf(out, "mx:%.*s", STR_ARGS(host));
	else if (str_has(host, ':'))
		buf_printf(out, "[%.*s]:%d", STR_ARGS(host), o->port);
	else
		buf_printf(out, "%.*s:%d", STR_ARGS(host), o->port);
}

/* Makes it a setting if it is one that we understand. */
static bool
settle_relay(struct found *f, struct outlet *o, bool *local)
{
	struct buf text = { 0 }, shown = { 0 };
	struct relay r;
	const char *why = "";
	bool good;

	relay_text(o, &text);
	good = !str_has(buf_str(&text), '\0') &&
	    value_relay(buf_str(&text), &r, &why);
	if (good) {
		*local = relay_is_local(&r);
		outlet_add(o, "relay", buf_str(&text));
		for (size_t i = 0; i < o->spare.count; i++)
			outlet_add(o, "relay", strs_at(&o->spare, i));
	} else {
		vis_add_some(&shown, buf_str(&o->host), 60);
		remarks_add(&f->remarks, REMARK_NO_EQUAL, o->host_at, "%s: %s",
		    buf_cstr(&shown), why);
	}
	if (text.len > 0) {
		buf_free(&r.host);
		buf_free(&r.text);
	}
	buf_free(&text);
	buf_free(&shown);
	return good;
}

static void
settle_proxy(struct found *f, struct outlet *o)
{
	struct buf text = { 0 }, host = { 0 };
	int port;

	if (o->proxy.len == 0)
		return;
	buf_printf(&text,
	    str_has(buf_str(&o->proxy), ':') ? "[%s]:%d" : "%s:%d",
	    buf_cstr(&o->proxy), o->proxy_port > 0 ? o->proxy_port : 1080);
	if (value_host_port(buf_str(&text), &host, &port))
		outlet_set(o, "proxy", buf_str(&text));
	else
		remarks_add(&f->remarks, REMARK_NO_EQUAL, o->at,
		    "this proxy is no host");
	buf_free(&text);
	buf_free(&host);
}

static bool
has_login(const struct outlet *o)
{
	return secret_is_set(&o->password) ||
	    outlet_value(o, "password_command").len > 0 ||
	    outlet_value(o, "password_file").len > 0;
}

static void
hint(struct outlet *o, const char *line)
{
	if (!strs_has(&o->hints, str_of(line)))
		strs_add(&o->hints, str_of(line));
}

/* Once, also where several accounts have it from the same line. */
static void
less_safe(struct found *f, struct place at, const char *words)
{
	for (size_t i = 0; i < f->remarks.count; i++) {
		const struct remark *x = &f->remarks.item[i];

		if (x->kind == REMARK_LESS_SAFE && x->line == at.line &&
		    str_eq(buf_str(&x->words), str_of(words)) &&
		    str_eq(buf_str(&x->file), at.file))
			return;
	}
	remarks_add(&f->remarks, REMARK_LESS_SAFE, at, "%s", words);
}

static void
settle_clear(struct found *f, struct outlet *o, bool local)
{
	if (local || !has_login(o)) {
		outlet_set(o, "tls", STR("off"));
		if (!local)
			less_safe(f, o->tls_at,
			    "mail goes over an open "
			    "connection, as before; without tls = off it is "
			    "protected, if the relay knows STARTTLS");
		return;
	}
	less_safe(f, o->tls_at,
	    "the login went over an open connection; "
	    "here it needs TLS, which the relay has to offer");
	hint(o, "tls = off");
	hint(o, "auth_without_tls = yes");
}

static void
settle_tls(struct found *f, struct outlet *o, bool local)
{
	switch (o->tls) {
	case FOUND_TLS_NONE:
		settle_clear(f, o, local);
		return;
	case FOUND_TLS_MAYBE:
		if (local && !has_login(o)) {
			outlet_set(o, "tls", STR("off"));
			return;
		}
		less_safe(f, o->tls_at,
		    "TLS was used only if the relay seemed to "
		    "offer it; here it is demanded, and tls = off is for "
		    "a relay that has none");
		break;
	case FOUND_TLS_STARTTLS:
		if (o->port == 465)
			outlet_set(o, "tls", STR("starttls"));
		break;
	case FOUND_TLS_IMPLICIT:
		if (o->port != 465)
			outlet_set(o, "tls", STR("implicit"));
		break;
	}
	if (o->unverified) {
		less_safe(f, o->verify_at,
		    "the relay's certificate was not "
		    "checked; here it is, and for one of its own making there "
		    "are tls_ca and tls_pin");
		hint(o, "tls_verify = no");
		if (has_login(o))
			hint(o, "auth_without_tls = yes");
	}
}

/* A mechanism and a password without a name are a mistake in our file. */
static void
settle_login(struct found *f, struct outlet *o)
{
	static const struct str alone[] = { { "EXTERNAL", 8 },
		{ "GSSAPI", 6 } };
	struct str auth = outlet_value(o, "auth");

	for (size_t i = 0; i < sizeof(alone) / sizeof(alone[0]); i++) {
		if (str_ieq(auth, alone[i]))
			return;
	}
	if (outlet_value(o, "user").len > 0 || !has_login(o))
		return;
	remarks_add(&f->remarks, REMARK_NO_EQUAL, o->password_at,
	    "a password without a user");
	secret_free(&o->password);
	outlet_unset(o, "password_command");
	outlet_unset(o, "password_file");
}

static void
settle_password(struct found *f, struct outlet *o)
{
	if (!secret_is_set(&o->password) || !o->exposed)
		return;
	less_safe(f, o->password_at,
	    "everybody on this machine could read "
	    "the password; here it is in a file of its own");
	o->exposed = false;	/* copies of this outlet say no more */
}

/* TLS keys without their counterparts are mistakes as well. */
static void
settle_keys(struct outlet *o)
{
	struct str sender = outlet_value(o, "sender");

	if (outlet_value(o, "tls_cert").len == 0)
		outlet_unset(o, "tls_key");
	if (sender.len == 0 && outlet_value(o, "force_sender").len > 0)
		outlet_unset(o, "force_sender");
}

/* judge_config()'s rules: what is derived from lifetime must fit into it. */
static void
settle_times(struct found *f)
{
	struct outlet *top = &f->outlet[0];
	int64_t life = 5 * 24 * HOUR, warn = 4 * HOUR;
	int64_t first = f->retry_min, last = f->retry_max;
	struct buf text = { 0 };

	(void)value_duration(outlet_value(top, "lifetime"), &life);
	(void)value_duration(outlet_value(top, "warn_after"), &warn);
	if (warn > 0 && warn >= life)
		outlet_set(top, "warn_after", STR("0"));
	if (first == 0 && last == 0 && HOUR <= life)
		return;
	first = first > 0 ? first : 60;
	last = last > 0 ? last : HOUR;
	last = last < life ? last : life;
	last = last < WEEK ? last : WEEK;
	first = first < last ? first : last;
	value_print_duration(&text, first);
	outlet_set(top, "retry", buf_str(&text));
	buf_reset(&text);
	value_print_duration(&text, last);
	/* Both, also if they are the same: one alone is only the first. */
	outlet_append(top, "retry", buf_str(&text));
	buf_free(&text);
}

static void
say_dropped(struct found *f, const struct outlet *o)
{
	struct buf shown = { 0 };

	vis_add_some(&shown, buf_str(&o->name), 60);
	remarks_add(&f->remarks, REMARK_NO_EQUAL, o->at,
	    "account %s: it has no relay", buf_cstr(&shown));
	buf_free(&shown);
}

int
found_settle(struct found *f, struct err *e)
{
	for (size_t i = f->outlets; i > 0; i--) {
		if (outlet_is_aside(&f->outlet[i - 1]))
			found_drop(f, i - 1);
	}
	for (size_t i = 0; i < f->outlets;) {
		struct outlet *o = &f->outlet[i];
		bool local = false;

		settle_login(f, o);
		settle_keys(o);
		if (o->host.len > 0 && settle_relay(f, o, &local)) {
			settle_tls(f, o, local);
			settle_password(f, o);
			settle_proxy(f, o);
			i++;
		} else if (i == 0) {
			return err_set(e, EX_CONFIG,
			    "it names no relay that takes all mail");
		} else {
			say_dropped(f, o);
			found_drop(f, i);
		}
	}
	settle_times(f);
	return 0;
}
