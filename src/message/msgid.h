// SPDX-License-Identifier: ISC
/*
 * msgid.h - names for messages
 *
 * A name is made from the spool entry, so that each attempt gives the same and
 * the other side can drop a second copy.  Nothing of the sender's address goes
 * into it: filters take that for forgery.
 */
#ifndef MINISMTP_MESSAGE_MSGID_H
#define MINISMTP_MESSAGE_MSGID_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/str.h"

/*
 * "<20261121043050.4kXa9.1f3c@web1.example.com>".  The right side is host if
 * that is a full name, else domain; "localhost" and its like never.  The host
 * is in the left side as well (as a hash), for machines that share a domain.
 */
void msgid_add(struct buf *out, struct str id, int64_t time, struct str host,
    struct str domain);

/* One <left@right> and nothing else but blanks, folds and comments. */
bool msgid_is_valid(struct str value);

/* Is this a host name that means something elsewhere? */
bool host_is_full(struct str name);

#endif
