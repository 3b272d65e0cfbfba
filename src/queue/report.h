// SPDX-License-Identifier: ISC
/*
 * report.h - what comes back while a submitter waits
 *
 * Fields (field.h) on the connection that carried the message: first from the
 * drop, then from the relay that it became.  Who reads them may go away any
 * time; a report that cannot be sent at once is not sent.
 *
 *	ok ID			the message is safe on disk
 *	err CODE WORDS		it is not, and the caller must keep it
 *	patience SECONDS	so long the configuration lets a caller wait
 *	moved BYTES TOTAL	so much of the text is on its way
 *	trace LINE		a line of the dialogue, "< 220 ..." or "> ..."
 *	rcpt STATE ADDRESS WORDS	sent, failed or deferred, one recipient
 *	done CODE WORDS		the end: 0, 75 (still queued), or refused
 */
#ifndef MINISMTP_QUEUE_REPORT_H
#define MINISMTP_QUEUE_REPORT_H

#include <stdbool.h>

#include "base/str.h"

/* Zeroed is nobody listening; fd must be a socket or a pipe. */
struct report {
	int fd;			/* not 0: descriptor 0 is never ours to write */
	bool trace;		/* does the listener want the dialogue? */
};

void report_send(struct report *r, const char *key, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

/* Is anybody still there to hear it? */
bool report_is_heard(const struct report *r);

#endif
