// SPDX-License-Identifier: ISC
/*
 * plan.h - a configuration that is being thought about
 */
#ifndef MINISMTP_RELAY_PLAN_H
#define MINISMTP_RELAY_PLAN_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/secret.h"
#include "config/config.h"
#include "config/provider.h"

/* What the keys of the same names shall be; empty: not in the file. */
struct plan {
	const struct provider *provider;	/* or NULL */
	struct buf relay, tls, tls_ca;
	struct buf helo, sender, admin;
	struct buf user;	/* empty: there is no login */
	struct buf password_file, password_command;
};

/* As the file shall have it, with comments; the same plan, the same text. */
void plan_text(struct buf *out, const struct plan *p);

/*
 * What that comes to, for a trial: in c->account[0], with that password in
 * place of the file's, and with less patience than mail has.
 */
int plan_config(struct config *c, const struct plan *p,
    const struct secret *password, struct err *e);

void plan_free(struct plan *p);

#endif
