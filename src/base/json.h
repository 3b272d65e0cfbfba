// SPDX-License-Identifier: ISC
/*
 * json.h - a text as JSON has it (RFC 8259)
 */
#ifndef MINISMTP_BASE_JSON_H
#define MINISMTP_BASE_JSON_H

#include "base/buf.h"
#include "base/str.h"

/* In quotes.  What is no UTF-8 becomes U+FFFD: JSON has nothing for it. */
void json_add(struct buf *out, struct str text);

#endif
