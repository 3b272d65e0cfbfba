// SPDX-License-Identifier: ISC
/*
 * auth.h - prove to the relay who we are (RFC 4954)
 *
 * One mechanism, once: no fallback to a weaker one, no second try, and after a
 * failure no mail.  The caller has made sure that secrets may be sent here.
 */
#ifndef MINISMTP_SMTP_AUTH_H
#define MINISMTP_SMTP_AUTH_H

#include "base/buf.h"
#include "base/err.h"
#include "base/secret.h"
#include "base/str.h"
#include "smtp/wire.h"

struct login {
	struct buf user;	/* empty: no AUTH at all */
	struct secret password;	/* or the OAuth token */
	struct buf mechanism;	/* "auto", a name, or "off" */
	struct buf host;	/* for SCRAM, GSSAPI, OAUTHBEARER */
	bool external;		/* there is a client certificate */
};

/*
 * offered is what stood behind AUTH in the reply to EHLO.  An err with
 * smtp / 100 == 5 means: these credentials are refused, do not hammer.
 */
int auth_login(struct wire *w, struct str offered, const struct login *login,
    struct err *e);

#endif
