// SPDX-License-Identifier: ISC
/*
 * line.h - a session with one of the relays of an account
 *
 * Secrets and trust are fetched, then the relays are tried in order until one
 * takes mail.  Each failure is temporary: it says nothing about any message.
 */
#ifndef MINISMTP_RELAY_LINE_H
#define MINISMTP_RELAY_LINE_H

#include "base/err.h"
#include "config/config.h"
#include "config/local.h"
#include "net/conn.h"
#include "net/dial.h"
#include "net/tls.h"
#include "smtp/auth.h"
#include "smtp/session.h"

/* Zeroed is none.  It must stay where it is while it is open. */
struct line {
	struct conn conn;
	struct session session;
	struct dialed dialed;
	struct login login;
	struct tls_policy tls;
	struct tls_trust *trust;
};

int line_open(struct line *l, const struct account *a, const struct here *here,
    const struct trace *trace, struct err *e);
void line_close(struct line *l);

#endif
