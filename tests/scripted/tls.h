// SPDX-License-Identifier: ISC
/*
 * tls.h - a certificate for one afternoon, and the handshake
 */
#ifndef MINISMTP_TESTS_TLS_H
#define MINISMTP_TESTS_TLS_H

#include <stdbool.h>

#include "stream.h"

struct tls_settings {
	const char *kind;	/* of certificate; see tls.c */
	const char *name;	/* whom it names */
	const char *priority;	/* GnuTLS syntax, or NULL */
	bool ask;		/* wants a certificate from the other side */
};

/*
 * Makes an authority and a certificate; they are written to ca.pem, cert.pem
 * and key.pem in dir, if there is one.  Ends the process when it cannot.
 */
void tls_make(const struct tls_settings *t, const char *dir);
void tls_free(void);
bool tls_accept(struct stream *s);
void tls_describe(struct stream *s, struct buf *out);

#endif
