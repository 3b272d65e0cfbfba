// SPDX-License-Identifier: ISC
/*
 * greet.h - from a fresh connection to a relay that takes mail
 *
 * Greeting, EHLO (or HELO, LHLO), TLS, AUTH.  Whatever fails here says nothing
 * about any message: all of it is temporary for the mail, and the step tells
 * the caller whose fault it may be and whether the next relay may be asked.
 */
#ifndef MINISMTP_SMTP_GREET_H
#define MINISMTP_SMTP_GREET_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"
#include "net/tls.h"
#include "smtp/auth.h"
#include "smtp/ehlo.h"
#include "smtp/wire.h"

enum greet_tls {
	GREET_STARTTLS,		/* STARTTLS or nothing: the default */
	GREET_IMPLICIT,		/* TLS first, as on port 465 */
	GREET_LOCAL_PLAIN,	/* plain where conn->local, else STARTTLS */
	GREET_PLAIN		/* said so explicitly */
};

enum greet_step {
	GREET_BANNER,
	GREET_EHLO,
	GREET_TLS,
	GREET_AUTH,		/* e->smtp / 100 == 5: wrong credentials */
	GREET_READY
};

struct greet_policy {
	struct buf helo;	/* our name; empty: the address literal */
	enum greet_tls tls;
	const struct tls_policy *tls_policy;	/* unless plain */
	struct tls_trust *trust;
	const struct login *login;	/* NULL or no user: no AUTH */
	bool auth_without_tls;
	bool lmtp;
	/*
	 * Or NULL, for whoever explains it all: the greeting and each answer
	 * to EHLO as they come; without a reply: TLS is up, AUTH is next.
	 */
	void (*heard)(void *who, enum greet_step step, const struct reply *r);
	void *who;
};

/*
 * 0 with *caps as the relay said them last, or -1 with *step where it ended.
 * Nothing secret goes over a connection that is neither secure nor local,
 * unless auth_without_tls says so.
 */
int greet(struct wire *w, const struct greet_policy *p, struct ehlo *caps,
    enum greet_step *step, struct err *e);

#endif
