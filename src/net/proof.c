// SPDX-License-Identifier: ISC
/*
 * proof.c - is this relay the one we mean?
 */
#include "net/proof.h"

#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <time.h>

#include <gnutls/abstract.h>

#include "base/table.h"
#include "base/vis.h"
#include "net/chain.h"
#include "net/gnutls.h"

/*
 * What GnuTLS found wrong, the plainest reason first: a certificate for
 * another host is often also from somebody unknown.
 */
static const struct fault {
	unsigned bit;
	const char *words;
} faults[] = {
	{ GNUTLS_CERT_REVOKED, "it has been revoked" },
	{ GNUTLS_CERT_EXPIRED, "it has expired" },
	{ GNUTLS_CERT_NOT_ACTIVATED, "it is not valid yet; is the clock of "
	    "this machine right?" },
	{ GNUTLS_CERT_UNEXPECTED_OWNER, "it is not for this name" },
	{ GNUTLS_CERT_PURPOSE_MISMATCH, "it is not meant for servers" },
	{ GNUTLS_CERT_INSECURE_ALGORITHM, "its key is too short or its "
	    "signature too weak" },
	{ GNUTLS_CERT_SIGNATURE_FAILURE, "its signature is wrong" },
	{ GNUTLS_CERT_SIGNER_NOT_CA, "its issuer may not issue" },
	{ GNUTLS_CERT_SIGNER_CONSTRAINTS_FAILURE, "its issuer may not issue "
	    "for this name" },
	{ GNUTLS_CERT_REVOCATION_DATA_SUPERSEDED, "what is known about its "
	    "revocation is too old" },
	{ GNUTLS_CERT_REVOCATION_DATA_ISSUED_IN_FUTURE, "what is known about "
	    "its revocation is from the future" },
	{ GNUTLS_CERT_MISSING_OCSP_STATUS, "it promises a status (OCSP) that "
	    "the relay does not show" },
	{ GNUTLS_CERT_INVALID_OCSP_STATUS, "its status (OCSP) is not valid" },
	{ GNUTLS_CERT_UNKNOWN_CRIT_EXTENSIONS, "it has a critical extension "
	    "that nobody knows" },
	{ GNUTLS_CERT_SIGNER_NOT_FOUND, "nobody we trust has issued it" },
};

static gnutls_x509_crt_t
leaf_of(gnutls_session_t session)
{
	unsigned count = 0;
	const gnutls_datum_t *chain = gnutls_certificate_get_peers(session,
	    &count);
	gnutls_x509_crt_t crt;

	if (chain == NULL || count == 0 || gnutls_x509_crt_init(&crt) < 0)
		return NULL;
	if (gnutls_x509_crt_import(crt, &chain[0], GNUTLS_X509_FMT_DER) == 0)
		return crt;
	gnutls_x509_crt_deinit(crt);
	return NULL;
}

/* -- the name ------------------------------------------------------------- */

/* The nth name, or a negative number; a type other than a DNS name is "". */
static int
name_at(gnutls_x509_crt_t crt, unsigned n, struct buf *name)
{
	unsigned critical;
	size_t size = 0;
	char *to;
	int type;

	buf_reset(name);
	type = gnutls_x509_crt_get_subject_alt_name(crt, n, NULL, &size,
	    &critical);
	if (type != GNUTLS_E_SHORT_MEMORY_BUFFER)
		return type;
	to = buf_room(name, size + 1);
	type = gnutls_x509_crt_get_subject_alt_name(crt, n, to, &size,
	    &critical);
	if (type == GNUTLS_SAN_DNSNAME)
		buf_grew(name, size);
	return type;
}

/*
 * RFC 6125: the common name has had its time.  GnuTLS still looks at it when
 * there is no DNS name, so such a certificate never gets there.
 */
static bool
has_dns_name(gnutls_x509_crt_t crt, struct buf *names)
{
	struct buf name = { 0 };
	unsigned found = 0;
	int type;

	for (unsigned i = 0; (type = name_at(crt, i, &name)) !=
	    GNUTLS_E_REQUESTED_DATA_NOT_AVAILABLE && i < 1000; i++) {
		if (type != GNUTLS_SAN_DNSNAME)
			continue;
		if (found++ < 4) {
			buf_puts(names, found > 1 ? ", " : "");
			vis_add_some(names, buf_str(&name), 100);
		} else if (found == 5)
			buf_puts(names, ", ...");
	}
	buf_free(&name);
	return found > 0;
}

