// SPDX-License-Identifier: ISC
/*
 * certs.c - certificates for tests, made while they run
 */
#include "certs.h"

#include <arpa/inet.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define DAY 86400
#define OK(call) must((call) >= 0, #call)

/* Not Check's: families are founded before the tests begin. */
static void
must(bool ok, const char *what)
{
	if (!ok) {
		fprintf(stderr, "certs.c: %s\n", what);
		abort();
	}
}

static gnutls_x509_privkey_t
make_key(enum key_kind kind)
{
	static gnutls_x509_privkey_t rsa, rsa_1024;
	gnutls_x509_privkey_t key, *kept = NULL;

	if (kind == KEY_RSA)
		kept = &rsa;
	else if (kind == KEY_RSA_1024)
		kept = &rsa_1024;
	OK(gnutls_x509_privkey_init(&key));
	if (kept != NULL && *kept != NULL) {	/* these take long to make */
		OK(gnutls_x509_privkey_cpy(key, *kept));
		return key;
	}
	if (kind == KEY_EC) {
		OK(gnutls_x509_privkey_generate(key, GNUTLS_PK_ECDSA,
		    GNUTLS_CURVE_TO_BITS(GNUTLS_ECC_CURVE_SECP256R1), 0));
		return key;
	}
	OK(gnutls_x509_privkey_generate(key, GNUTLS_PK_RSA,
	    kind == KEY_RSA ? 2048 : 1024, 0));
	OK(gnutls_x509_privkey_init(kept));
	OK(gnutls_x509_privkey_cpy(*kept, key));
	return key;
}

/* GnuTLS would not write a name with a NUL in it; an attacker does. */
static void
set_raw_name(gnutls_x509_crt_t crt, const struct spec *s)
{
	unsigned char der[100] = { 0x30, (unsigned char)(s->dns_len + 2),
		0x82, (unsigned char)s->dns_len };

	memcpy(der + 4, s->dns[0], s->dns_len);
	OK(gnutls_x509_crt_set_extension_by_oid(crt, "2.5.29.17", der,
	    (unsigned)s->dns_len + 4, 0));
}

/* Which of two keys of the same name was it? */
static void
set_key_ids(gnutls_x509_crt_t crt, gnutls_x509_crt_t issuer)
{
	unsigned char id[20];
	size_t len = sizeof(id);

	OK(gnutls_x509_crt_get_key_id(crt, 0, id, &len));
	OK(gnutls_x509_crt_set_subject_key_id(crt, id, len));
	len = sizeof(id);
	OK(gnutls_x509_crt_get_key_id(issuer, 0, id, &len));
	OK(gnutls_x509_crt_set_authority_key_id(crt, id, len));
}

static void
set_names(gnutls_x509_crt_t crt, const struct spec *s)
{
	unsigned char ip[16];

	if (s->cn != NULL)
		OK(gnutls_x509_crt_set_dn_by_oid(crt,
		    GNUTLS_OID_X520_COMMON_NAME, 0, s->cn,
		    (unsigned)strlen(s->cn)));
	if (s->dns_len > 0) {
		set_raw_name(crt, s);
		return;
	}
	for (size_t i = 0; i < 3 && s->dns[i] != NULL; i++)
		OK(gnutls_x509_crt_set_subject_alt_name(crt,
		    GNUTLS_SAN_DNSNAME, s->dns[i],
		    (unsigned)strlen(s->dns[i]), GNUTLS_FSAN_APPEND));
	if (s->ip == NULL)
		return;
	if (inet_pton(AF_INET, s->ip, ip) == 1)
		OK(gnutls_x509_crt_set_subject_alt_name(crt,
		    GNUTLS_SAN_IPADDRESS, ip, 4, GNUTLS_FSAN_APPEND));
	else if (inet_pton(AF_INET6, s->ip, ip) == 1)
		OK(gnutls_x509_crt_set_subject_alt_name(crt,
		    GNUTLS_SAN_IPADDRESS, ip, 16, GNUTLS_FSAN_APPEND));
}

static void
set_constraints(gnutls_x509_crt_t crt, const struct spec *s)
{
	gnutls_x509_name_constraints_t nc;
	gnutls_datum_t name;

	if (s->permit == NULL && s->deny == NULL)
		return;
	OK(gnutls_x509_name_constraints_init(&nc));
	name.data = (unsigned char *)(uintptr_t)
	    (s->permit != NULL ? s->permit : s->deny);
	name.size = (unsigned)strlen((char *)name.data);
	OK(s->permit != NULL ?
	    gnutls_x509_name_constraints_add_permitted(nc,
	    GNUTLS_SAN_DNSNAME, &name) :
	    gnutls_x509_name_constraints_add_excluded(nc,
	    GNUTLS_SAN_DNSNAME, &name));
	OK(gnutls_x509_crt_set_name_constraints(crt, nc, 1));
	gnutls_x509_name_constraints_deinit(nc);
}

