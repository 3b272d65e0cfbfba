// SPDX-License-Identifier: ISC
/*
 * keyring.h - all that must be read before a handshake, inside tls_trust
 *
 * Only tls.c and proof.c look in here; everybody else sees tls.h.
 */
#ifndef MINISMTP_NET_KEYRING_H
#define MINISMTP_NET_KEYRING_H

#include <stdbool.h>
#include <stddef.h>

#include <gnutls/gnutls.h>

#include "net/ticket.h"
#include "net/tls.h"
#include "net/tlsa.h"
#include "net/trust.h"

#define PIN_BYTES 32			/* a SHA-256 */

struct pin {
	unsigned char hash[PIN_BYTES];
};

struct tls_trust {
	gnutls_certificate_credentials_t cred;
	struct trust store;
	bool all;		/* the whole store is in cred already */
	bool thorough;		/* do not even try the quick way (for tests) */
	size_t decoded;		/* certificates of the store put into cred */
	struct pin *pin;
	size_t pins;
	struct tlsas tlsas;	/* for DANE */
	struct ticket ticket;
};

/* "sha256:" or not, then 64 hex digits or 44 of base64. */
bool pin_parse(struct str text, struct pin *pin);

/* For literals: 4 or 16 bytes to ip; 0 where host is a name. */
size_t host_is_ip(struct str host, unsigned char ip[16]);

#endif
