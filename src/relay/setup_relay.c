// SPDX-License-Identifier: ISC
/*
 * setup_relay.c - minismtp setup: which relay
 *
 * All ways of a kind are tried at once, and the first in their order that works
 * is taken, so that a port that somebody filters costs nothing.
 */
#include "relay/setup_work.h"

#include <stdlib.h>
#include <sysexits.h>

#include "base/clock.h"
#include "base/xmem.h"
#include "message/address.h"
#include "relay/trial.h"
#include "relay/ways.h"

#define LOOKUP_MS 8000

/* -- which there are */

static int
find_provider(struct setup *s, struct ways *w, struct err *e)
{
	struct str name = buf_str(&s->wish.provider);
	const struct provider *p = provider_find(name);
	const char *near = provider_nearest(name);

	if (p == NULL)
		return err_set(e, EX_USAGE, "--provider: %s is none that is "
		    "known here%s%s%s; --providers lists them",
		    buf_cstr(&s->wish.provider), near != NULL ? " (" : "",
		    near != NULL ? near : "", near != NULL ? "?)" : "");
	ways_of_provider(w, p);
	return 0;
}

static int
find_by_address(struct setup *s, struct ways *w, struct err *e)
{
	struct str local, domain;
	struct buf name = { 0 };
	int rc;

	if (!address_split(buf_str(&s->wish.address), &local, &domain))
		return err_set(e, EX_USAGE, "which relay?  Say --relay");
	rc = domain_to_ascii(&name, domain, e);
	if (rc == 0)
		ways_of_domain(w, buf_str(&name), clock_deadline(LOOKUP_MS));
	buf_free(&name);
	return rc;
}

/* --relay and --provider together: its rules, but another host. */
static int
find_ways(struct setup *s, struct ways *w, struct err *e)
{
	const struct provider *p;

	if (s->wish.provider.len > 0 && find_provider(s, w, e) < 0)
		return -1;
	if (s->wish.relay.len > 0) {
		p = w->provider;
		ways_free(w);
		ways_of_relay(w, buf_str(&s->wish.relay));
		w->provider = p;
	} else if (s->wish.provider.len == 0 &&
	    find_by_address(s, w, e) < 0)
		return -1;
	if (w->count == 0 && w->provider != NULL)
		return err_set(e, EX_UNAVAILABLE, "%s: %s",
		    w->provider->title, w->provider->note);
	return 0;
}

/* -- which of them works */

static void
plan_way(struct setup *s, const struct ways *w, const struct way *way)
{
	struct plan *p = &s->plan;

	p->provider = w->provider;
	buf_set(&p->relay, buf_str(&way->relay));
	if (s->wish.tls.len > 0)
		buf_set(&p->tls, buf_str(&s->wish.tls));
	else
		buf_set(&p->tls, str_of(way->tls != NULL ? way->tls : ""));
}

struct attempt {
	struct config config;
	struct trial trial;
};

static int
start(struct setup *s, const struct ways *w, struct attempt *a, struct err *e)
{
	static const struct secret none = { 0 };

	for (size_t i = 0; i < w->count; i++) {
		plan_way(s, w, &w->item[i]);
		if (plan_config(&a[i].config, &s->plan, &none, e) < 0 ||
		    trial_start(&a[i].trial, &a[i].config.account[0],
		    &s->here, s->personal, s->wish.verbose.len > 0, e) < 0)
			return -1;
	}
	return 0;
}

/* The first that works, in their order; the others' faults are said. */
static bool
await(struct setup *s, const struct ways *w, struct attempt *a,
    struct err *e)
{
	for (size_t i = 0; i < w->count; i++) {
		struct trial *t = &a[i].trial;

		trial_end(t);
		if (t->works) {
			plan_way(s, w, &w->item[i]);
			s->offers_login = t->offers_login;
			setup_say(s, COLOUR_GOOD, "%s answers%s%s%s",
			    buf_cstr(&w->item[i].relay),
			    t->tls.len > 0 ? " (" : ", without TLS",
			    buf_cstr(&t->tls), t->tls.len > 0 ? ")" : "");
			return true;
		}
		setup_say(s, COLOUR_WEAK, "%s", buf_cstr(&t->why.text));
		if (e->code == 0)
			err_copy(e, &t->why);
	}
	return false;
}

