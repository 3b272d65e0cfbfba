// SPDX-License-Identifier: ISC
/*
 * address.h - addresses as people and programs write them, and as the wire
 * wants them
 *
 * Reading is generous where the meaning is clear (RFC 5322 with its obsolete
 * forms, RFC 6531, and what sendmail takes); writing is not.  Groups are
 * opened, routes and comments left out, quoted pairs resolved.  A semicolon
 * outside of a group separates as a comma does: it can mean nothing else.
 *
 * The words of an err name the address and the position in the text, the
 * first byte being 1; the code is EX_DATAERR.
 */
#ifndef MINISMTP_MESSAGE_ADDRESS_H
#define MINISMTP_MESSAGE_ADDRESS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/str.h"
#include "base/strs.h"

/*
 * RFC 5321 says 64, 255 and 254.  Longer local parts are alive (VERP), so we
 * leave them to the relay as long as the command fits into 512 bytes.
 */
#define ADDRESS_LOCAL_MAX 255
#define ADDRESS_DOMAIN_MAX 255
#define ADDRESS_MAX 500

struct mailbox {
	struct buf phrase;	/* the name: quotes and folds resolved, encoded
				 * words as they are; a comment if no phrase */
	struct buf local;	/* for the wire: quoted only where it must be */
	struct buf domain;	/* as given, or "[...]"; empty: a bare name */
	size_t at, len;		/* the local part and the domain in the text */
	bool angle;		/* there are angle brackets around it */
};

struct addresses {
	struct mailbox *box;
	size_t count;
	struct strs bad;	/* the words for each that is no address */
};

/*
 * Add all addresses of a list ("a@x, Name <b@y>, friends: c, d;").  -1 when
 * one of them is none: e tells about the first, list->bad about each, and the
 * others are in the list all the same.  An empty list is no mistake.
 */
int addresses_add(struct addresses *list, struct str text, struct err *e);
/*
 * The same for an operand of the command line: control bytes are refused, and
 * "a@x b@y" are two addresses, as they always were for sendmail.
 */
int addresses_operand(struct addresses *list, struct str text, struct err *e);
/* Each once, where it came first. */
void addresses_unique(struct addresses *list);
void addresses_free(struct addresses *list);

/*
 * One address, as for -f: out gets local@domain, without brackets.  An empty
 * text and <> are the null sender: out is empty.
 */
int address_sender(struct buf *out, struct str text, struct err *e);

/* local@domain, or local alone. */
void mailbox_add(struct buf *out, const struct mailbox *m);

/* Around the @ that counts; false and an empty domain where there is none. */
bool address_split(struct str address, struct str *local, struct str *domain);

/*
 * 0 if they mean the same place: the local parts are equal and the domains are
 * but for case and form (U-label, A-label).  Else an order, for qsort(3).
 */
int address_cmp(struct str a, struct str b);

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

#endif
