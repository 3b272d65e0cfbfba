// SPDX-License-Identifier: ISC
/*
 * trust.h - the certificates of those whose word we take
 *
 * The system knows some 140 of them, and to decode all costs more than the
 * rest of a mail.  So a file is opened and no more than that, since a session
 * that is resumed needs none; when the relay has shown its certificates, only
 * those are decoded whose subject is named in there.  A subject that no
 * certificate of the relay names cannot matter for the verdict; where the few
 * do not suffice, all are asked, so the verdict is always that of the whole
 * store.
 */
#ifndef MINISMTP_NET_TRUST_H
#define MINISMTP_NET_TRUST_H

#include <stdbool.h>
#include <stddef.h>
#include <time.h>

#include <gnutls/gnutls.h>
#include <gnutls/x509.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/str.h"
#include "net/bundle.h"

struct trust {
	struct buf path;	/* where it came from, for words */
	struct bundle file;	/* of certificates in armour */
	struct buf bytes;	/* or of other files, one behind the other */
	struct trust_item *item;
	size_t count;
	bool native;		/* no file: GnuTLS knows its own place */
	struct timespec changed;
	struct buf stamp;	/* changes when the store does */
};

/*
 * Opens a file (PEM, or one certificate in DER) or reads all files of a
 * directory; an empty path is the system's store.  No certificate there is an
 * error that names the place.  What was opened is read by the functions below,
 * also when its name means another file by then; where it was written to, they
 * fail.
 */
int trust_read(struct trust *t, struct str path, struct err *e);

/*
 * Puts into list every certificate whose subject is the subject or the issuer
 * of one in the chain (DER each).  Says how many they were; -1 only where the
 * store cannot be read.
 */
int trust_pick(struct trust *t, const gnutls_datum_t *chain, size_t count,
    gnutls_x509_trust_list_t list, size_t *found, struct err *e);

/* Puts all of them in. */
int trust_all(struct trust *t, gnutls_x509_trust_list_t list, size_t *found,
    struct err *e);

void trust_free(struct trust *t);

#endif
