// SPDX-License-Identifier: ISC
/*
 * tls.c - a certificate for one afternoon, and the handshake
 */
#include "tls.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include <gnutls/x509.h>

#include "base/table.h"

#define DAY (24 * 60 * 60)

struct kind {
	const char *name;
	const char *names;	/* instead of the right one */
	const char *purpose;
	int from, until;	/* days from now */
	bool by_itself;		/* not signed by the authority */
};

static const struct kind kinds[] = {
	{ "good", NULL, GNUTLS_KP_TLS_WWW_SERVER, -1, 1, false },
	{ "lasting", NULL, GNUTLS_KP_TLS_WWW_SERVER, -1, 90, false },
	{ "expired", NULL, GNUTLS_KP_TLS_WWW_SERVER, -2, -1, false },
	{ "future", NULL, GNUTLS_KP_TLS_WWW_SERVER, 1, 2, false },
	{ "other-name", "other.example.com", GNUTLS_KP_TLS_WWW_SERVER, -1, 1,
	    false },
	{ "client-only", NULL, GNUTLS_KP_TLS_WWW_CLIENT, -1, 1, false },
	{ "self-signed", NULL, GNUTLS_KP_TLS_WWW_SERVER, -1, 1, true },
};

static struct {
	gnutls_certificate_credentials_t cred;
	gnutls_priority_t priority;
	gnutls_datum_t ticket_key;
	bool ask;
} made;

static void
must(int result, const char *what)
{
	if (result >= 0)
		return;
	(void)fprintf(stderr, "%s: %s\n", what, gnutls_strerror(result));
	exit(EXIT_FAILURE);
}

static gnutls_x509_privkey_t
new_key(void)
{
	gnutls_x509_privkey_t key;

	must(gnutls_x509_privkey_init(&key), "key");
	must(gnutls_x509_privkey_generate(key, GNUTLS_PK_ECDSA,
	    GNUTLS_CURVE_TO_BITS(GNUTLS_ECC_CURVE_SECP256R1), 0), "key");
	return key;
}

static gnutls_x509_crt_t
new_cert(gnutls_x509_privkey_t key, const char *name, int from, int until)
{
	static unsigned char serial = 1;
	gnutls_x509_crt_t crt;
	time_t now = time(NULL);

	must(gnutls_x509_crt_init(&crt), "certificate");
	must(gnutls_x509_crt_set_version(crt, 3), "version");
	must(gnutls_x509_crt_set_key(crt, key), "key");
	must(gnutls_x509_crt_set_dn_by_oid(crt, GNUTLS_OID_X520_COMMON_NAME,
	    0, name, (unsigned)strlen(name)), "name");
	must(gnutls_x509_crt_set_serial(crt, &serial, 1), "serial");
	serial++;
	must(gnutls_x509_crt_set_activation_time(crt, now + from * DAY),
	    "time");
	must(gnutls_x509_crt_set_expiration_time(crt, now + until * DAY),
	    "time");
	return crt;
}

static void
write_pem(const char *dir, const char *name, gnutls_datum_t pem)
{
	struct buf path = { 0 };
	FILE *f;

	buf_printf(&path, "%s/%s", dir, name);
	f = fopen(buf_cstr(&path), "w");
	if (f == NULL || fwrite(pem.data, 1, pem.size, f) != pem.size ||
	    fclose(f) != 0) {
		perror(buf_cstr(&path));
		exit(EXIT_FAILURE);
	}
	buf_free(&path);
}

/* The name goes in, and where it is the right one, where we really listen. */
static void
add_names(gnutls_x509_crt_t crt, const char *name, bool right)
{
	static const unsigned char four[4] = { 127, 0, 0, 1 };
	static const unsigned char six[16] = { [15] = 1 };

	must(gnutls_x509_crt_set_subject_alt_name(crt, GNUTLS_SAN_DNSNAME,
	    name, (unsigned)strlen(name), GNUTLS_FSAN_SET), "dns name");
	if (!right)
		return;
	must(gnutls_x509_crt_set_subject_alt_name(crt, GNUTLS_SAN_IPADDRESS,
	    four, sizeof(four), GNUTLS_FSAN_APPEND), "address");
	must(gnutls_x509_crt_set_subject_alt_name(crt, GNUTLS_SAN_IPADDRESS,
	    six, sizeof(six), GNUTLS_FSAN_APPEND), "address");
}

