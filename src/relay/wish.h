// SPDX-License-Identifier: ISC
/*
 * wish.h - what was said behind minismtp-relay --setup
 *
 * Words, "name=value", with the names of the options of minismtp setup.  What
 * is a flag there is "name=yes".
 */
#ifndef MINISMTP_RELAY_WISH_H
#define MINISMTP_RELAY_WISH_H

#include "base/buf.h"
#include "base/err.h"
#include "base/strs.h"

/* Each may be empty: not said. */
struct wish {
	struct buf address, provider, relay, tls, tls_ca;
	struct buf helo, sender, admin;
	struct buf user, password_file, password_command;
	struct buf dry_run, no_login, offline, providers, test, verbose, yes;
};

int wish_parse(struct wish *w, const struct strs *words, struct err *e);
void wish_free(struct wish *w);

#endif
