// SPDX-License-Identifier: ISC
/*
 * dial.c - a connection to one of all the addresses that a relay has
 */
#include "net/dial.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sysexits.h>
#include <unistd.h>

#include "net/lookup.h"
#include "net/proxy.h"
#include "net/race.h"

#define PORT_SOCKS 1080

struct call {
	const struct dial_policy *policy;
	int64_t deadline;
	struct conn *conn;
	struct dialed *who;
};

static bool
is_loopback(const struct endpoint *p)
{
	const struct sockaddr_in *v4 = (const struct sockaddr_in *)&p->addr;
	const struct sockaddr_in6 *v6 = (const struct sockaddr_in6 *)&p->addr;

	if (p->addr.ss_family == AF_INET)
		return ntohl(v4->sin_addr.s_addr) >> 24 == IN_LOOPBACKNET;
	if (p->addr.ss_family != AF_INET6)
		return false;
	return IN6_IS_ADDR_LOOPBACK(&v6->sin6_addr) ||
	    (IN6_IS_ADDR_V4MAPPED(&v6->sin6_addr) &&
	    v6->sin6_addr.s6_addr[12] == IN_LOOPBACKNET);
}

static void
reached(struct call *c, int fd, struct str host, const struct endpoint *at,
    int port)
{
	conn_init(c->conn, fd);
	buf_add(&c->conn->peer, host);
	buf_putc(&c->conn->peer, '[');
	if (at != NULL)
		endpoint_words(at, &c->conn->peer);
	else
		buf_printf(&c->conn->peer, "by %s",
		    buf_cstr(&c->policy->proxy));
	buf_printf(&c->conn->peer, "]:%d", port);
	c->conn->local = at != NULL && is_loopback(at);
	buf_set(&c->who->host, host);
	buf_set(&c->who->cert_name, host);
	c->who->port = port;
	c->who->implicit_tls = port == PORT_SUBMISSIONS;
}

/* A relay on this machine is not behind anybody's proxy. */
static bool
is_here(const char *host)
{
	struct endpoints p;

	return str_ieq(str_of(host), STR("localhost")) ||
	    (lookup_literal(host, 0, &p) && is_loopback(&p.item[0]));
}

static int
dial_proxy(struct call *c, const char *host, int port, struct err *e)
{
	const char *proxy = buf_cstr(&c->policy->proxy);
	struct endpoints p;
	struct endpoint at;
	int fd;

	if (lookup_host(proxy, c->policy->proxy_port > 0 ?
	    c->policy->proxy_port : PORT_SOCKS, c->deadline, &p, e) < 0 ||
	    (fd = race(&p, &c->policy->source, c->deadline, &at, e)) < 0)
		return err_wrap(e, "the proxy %s", proxy);
	if (proxy_ask(fd, c->policy, str_of(host), port, c->deadline,
	    e) < 0) {
		(void)close(fd);
		return -1;
	}
	reached(c, fd, str_of(host), NULL, port);
	return 0;
}

static int
dial_host(struct call *c, const char *host, int port, struct err *e)
{
	struct endpoints p;
	struct endpoint at;
	int fd, rc = -1;

	if (c->policy->proxy.len > 0 && !is_here(host)) {
		rc = dial_proxy(c, host, port, e);
	} else if (lookup_host(host, port, c->deadline, &p, e) == 0 &&
	    (fd = race(&p, &c->policy->source, c->deadline, &at, e)) >= 0) {
		reached(c, fd, str_of(host), &at, port);
		rc = 0;
	}
	return rc == 0 ? 0 : err_wrap(e, "cannot reach %s:%d", host, port);
}

static int
dial_unix(struct call *c, const struct buf *path, struct err *e)
{
	struct sockaddr_un un = { .sun_family = AF_UNIX };
	int fd;

	if (path->len >= sizeof(un.sun_path))
		return err_set(e, EX_CONFIG, "%s: too long for a socket",
		    buf_cstr(path));
	memcpy(un.sun_path, buf_cstr(path), path->len + 1);
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return err_sys(e, EX_TEMPFAIL, "socket");
	if (connect(fd, (struct sockaddr *)&un, sizeof(un)) < 0) {
		err_sys(e, EX_TEMPFAIL, "cannot reach %s", buf_cstr(path));
		(void)close(fd);
		return -1;
	}
	conn_init(c->conn, fd);
	buf_add(&c->conn->peer, buf_str(path));
	c->conn->local = true;
	buf_set(&c->who->host, STR("localhost"));
	buf_set(&c->who->cert_name, STR("localhost"));
	return 0;
}

