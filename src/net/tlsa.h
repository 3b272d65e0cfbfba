// SPDX-License-Identifier: ISC
/*
 * tlsa.h - what DNS says about a relay's certificate (RFC 6698, RFC 7672)
 *
 * As between mail servers, only the usages count that need no other authority:
 * 3, this is the relay's own certificate, and 2, that one has issued it.  A
 * record of another kind is as good as none.
 */
#ifndef MINISMTP_NET_TLSA_H
#define MINISMTP_NET_TLSA_H

#include <stdbool.h>
#include <stddef.h>

#include <gnutls/gnutls.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/str.h"

struct tlsa {
	unsigned usage;		/* 2 or 3 */
	unsigned selector;	/* 0: the certificate, 1: its public key */
	unsigned match;		/* 0: itself, 1: its SHA-256, 2: SHA-512 */
	struct buf data;
};

struct tlsas {
	struct tlsa *item;
	size_t count;
};

/*
 * "3 1 1 0123ab...", as zone files have it.  False where it cannot prove
 * anything; it is not in the list then.
 */
bool tlsas_add(struct tlsas *t, struct str words);
void tlsas_free(struct tlsas *t);

/*
 * Does one of them stand for this chain (DER, the relay's own first)?  0 if
 * so; *named is false where the name must still be looked at, for an authority
 * may vouch for others, too.  -1 in words.
 */
int tlsas_prove(const struct tlsas *t, const gnutls_datum_t *chain,
    size_t count, bool *named, struct err *e);

#endif
