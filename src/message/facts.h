// SPDX-License-Identifier: ISC
/*
 * facts.h - what was so when the message was handed in
 *
 * The front notes it, the spool keeps it, and the relay completes the message
 * from it: so a retry three days later and in another time zone makes the same
 * Date, Message-ID and From as the first attempt.
 */
#ifndef MINISMTP_MESSAGE_FACTS_H
#define MINISMTP_MESSAGE_FACTS_H

#include <stdint.h>
#include <sys/types.h>

#include "base/buf.h"
#include "base/str.h"

#define FACTS_NAME_MAX 200	/* of a full name: a header line, not a novel */

struct facts {
	struct buf id;		/* of the spool entry */
	int64_t time;		/* of the commit, seconds since 1970 */
	int zone;		/* minutes east of UTC, there and then */
	uid_t uid;		/* the kernel's word on who it was */
	struct buf login;	/* his name, as the front found it */
	struct buf gecos;	/* his full name from the account database */
	struct buf name;	/* -F: how he wants to be called, or empty */
	struct buf host;	/* the machine's name then, fully qualified */
	struct buf charset;	/* of his locale, for 8-bit text, or empty */
	struct buf account;	/* --account, or empty */
};

/* A full name as finger(1) reads it: up to the comma, & is the login. */
void facts_gecos(struct buf *out, struct str gecos, struct str login);
void facts_free(struct facts *f);

#endif