/* mail.example.com lies within example.com; evilexample.com does not. */
static bool
is_within(struct str host, struct str domain)
{
	return str_ieq(host, domain) || (host.len > domain.len &&
	    str_iends(host, domain) &&
	    host.ptr[host.len - domain.len - 1] == '.');
}

/* 1 when one of them was reached, 0 when there are none, or -1. */
static int
dial_services(struct call *c, const struct services *s, struct str domain,
    int port, struct err *e)
{
	int rc = 0;

	for (size_t i = 0; rc <= 0 && i < s->count; i++) {
		const struct service *one = &s->item[i];
		struct err why = { 0 };

		if (one->host.len == 0)
			continue;
		if (dial_host(c, buf_cstr(&one->host),
		    port > 0 ? port : one->port, &why) == 0) {
			if (!is_within(buf_str(&one->host), domain))
				buf_set(&c->who->cert_name, domain);
			rc = 1;
		} else {
			rc = err_copy(e, &why);
		}
		err_clear(&why);
	}
	return rc;
}

static int
dial_srv(struct call *c, const struct target *t, struct err *e)
{
	static const char *const names[] = {
		"_submissions._tcp", "_submission._tcp"
	};
	int rc = 0;

	for (int i = 0; rc <= 0 && i < 2; i++) {
		struct services s = { 0 };
		struct buf name = { 0 };
		struct err why = { 0 };
		int now;

		buf_printf(&name, "%s.%s", names[i], buf_cstr(&t->name));
		now = lookup_srv(buf_cstr(&name), c->deadline, &s, &why);
		if (now == 0)
			now = dial_services(c, &s, buf_str(&t->name), t->port,
			    &why);
		if (now > 0)
			c->who->implicit_tls = i == 0;
		else if (now < 0)
			err_copy(e, &why);
		if (now != 0)
			rc = now;
		services_free(&s);
		buf_free(&name);
		err_clear(&why);
	}
	if (rc == 0)
		return err_set(e, EX_NOHOST, "%s names no relay in the name "
		    "service (_submissions._tcp, _submission._tcp)",
		    buf_cstr(&t->name));
	return rc > 0 ? 0 : -1;
}

/* Without an MX the domain is its own (RFC 5321, 5.1). */
static int
dial_mx(struct call *c, const struct target *t, struct err *e)
{
	int port = t->port > 0 ? t->port : PORT_SMTP;
	struct services s = { 0 };
	int rc = lookup_mx(buf_cstr(&t->name), c->deadline, &s, e);

	if (rc == 0 && s.count == 0)
		rc = dial_host(c, buf_cstr(&t->name), port, e) < 0 ? -1 : 1;
	else if (rc == 0)
		rc = dial_services(c, &s, buf_str(&t->name), port, e);
	services_free(&s);
	if (rc == 0)
		return err_set(e, EX_NOHOST, "%s takes no mail (RFC 7505)",
		    buf_cstr(&t->name));
	return rc > 0 ? 0 : -1;
}

int
dial(const struct target *t, const struct dial_policy *p, int64_t deadline,
    struct conn *c, struct dialed *who, struct err *e)
{
	struct call call = { .policy = p, .deadline = deadline, .conn = c,
	    .who = who };
	int rc = -1;

	switch (t->kind) {
	case TARGET_HOST:
		rc = dial_host(&call, buf_cstr(&t->name), t->port > 0 ?
		    t->port : t->lmtp ? PORT_LMTP : PORT_SUBMISSION, e);
		break;
	case TARGET_UNIX:
		rc = dial_unix(&call, &t->name, e);
		break;
	case TARGET_SRV:
		rc = dial_srv(&call, t, e);
		break;
	case TARGET_MX:
		rc = dial_mx(&call, t, e);
		break;
	}
	return rc;
}

void
target_free(struct target *t)
{
	buf_free(&t->name);
	*t = (struct target){ 0 };
}

void
dialed_free(struct dialed *who)
{
	buf_free(&who->host);
	buf_free(&who->cert_name);
	*who = (struct dialed){ 0 };
}
