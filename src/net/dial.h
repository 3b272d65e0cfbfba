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
#include "net/conn.h"
#include "net/target.h"

struct dial_policy {
	struct buf source;	/* our own address, or empty */
	struct buf proxy;	/* SOCKS5: "host:port", or empty; it resolves */
	struct buf proxy_user;
	struct secret proxy_password;
};

/* Whom we have reached. */
struct dialed {
	struct buf host;	/* for SASL and the log */
	struct buf cert_name;	/* whom a certificate must name; see srv.h */
	int port;
	bool implicit_tls;
};

int dial(const struct target *t, const struct dial_policy *p,
    int64_t deadline, struct conn *c, struct dialed *who, struct err *e);

void dialed_free(struct dialed *who);

#endif
