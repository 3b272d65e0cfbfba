// SPDX-License-Identifier: ISC
/*
 * trust.h - the certificates of those whose word we take
 *
 * The system knows some 140 of them, and to decode all costs more than the
 * rest of a mail.  So the bytes are read once and stay as they are; when the
 * relay has shown its certificates, only those are decoded whose subject is
 * named in there.  A subject that no certificate of the relay names cannot
 * matter for the verdict; where the few do not suffice, all are asked, so the
 * verdict is always that of the whole store.
 */
#ifndef MINISMTP_NET_TRUST_H
#define MINISMTP_NET_TRUST_H

#include <stdbool.h>
#include <stddef.h>

#include <gnutls/gnutls.h>
#include <gnutls/x509.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/str.h"

struct trust {
	struct buf path;	/* where it came from, for words */
	struct buf bytes;	/* of all files, one behind the other */
	struct trust_item *item;
	size_t count;
	bool native;		/* no file: GnuTLS knows its own place */
	struct buf stamp;	/* changes when the store does */
};

/*
 * Reads a file (PEM, or one certificate in DER) or all files of a directory;
 * an empty path is the system's store.  Nothing there is an error that names
 * the place.
 */
int trust_read(struct trust *t, struct str path, struct err *e);

/*
 * Puts into list every certificate whose subject is the subject or the issuer
 * of one in the chain (DER each).  Returns how many, 0 if none fits.
 */
size_t trust_pick(const struct trust *t, const gnutls_datum_t *chain,
    size_t count, gnutls_x509_trust_list_t list);

/* Puts all of them in; returns how many. */
size_t trust_all(const struct trust *t, gnutls_x509_trust_list_t list);

void trust_free(struct trust *t);

#endif
