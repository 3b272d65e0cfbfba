// SPDX-License-Identifier: ISC
/*
 * tls.c - the same connection, but nobody listens in and the relay is proved
 */
#include "net/tls.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/vis.h"
#include "base/xmem.h"
#include "net/gnutls.h"
#include "net/keyring.h"
#include "net/proof.h"

/*
 * The system's own policy, with a floor: no protocol older than 1.2, no SHA-1,
 * no key below 112 bits of strength (RSA 2048).
 */
#define FLOOR "-VERS-ALL:+VERS-TLS1.3%s:-SIGN-RSA-SHA1:-SIGN-ECDSA-SHA1:" \
	"%%PROFILE_MEDIUM"

struct tls {
	gnutls_session_t session;
	const struct conn_ops *below;	/* closes the socket */
	void *below_state;
	struct tls_trust *trust;
	size_t pending;		/* bytes of a record that is half sent */
	bool broken;		/* no goodbye, no ticket */
	bool kept;		/* the ticket is in its file */
	bool resumed;
	int64_t end;		/* when somebody has to prove himself anew */
	struct buf describe;
	/* only during the handshake */
	const struct tls_policy *policy;
	bool proved;
	struct err why;		/* it is not proved */
};

/* -- once it is up -------------------------------------------------------- */

static ssize_t
again(struct conn *c, struct tls *t)
{
	c->wants = gnutls_record_get_direction(t->session) ? POLLOUT : POLLIN;
	return CONN_AGAIN;
}

static bool
is_again(ssize_t rc)
{
	return rc == GNUTLS_E_AGAIN || rc == GNUTLS_E_INTERRUPTED;
}

/* What went wrong, in the words of those who know. */
static int
fault(struct tls *t, ssize_t rc, struct err *e)
{
	const char *alert;

	t->broken = true;
	switch (rc) {
	case GNUTLS_E_PREMATURE_TERMINATION:
		return err_set(e, EX_TEMPFAIL, "TLS: the connection was cut "
		    "off without a goodbye");
	case GNUTLS_E_PULL_ERROR:
	case GNUTLS_E_PUSH_ERROR:
		return err_set(e, EX_TEMPFAIL, "TLS: the connection is lost");
	case GNUTLS_E_FATAL_ALERT_RECEIVED:
		alert = gnutls_alert_get_name(gnutls_alert_get(t->session));
		return err_set(e, EX_PROTOCOL, "TLS: the relay gave up: %s",
		    alert != NULL ? alert : "unknown alert");
	case GNUTLS_E_UNEXPECTED_PACKET:
	case GNUTLS_E_UNEXPECTED_PACKET_LENGTH:
	case GNUTLS_E_UNSUPPORTED_VERSION_PACKET:
	case GNUTLS_E_RECORD_OVERFLOW:
		return err_set(e, EX_PROTOCOL, "TLS: what the relay says is "
		    "no TLS: %s", gnutls_strerror((int)rc));
	default:
		return err_set(e, EX_PROTOCOL, "TLS: %s",
		    gnutls_strerror((int)rc));
	}
}

/*
 * A ticket comes some time after the handshake, with other data.  TLS 1.2 may
 * have none and remember the session on the relay's side.
 */
static void
keep_ticket(struct tls *t)
{
	gnutls_datum_t data = { NULL, 0 };
	bool ticket = (gnutls_session_get_flags(t->session) &
	    GNUTLS_SFLAGS_SESSION_TICKET) != 0;

	if (t->kept || t->trust->ticket.fd < 0)
		return;
	if (!ticket && (t->resumed || gnutls_protocol_get_version(t->session) ==
	    GNUTLS_TLS1_3))
		return;
	t->kept = true;
	if (gnutls_session_get_data2(t->session, &data) < 0)
		return;
	ticket_keep(&t->trust->ticket, (struct str){ (char *)data.data,
	    data.size }, t->end);
	gnutls_memset(data.data, 0, data.size);
	gnutls_free(data.data);
}

static ssize_t
tls_send(struct conn *c, struct str bytes, struct err *e)
{
	struct tls *t = c->state;
	ssize_t n;

	/* A half sent record must be finished before there can be others. */
	if (t->pending > 0)
		n = gnutls_record_send(t->session, NULL, 0);
	else
		n = gnutls_record_send(t->session, bytes.ptr, bytes.len);
	if (is_again(n)) {
		if (t->pending == 0)
			t->pending = bytes.len;
		return again(c, t);
	}
	if (n < 0)
		return fault(t, n, e);
	t->pending = 0;
	return n;
}

