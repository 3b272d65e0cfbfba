// SPDX-License-Identifier: ISC
/*
 * peer.c - the other side of a TLS connection, for tests
 */
#include "peer.h"

#include <check.h>
#include <fcntl.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static void
note(struct peer *p, gnutls_session_t s)
{
	gnutls_datum_t alpn = { NULL, 0 };
	size_t len = sizeof(p->sni) - 1;
	unsigned type, count = 0;

	p->resumed = gnutls_session_is_resumed(s) != 0;
	if (gnutls_server_name_get(s, p->sni, &len, &type, 0) < 0)
		p->sni[0] = '\0';
	if (gnutls_alpn_get_selected_protocol(s, &alpn) == 0 &&
	    alpn.size < sizeof(p->alpn))
		memcpy(p->alpn, alpn.data, alpn.size);
	p->got_cert = gnutls_certificate_get_peers(s, &count) != NULL;
}

static void
echo(gnutls_session_t s)
{
	char line[1000];
	ssize_t n;

	do
		n = gnutls_record_recv(s, line, sizeof(line));
	while (n == GNUTLS_E_AGAIN || n == GNUTLS_E_INTERRUPTED);
	if (n > 0)
		(void)gnutls_record_send(s, line, (size_t)n);
}

static void
talk(struct peer *p, gnutls_certificate_credentials_t cred)
{
	gnutls_datum_t alpn = { (unsigned char *)(uintptr_t)"smtp", 4 };
	gnutls_session_t s;

	gnutls_init(&s, GNUTLS_SERVER | GNUTLS_NO_SIGNAL);
	gnutls_priority_set_direct(s, p->priority != NULL ? p->priority :
	    "NORMAL", NULL);
	gnutls_credentials_set(s, GNUTLS_CRD_CERTIFICATE, cred);
	gnutls_alpn_set_protocols(s, &alpn, 1, 0);
	if (p->wants_cert)
		gnutls_certificate_server_set_request(s, GNUTLS_CERT_REQUEST);
	if (p->ticket_key.data != NULL)
		gnutls_session_ticket_enable_server(s, &p->ticket_key);
	gnutls_transport_set_int(s, p->fd);
	do
		p->rc = gnutls_handshake(s);
	while (p->rc < 0 && !gnutls_error_is_fatal(p->rc));
	if (p->rc == 0) {
		note(p, s);
		echo(s);
		if (!p->rude)
			(void)gnutls_bye(s, GNUTLS_SHUT_WR);
	}
	gnutls_deinit(s);
}

static void *
serve(void *arg)
{
	struct peer *p = arg;
	gnutls_certificate_credentials_t cred;
	gnutls_x509_crt_t chain[6];
	char c;

	if (p->silent || p->garbled) {
		if (p->garbled)
			(void)!write(p->fd, "500 what?\r\n", 11);
		while (read(p->fd, &c, 1) == 1)
			;
	} else {
		gnutls_certificate_allocate_credentials(&cred);
		for (size_t i = 0; i < p->chain_count; i++)
			chain[i] = p->chain[i]->crt;
		gnutls_certificate_set_flags(cred,
		    GNUTLS_CERTIFICATE_SKIP_KEY_CERT_MATCH);
		p->rc = gnutls_certificate_set_x509_key(cred, chain,
		    (int)p->chain_count, p->leaf->key);
		if (p->rc == 0)
			talk(p, cred);
		gnutls_certificate_free_credentials(cred);
	}
	(void)close(p->fd);
	return NULL;
}

static ssize_t
no_send(struct conn *c, struct str bytes, struct err *e)
{
	(void)c, (void)bytes;
	return err_set(e, 1, "plain");
}

static ssize_t
no_recv(struct conn *c, char *to, size_t max, struct err *e)
{
	(void)c, (void)to, (void)max;
	return err_set(e, 1, "plain");
}

static void
shut(struct conn *c)
{
	if (c->fd >= 0)
		(void)close(c->fd);
	c->fd = -1;
}

static const struct conn_ops plain = { no_send, no_recv, shut };

void
peer_start(struct peer *p, struct conn *c)
{
	int fds[2];

	ck_assert_int_eq(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0,
	    fds), 0);
	ck_assert_int_eq(fcntl(fds[0], F_SETFL, O_NONBLOCK), 0);
	*c = (struct conn){ .fd = fds[0], .ops = &plain };
	p->fd = fds[1];
	ck_assert_int_eq(pthread_create(&p->thread, NULL, serve, p), 0);
}

void
peer_end(struct peer *p, struct conn *c)
{
	c->ops->close(c);
	shut(c);
	buf_free(&c->peer);
	ck_assert_int_eq(pthread_join(p->thread, NULL), 0);
}
