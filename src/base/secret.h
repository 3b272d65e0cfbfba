// SPDX-License-Identifier: ISC
/*
 * secret.h - a text that nobody may see
 *
 * Locked in memory, left out of core dumps, overwritten when it is freed, and
 * of a type of its own, so that no function that prints, logs or traces can be
 * given one by mistake.  Who really needs the bytes says secret_reveal(), and a
 * reader of the code finds every such place.  Zeroed it is empty and valid.
 */
#ifndef MINISMTP_BASE_SECRET_H
#define MINISMTP_BASE_SECRET_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/str.h"

struct secret {
	char *page;		/* whole pages, so that nobody shares them */
	size_t len;
	size_t size;
};

void secret_set(struct secret *s, struct str bytes);	/* copies */
/* The same piece by piece, as when it is put together for the wire. */
void secret_add(struct secret *s, struct str bytes);
bool secret_is_set(const struct secret *s);
struct str secret_reveal(const struct secret *s);
void secret_free(struct secret *s);

/*
 * The one that hides in a text: "pkcs11:...?pin-value=..." (RFC 7512) as it may
 * be shown, with three dots for the PIN.  Other texts stay as they are; true
 * if there was one.
 */
bool secret_mask_pin(struct buf *out, struct str url);

#endif