static ssize_t
tls_recv(struct conn *c, char *to, size_t max, struct err *e)
{
	struct tls *t = c->state;
	ssize_t n;

	do
		n = gnutls_record_recv(t->session, to, max);
	while (n == GNUTLS_E_WARNING_ALERT_RECEIVED);
	if (is_again(n))
		return again(c, t);
	if (n < 0)		/* a wish to start anew (1.2) included */
		return fault(t, n, e);
	if (n > 0)
		keep_ticket(t);
	return n;
}

static void
undo(struct conn *c, struct tls *t)
{
	gnutls_deinit(t->session);
	buf_free(&t->describe);
	err_clear(&t->why);
	c->ops = t->below;
	c->state = t->below_state;
	c->secure = false;
	free(t);
}

/* The goodbye is sent if it goes at once; nobody waits for the answer. */
static void
tls_close(struct conn *c)
{
	struct tls *t = c->state;

	if (!t->broken && t->pending == 0)
		(void)gnutls_bye(t->session, GNUTLS_SHUT_WR);
	undo(c, t);
	if (c->ops->close != NULL)
		c->ops->close(c);
}

static const struct conn_ops tls_ops = { tls_send, tls_recv, tls_close };

/* -- the handshake -------------------------------------------------------- */

static int
on_certificate(gnutls_session_t session)
{
	struct tls *t = gnutls_session_get_ptr(session);

	if (proof_check(session, t->policy, t->trust, &t->end, &t->why) < 0)
		return -1;
	t->proved = true;
	return 0;
}

static int
set_priority(struct tls *t, const struct tls_policy *p, struct err *e)
{
	bool only_13 = str_eq(buf_str(&p->min), STR("1.3"));
	const char *at = NULL;
	struct buf floor = { 0 };
	int rc;

	if (p->priority.len > 0) {
		rc = gnutls_priority_set_direct(t->session,
		    buf_cstr(&p->priority), &at);
		return rc == 0 ? 0 : err_set(e, EX_CONFIG,
		    "tls_priority: %s at \"%s\"", gnutls_strerror(rc),
		    at != NULL ? at : "");
	}
	buf_printf(&floor, FLOOR, only_13 ? "" : ":+VERS-TLS1.2");
	rc = gnutls_set_default_priority_append(t->session, buf_cstr(&floor),
	    &at, 0);
	buf_free(&floor);
	return rc == 0 ? 0 : err_set(e, EX_CONFIG, "TLS: the system's "
	    "priorities do not go with ours: %s", gnutls_strerror(rc));
}

static int
set_up(struct tls *t, const struct tls_policy *p, struct err *e)
{
	static unsigned char smtp[] = "smtp";
	const gnutls_datum_t alpn = { smtp, sizeof(smtp) - 1 };
	const struct buf *old = &t->trust->ticket.session;
	struct str host = buf_str(&p->host);
	unsigned char ip[16];
	int rc = 0;

	if (str_ends(host, STR(".")))
		host.len--;
	if (host_is_ip(host, ip) == 0)
		rc = gnutls_server_name_set(t->session, GNUTLS_NAME_DNS,
		    host.ptr, host.len);
	if (rc < 0)
		return err_set(e, EX_CONFIG, "TLS: \"%s\" is no host name: %s",
		    buf_cstr(&p->host), gnutls_strerror(rc));
	rc = gnutls_alpn_set_protocols(t->session, &alpn, 1, 0);
	if (rc == 0)
		rc = gnutls_credentials_set(t->session,
		    GNUTLS_CRD_CERTIFICATE, t->trust->cred);
	if (rc < 0)
		return err_set(e, EX_SOFTWARE, "TLS: %s", gnutls_strerror(rc));
	gnutls_certificate_set_verify_function(t->trust->cred, on_certificate);
	/* What GnuTLS cannot use is as good as none. */
	if (old->len > 0)
		(void)gnutls_session_set_data(t->session, old->data, old->len);
	return set_priority(t, p, e);
}

/* GnuTLS' own word on a certificate is ours, said by proof_check(). */
static int
refuse(struct tls *t, int rc, struct err *e)
{
	if (t->why.code == 0)
		return fault(t, rc, e);
	err_copy(e, &t->why);
	return err_wrap(e, "TLS: the relay's certificate is refused");
}

static int
shake(struct conn *c, struct tls *t, int64_t deadline, struct err *e)
{
	struct pollfd pfd = { .fd = c->fd };
	int rc, n;

	while ((rc = gnutls_handshake(t->session)) < 0) {
		if (!is_again(rc)) {
			if (!gnutls_error_is_fatal(rc))
				continue;
			(void)gnutls_alert_send_appropriate(t->session, rc);
			return refuse(t, rc, e);
		}
		pfd.events = gnutls_record_get_direction(t->session) ?
		    POLLOUT : POLLIN;
		n = poll(&pfd, 1, clock_left(deadline));
		if (n == 0)
			return err_set(e, EX_TEMPFAIL, "TLS: the relay did "
			    "not finish the handshake in time");
		if (n < 0 && errno != EINTR)
			return err_sys(e, EX_OSERR, "poll");
	}
	return 0;
}

