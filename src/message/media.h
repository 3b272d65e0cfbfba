// SPDX-License-Identifier: ISC
/*
 * media.h - what a Content-Type says (RFC 2045, 5.1)
 */
#ifndef MINISMTP_MESSAGE_MEDIA_H
#define MINISMTP_MESSAGE_MEDIA_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/str.h"

/*
 * "text" and "plain" of the value of a Content-Type, views into it; false
 * where it is none.  Case is as written: compare with str_ieq().
 */
bool media_type(struct str value, struct str *type, struct str *subtype);

/*
 * The value of a parameter, without quotes, folds and comments; false where
 * it is not there or not whole.
 */
bool media_param(struct str value, const char *name, struct buf *out);

#endif
