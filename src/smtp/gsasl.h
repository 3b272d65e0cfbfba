// SPDX-License-Identifier: ISC
/*
 * gsasl.h - libgsasl, for the source that calls it
 *
 * As net/gnutls.h.
 */
#ifndef MINISMTP_SMTP_GSASL_H
#define MINISMTP_SMTP_GSASL_H

#include <gsasl.h>

#include "base/err.h"

#include "config.h"

/* Maps it, the first time; afterwards nothing that a sandbox could mind. */
int gsasl_load(struct err *e);

#ifdef GSASL_FILE

#define GSASL_CALLS(X) \
	X(check_version) X(client_start) X(client_support_p) X(done) \
	X(finish) X(free) X(init) X(property_set) X(saslprep) X(step) \
	X(strerror)

struct gsasl_calls {
#define X(name) __typeof__(gsasl_##name) *name;
	GSASL_CALLS(X)
#undef X
};

extern struct gsasl_calls gsasl_lib;

#define gsasl_check_version gsasl_lib.check_version
#define gsasl_client_start gsasl_lib.client_start
#define gsasl_client_support_p gsasl_lib.client_support_p
#define gsasl_done gsasl_lib.done
#define gsasl_finish gsasl_lib.finish
#define gsasl_free gsasl_lib.free
#define gsasl_init gsasl_lib.init
#define gsasl_property_set gsasl_lib.property_set
#define gsasl_saslprep gsasl_lib.saslprep
#define gsasl_step gsasl_lib.step
#define gsasl_strerror gsasl_lib.strerror

#endif
#endif
