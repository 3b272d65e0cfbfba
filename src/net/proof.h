// SPDX-License-Identifier: ISC
/*
 * proof.h - is this relay the one we mean?
 *
 * Asked once in each full handshake, when its certificates have come and
 * before anything is sent under the new keys.
 */
#ifndef MINISMTP_NET_PROOF_H
#define MINISMTP_NET_PROOF_H

#include <stdint.h>

#include <gnutls/gnutls.h>

#include "base/err.h"
#include "net/keyring.h"
#include "net/tls.h"

/*
 * 0: proved, or the policy wants no proof; and when the relay's own certificate
 * ends.
 */
int proof_check(gnutls_session_t session, const struct tls_policy *p,
    struct tls_trust *trust, int64_t *end, struct err *e);

#endif