static void
set_uses(gnutls_x509_crt_t crt, const struct spec *s)
{
	const char *purpose = s->purpose != NULL ? s->purpose :
	    GNUTLS_KP_TLS_WWW_SERVER;

	OK(gnutls_x509_crt_set_basic_constraints(crt, s->ca, s->path - 1));
	OK(gnutls_x509_crt_set_key_usage(crt, s->ca ?
	    GNUTLS_KEY_KEY_CERT_SIGN | GNUTLS_KEY_CRL_SIGN :
	    GNUTLS_KEY_DIGITAL_SIGNATURE | GNUTLS_KEY_KEY_ENCIPHERMENT));
	if (!s->ca && purpose[0] != '\0')
		OK(gnutls_x509_crt_set_key_purpose_oid(crt, purpose, 0));
	if (s->purpose2 != NULL)
		OK(gnutls_x509_crt_set_key_purpose_oid(crt, s->purpose2, 0));
	set_constraints(crt, s);
}

struct cert
cert_make(const struct spec *s, const struct cert *issuer)
{
	static unsigned serial;
	struct cert c = { NULL, make_key(s->key) };
	time_t now = time(NULL);
	unsigned char number[4] = { 1, 0, (unsigned char)(serial >> 8),
		(unsigned char)serial };

	serial++;
	OK(gnutls_x509_crt_init(&c.crt));
	OK(gnutls_x509_crt_set_version(c.crt, 3));
	OK(gnutls_x509_crt_set_serial(c.crt, number, sizeof(number)));
	OK(gnutls_x509_crt_set_activation_time(c.crt,
	    now + DAY * (s->from != 0 ? s->from : -1)));
	OK(gnutls_x509_crt_set_expiration_time(c.crt,
	    now + DAY * (s->to != 0 ? s->to : 30)));
	set_names(c.crt, s);
	set_uses(c.crt, s);
	OK(gnutls_x509_crt_set_key(c.crt, c.key));
	set_key_ids(c.crt, issuer != NULL ? issuer->crt : c.crt);
	OK(gnutls_x509_crt_sign2(c.crt, issuer != NULL ? issuer->crt : c.crt,
	    issuer != NULL ? issuer->key : c.key,
	    s->sha1 ? GNUTLS_DIG_SHA1 : GNUTLS_DIG_SHA256, 0));
	return c;
}

void
cert_free(struct cert *c)
{
	if (c->crt != NULL)
		gnutls_x509_crt_deinit(c->crt);
	if (c->key != NULL)
		gnutls_x509_privkey_deinit(c->key);
	*c = (struct cert){ NULL, NULL };
}

static void
write_pem(FILE *f, gnutls_datum_t *pem)
{
	must(fwrite(pem->data, 1, pem->size, f) == pem->size, "write");
	gnutls_free(pem->data);
}

static FILE *
create(const char *path)
{
	FILE *f = fopen(path, "w");

	must(f != NULL, path);
	return f;
}

void
cert_write(const char *path, const struct cert *certs, size_t count)
{
	FILE *f = create(path);
	gnutls_datum_t pem;

	for (size_t i = 0; i < count; i++) {
		fprintf(f, "# number %zu --- of these\n", i);
		OK(gnutls_x509_crt_export2(certs[i].crt, GNUTLS_X509_FMT_PEM,
		    &pem));
		write_pem(f, &pem);
	}
	must(fclose(f) == 0, path);
}

void
cert_write_key(const char *path, const struct cert *c)
{
	FILE *f = create(path);
	gnutls_datum_t pem;

	OK(gnutls_x509_privkey_export2(c->key, GNUTLS_X509_FMT_PEM, &pem));
	write_pem(f, &pem);
	must(fclose(f) == 0, path);
}

void
cert_write_crl(const char *path, const struct cert *issuer,
    const struct cert *revoked)
{
	FILE *f = create(path);
	gnutls_x509_crl_t crl;
	gnutls_datum_t pem;
	time_t now = time(NULL);

	OK(gnutls_x509_crl_init(&crl));
	OK(gnutls_x509_crl_set_version(crl, 2));
	OK(gnutls_x509_crl_set_this_update(crl, now - DAY));
	OK(gnutls_x509_crl_set_next_update(crl, now + DAY));
	OK(gnutls_x509_crl_set_number(crl, "\1", 1));
	OK(gnutls_x509_crl_set_crt(crl, revoked->crt, now - DAY));
	OK(gnutls_x509_crl_sign2(crl, issuer->crt, issuer->key,
	    GNUTLS_DIG_SHA256, 0));
	OK(gnutls_x509_crl_export2(crl, GNUTLS_X509_FMT_PEM, &pem));
	write_pem(f, &pem);
	gnutls_x509_crl_deinit(crl);
	must(fclose(f) == 0, path);
}
