// SPDX-License-Identifier: ISC
/*
 * keyring.c - all that must be read before a handshake
 */
#include "net/keyring.h"

#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sysexits.h>

#include "base/base64.h"
#include "base/clock.h"
#include "base/secret.h"
#include "base/xmem.h"
#include "net/dane.h"
#include "net/gnutls.h"

#define DNS_MS 30000

#ifndef GNUTLS_FILE
/*
 * GnuTLS would set itself up before main() of every program that is linked
 * with it; a relay on loopback needs none of that.  tls_prepare() does it.
 */
GNUTLS_SKIP_GLOBAL_INIT
#endif

size_t
host_is_ip(struct str host, unsigned char ip[16])
{
	struct buf text = { 0 };
	struct str bare;
	size_t len = 0;

	if (host.len > 2 && host.ptr[0] == '[' &&
	    host.ptr[host.len - 1] == ']')
		host = str_head(str_skip(host, 1), host.len - 2);
	if (str_eat_until(&host, '%', &bare))
		host = bare;	/* fe80::1%eth0: certificates know no zones */
	buf_add(&text, host);
	if (str_has(host, '\0'))
		len = 0;
	else if (inet_pton(AF_INET, buf_cstr(&text), ip) == 1)
		len = 4;
	else if (inet_pton(AF_INET6, buf_cstr(&text), ip) == 1)
		len = 16;
	buf_free(&text);
	return len;
}

bool
pin_parse(struct str text, struct pin *pin)
{
	struct buf bytes = { 0 };
	bool ok;

	if (!str_ieat(&text, STR("sha256:")))
		(void)str_ieat(&text, STR("sha256//"));	/* curl's way */
	ok = text.len == 2 * PIN_BYTES ? hex_decode(&bytes, text) :
	    base64_decode(&bytes, text);
	ok = ok && bytes.len == PIN_BYTES;
	if (ok)
		memcpy(pin->hash, bytes.data, PIN_BYTES);
	buf_free(&bytes);
	return ok;
}

static int
read_pins(struct tls_trust *t, const struct tls_policy *p, struct err *e)
{
	if (p->verify == TLS_VERIFY_PIN && p->pins.count == 0)
		return err_set(e, EX_CONFIG, "tls_verify = pin, but there is "
		    "no tls_pin");
	t->pin = xcalloc(p->pins.count + 1, sizeof(*t->pin));
	for (size_t i = 0; i < p->pins.count; i++)
		if (!pin_parse(strs_at(&p->pins, i), &t->pin[t->pins++]))
			return err_set(e, EX_CONFIG, "tls_pin \"%.*s\": not a "
			    "SHA-256 in hex or base64",
			    STR_ARGS(strs_at(&p->pins, i)));
	return 0;
}

static int
read_crl(struct tls_trust *t, const struct tls_policy *p, struct err *e)
{
	int n;

	if (p->crl.len == 0)
		return 0;
	n = gnutls_certificate_set_x509_crl_file(t->cred, buf_cstr(&p->crl),
	    GNUTLS_X509_FMT_PEM);
	if (n < 0)
		return err_set(e, EX_CONFIG, "tls_crl %s: %s",
		    buf_cstr(&p->crl), gnutls_strerror(n));
	if (n == 0)
		return err_set(e, EX_CONFIG, "tls_crl %s: no revocation list "
		    "in it", buf_cstr(&p->crl));
	return 0;
}

static int
read_own(struct tls_trust *t, const struct tls_policy *p, struct err *e)
{
	const struct buf *key = p->key.len > 0 ? &p->key : &p->cert;
	struct buf cert_shown = { 0 }, key_shown = { 0 };
	int rc;

	if (p->cert.len == 0 && p->key.len == 0)
		return 0;
	if (p->cert.len == 0)
		return err_set(e, EX_CONFIG, "tls_key without tls_cert");
	rc = gnutls_certificate_set_x509_key_file2(t->cred,
	    buf_cstr(&p->cert), buf_cstr(key), GNUTLS_X509_FMT_PEM, NULL, 0);
	if (rc >= 0)
		return 0;
	(void)secret_mask_pin(&cert_shown, buf_str(&p->cert));
	(void)secret_mask_pin(&key_shown, buf_str(key));
	err_set(e, EX_CONFIG, "tls_cert %s with tls_key %s: %s",
	    buf_cstr(&cert_shown), buf_cstr(&key_shown), gnutls_strerror(rc));
	buf_free(&cert_shown);
	buf_free(&key_shown);
	return -1;
}