static void
keep(const char *dir, gnutls_x509_crt_t ca, gnutls_x509_crt_t crt,
    gnutls_x509_privkey_t key)
{
	gnutls_datum_t pem[3];

	must(gnutls_x509_crt_export2(ca, GNUTLS_X509_FMT_PEM, &pem[0]), "pem");
	must(gnutls_x509_crt_export2(crt, GNUTLS_X509_FMT_PEM, &pem[1]), "pem");
	must(gnutls_x509_privkey_export2(key, GNUTLS_X509_FMT_PEM, &pem[2]),
	    "pem");
	must(gnutls_certificate_set_x509_key_mem(made.cred, &pem[1], &pem[2],
	    GNUTLS_X509_FMT_PEM), "credentials");
	if (dir != NULL) {
		write_pem(dir, "ca.pem", pem[0]);
		write_pem(dir, "cert.pem", pem[1]);
		write_pem(dir, "key.pem", pem[2]);
	}
	for (size_t i = 0; i < TABLE_COUNT(pem); i++)
		gnutls_free(pem[i].data);
}

static void
make_pair(const struct kind *kind, const char *name, const char *dir)
{
	gnutls_x509_privkey_t ca_key = new_key(), key = new_key();
	bool right = kind->names == NULL;
	gnutls_x509_crt_t ca, crt;

	ca = new_cert(ca_key, "minismtp test authority", -3, 99);
	must(gnutls_x509_crt_set_ca_status(ca, 1), "authority");
	must(gnutls_x509_crt_set_key_usage(ca, GNUTLS_KEY_KEY_CERT_SIGN),
	    "usage");
	must(gnutls_x509_crt_sign2(ca, ca, ca_key, GNUTLS_DIG_SHA256, 0),
	    "sign");

	if (!right)
		name = kind->names;
	crt = new_cert(key, name, kind->from, kind->until);
	add_names(crt, name, right);
	must(gnutls_x509_crt_set_key_usage(crt,
	    GNUTLS_KEY_DIGITAL_SIGNATURE), "usage");
	must(gnutls_x509_crt_set_key_purpose_oid(crt, kind->purpose, 0),
	    "purpose");
	must(kind->by_itself ?
	    gnutls_x509_crt_sign2(crt, crt, key, GNUTLS_DIG_SHA256, 0) :
	    gnutls_x509_crt_sign2(crt, ca, ca_key, GNUTLS_DIG_SHA256, 0),
	    "sign");
	keep(dir, ca, crt, key);
	gnutls_x509_crt_deinit(ca);
	gnutls_x509_crt_deinit(crt);
	gnutls_x509_privkey_deinit(ca_key);
	gnutls_x509_privkey_deinit(key);
}

void
tls_make(const struct tls_settings *t, const char *dir)
{
	const struct kind *kind = TABLE_FIND(kinds, str_of(t->kind));
	const char *at = "?";

	if (kind == NULL) {
		(void)fprintf(stderr, "--cert %s: no such kind\n", t->kind);
		exit(EXIT_FAILURE);
	}
	must(gnutls_certificate_allocate_credentials(&made.cred), "memory");
	make_pair(kind, t->name, dir);
	if (t->priority != NULL)
		must(gnutls_priority_init(&made.priority, t->priority, &at),
		    at);
	must(gnutls_session_ticket_key_generate(&made.ticket_key), "tickets");
	made.ask = t->ask;
}

void
tls_free(void)
{
	if (made.priority != NULL)
		gnutls_priority_deinit(made.priority);
	if (made.cred != NULL)
		gnutls_certificate_free_credentials(made.cred);
	gnutls_free(made.ticket_key.data);
}

bool
tls_accept(struct stream *s)
{
	int result;

	stream_flush(s);
	must(gnutls_init(&s->tls, GNUTLS_SERVER), "session");
	must(made.priority != NULL ?
	    gnutls_priority_set(s->tls, made.priority) :
	    gnutls_set_default_priority(s->tls), "priority");
	must(gnutls_credentials_set(s->tls, GNUTLS_CRD_CERTIFICATE, made.cred),
	    "credentials");
	must(gnutls_session_ticket_enable_server(s->tls, &made.ticket_key),
	    "tickets");
	if (made.ask)
		gnutls_certificate_server_set_request(s->tls,
		    GNUTLS_CERT_REQUEST);
	gnutls_transport_set_int(s->tls, s->fd);
	do
		result = gnutls_handshake(s->tls);
	while (result < 0 && !gnutls_error_is_fatal(result));
	if (result == 0)
		return true;
	record_line(s->record, '!', str_of(gnutls_strerror(result)));
	s->over = true;
	return false;
}

void
tls_describe(struct stream *s, struct buf *out)
{
	if (s->tls == NULL) {
		buf_puts(out, "plain");
		return;
	}
	buf_puts(out, gnutls_protocol_get_name(
	    gnutls_protocol_get_version(s->tls)));
	if (gnutls_session_is_resumed(s->tls))
		buf_puts(out, " resumed");
	if (gnutls_certificate_get_peers(s->tls, NULL) != NULL)
		buf_puts(out, " certificate");
}
