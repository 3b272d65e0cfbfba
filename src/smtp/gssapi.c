// SPDX-License-Identifier: ISC
/*
 * gssapi.c - what is left to libgsasl
 *
 * Nothing of it is set up before it is needed.
 */
#include "smtp/gssapi.h"

#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "smtp/gsasl.h"

bool
gssapi_is_there(void)
{
	Gsasl *context = NULL;
	struct err e = { 0 };
	bool there = gsasl_load(&e) == 0 && gsasl_init(&context) == GSASL_OK &&
	    gsasl_client_support_p(context, "GSSAPI");

	if (context != NULL)
		gsasl_done(context);
	err_clear(&e);
	return there;
}

/* The one service and host; the ticket is found by the library itself. */
static int
begin(struct sasl *s, struct err *e)
{
	Gsasl *context = NULL;
	Gsasl_session *session = NULL;
	int rc;

	if (gsasl_load(e) < 0)
		return -1;
	rc = gsasl_init(&context);
	s->context = context;
	if (rc == GSASL_OK && !gsasl_client_support_p(context, "GSSAPI"))
		return err_set(e, EX_CONFIG, "GSSAPI: libgsasl was built "
		    "without it");
	if (rc == GSASL_OK)
		rc = gsasl_client_start(context, "GSSAPI", &session);
	s->session = session;
	if (rc == GSASL_OK)
		rc = gsasl_property_set(session, GSASL_SERVICE, "smtp");
	if (rc == GSASL_OK)
		rc = gsasl_property_set(session, GSASL_HOSTNAME,
		    buf_cstr(&s->login->host));
	if (rc == GSASL_OK)
		rc = gsasl_property_set(session, GSASL_AUTHZID,
		    buf_cstr(&s->login->user));
	return rc == GSASL_OK ? 0 : err_set(e, EX_TEMPFAIL, "GSSAPI: %s",
	    gsasl_strerror(rc));
}

int
gssapi_step(struct sasl *s, struct str challenge, struct secret *answer,
    struct err *e)
{
	char *out = NULL;
	size_t len = 0;
	int rc;

	if (s->session == NULL && begin(s, e) < 0)
		return -1;
	rc = gsasl_step(s->session, challenge.ptr, challenge.len, &out, &len);
	if (rc != GSASL_OK && rc != GSASL_NEEDS_MORE)
		return err_set(e, EX_TEMPFAIL, "GSSAPI: %s; is there a valid "
		    "ticket (klist)?", gsasl_strerror(rc));
	if (len > 0) {
		secret_add(answer, (struct str){ out, len });
		explicit_bzero(out, len);
	}
	gsasl_free(out);
	s->proved = rc == GSASL_OK;
	return 0;
}

void
gssapi_free(struct sasl *s)
{
	if (s->session != NULL)
		gsasl_finish(s->session);
	if (s->context != NULL)
		gsasl_done(s->context);
	s->session = s->context = NULL;
}

bool
sasl_needs_library(struct str text)
{
	for (size_t i = 0; i < text.len; i++)
		if ((unsigned char)text.ptr[i] >= 0x80)
			return true;
	return false;
}

int
sasl_prepare(struct str text, struct secret *out, struct err *e)
{
	struct secret in = { 0 };
	char *prepared = NULL;
	int rc;

	if (!sasl_needs_library(text)) {
		secret_set(out, text);
		return 0;
	}
	if (gsasl_load(e) < 0)
		return -1;
	secret_set(&in, text);
	secret_add(&in, STR("\0"));
	rc = gsasl_saslprep(secret_reveal(&in).ptr, GSASL_ALLOW_UNASSIGNED,
	    &prepared, NULL);
	secret_free(&in);
	if (rc != GSASL_OK)
		return err_set(e, EX_CONFIG, "not fit for SCRAM: %s",
		    gsasl_strerror(rc));
	secret_set(out, str_of(prepared));
	explicit_bzero(prepared, strlen(prepared));
	gsasl_free(prepared);
	return 0;
}
