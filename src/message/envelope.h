// SPDX-License-Identifier: ISC
/*
 * envelope.h - who sends, who shall receive, and how that went
 *
 * Data only; what comes back from the wire is written into it and travels no
 * other way (rcpt[i].state and rcpt[i].why).
 */
#ifndef MINISMTP_MESSAGE_ENVELOPE_H
#define MINISMTP_MESSAGE_ENVELOPE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"

enum rcpt_state {
	RCPT_TODO,	/* not yet, or not this time; why may tell */
	RCPT_TAKEN,	/* the relay said yes to RCPT, nothing is final */
	RCPT_DONE,	/* the relay has taken over */
	RCPT_FAILED	/* never; why tells */
};

/* RFC 3461: when shall a report be sent?  0 is "not said". */
enum {
	NOTIFY_NEVER = 1,
	NOTIFY_SUCCESS = 2,
	NOTIFY_FAILURE = 4,
	NOTIFY_DELAY = 8
};

enum ret {
	RET_UNSAID,
	RET_FULL,
	RET_HDRS
};

struct rcpt {
	struct buf address;	/* without angle brackets */
	struct buf orcpt;	/* decoded, "rfc822;a@b", or empty */
	unsigned notify;	/* NOTIFY_*, or 0 */
	enum rcpt_state state;
	struct err why;		/* the last refusal */
	struct buf reply;	/* the relay's words on DONE: "250 2.0.0 ok" */
	bool silent;		/* DONE, and the relay will not report (DSN) */
};

struct envelope {
	struct buf sender;	/* empty for a bounce */
	struct rcpt *rcpt;
	size_t count;
	struct buf envid;	/* decoded, or empty */
	enum ret ret;
	bool smtputf8;		/* an address or the header needs RFC 6531 */
	bool eight_bit;		/* the body as it is needs 8BITMIME */
	bool require_tls;	/* RFC 8689 */
	uint64_t size;		/* on the wire, for SIZE; 0: not known */
};

struct rcpt *envelope_add(struct envelope *env, struct str address);
size_t envelope_count(const struct envelope *env, enum rcpt_state state);
bool envelope_is_ascii(const struct envelope *env);	/* its addresses */
void envelope_free(struct envelope *env);

#endif
