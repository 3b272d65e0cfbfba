// SPDX-License-Identifier: ISC
/*
 * chain.h - the certificates that a relay shows, in words
 *
 * For a person who wants to know why they are refused: looked at before they
 * are proved, so nothing in here may be believed, or reach a terminal without
 * vis.h.
 */
#ifndef MINISMTP_NET_CHAIN_H
#define MINISMTP_NET_CHAIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <gnutls/gnutls.h>

#include "base/buf.h"
#include "base/strs.h"

#define CHAIN_MAX 16		/* certificates that we look at */

struct chain_link {
	struct buf subject, issuer;
	int64_t begins, ends;	/* seconds since 1970 */
	bool by_itself;		/* issued by whom it is about */
};

/* Zeroed is none. */
struct chain {
	struct chain_link *link;	/* as shown: the relay's own first */
	size_t count;
	struct strs names;	/* hosts and addresses of the first */
	struct buf key;		/* "EC/ECDSA, 256 bits", of the first */
	/* What tls_pin takes, of the first: "sha256:" and base64. */
	struct buf key_pin, cert_pin;
};

/* Certificates as DER; those that are none are left out. */
void chain_read(struct chain *c, const gnutls_datum_t *der, size_t count);
void chain_free(struct chain *c);

#endif
