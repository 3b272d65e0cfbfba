// SPDX-License-Identifier: ISC
/*
 * doors.c - the addresses of a relay, found and knocked at
 */
#include "relay/doors.h"

#include <unistd.h>

#include "base/clock.h"
#include "base/xmem.h"
#include "net/dial.h"
#include "net/race.h"

#define LOOKUP_S 5		/* s: patience of a person who looks on, */
#define KNOCK_S 5		/* for each address, */
#define KNOCKS_S 15		/* and for all of them */
#define HOSTS_MAX 8

/* No longer than a delivery would wait, either. */
static int64_t
patience(const struct learnt *l)
{
	int64_t most = l->account->connect_timeout;

	return clock_deadline((most < LOOKUP_S ? most : LOOKUP_S) * 1000);
}

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
	    patience(l), &h->places, &h->why);
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
	int64_t end = patience(l);

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
	buf_printf(&d->address, " %d", port);
}

void
doors_find(struct learnt *l, const struct relay *r)
{
	look_up(l, r);
	for (size_t i = 0; i < l->hosts; i++)
		for (size_t k = 0; k < l->host[i].places.count; k++)
			add_door(l, &l->host[i].places.item[k],
			    l->host[i].port);
}

void
doors_knock(struct learnt *l)
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
void
doors_try_others(struct learnt *l)
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
