// SPDX-License-Identifier: ISC
/*
 * complete.h - the header that goes out
 *
 * A pure function of what was said and what is policy here: the same on every
 * attempt.  What is missing is added, what is invalid is replaced (and kept as
 * X-Original-...), what must not leave is removed, bare addresses get their
 * domain.  All else stays where it was, byte for byte.
 */
#ifndef MINISMTP_MESSAGE_COMPLETE_H
#define MINISMTP_MESSAGE_COMPLETE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/str.h"
#include "message/encode.h"
#include "message/facts.h"
#include "message/header.h"
#include "message/policy.h"
#include "message/scan.h"

#define COMPLETE_HOPS 50	/* Received fields: more is a loop */

/* What was handed in. */
struct handed {
	const struct facts *facts;
	struct str sender;	/* -f, or empty */
	const struct header *header;
	const struct body_facts *body;
};

/* What the relay takes; it is known only behind its EHLO. */
struct offer {
	bool eight_bit;		/* 8BITMIME */
	bool smtputf8;
};

struct completed {
	struct buf header;	/* CRLF, with the empty line at its end */
	struct encode_plan plan;	/* for the body */
	bool eight_bit;		/* it must be declared BODY=8BITMIME */
	bool smtputf8;		/* an address in the header needs it */
	uint64_t size;		/* on the wire; what is encoded is guessed: */
};				/* encode_look() knows */
void completed_free(struct completed *c);

/*
 * -1 for a message that cannot go to this relay or at all: it runs in a loop
 * (EX_UNAVAILABLE), or must not be encoded and the relay takes no 8-bit text.
 */
int complete(const struct handed *handed, const struct policy *policy,
    const struct offer *offer, struct completed *out, struct err *e);

#endif
