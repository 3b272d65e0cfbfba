// SPDX-License-Identifier: ISC
/*
 * tlsa.c - what DNS says about a relay's certificate (RFC 6698, RFC 7672)
 */
#include "net/tlsa.h"

#include <stdlib.h>
#include <sysexits.h>

#include "base/base64.h"
#include "base/xmem.h"
#include "net/gnutls.h"

#define USAGE_ISSUER 2		/* DANE-TA */
#define USAGE_ITSELF 3		/* DANE-EE */
#define SHOWN_MAX 10		/* certificates that are looked at */
#define HASH_MAX 64

/* -- the records */

static bool
is_useful(const struct tlsa *one)
{
	static const size_t lengths[] = { 0, 32, 64 };

	return (one->usage == USAGE_ISSUER || one->usage == USAGE_ITSELF) &&
	    one->selector <= 1 && one->match <= 2 &&
	    (one->match == 0 ? one->data.len > 0 :
	    one->data.len == lengths[one->match]);
}

bool
tlsas_add(struct tlsas *t, struct str words)
{
	struct tlsa one = { 0 };
	uint64_t n[3];
	bool good = true;

	for (size_t i = 0; good && i < 3; i++)
		good = str_eat_number(&words, &n[i]) && n[i] < 256 &&
		    str_eat(&words, STR(" "));
	if (good) {
		one.usage = (unsigned)n[0];
		one.selector = (unsigned)n[1];
		one.match = (unsigned)n[2];
		good = hex_decode(&one.data, words) && is_useful(&one);
	}
	if (!good) {
		buf_free(&one.data);
		return false;
	}
	t->item = xgrow(t->item, t->count, sizeof(*t->item));
	t->item[t->count++] = one;
	return true;
}

void
tlsas_free(struct tlsas *t)
{
	for (size_t i = 0; i < t->count; i++)
		buf_free(&t->item[i].data);
	free(t->item);
	*t = (struct tlsas){ 0 };
}

/* -- a certificate and a record */

static gnutls_x509_crt_t
decode(const gnutls_datum_t *der)
{
	gnutls_x509_crt_t crt;

	if (gnutls_x509_crt_init(&crt) < 0)
		xmem_die("out of memory");
	if (gnutls_x509_crt_import(crt, der, GNUTLS_X509_FMT_DER) == 0)
		return crt;
	gnutls_x509_crt_deinit(crt);
	return NULL;
}

/* The public key with its kind, as DER (SubjectPublicKeyInfo). */
static bool
add_key(struct buf *out, const gnutls_datum_t *der)
{
	gnutls_x509_crt_t crt = decode(der);
	gnutls_datum_t key = { NULL, 0 };
	gnutls_pubkey_t pub;
	bool good;

	if (crt == NULL)
		return false;
	if (gnutls_pubkey_init(&pub) < 0)
		xmem_die("out of memory");
	good = gnutls_pubkey_import_x509(pub, crt, 0) == 0 &&
	    gnutls_pubkey_export2(pub, GNUTLS_X509_FMT_DER, &key) == 0;
	if (good) {
		buf_add(out, (struct str){ (char *)key.data, key.size });
		gnutls_free(key.data);
	}
	gnutls_pubkey_deinit(pub);
	gnutls_x509_crt_deinit(crt);
	return good;
}

static bool
means(const struct tlsa *t, const gnutls_datum_t *der)
{
	struct buf what = { 0 };
	struct str is;
	char hash[HASH_MAX];
	bool good = true;

	if (t->selector == 0)
		buf_add(&what, (struct str){ (char *)der->data, der->size });
	else
		good = add_key(&what, der);
	is = buf_str(&what);
	if (good && t->match > 0) {
		good = gnutls_hash_fast(t->match == 1 ? GNUTLS_DIG_SHA256 :
		    GNUTLS_DIG_SHA512, what.data, what.len, hash) == 0;
		is = (struct str){ hash, t->match == 1 ? 32 : 64 };
	}
	good = good && str_eq(is, buf_str(&t->data));
	buf_free(&what);
	return good;
}

/* -- a chain that ends at the one that DNS names */

static bool
is_issued(gnutls_x509_trust_list_t list, gnutls_x509_crt_t *crt, size_t count)
{
	char purpose[] = GNUTLS_KP_TLS_WWW_SERVER;
	gnutls_typed_vdata_st data = { .type = GNUTLS_DT_KEY_PURPOSE_OID,
	    .data = (unsigned char *)purpose };
	unsigned status = 0;

	return gnutls_x509_trust_list_verify_crt2(list, crt, (unsigned)count,
	    &data, 1, GNUTLS_PROFILE_TO_VFLAGS(GNUTLS_PROFILE_MEDIUM), &status,
	    NULL) == 0 && status == 0;
}

/* All before the anchor, under it and nobody else. */
static bool
leads_to(const gnutls_datum_t *chain, size_t anchor)
{
	gnutls_x509_crt_t crt[SHOWN_MAX] = { NULL }, top;
	gnutls_x509_trust_list_t list;
	size_t n = 0;
	bool good = true;

	if (gnutls_x509_trust_list_init(&list, 0) < 0)
		xmem_die("out of memory");
	top = decode(&chain[anchor]);
	if (top == NULL)
		good = false;
	else if (gnutls_x509_trust_list_add_cas(list, &top, 1, 0) != 1) {
		gnutls_x509_crt_deinit(top);
		good = false;
	}
	for (; good && n < anchor; n++) {
		crt[n] = decode(&chain[n]);
		good = crt[n] != NULL;
	}
	good = good && is_issued(list, crt, n);
	for (size_t i = 0; i < n; i++)
		if (crt[i] != NULL)
			gnutls_x509_crt_deinit(crt[i]);
	gnutls_x509_trust_list_deinit(list, 1);
	return good;
}

static bool
is_vouched(const struct tlsa *t, const gnutls_datum_t *chain, size_t count)
{
	for (size_t i = 1; i < count && i < SHOWN_MAX; i++)
		if (means(t, &chain[i]) && leads_to(chain, i))
			return true;
	return false;
}

int
tlsas_prove(const struct tlsas *t, const gnutls_datum_t *chain, size_t count,
    bool *named, struct err *e)
{
	for (size_t i = 0; count > 0 && i < t->count; i++)
		if (t->item[i].usage == USAGE_ITSELF &&
		    means(&t->item[i], &chain[0])) {
			*named = true;
			return 0;
		}
	*named = false;
	for (size_t i = 0; i < t->count; i++)
		if (t->item[i].usage == USAGE_ISSUER &&
		    is_vouched(&t->item[i], chain, count))
			return 0;
	return err_set(e, EX_PROTOCOL, "none of its TLSA records in DNS (%zu) "
	    "stands for it", t->count);
}
