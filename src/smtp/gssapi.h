// SPDX-License-Identifier: ISC
/*
 * gssapi.h - what is left to libgsasl: Kerberos, and letters beyond ASCII
 */
#ifndef MINISMTP_SMTP_GSSAPI_H
#define MINISMTP_SMTP_GSSAPI_H

#include <stdbool.h>

#include "base/err.h"
#include "base/secret.h"
#include "base/str.h"
#include "smtp/mechanism.h"

/* Does the library have it? */
bool gssapi_is_there(void);

/* A step of mechanism.h; RFC 4752. */
int gssapi_step(struct sasl *s, struct str challenge, struct secret *answer,
    struct err *e);
void gssapi_free(struct sasl *s);

/*
 * The one form of a user name or password that has several (SASLprep, RFC
 * 4013), so that both sides compute the same.  ASCII stays as it is.
 */
int sasl_prepare(struct str text, struct secret *out, struct err *e);
/* Will that text need the library? */
bool sasl_needs_library(struct str text);

#endif
