// SPDX-License-Identifier: ISC
/*
 * talk.h - the two ends of an SMTP dialogue, seen from the server
 *
 * Answers are gathered and go out when the client must be heard again and
 * nothing of it is left: that is all that PIPELINING (RFC 2920) asks for.
 */
#ifndef MINISMTP_FRONT_TALK_H
#define MINISMTP_FRONT_TALK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/str.h"

#define TALK_LINE_MAX 4096	/* bytes of a command; RFC 5321 asks for 512 */

enum talked {
	TALK_HEARD,
	TALK_LONG,		/* a line longer than the limit, thrown away */
	TALK_CLOSED,		/* the client is gone */
	TALK_SILENT,		/* it has said nothing for too long */
	TALK_BROKEN		/* read or write failed */
};

struct talk {
	int in, out;
	int64_t idle_ms;
	struct buf heard;	/* read; what is before at has been taken */
	size_t at;
	struct buf said;
	bool crlf;		/* a line of the client has ended with CRLF */
};

void talk_say(struct talk *t, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
enum talked talk_flush(struct talk *t);

/* The next line without its end; it is valid until the next call. */
enum talked talk_line(struct talk *t, struct str *line);

/*
 * What there is of the client's bytes, at least one and at most max.  The
 * caller says with talk_took() how many of them he has used.
 */
enum talked talk_bytes(struct talk *t, size_t max, struct str *bytes);
void talk_took(struct talk *t, size_t n);

void talk_free(struct talk *t);

#endif
