// SPDX-License-Identifier: ISC
/*
 * tls.h - the same connection, but nobody listens in and the relay is proved
 *
 * Fails closed: a connection on which tls_start() has failed is of no use any
 * more, and nothing secret has been sent on it.
 */
#ifndef MINISMTP_NET_TLS_H
#define MINISMTP_NET_TLS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/str.h"
#include "base/strs.h"
#include "net/conn.h"

struct chain;

enum tls_verify {
	TLS_VERIFY_YES,		/* chain, name, purpose, time */
	TLS_VERIFY_PIN,		/* the pins alone */
	TLS_VERIFY_DANE,	/* TLSA records */
	TLS_VERIFY_NO		/* said so explicitly; logged every time */
};

struct tls_policy {
	struct buf host;	/* name or address the certificate must bear */
	unsigned port;		/* for DANE: where, */
	int dns_ms;		/* and how long DNS may take; 0: 30 s */
	enum tls_verify verify;
	struct buf ca;		/* file or directory; empty: the system's */
	struct buf crl;		/* PEM file, or empty */
	/*
	 * SHA-256 of the relay's certificate or key, "sha256:" or not, in hex
	 * or base64; one must fit, beside what verify wants.
	 */
	struct strs pins;
	struct buf cert, key;	/* ours: files or pkcs11: URLs, or empty */
	struct buf min;		/* "1.2" or "1.3"; empty: 1.2 */
	struct buf priority;	/* GnuTLS syntax, or empty */
	int cache_dir;		/* where, or anything with a whole path */
	struct buf cache;	/* file for resumption, one per relay */
	/*
	 * Or NULL.  In a full handshake: what the relay shows, before it is
	 * proved.  Who keeps it leaves a zeroed one.
	 */
	void (*shown)(void *who, struct chain *c);
	void *who;
};

/*
 * Shakes hands on c and puts TLS under it; on success c->secure says whether
 * the relay is proved (always, but with TLS_VERIFY_NO).  Everything that comes
 * from files is opened by tls_prepare(), and read there, so that a sandbox may
 * be closed in between: tls_start() and what follows only use the socket,
 * pread(2) on the file of trusted certificates where the relay has to show its
 * own, and pwrite(2) on the cache's descriptor when a ticket has come.  One
 * trust serves any number of connections, one after the other, under the
 * policy it was made for; it must outlive them.
 *
 * A mistake of the configuration is EX_CONFIG and named, trouble with the file
 * of trusted certificates EX_OSERR; whatever a relay did wrong is EX_PROTOCOL
 * or EX_TEMPFAIL, so it is temporary, and the words say which rule was broken.
 */
struct tls_trust;
int tls_prepare(const struct tls_policy *p, struct tls_trust **trust,
    struct err *e);
int tls_start(struct conn *c, const struct tls_policy *p,
    struct tls_trust *trust, int64_t deadline, struct err *e);
void tls_trust_free(struct tls_trust *trust);	/* NULL is fine */

/* "TLS1.3 TLS_AES_256_GCM_SHA384", for the log; empty without TLS. */
struct str tls_describe(const struct conn *c);
/* Was this session the continuation of an older one? */
bool tls_is_resumed(const struct conn *c);

/*
 * Channel binding for SCRAM: the bytes, and its name ("tls-exporter" with TLS
 * 1.3, "tls-unique" before).  False without TLS, and where the binding would
 * bind nothing (TLS 1.2 without the extended master secret).
 */
bool tls_binding(struct conn *c, const char **name, struct buf *bytes);

#endif
