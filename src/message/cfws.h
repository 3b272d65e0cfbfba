// SPDX-License-Identifier: ISC
/*
 * cfws.h - what structured fields may have between any two words
 *
 * RFC 5322, 3.2.2: blanks, folds, and comments, which nest.
 */
#ifndef MINISMTP_MESSAGE_CFWS_H
#define MINISMTP_MESSAGE_CFWS_H

#include <stdbool.h>

#include "base/str.h"

/* Blanks, folds and comments, or nothing: always fine, unless a comment has
 * no end; then *in is left alone. */
bool cfws_eat(struct str *in);

/* One comment, with its parentheses. */
bool comment_eat(struct str *in, struct str *comment);

/* "quoted text", with its quotes. */
bool quoted_eat(struct str *in, struct str *quoted);

#endif
