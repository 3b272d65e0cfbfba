// SPDX-License-Identifier: ISC
/*
 * credentials.h - what an account logs in with
 */
#ifndef MINISMTP_RELAY_CREDENTIALS_H
#define MINISMTP_RELAY_CREDENTIALS_H

#include <stdbool.h>

#include "base/err.h"
#include "base/secret.h"
#include "config/config.h"
#include "smtp/auth.h"

/* Does the account know where its password is? */
bool credentials_are_named(const struct account *a);

/* The account's password, wherever it is; none is no error. */
int credentials_secret(const struct account *a, struct secret *s,
    struct err *e);

/* User, password and how; nothing where the account has no login. */
int credentials_take(struct login *l, const struct account *a, struct err *e);

/* From a .netrc (or NULL), for a user whose password the account has not. */
int credentials_find(struct login *l, const struct account *a,
    const struct relay *relay, const char *path, struct err *e);

#endif
