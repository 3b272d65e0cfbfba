// SPDX-License-Identifier: ISC
/*
 * cert.h - a certificate as bytes: its armour, and who it is about
 *
 * Pure, and no more than it takes to find out which certificates are worth to
 * be decoded by GnuTLS: nothing is believed because of what these say.
 */
#ifndef MINISMTP_NET_CERT_H
#define MINISMTP_NET_CERT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/str.h"

/* The base64 between the next armour of a certificate (PEM, RFC 7468). */
bool cert_find(struct str *in, struct str *body);

/* Appends at most max bytes of what that base64 says, up to its end or '='. */
void cert_decode(struct buf *out, struct str body, size_t max);

/*
 * Issuer and subject, each as the DER it is; false where der does not begin
 * like a certificate.  It may be cut behind the subject.
 */
bool cert_names(struct str der, struct str *issuer, struct str *subject);

/* How long the subject is; it may be cut within that.  0: unknown. */
size_t cert_subject_size(struct str der);

#endif
