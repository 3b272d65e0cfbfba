// SPDX-License-Identifier: ISC
/*
 * account.h - which account does a message go by?
 *
 * The one asked for; else the first whose "from" matches the envelope sender;
 * else the first that matches From; else the top level.  A pattern is an
 * address in which "*" stands for anything, "@domain" for all of a domain, and
 * case does not matter; "me@x.example" is also "me+tag@x.example".
 */
#ifndef MINISMTP_CONFIG_ACCOUNT_H
#define MINISMTP_CONFIG_ACCOUNT_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/str.h"
#include "config/config.h"

/*
 * Each of the three may be empty.  why (or NULL) gets the reason in words,
 * 'account work: its "*@work.example" matches the envelope sender'.  NULL with
 * err (EX_CONFIG) for a name that does not exist: mail must not go by another
 * account than it was meant for.
 */
const struct account *account_choose(const struct config *c, struct str name,
    struct str sender, struct str from, struct buf *why, struct err *e);

bool account_matches(struct str pattern, struct str address);

#endif
