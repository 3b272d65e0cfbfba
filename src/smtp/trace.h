// SPDX-License-Identifier: ISC
/*
 * trace.h - the dialogue, for whoever wants to read along
 *
 * Exactly the lines of the wire, with "< " or "> " in front, made harmless
 * (base/vis.h).  Secrets and message text are "> ..." because they never come
 * this way: wire.h has calls of their own for them.
 */
#ifndef MINISMTP_SMTP_TRACE_H
#define MINISMTP_SMTP_TRACE_H

#include <stdint.h>

#include "base/str.h"

/* Zeroed is nobody reading. */
struct trace {
	void (*line)(void *who, struct str line);
	void *who;
};

void trace_heard(const struct trace *t, struct str line);
void trace_said(const struct trace *t, struct str line);
void trace_masked(const struct trace *t);		/* "> ..." */
void trace_body(const struct trace *t, uint64_t bytes);
			/* "> ... (2,113 bytes)" */

#endif
