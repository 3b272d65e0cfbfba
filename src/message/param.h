// SPDX-License-Identifier: ISC
/*
 * param.h - a parameter of Content-Type or Content-Disposition, written
 *
 * Bare or in quotes where it is plain and short; else in the form of RFC 2231,
 * in as many pieces as it takes: name*0*=utf-8''a%20; name*1*=b.
 */
#ifndef MINISMTP_MESSAGE_PARAM_H
#define MINISMTP_MESSAGE_PARAM_H

#include "base/buf.h"
#include "base/str.h"

/* ";", CRLF and a tab, and then it, for each piece. */
void param_add(struct buf *out, const char *name, struct str value,
    struct str charset);

#endif
