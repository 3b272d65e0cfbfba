// SPDX-License-Identifier: ISC
/*
 * certs.h - certificates for tests, made while they run
 *
 * A spec says only what is unusual: zeroed it is a server's certificate, valid
 * from yesterday to next month, with a P-256 key of its own.
 */
#ifndef MINISMTP_TESTS_CERTS_H
#define MINISMTP_TESTS_CERTS_H

#include <stdbool.h>
#include <stddef.h>

#include <gnutls/abstract.h>
#include <gnutls/gnutls.h>
#include <gnutls/x509.h>

enum key_kind { KEY_EC, KEY_RSA, KEY_RSA_1024 };

struct spec {
	const char *cn;
	const char *dns[3];
	size_t dns_len;		/* of dns[0], where it holds a NUL */
	const char *ip;
	int from, to;		/* days from now, instead of -1 and 30 */
	const char *purpose;	/* OID instead of serverAuth; "" for none */
	const char *purpose2;
	bool ca;
	int path;		/* path length + 1 of a CA; 0: none */
	const char *permit;	/* name constraints of a CA */
	const char *deny;
	enum key_kind key;
	bool sha1;
};

struct cert {
	gnutls_x509_crt_t crt;
	gnutls_x509_privkey_t key;
};

/* issuer NULL: self-signed. */
struct cert cert_make(const struct spec *s, const struct cert *issuer);
void cert_free(struct cert *c);

/* PEM files. */
void cert_write(const char *path, const struct cert *certs, size_t count);
void cert_write_key(const char *path, const struct cert *c);
/* A revocation list of issuer that has that one in it. */
void cert_write_crl(const char *path, const struct cert *issuer,
    const struct cert *revoked);

#endif
