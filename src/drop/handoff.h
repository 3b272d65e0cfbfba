// SPDX-License-Identifier: ISC
/*
 * handoff.h - the relay, started before anybody looks at the message
 *
 * Whoever reads what the caller wrote can start no program from then on.  So
 * the relay is there first and waits at a pipe for the messages that it is to
 * carry; if none comes it goes, and nobody has seen it.  It has a fixed command
 * line, a cleared environment and the connection as its standard output:
 * nothing of the caller's gets through but his patience.
 */
#ifndef MINISMTP_DROP_HANDOFF_H
#define MINISMTP_DROP_HANDOFF_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "base/err.h"
#include "queue/id.h"

struct drop;

struct handoff {
	bool wanted;
	bool begun;		/* else why: the mail waits for a run */
	struct err why;
	int pipe;
	pid_t pid;
};

/*
 * With flush also a relay that was down a moment ago is asked, new ones are
 * not left for the next run (deliver = queue), and nobody hears how it goes:
 * who is not heard cannot be told, so that a refusal goes by mail.
 */
void handoff_begin(struct handoff *h, const struct drop *d, bool flush);

/* These are for it.  -1: it is not there, and why; they wait for a run. */
int handoff_give(struct handoff *h, const struct id *id, size_t ids,
    struct err *e);

/* Nothing more comes; with wait until it has gone home. */
void handoff_end(struct handoff *h, bool wait);

#endif