/* Who waits shall know what for: a port that is filtered takes its time. */
static void
say_trying(const struct setup *s, const struct ways *w)
{
	struct buf list = { 0 };

	for (size_t i = 0; i < w->count; i++)
		buf_printf(&list, "%s%s", i > 0 ? ", " : "",
		    buf_cstr(&w->item[i].relay));
	if (s->asks)
		setup_say(s, COLOUR_WEAK, "trying %s", buf_cstr(&list));
	buf_free(&list);
}

static int
try_ways(struct setup *s, const struct ways *w, struct err *e)
{
	struct attempt *a = xcalloc(w->count, sizeof(*a));
	int rc;

	say_trying(s, w);
	rc = start(s, w, a, e);
	if (rc == 0 && !await(s, w, a, e))
		rc = -1;
	for (size_t i = 0; i < w->count; i++) {
		trial_free(&a[i].trial);
		config_free(&a[i].config);
	}
	free(a);
	return rc;
}

/* -- and is it the right one? */

/* RFC 6186, 6: who forges DNS must not get a password for it. */
static int
confirm(struct setup *s, const struct ways *w, struct err *e)
{
	bool foreign = false, yes = true;

	for (size_t i = 0; i < w->count; i++)
		foreign |= w->item[i].foreign;
	if (!foreign)
		return 0;
	if (!s->asks)
		return err_set(e, EX_USAGE, "DNS says that mail goes by %s, "
		    "which is not in that domain; if that is right, say "
		    "--relay", buf_cstr(&w->item[0].relay));
	setup_say(s, COLOUR_WARNING, "DNS says that mail of that domain goes "
	    "by %s.", buf_cstr(&w->item[0].relay));
	if (prompt_yes(&s->prompt, "Is that your provider?", &yes) ==
	    SAID_QUIT)
		return setup_quit(e);
	return yes ? 0 : 1;
}

static int
check_relay(void *who, struct str answer, struct err *e)
{
	(void)who;
	return !str_has(answer, ' ') && !str_has(answer, '"') ? 0 :
	    err_set(e, EX_USAGE, "a relay is smtp.example.com, or "
	    "smtp.example.com:587");
}

static int
ask_relay(struct setup *s, struct err *e)
{
	const struct question q = { .words =
	    "Relay of your provider (host, or host:port):",
	    .check = check_relay };

	buf_reset(&s->wish.provider);
	return setup_ask(s, &q, "--relay", &s->wish.relay, e);
}

static void
introduce(struct setup *s, const struct ways *w)
{
	const struct provider *p = w->provider;

	if (w->source != NULL)
		setup_say(s, COLOUR_STRONG, "%s%s%s", p != NULL ? p->title :
		    "", p != NULL ? " " : "", w->source);
	if (p != NULL && p->note != NULL)
		setup_say(s, COLOUR_WARNING, "%s", p->note);
}

/* 0, or -1; or 1: another one must be found. */
static int
one_round(struct setup *s, struct err *e)
{
	struct ways w = { 0 };
	int rc = find_ways(s, &w, e);

	if (rc == 0) {
		introduce(s, &w);
		rc = confirm(s, &w, e);
	}
	if (rc == 0 && s->wish.offline.len > 0) {
		plan_way(s, &w, &w.item[0]);
		s->offers_login = true;
	} else if (rc == 0 && try_ways(s, &w, e) < 0)
		rc = s->asks ? 1 : -1;
	ways_free(&w);
	return rc;
}

int
setup_find_relay(struct setup *s, struct err *e)
{
	int rc;

	while ((rc = one_round(s, e)) == 1) {
		err_clear(e);
		setup_say(s, COLOUR_BAD, "no relay was found that way");
		if (ask_relay(s, e) < 0)
			return -1;
	}
	return rc;
}
