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

enum tls_verify {
	TLS_VERIFY_YES,		/* chain, name, purpose, time */
	TLS_VERIFY_PIN,		/* the pins alone */
	TLS_VERIFY_DANE,	/* TLSA records */
	TLS_VERIFY_NO		/* said so explicitly; logged every time */
};

struct tls_policy {
	struct buf host;	/* whom the certificate must name */
	enum tls_verify verify;
	struct buf ca;		/* file or directory; empty: the system's */
	struct buf crl;		/* file, or empty */
	struct strs pins;	/* "sha256:HEX" or base64, of key or cert */
	struct buf cert, key;	/* ours: files or pkcs11: URLs, or empty */
	struct buf min;		/* "1.2" or "1.3"; empty: 1.2 */
	struct buf priority;	/* GnuTLS syntax, or empty */
	struct buf cache;	/* file for resumption, or empty */
};

/*
 * Shakes hands on c and puts TLS under it; on success c->secure says whether
 * the relay is proved.  Everything that is read from files, including the
 * trusted certificates that may be needed, is read by tls_prepare(), so that a
 * sandbox may be closed in between.
 */
struct tls_trust;
int tls_prepare(const struct tls_policy *p, struct tls_trust **trust,
    struct err *e);
int tls_start(struct conn *c, const struct tls_policy *p,
    struct tls_trust *trust, int64_t deadline, struct err *e);
void tls_trust_free(struct tls_trust *trust);

/* "TLS1.3 TLS_AES_256_GCM_SHA384", for the log; empty without TLS. */
struct str tls_describe(const struct conn *c);

/*
 * Channel binding for SCRAM: the bytes, and its name ("tls-exporter" with TLS
 * 1.3, "tls-unique" before).  False without TLS.
 */
bool tls_binding(struct conn *c, const char **name, struct buf *bytes);

#endif
