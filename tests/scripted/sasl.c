// SPDX-License-Identifier: ISC
/*
 * sasl.c - the mechanisms that libgsasl knows from the relay's side
 *
 * So that what we say is judged by somebody else: it checks the proofs, and
 * the channel binding against what TLS itself says.
 */
#include "sasl.h"

#include <stdlib.h>
#include <string.h>

#include <gsasl.h>

#include "base/xmem.h"
#include "verbs.h"

/* The binding for this kind of session, in base64; or nothing. */
static int
bind_channel(struct session *s, Gsasl_session *session, Gsasl_property prop,
    gnutls_channel_binding_t kind)
{
	gnutls_datum_t bytes;
	char *letters = NULL;
	size_t len = 0;
	int rc;

	if (s->stream.tls == NULL ||
	    gnutls_session_channel_binding(s->stream.tls, kind, &bytes) < 0)
		return GSASL_NO_CALLBACK;
	rc = gsasl_base64_to((char *)bytes.data, bytes.size, &letters, &len);
	if (rc == GSASL_OK)
		rc = gsasl_property_set(session, prop, letters);
	gsasl_free(letters);
	gnutls_free(bytes.data);
	return rc;
}

static int
answer(Gsasl *context, Gsasl_session *session, Gsasl_property prop)
{
	struct session *s = gsasl_callback_hook_get(context);

	switch ((int)prop) {
	case GSASL_PASSWORD:
		return gsasl_property_set(session, prop, s->set->password);
	case GSASL_SCRAM_ITER:
		return gsasl_property_set(session, prop, "4096");
	case GSASL_CB_TLS_UNIQUE:
		return gnutls_protocol_get_version(s->stream.tls) ==
		    GNUTLS_TLS1_3 ? GSASL_NO_CALLBACK : bind_channel(s,
		    session, prop, GNUTLS_CB_TLS_UNIQUE);
	case GSASL_CB_TLS_EXPORTER:
		return gnutls_protocol_get_version(s->stream.tls) !=
		    GNUTLS_TLS1_3 ? GSASL_NO_CALLBACK : bind_channel(s,
		    session, prop, GNUTLS_CB_TLS_EXPORTER);
	case GSASL_VALIDATE_EXTERNAL:
		return s->stream.tls != NULL && gnutls_certificate_get_peers(
		    s->stream.tls, NULL) != NULL ? GSASL_OK :
		    GSASL_AUTHENTICATION_ERROR;
	default:
		return GSASL_NO_CALLBACK;
	}
}

static bool
hear(struct session *s, const char *challenge, char **line)
{
	struct str in;

	if (verbs_reply(s, "334 %s", challenge) != '3' ||
	    !stream_line(&s->stream, &in))
		return false;
	record_line(&s->record, '>', in);
	free(*line);
	*line = xstrdup(in);
	if (strcmp(*line, "*") != 0)
		return true;
	(void)verbs_reply(s, "501 5.0.0 as you like");
	return false;
}

/* True when it is over; *rc says how. */
static bool
converse(struct session *s, Gsasl_session *session, char **line, int *rc)
{
	char *out = NULL;
	bool heard = true;

	do {
		*rc = gsasl_step64(session, *line, &out);
		if (*rc == GSASL_NEEDS_MORE ||
		    (*rc == GSASL_OK && out != NULL && *out != '\0'))
			heard = hear(s, out, line);
		gsasl_free(out);
		out = NULL;
	} while (heard && *rc == GSASL_NEEDS_MORE);
	return heard;
}

static void
finish(struct session *s, Gsasl_session *session, int rc)
{
	const char *who = gsasl_property_fast(session, GSASL_AUTHID);

	if (who == NULL)
		who = gsasl_property_fast(session, GSASL_AUTHZID);
	if (rc != GSASL_OK || who == NULL ||
	    !str_eq(str_of(who), str_of(s->set->user)))
		(void)verbs_reply(s, "535 5.7.8 %s", gsasl_strerror(rc));
	else if (verbs_reply(s, "235 2.7.0 welcome") == '2')
		buf_set(&s->login, str_of(who));
}

void
sasl_run(struct session *s, const char *mechanism, struct str initial)
{
	char *line = xstrdup(str_eq(initial, STR("=")) ? STR("") : initial);
	Gsasl_session *session = NULL;
	Gsasl *context = NULL;
	int rc = gsasl_init(&context);

	if (rc == GSASL_OK) {
		gsasl_callback_hook_set(context, s);
		gsasl_callback_set(context, answer);
		rc = gsasl_server_start(context, mechanism, &session);
	}
	if (rc != GSASL_OK)
		(void)verbs_reply(s, "454 4.7.0 %s", gsasl_strerror(rc));
	else if (converse(s, session, &line, &rc))
		finish(s, session, rc);
	if (session != NULL)
		gsasl_finish(session);
	if (context != NULL)
		gsasl_done(context);
	free(line);
}
