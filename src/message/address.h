// SPDX-License-Identifier: ISC
/*
 * address.h - one address, as the wire wants it
 *
 * Here an address is "local@domain" without brackets, the local part quoted if
 * it must be.  What people and programs write is taken apart in addresses.h.
 */
#ifndef MINISMTP_MESSAGE_ADDRESS_H
#define MINISMTP_MESSAGE_ADDRESS_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/str.h"

/*
 * RFC 5321 says 64, 255 and 254.  Longer local parts are alive (VERP), so we
 * leave them to the relay as long as the command fits into 512 bytes.
 */
#define ADDRESS_LOCAL_MAX 255
#define ADDRESS_DOMAIN_MAX 255
#define ADDRESS_MAX 500

/* Around the @ that counts; false and an empty domain where there is none. */
bool address_split(struct str address, struct str *local, struct str *domain);

/*
 * Adds a text that is the same for all addresses that mean the same place: the
 * local part as it is, the domain in small letters and A-labels.
 */
void address_key(struct buf *out, struct str address);

/* A local part in its shortest form: quoted only where it must be. */
void local_add(struct buf *out, struct str local);

/* A name or a literal; otherwise *why tells. */
bool domain_is_valid(struct str domain, const char **why);

/*
 * The domain as DNS wants it: A-labels for what is not ASCII (RFC 5891),
 * everything else as it is.
 */
int domain_to_ascii(struct buf *out, struct str domain, struct err *e);
/* The same for the domain of an address. */
int address_to_ascii(struct buf *out, struct str address, struct err *e);

/*
 * The last gate: nothing goes into MAIL or RCPT that has not passed here right
 * before, wherever it came from.  The address stands without brackets and is
 * not empty.  Control bytes, blanks and brackets outside quotes, anything glued
 * to it, what is too long or no UTF-8 is refused (EX_DATAERR).  *smtputf8
 * says whether only RFC 6531 can carry it.
 */
int address_check(struct str address, bool *smtputf8, struct err *e);
/* The same in words, or NULL if all is well. */
const char *address_fault(struct str address);

#endif
