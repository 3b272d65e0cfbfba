// SPDX-License-Identifier: ISC
/*
 * entity.h - &amp; and its like
 */
#ifndef MINISMTP_MESSAGE_ENTITY_H
#define MINISMTP_MESSAGE_ENTITY_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/str.h"

/*
 * The letter that it stands for, in UTF-8.  False where there is none, where
 * nobody knows it, and for what is not ASCII unless utf8.
 */
bool entity_eat(struct str *in, struct buf *out, bool utf8);

#endif
