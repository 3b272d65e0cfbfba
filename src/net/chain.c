// SPDX-License-Identifier: ISC
/*
 * chain.c - the certificates that a relay shows, in words
 */
#include "net/chain.h"

#include <arpa/inet.h>
#include <stdlib.h>
#include <sys/socket.h>

#include "base/base64.h"
#include "base/xmem.h"
#include "net/gnutls.h"

#define SHA256_BYTES 32
#define NAMES_MAX 100

typedef int dn_fn(gnutls_x509_crt_t crt, gnutls_datum_t *dn, unsigned flags);

static void
add_dn(struct buf *out, gnutls_x509_crt_t crt, dn_fn *get)
{
	gnutls_datum_t dn = { NULL, 0 };

	if (get(crt, &dn, 0) < 0)
		return;
	buf_add(out, (struct str){ (char *)dn.data, dn.size });
	gnutls_free(dn.data);
}

static void
add_link(struct chain *c, gnutls_x509_crt_t crt)
{
	struct chain_link *l;

	c->link = xgrow(c->link, c->count, sizeof(*c->link));
	l = &c->link[c->count++];
	*l = (struct chain_link){
		.begins = gnutls_x509_crt_get_activation_time(crt),
		.ends = gnutls_x509_crt_get_expiration_time(crt),
		.by_itself = gnutls_x509_crt_check_issuer(crt, crt) != 0,
	};
	add_dn(&l->subject, crt, gnutls_x509_crt_get_dn3);
	add_dn(&l->issuer, crt, gnutls_x509_crt_get_issuer_dn3);
}

static void
add_name(struct strs *names, int type, struct str value)
{
	char text[INET6_ADDRSTRLEN];
	int family = value.len == 4 ? AF_INET : AF_INET6;

	if (type == GNUTLS_SAN_DNSNAME)
		strs_add(names, value);
	else if (type == GNUTLS_SAN_IPADDRESS &&
	    (value.len == 4 || value.len == 16) &&
	    inet_ntop(family, value.ptr, text, sizeof(text)) != NULL)
		strs_add(names, str_of(text));
}

static void
add_names(struct strs *names, gnutls_x509_crt_t crt)
{
	struct buf value = { 0 };

	for (unsigned i = 0; i < NAMES_MAX; i++) {
		size_t size = 0;
		int type = gnutls_x509_crt_get_subject_alt_name(crt, i, NULL,
		    &size, NULL);

		if (type == GNUTLS_E_REQUESTED_DATA_NOT_AVAILABLE)
			break;
		if (type != GNUTLS_E_SHORT_MEMORY_BUFFER)
			continue;
		buf_reset(&value);
		type = gnutls_x509_crt_get_subject_alt_name(crt, i,
		    buf_room(&value, size + 1), &size, NULL);
		if (type >= 0) {
			buf_grew(&value, size);
			add_name(names, type, buf_str(&value));
		}
	}
	buf_free(&value);
}

static void
add_pin(struct buf *out, const unsigned char hash[SHA256_BYTES])
{
	buf_puts(out, "sha256:");
	base64_encode(out, (struct str){ (const char *)hash, SHA256_BYTES });
}

static void
add_leaf(struct chain *c, gnutls_x509_crt_t crt)
{
	unsigned char hash[SHA256_BYTES];
	size_t size = sizeof(hash);
	unsigned bits = 0;
	int kind = gnutls_x509_crt_get_pk_algorithm(crt, &bits);
	const char *name = kind < 0 ? NULL : gnutls_pk_get_name(
	    (gnutls_pk_algorithm_t)kind);

	if (name != NULL)
		buf_printf(&c->key, "%s, %u bits", name, bits);
	add_names(&c->names, crt);
	if (gnutls_x509_crt_get_key_id(crt, GNUTLS_KEYID_USE_SHA256, hash,
	    &size) == 0 && size == sizeof(hash))
		add_pin(&c->key_pin, hash);
	size = sizeof(hash);
	if (gnutls_x509_crt_get_fingerprint(crt, GNUTLS_DIG_SHA256, hash,
	    &size) == 0 && size == sizeof(hash))
		add_pin(&c->cert_pin, hash);
}

void
chain_read(struct chain *c, const gnutls_datum_t *der, size_t count)
{
	chain_free(c);
	for (size_t i = 0; i < count && i < CHAIN_MAX; i++) {
		gnutls_x509_crt_t crt;

		if (gnutls_x509_crt_init(&crt) < 0)
			xmem_die("out of memory");
		if (gnutls_x509_crt_import(crt, &der[i],
		    GNUTLS_X509_FMT_DER) == 0) {
			if (c->count == 0)
				add_leaf(c, crt);
			add_link(c, crt);
		}
		gnutls_x509_crt_deinit(crt);
	}
}

void
chain_free(struct chain *c)
{
	for (size_t i = 0; i < c->count; i++) {
		buf_free(&c->link[i].subject);
		buf_free(&c->link[i].issuer);
	}
	free(c->link);
	strs_free(&c->names);
	buf_free(&c->key);
	buf_free(&c->key_pin);
	buf_free(&c->cert_pin);
	*c = (struct chain){ 0 };
}
