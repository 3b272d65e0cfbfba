// SPDX-License-Identifier: ISC
/*
 * mechanism.h - the ways to prove who we are (SASL, RFC 4422)
 *
 * A table, the strongest first.  A row's step is handed what the relay has
 * said, decoded, and puts together what we answer, not yet encoded.  No I/O in
 * here.
 */
#ifndef MINISMTP_SMTP_MECHANISM_H
#define MINISMTP_SMTP_MECHANISM_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/secret.h"
#include "base/str.h"
#include "smtp/auth.h"

enum {
	NEEDS_PASSWORD = 1,
	NEEDS_TOKEN = 2,	/* a password that is none: only when named */
	NEEDS_CERT = 4,
	NEEDS_TICKET = 8,	/* Kerberos' own, not ours to see */
	NEEDS_BINDING = 16,	/* to the TLS connection */
	SPEAKS_FIRST = 32,
	PROVES_BOTH = 64	/* and the relay proves itself to us */
};

struct sasl {
	const struct mechanism *m;
	const struct login *login;
	unsigned steps;		/* taken so far */
	bool proved;		/* the relay has proved itself */
	/* SCRAM */
	const char *bound;	/* the binding's name, or NULL: none there */
	struct buf binding;
	bool plus_offered;
	struct buf first;	/* our first message, without its header */
	struct buf nonce;
	unsigned char signature[32];
	/* GSSAPI */
	void *context, *session;
	/* OAuth: why not, in words */
	struct buf complaint;
};

struct mechanism {
	const char *name;
	unsigned flags;
	int (*step)(struct sasl *s, struct str challenge,
	    struct secret *answer, struct err *e);
};

/* The strongest is the first; NULL behind the last. */
const struct mechanism *mechanism_at(size_t i);

/* Exactly that name, or NULL. */
const struct mechanism *mechanism_find(struct str name);
const char *mechanism_nearest(struct str name);

/*
 * The strongest of those offered that the login fits, or NULL with err.  With
 * a mechanism named in the login it is that or nothing.
 */
const struct mechanism *mechanism_choose(struct str offered,
    const struct login *login, bool can_bind, struct err *e);

/* Is that word in the list, whole? */
bool mechanism_is_offered(struct str offered, struct str name);

/*
 * Maps what the mechanisms compute with; later, in a sandbox, nothing can be
 * opened for it.  (Kerberos wants no sandbox.)
 */
int mechanism_load(const struct login *login, struct err *e);

void sasl_free(struct sasl *s);

#endif
