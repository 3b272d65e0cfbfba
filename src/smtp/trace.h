// SPDX-License-Identifier: ISC
/*
 * trace.h - the dialogue, for whoever wants to read along
 *
 * Exactly the lines of the wire, with "< " or "> " in front, made harmless
 * (base/vis.h).  Secrets and message text are "> ..." because they never come
 * this way: wire.h has calls of their own for them.
 *
 * A flight has left long before the first answer to it comes.  It is told like
 * a dialogue all the same: each command waits until its answer is listened
 * for, and stands in front of it.
 */
#ifndef MINISMTP_SMTP_TRACE_H
#define MINISMTP_SMTP_TRACE_H

#include <stdint.h>

#include "base/str.h"
#include "base/strs.h"

/* Zeroed is nobody reading. */
struct trace {
	void (*line)(void *who, struct str line);
	void *who;
	struct strs said;	/* and not told yet from "told" on */
	size_t told;
};

void trace_heard(struct trace *t, struct str line);
void trace_said(struct trace *t, struct str line);
void trace_masked(struct trace *t);			/* "> ..." */
/* "> ... (2,113 bytes)"; belongs to the command before it. */
void trace_body(struct trace *t, uint64_t bytes);

/* The next answer is listened for: what it answers is told. */
void trace_listen(struct trace *t);
/* No more answers will come: all that was said is told. */
void trace_end(struct trace *t);

#endif
