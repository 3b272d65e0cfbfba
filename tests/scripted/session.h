// SPDX-License-Identifier: ISC
/*
 * session.h - one connection to the scripted relay
 *
 * A script comes first, if there is one for this connection; where it ends,
 * the friendly dialogue goes on, with the script's rules in the place of its
 * own replies.
 */
#ifndef MINISMTP_TESTS_SESSION_H
#define MINISMTP_TESTS_SESSION_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/strs.h"
#include "record.h"
#include "stream.h"

enum tls_when { TLS_NEVER, TLS_STARTTLS, TLS_AT_ONCE };

/* What holds for all connections. */
struct settings {
	const char *name;		/* in the greeting */
	struct strs offers;		/* EHLO keywords and parameters */
	const char *user;		/* or NULL: nobody needs to log in */
	const char *password;
	const char *mechanisms;
	enum tls_when tls;
	const char *only_sender;	/* or NULL: any */
	struct strs refuse;		/* patterns of recipients */
	bool qualified;			/* no address without a domain */
	unsigned delay;			/* ms per flight */
	const struct script *script;
};

struct part;

struct session {
	const struct settings *set;
	struct stream stream;
	struct record record;
	const struct part *part;	/* of the script, or NULL */
	bool *fired;			/* one for each rule of the part */
	struct str command;		/* the line being answered */
	char ruled;			/* first digit a rule has said, or 0 */
	bool done;

	bool esmtp;
	bool lmtp;			/* LHLO: a reply for each recipient */
	bool greeted;
	struct buf login;		/* who has logged in */
	struct buf envelope;		/* MAIL and RCPT so far */
	bool mail;
	unsigned recipients;
	bool eight_bit;
	uint64_t received;		/* bytes of the message so far */
	bool chunked;			/* a BDAT that was not the last */
};

void session_run(struct session *s);
/* One command, or "connect", or "." after the text: rules, then our own. */
void session_answer(struct session *s, struct str command);
/* Our own answer alone; the script's "default". */
void session_default(struct session *s);

#endif
