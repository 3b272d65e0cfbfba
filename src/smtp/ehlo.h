// SPDX-License-Identifier: ISC
/*
 * ehlo.h - what the relay can do (RFC 5321, 4.1.1.1)
 *
 * A keyword counts when it is exactly the known word, and its parameters when
 * they are exactly of their form; everything else is as good as not said.
 */
#ifndef MINISMTP_SMTP_EHLO_H
#define MINISMTP_SMTP_EHLO_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "smtp/reply.h"

enum {
	EHLO_PIPELINING = 1 << 0,	/* RFC 2920 */
	EHLO_CHUNKING = 1 << 1,		/* RFC 3030 */
	EHLO_BINARYMIME = 1 << 2,
	EHLO_SIZE = 1 << 3,		/* RFC 1870 */
	EHLO_8BITMIME = 1 << 4,		/* RFC 6152 */
	EHLO_SMTPUTF8 = 1 << 5,		/* RFC 6531 */
	EHLO_DSN = 1 << 6,		/* RFC 3461 */
	EHLO_STATUS = 1 << 7,		/* ENHANCEDSTATUSCODES, RFC 2034 */
	EHLO_STARTTLS = 1 << 8,		/* RFC 3207 */
	EHLO_AUTH = 1 << 9,		/* RFC 4954 */
	EHLO_LIMITS = 1 << 10,		/* RFC 9422 */
	EHLO_REQUIRETLS = 1 << 11,	/* RFC 8689 */
	EHLO_ETRN = 1 << 12,		/* RFC 1985 */
	EHLO_DELIVERBY = 1 << 13	/* RFC 2852 */
};

struct ehlo {
	unsigned has;		/* EHLO_* */
	struct buf name;	/* what the relay calls itself */
	uint64_t size;		/* most bytes of a message; 0: no limit said */
	struct buf auth;	/* mechanisms, a blank between */
	uint64_t mail_max;	/* LIMITS; 0: none */
	uint64_t rcpt_max;
	uint64_t rcpt_domain_max;
	uint64_t by_min;	/* DELIVERBY: least seconds, 0: none said */
};

/* What was in caps before is forgotten. */
void ehlo_parse(struct ehlo *caps, const struct reply *r);
/* What a keyword means for us, in words; NULL: nothing. */
const char *ehlo_explain(struct str keyword);
bool ehlo_has(const struct ehlo *caps, unsigned what);
void ehlo_free(struct ehlo *caps);

#endif
