// SPDX-License-Identifier: ISC
/*
 * addresses.h - addresses as people and programs write them
 *
 * Reading is generous where the meaning is clear (RFC 5322 with its obsolete
 * forms, RFC 6531, and what sendmail takes); writing is not.  Groups are
 * opened, routes and comments left out, quoted pairs resolved.  A semicolon
 * outside of a group separates as a comma does: it can mean nothing else.
 *
 * The words of an err name the address and the position in the text, the
 * first byte being 1; the code is EX_DATAERR.
 */
#ifndef MINISMTP_MESSAGE_ADDRESSES_H
#define MINISMTP_MESSAGE_ADDRESSES_H

#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/str.h"
#include "base/strs.h"
#include "message/mailbox.h"

#define ADDRESSES_MAX 100000	/* in one list; more is an error */

struct addresses {
	struct mailbox *box;
	size_t count;
	struct strs bad;	/* words for what is none; not all if many */
};

/*
 * Add all addresses of a list ("a@x, Name <b@y>, friends: c, d;").  -1 when
 * one of them is none: e tells about the first, list->bad about each, and the
 * others are in the list all the same.  An empty list is no mistake.
 */
int addresses_add(struct addresses *list, struct str text, struct err *e);
/*
 * The same for To, Cc and Bcc.  There programs write "Backup Service" for a
 * login and what he is; in From and for a person's operand it is a mistake.
 */
int addresses_recipients(struct addresses *list, struct str text,
    struct err *e);
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

#endif