/* Trust, but verify: whatever happened in there, this is what must be so. */
static int
check(struct tls *t, const struct tls_policy *p, struct err *e)
{
	gnutls_protocol_t v = gnutls_protocol_get_version(t->session);

	t->resumed = gnutls_session_is_resumed(t->session) != 0;
	if (t->resumed)
		t->end = t->trust->ticket.until;
	if (t->resumed ? t->trust->ticket.session.len == 0 : !t->proved)
		return err_set(e, EX_PROTOCOL, "TLS: the relay has not shown "
		    "a certificate");
	if (v != GNUTLS_TLS1_3 && (v != GNUTLS_TLS1_2 ||
	    str_eq(buf_str(&p->min), STR("1.3"))))
		return err_set(e, EX_PROTOCOL, "TLS: the relay speaks only %s",
		    gnutls_protocol_get_name(v));
	return 0;
}

static void
describe(struct tls *t)
{
	const char *suite;

#if GNUTLS_VERSION_NUMBER >= 0x030704
	suite = gnutls_ciphersuite_get(t->session);
#else
	suite = gnutls_cipher_get_name(gnutls_cipher_get(t->session));
#endif
	buf_printf(&t->describe, "%s %s",
	    gnutls_protocol_get_name(gnutls_protocol_get_version(t->session)),
	    suite != NULL ? suite : "unknown");
}

int
tls_start(struct conn *c, const struct tls_policy *p,
    struct tls_trust *trust, int64_t deadline, struct err *e)
{
	unsigned flags = GNUTLS_CLIENT | GNUTLS_NONBLOCK | GNUTLS_NO_SIGNAL |
	    GNUTLS_ENABLE_FALSE_START | GNUTLS_KEY_SHARE_TOP;
	struct tls *t = xcalloc(1, sizeof(*t));

	t->trust = trust;
	t->policy = p;
	t->below = c->ops;
	t->below_state = c->state;
	c->secure = false;
	if (trust->ticket.fd < 0)
		flags |= GNUTLS_NO_TICKETS;
	if (gnutls_init(&t->session, flags) < 0)
		xmem_die("out of memory");
	gnutls_session_set_ptr(t->session, t);
	gnutls_transport_set_int(t->session, c->fd);
	if (p->verify == TLS_VERIFY_NO)
		log_line(LOG_WARNING, "%s: the certificate is not verified "
		    "(tls_verify = no)", buf_cstr(&c->peer));
	if (set_up(t, p, e) < 0 || shake(c, t, deadline, e) < 0 ||
	    check(t, p, e) < 0) {
		undo(c, t);
		return -1;
	}
	t->policy = NULL;
	describe(t);
	c->ops = &tls_ops;
	c->state = t;
	c->secure = p->verify != TLS_VERIFY_NO;
	return 0;
}

/* -- what others ask ------------------------------------------------------ */

struct str
tls_describe(const struct conn *c)
{
	const struct tls *t = c->state;

	return c->ops == &tls_ops ? buf_str(&t->describe) : STR("");
}

bool
tls_is_resumed(const struct conn *c)
{
	const struct tls *t = c->state;

	return c->ops == &tls_ops && t->resumed;
}

bool
tls_binding(struct conn *c, const char **name, struct buf *bytes)
{
	struct tls *t = c->state;
	gnutls_datum_t unique;
	char key[32];

	if (c->ops != &tls_ops)
		return false;
	if (gnutls_protocol_get_version(t->session) == GNUTLS_TLS1_3) {
		/* RFC 9266; GNUTLS_CB_TLS_EXPORTER came with 3.7.2 only. */
		if (gnutls_prf_rfc5705(t->session, 24,
		    "EXPORTER-Channel-Binding", 0, NULL, sizeof(key), key) < 0)
			return false;
		*name = "tls-exporter";
		buf_set(bytes, (struct str){ key, sizeof(key) });
		return true;
	}
	/* RFC 7627: without it the same value may belong to two sessions. */
	if (!gnutls_session_ext_master_secret_status(t->session) ||
	    gnutls_session_channel_binding(t->session, GNUTLS_CB_TLS_UNIQUE,
	    &unique) < 0)
		return false;
	*name = "tls-unique";
	buf_set(bytes, (struct str){ (char *)unique.data, unique.size });
	gnutls_free(unique.data);
	return true;
}
