// SPDX-License-Identifier: ISC
/*
 * post.h - one submission, written to the drop
 *
 *	post_envelope(&p, ...)	the fields: who, to whom, how
 *	post_data(&p, piece)	the message, as often as there is more of it
 *	post_end(&p)		"this was all": without it there is no mail
 *
 * A drop that refuses answers and closes before it has read everything; then
 * writing fails, and its words wait to be read (hear.h).  So a failed write is
 * remembered, not reported: later calls do nothing, and hearing tells why.  If
 * it failed for another reason, the drop hears that nothing more will come.
 * Without post_end() the drop throws away what it has, as it must when the
 * message cannot be read to its end.
 */
#ifndef MINISMTP_FRONT_POST_H
#define MINISMTP_FRONT_POST_H

#include <stdbool.h>

#include "base/str.h"
#include "front/options.h"
#include "message/envelope.h"
#include "message/facts.h"

/* What is said about a message besides itself. */
struct letter {
	struct envelope env;
	bool sender_given;	/* else the relay makes one from the login */
	struct facts facts;
	enum body body;
	enum wait wait;
	char errors;		/* as in struct options */
	bool trace;
};
void letter_free(struct letter *l);

struct post {
	int fd;			/* the connection; stays the caller's */
	bool broken;		/* nobody reads any more */
	int errnum;		/* why */
	struct buf out;		/* not written yet: small pieces are gathered */
};

void post_envelope(struct post *p, const struct letter *l);
void post_data(struct post *p, struct str bytes);
void post_end(struct post *p);
void post_free(struct post *p);

#endif