static int
check_name(gnutls_x509_crt_t crt, const struct tls_policy *p, struct err *e)
{
	struct buf names = { 0 }, bare = { 0 };
	struct str host = buf_str(&p->host);
	unsigned char ip[16];
	size_t len = host_is_ip(host, ip);
	bool fits;

	if (len > 0) {
		fits = gnutls_x509_crt_check_ip(crt, ip, (unsigned)len, 0);
		return fits ? 0 : err_set(e, EX_PROTOCOL,
		    "it is not for the address %s", buf_cstr(&p->host));
	}
	if (str_ends(host, STR(".")))
		host.len--;
	buf_add(&bare, host);
	fits = has_dns_name(crt, &names) && gnutls_x509_crt_check_hostname2(crt,
	    buf_cstr(&bare), 0);
	if (!fits)
		err_set(e, EX_PROTOCOL, "it is not for this name but for %s",
		    names.len > 0 ? buf_cstr(&names) : "none");
	buf_free(&names);
	buf_free(&bare);
	return fits ? 0 : -1;
}

/* -- the chain ------------------------------------------------------------ */

static int
verify(gnutls_session_t session, unsigned *status)
{
	char purpose[] = GNUTLS_KP_TLS_WWW_SERVER;
	gnutls_typed_vdata_st data = {
		.type = GNUTLS_DT_KEY_PURPOSE_OID,
		.data = (unsigned char *)purpose,
	};

	*status = 0;
	return gnutls_certificate_verify_peers(session, &data, 1, status);
}

/*
 * First with the few that can matter, and if the answer is anything but yes,
 * with all of them.  A store that cannot be read proves nothing.
 */
static int
verify_both(gnutls_session_t session, struct tls_trust *t, unsigned *status,
    struct err *e)
{
	gnutls_x509_trust_list_t list;
	const gnutls_datum_t *chain;
	unsigned count = 0;
	size_t n = 0;
	int rc;

	gnutls_certificate_get_trust_list(t->cred, &list);
	chain = gnutls_certificate_get_peers(session, &count);
	if (!t->all && !t->thorough && chain != NULL) {
		if (trust_pick(&t->store, chain, count, list, &n, e) < 0)
			return -1;
		t->decoded += n;
	}
	if (n > 0) {
		rc = verify(session, status);
		if (rc == 0 && *status == 0)
			return 0;
	}
	if (!t->all) {
		if (trust_all(&t->store, list, &n, e) < 0)
			return -1;
		t->decoded += n;
		t->all = true;
	}
	rc = verify(session, status);
	return rc == 0 ? 0 : err_set(e, EX_PROTOCOL, "%s",
	    gnutls_strerror(rc));
}

static void
add_date(struct buf *b, const char *words, time_t t)
{
	struct tm tm;

	if (t != (time_t)-1 && gmtime_r(&t, &tm) != NULL)
		buf_printf(b, " (%s %04d-%02d-%02d)", words, tm.tm_year + 1900,
		    tm.tm_mon + 1, tm.tm_mday);
}

static void
add_issuer(struct buf *b, gnutls_x509_crt_t crt, const char *store)
{
	gnutls_datum_t dn = { NULL, 0 };

	if (gnutls_x509_crt_get_issuer_dn3(crt, &dn, 0) == 0) {
		buf_puts(b, ": its issuer \"");
		vis_add_some(b, (struct str){ (char *)dn.data, dn.size }, 200);
		buf_printf(b, "\" is not in %s", store);
		gnutls_free(dn.data);
	}
}

static int
explain(gnutls_x509_crt_t crt, const struct tls_trust *t, unsigned status,
    struct err *e)
{
	const struct fault *f = NULL;

