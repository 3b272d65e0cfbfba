// SPDX-License-Identifier: ISC
/*
 * ways.c - where mail of a domain may be handed in
 */
#include "relay/ways.h"

#include <stdlib.h>

#include "base/table.h"
#include "base/xmem.h"
#include "net/dial.h"
#include "net/lookup.h"

#define WAYS_MAX 8		/* that are tried at once */

static struct way *
add(struct ways *w)
{
	struct way *way;

	if (w->count >= WAYS_MAX)
		return NULL;
	w->item = xgrow(w->item, w->count, sizeof(*w->item));
	way = &w->item[w->count++];
	*way = (struct way){ 0 };
	return way;
}

static void
add_host(struct ways *w, const char *prefix, struct str host, int port)
{
	struct way *way = add(w);

	if (way != NULL)
		buf_printf(&way->relay, "%s%.*s:%d", prefix, STR_ARGS(host),
		    port);
}

void
ways_of_provider(struct ways *w, const struct provider *p)
{
	w->provider = p;
	w->source = "it is";
	for (int i = 0; p->host != NULL && i < PROVIDER_PORTS &&
	    p->port[i] != 0; i++)
		add_host(w, "", str_of(p->host), p->port[i]);
}

void
ways_of_relay(struct ways *w, struct str relay)
{
	struct str host, port;
	struct way *way;

	w->source = NULL;
	if (!str_has(relay, ':') && !str_has(relay, '/')) {
		add_host(w, "", relay, PORT_SUBMISSIONS);
		add_host(w, "", relay, PORT_SUBMISSION);
		add_host(w, "", relay, PORT_SMTP);
	} else if (str_ends(relay, STR("]")) &&
	    !str_cut_last(relay, '/', &host, &port)) {
		add_host(w, "", relay, PORT_SUBMISSIONS);
		add_host(w, "", relay, PORT_SUBMISSION);
	} else {
		way = add(w);
		buf_set(&way->relay, relay);
	}
}

/* -- SRV */

static const struct {
	const char *prefix;
	const char *tls;
	int port;		/* whose TLS need not be said */
} services[] = {
	{ "_submissions._tcp.", "implicit", PORT_SUBMISSIONS },
	{ "_submission._tcp.", "starttls", PORT_SUBMISSION },
};

static bool
is_within(struct str host, struct str domain)
{
	return str_ieq(host, domain) || (str_iends(host, domain) &&
	    host.ptr[host.len - domain.len - 1] == '.');
}

static void
add_service(struct ways *w, const struct service *s, size_t kind,
    struct str domain)
{
	struct str host = buf_str(&s->host);
	struct way *way;

	if (host.len > 0 && host.ptr[host.len - 1] == '.')
		host = str_head(host, host.len - 1);
	if (host.len == 0)
		return;		/* RFC 6186: there is none, and they say so */
	way = add(w);
	if (way == NULL)
		return;
	buf_printf(&way->relay, "%.*s:%d", STR_ARGS(host), s->port);
	if (s->port != services[kind].port)
		way->tls = services[kind].tls;
	way->foreign = !is_within(host, domain);
}

static void
ask_srv(struct ways *w, struct str domain, int64_t deadline)
{
	for (size_t kind = 0; kind < TABLE_COUNT(services); kind++) {
		struct services found = { 0 };
		struct buf name = { 0 };
		struct err e = { 0 };

		buf_printf(&name, "%s%.*s", services[kind].prefix,
		    STR_ARGS(domain));
		if (lookup_srv(buf_cstr(&name), deadline, &found, &e) == 0)
			for (size_t i = 0; i < found.count; i++)
				add_service(w, &found.item[i], kind, domain);
		services_free(&found);
		buf_free(&name);
		err_clear(&e);
	}
	w->source = "DNS names a relay for that domain";
}

/* Who takes in a domain's mail usually takes it out, too. */
static void
ask_mx(struct ways *w, struct str domain, int64_t deadline)
{
	const struct provider *p = NULL;
	struct services found = { 0 };
	struct buf name = { 0 };
	struct err e = { 0 };

	buf_add(&name, domain);
	if (lookup_mx(buf_cstr(&name), deadline, &found, &e) == 0)
		for (size_t i = 0; p == NULL && i < found.count; i++)
			p = provider_of_mx(buf_str(&found.item[i].host));
	if (p != NULL) {
		ways_of_provider(w, p);
		w->source = "takes in the mail of that domain";
	}
	services_free(&found);
	buf_free(&name);
	err_clear(&e);
}

static void
guess(struct ways *w, struct str domain)
{
	static const char *const prefixes[] = { "smtp.", "mail." };

	for (size_t i = 0; i < TABLE_COUNT(prefixes); i++) {
		add_host(w, prefixes[i], domain, PORT_SUBMISSIONS);
		add_host(w, prefixes[i], domain, PORT_SUBMISSION);
	}
	w->source = "DNS names no relay; these names are usual";
}

void
ways_of_domain(struct ways *w, struct str domain, int64_t deadline)
{
	const struct provider *p = provider_of_domain(domain);

	if (p != NULL) {
		ways_of_provider(w, p);
		w->source = "has addresses in that domain";
		return;
	}
	ask_srv(w, domain, deadline);
	if (w->count == 0)
		ask_mx(w, domain, deadline);
	if (w->count == 0 && w->provider == NULL)
		guess(w, domain);
}

void
ways_free(struct ways *w)
{
	for (size_t i = 0; i < w->count; i++)
		buf_free(&w->item[i].relay);
	free(w->item);
	*w = (struct ways){ 0 };
}