/* What a change of must make an old session worthless. */
static int
open_ticket(struct tls_trust *t, const struct tls_policy *p, struct err *e)
{
	unsigned char stamp[TICKET_STAMP];
	struct buf all = { 0 };
	struct stat st = { 0 };
	int rc;

	if (p->cache.len == 0)
		return 0;
	if (p->crl.len > 0)
		(void)stat(buf_cstr(&p->crl), &st);
	buf_printf(&all, "%s\n%u\n%d\n%s\n%s %lld\n%s\n%s\n%s\n%s\n",
	    buf_cstr(&p->host), p->port, (int)p->verify,
	    buf_cstr(&t->store.stamp), buf_cstr(&p->crl),
	    (long long)st.st_mtim.tv_sec, buf_cstr(&p->cert),
	    buf_cstr(&p->key), buf_cstr(&p->min), buf_cstr(&p->priority));
	buf_add(&all, (struct str){ (char *)t->pin,
	    t->pins * sizeof(*t->pin) });
	for (size_t i = 0; i < t->tlsas.count; i++)
		buf_add(&all, buf_str(&t->tlsas.item[i].data));
	rc = gnutls_hash_fast(GNUTLS_DIG_SHA256, all.data, all.len, stamp);
	buf_free(&all);
	if (rc < 0)
		return err_set(e, EX_SOFTWARE, "SHA-256: %s",
		    gnutls_strerror(rc));
	ticket_open(&t->ticket, p->cache_dir, buf_cstr(&p->cache), stamp);
	return 0;
}

static int
check_policy(const struct tls_policy *p, struct err *e)
{
	unsigned char ip[16];

	if (p->host.len == 0)
		return err_set(e, EX_CONFIG, "TLS without a name that the "
		    "certificate must bear");
	if (p->min.len > 0 && !str_eq(buf_str(&p->min), STR("1.2")) &&
	    !str_eq(buf_str(&p->min), STR("1.3")))
		return err_set(e, EX_CONFIG, "tls_min \"%s\": only 1.2 and "
		    "1.3 are fit for use", buf_cstr(&p->min));
	if (p->verify == TLS_VERIFY_DANE && !dane_is_built_in())
		return err_set(e, EX_CONFIG, "tls_verify = dane: this program "
		    "was built without libgnutls-dane");
	if (p->verify == TLS_VERIFY_DANE &&
	    host_is_ip(buf_str(&p->host), ip) > 0)
		return err_set(e, EX_CONFIG, "tls_verify = dane: %s is an "
		    "address, and DNS tells only about names",
		    buf_cstr(&p->host));
	return 0;
}

/* Wherever that is, in a sandbox it cannot be reached any more. */
static int
add_native(struct tls_trust *t, struct err *e)
{
	gnutls_x509_trust_list_t list;

	gnutls_certificate_get_trust_list(t->cred, &list);
	t->all = true;
	return trust_all(&t->store, list, &t->decoded, e);
}

static int
fill(struct tls_trust *t, const struct tls_policy *p, struct err *e)
{
	int rc;

	if (gnutls_load(e) < 0)
		return -1;
	rc = gnutls_global_init();
	if (rc < 0 || gnutls_certificate_allocate_credentials(&t->cred) < 0)
		return err_set(e, EX_SOFTWARE, "GnuTLS does not start: %s",
		    gnutls_strerror(rc));
	if (p->verify == TLS_VERIFY_YES &&
	    trust_read(&t->store, buf_str(&p->ca), e) < 0)
		return err_wrap(e, p->ca.len > 0 ? "tls_ca" :
		    "trusted certificates");
	if (t->store.native && add_native(t, e) < 0)
		return -1;
	if (p->verify == TLS_VERIFY_DANE && dane_lookup(&t->tlsas,
	    buf_str(&p->host), p->port, clock_deadline(p->dns_ms > 0 ?
	    p->dns_ms : DNS_MS), e) < 0)
		return -1;
	if (read_pins(t, p, e) < 0 || read_crl(t, p, e) < 0 ||
	    read_own(t, p, e) < 0)
		return -1;
	return open_ticket(t, p, e);
}

int
tls_prepare(const struct tls_policy *p, struct tls_trust **trust,
    struct err *e)
{
	struct tls_trust *t;

	*trust = NULL;
	if (check_policy(p, e) < 0)
		return -1;
	t = xcalloc(1, sizeof(*t));
	t->ticket.fd = -1;
	if (fill(t, p, e) < 0) {
		tls_trust_free(t);
		return -1;
	}
	*trust = t;
	return 0;
}

void
tls_trust_free(struct tls_trust *t)
{
	if (t == NULL)
		return;
	if (t->cred != NULL)
		gnutls_certificate_free_credentials(t->cred);
	trust_free(&t->store);
	tlsas_free(&t->tlsas);
	ticket_free(&t->ticket);
	free(t->pin);
	free(t);
}