	for (size_t i = 0; f == NULL && i < TABLE_COUNT(faults); i++)
		if (status & faults[i].bit)
			f = &faults[i];
	err_set(e, EX_PROTOCOL, "%s", f != NULL ? f->words :
	    "it cannot be verified");
	if (f == NULL)
		return -1;
	if (f->bit == GNUTLS_CERT_EXPIRED)
		add_date(&e->text, "its own end is",
		    gnutls_x509_crt_get_expiration_time(crt));
	else if (f->bit == GNUTLS_CERT_NOT_ACTIVATED)
		add_date(&e->text, "its own beginning is",
		    gnutls_x509_crt_get_activation_time(crt));
	else if (f->bit == GNUTLS_CERT_SIGNER_NOT_FOUND)
		add_issuer(&e->text, crt, buf_cstr(&t->store.path));
	return -1;
}

static int
check_chain(gnutls_session_t session, gnutls_x509_crt_t crt,
    struct tls_trust *t, struct err *e)
{
	unsigned status;

	if (verify_both(session, t, &status, e) < 0)
		return err_wrap(e, "it cannot be verified");
	return status == 0 ? 0 : explain(crt, t, status, e);
}

/* -- the pins ------------------------------------------------------------- */

static bool
is_pinned(const struct tls_trust *t, const unsigned char hash[PIN_BYTES])
{
	for (size_t i = 0; i < t->pins; i++)
		if (memcmp(t->pin[i].hash, hash, PIN_BYTES) == 0)
			return true;
	return false;
}

static int
check_pins(gnutls_x509_crt_t crt, const struct tls_trust *t, struct err *e)
{
	unsigned char cert[PIN_BYTES] = { 0 }, key[PIN_BYTES] = { 0 };
	size_t len = sizeof(cert);
	int rc;

	if (t->pins == 0)
		return 0;
	rc = gnutls_x509_crt_get_fingerprint(crt, GNUTLS_DIG_SHA256, cert,
	    &len);
	len = sizeof(key);
	if (rc == 0)
		rc = gnutls_x509_crt_get_key_id(crt, GNUTLS_KEYID_USE_SHA256,
		    key, &len);
	if (rc < 0)
		return err_set(e, EX_PROTOCOL, "it has no SHA-256: %s",
		    gnutls_strerror(rc));
	if (is_pinned(t, cert) || is_pinned(t, key))
		return 0;
	err_set(e, EX_PROTOCOL, "none of the tls_pin fits; its key is sha256:");
	for (size_t i = 0; i < PIN_BYTES; i++)
		buf_printf(&e->text, "%02x", key[i]);
	return -1;
}

/* -- DNS ------------------------------------------------------------------ */

static int
check_dane(gnutls_session_t session, gnutls_x509_crt_t crt,
    const struct tls_policy *p, const struct tls_trust *t, struct err *e)
{
	unsigned count = 0;
	const gnutls_datum_t *chain = gnutls_certificate_get_peers(session,
	    &count);
	bool named;

	if (tlsas_prove(&t->tlsas, chain, count, &named, e) < 0)
		return -1;
	return named ? 0 : check_name(crt, p, e);
}

static void
show(gnutls_session_t session, const struct tls_policy *p)
{
	unsigned count = 0;
	const gnutls_datum_t *der = gnutls_certificate_get_peers(session,
	    &count);
	struct chain c = { 0 };

	chain_read(&c, der, der != NULL ? count : 0);
	p->shown(p->who, &c);
	chain_free(&c);
}

int
proof_check(gnutls_session_t session, const struct tls_policy *p,
    struct tls_trust *trust, int64_t *end, struct err *e)
{
	gnutls_x509_crt_t crt = leaf_of(session);
	int rc = 0;

	if (p->shown != NULL)
		show(session, p);
	if (crt == NULL)
		return err_set(e, EX_PROTOCOL, "it is missing or malformed");
	switch (p->verify) {
	case TLS_VERIFY_YES:
		rc = check_chain(session, crt, trust, e);
		if (rc == 0)
			rc = check_name(crt, p, e);
		break;
	case TLS_VERIFY_PIN:
	case TLS_VERIFY_NO:
		break;
	case TLS_VERIFY_DANE:
		rc = check_dane(session, crt, p, trust, e);
		break;
	}
	if (rc == 0)
		rc = check_pins(crt, trust, e);
	*end = gnutls_x509_crt_get_expiration_time(crt);
	gnutls_x509_crt_deinit(crt);
	return rc;
}
