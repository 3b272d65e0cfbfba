// SPDX-License-Identifier: ISC
/*
 * dial.h - a connection to one of all the addresses that a relay has
 *
 * All of it, lookups included, under one deadline; addresses race as in RFC
 * 8305 ("happy eyeballs").  Every failure is temporary: a name that does not
 * exist today is a typo or a broken resolver, no reason to bounce mail.
 */
#ifndef MINISMTP_NET_DIAL_H
#define MINISMTP_NET_DIAL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/secret.h"
#include "base/str.h"
#include "base/strs.h"
#include "net/conn.h"

#define PORT_SMTP 25
#define PORT_LMTP 24		/* never 25 (RFC 2033, 5) */
#define PORT_SUBMISSIONS 465	/* TLS from the first byte (RFC 8314) */
#define PORT_SUBMISSION 587

enum target_kind {
	TARGET_HOST,
	TARGET_UNIX,
	TARGET_SRV,		/* _submissions and _submission (RFC 8314) */
	TARGET_MX
};

struct target {
	enum target_kind kind;
	struct buf name;	/* host, bare address, path or domain */
	int port;		/* 0: 587, or 24 for LMTP, or what DNS says */
	bool lmtp;
};

struct dial_policy {
	struct strs source;	/* our own addresses, one a family, or none */
	struct buf proxy;	/* host of a SOCKS5 proxy, or empty; for all
				   but unix: and loopback, and it resolves */
	int proxy_port;		/* 0: 1080 */
	struct buf proxy_user;
	struct secret proxy_password;
};

/* Whom we have reached. */
struct dialed {
	struct buf host;	/* for SASL and the log */
	/*
	 * Whom its certificate must name.  Behind srv: and mx: that is the
	 * host only where it lies within the domain: a forged answer must not
	 * name its own (RFC 6125, 6.2.1).
	 */
	struct buf cert_name;
	int port;
	bool implicit_tls;	/* by the port or the service */
};

int dial(const struct target *t, const struct dial_policy *p,
    int64_t deadline, struct conn *c, struct dialed *who, struct err *e);

void target_free(struct target *t);
void dialed_free(struct dialed *who);

#endif
