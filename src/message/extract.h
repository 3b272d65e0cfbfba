// SPDX-License-Identifier: ISC
/*
 * extract.h - the recipients that a header names (-t)
 *
 * To, Cc and Bcc; in a message that has been resent, Resent-To, Resent-Cc and
 * Resent-Bcc of the newest resending and nothing else.  That is the block at
 * the top: it ends where a name comes again (not right behind itself) or a
 * Received or Return-Path field stands (RFC 5322, 3.6.6).
 *
 * What is no address does not take the others down, and is not forgotten: as
 * with sendmail, the good ones are there, and -1 comes back with words that
 * name the field and the position in it.  Position 1 is behind the colon.
 */
#ifndef MINISMTP_MESSAGE_EXTRACT_H
#define MINISMTP_MESSAGE_EXTRACT_H

#include "base/err.h"
#include "message/addresses.h"
#include "message/header.h"

/* Adds to the list, which may hold the operands; then each is there once. */
int extract(struct addresses *list, const struct header *h, struct err *e);

#endif
