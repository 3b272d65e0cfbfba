// SPDX-License-Identifier: ISC
/*
 * line.h - a session with one of the relays of an account
 *
 * Secrets and trust are fetched, then the relays are tried in order until one
 * takes mail.  Once connected, and before the first word is heard, the process
 * gives up all that it does not need to talk (guard/sandbox.h).  Each failure
 * is temporary: it says nothing about any message.  Once one has taken a
 * session, no refusal of a message leads to the next.
 */
#ifndef MINISMTP_RELAY_LINE_H
#define MINISMTP_RELAY_LINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "config/config.h"
#include "config/local.h"
#include "net/conn.h"
#include "net/dial.h"
#include "net/tls.h"
#include "smtp/auth.h"
#include "smtp/greet.h"
#include "smtp/session.h"

/* Zeroed is none.  It must stay where it is while it is open. */
struct line {
	struct conn conn;
	struct session session;
	struct dialed dialed;
	struct login login;
	struct tls_policy tls;
	struct tls_trust *trust;
	enum sandbox_mode mode;		/* to be set before, */
	bool ascii;			/* and that no name needs libidn2 */
	bool locked;			/* the sandbox is closed */
	int64_t reached;		/* when (clock_ms()), or 0, */
	enum greet_step step;		/* and how far it came then; READY
					   when it failed before */
	const struct line_ear *ear;
};

enum line_fate {
	LINE_WORKS,
	LINE_DOWN,		/* no connection, greeting, TLS, no AUTH now */
	LINE_LOGIN		/* it refuses our user or password */
};

/* What is known of the relays, and who wants to know more. */
struct line_ear {
	const bool *held;	/* of each: it is left alone; NULL: none is */
	int state;		/* directory for TLS tickets, or 0 */
	const char *netrc;	/* for a user without a password, or NULL */
	void (*tried)(void *who, size_t relay, enum line_fate fate,
	    const struct err *why);
	/* As in greet.h and tls.h, or NULL. */
	void (*heard)(void *who, enum greet_step step, const struct reply *r);
	void (*shown)(void *who, struct chain *c);
	void *who;
};

/*
 * *next is the first relay to try.  After -1 it is the next that is worth a
 * try: with the sandbox closed there is no way to it from here.
 */
int line_open(struct line *l, const struct account *a, size_t *next,
    const struct here *here, const struct trace *trace,
    const struct line_ear *ear, struct err *e);
void line_close(struct line *l);

#endif
