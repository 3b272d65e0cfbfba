// SPDX-License-Identifier: ISC
/*
 * wire.h - command lines out, replies in
 *
 * wire_say() and its sisters only collect; wire_flush() sends everything in
 * one write, and wire_hear() flushes by itself before it waits.  So a flight
 * is what was said between two hears.
 *
 * A connection that is lost while we talk shows itself when we listen: what
 * the relay said before is still heard, and often it says why.
 */
#ifndef MINISMTP_SMTP_WIRE_H
#define MINISMTP_SMTP_WIRE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/secret.h"
#include "net/conn.h"
#include "smtp/reply.h"
#include "smtp/trace.h"

#define WIRE_LINE_MAX 4096	/* kept of a line; RFC 5321 says 512 */
#define WIRE_PATIENCE (5 * 60 * 1000)	/* RFC 5321, 4.5.3.2 */

struct wire {
	struct conn *conn;
	struct trace trace;
	struct buf in;		/* received, not yet eaten from "eaten" on */
	size_t eaten;
	struct buf out;		/* said, not yet sent */
	struct secret hush;	/* the same, from a secret on; goes after it */
	int64_t patience;	/* ms for each reply; 0: WIRE_PATIENCE */
	int64_t end;		/* deadline of the session; 0: none */
	unsigned waits;		/* flights whose answer we had to wait for */
	bool waited;		/* nothing was sent since the last of them */
	uint64_t said, sent;	/* bytes collected, and gone */
	struct err lost;	/* why nothing can be sent any more */
	bool closed;		/* lost, or 421: nothing but QUIT any more */
};

void wire_say(struct wire *w, struct str line);	/* adds CRLF, sends nothing */
/* The same for what is secret, which it takes: it is traced as "> ...". */
void wire_say_secret(struct wire *w, struct secret *line);
/* Message text, as it is and untraced; it may go out at once. */
void wire_put(struct wire *w, struct str bytes);

/* -1 where the connection is lost; what was said before can still be heard. */
int wire_flush(struct wire *w, struct err *e);
/*
 * One whole reply within patience.  A 421 is a reply like others, but it
 * closes the wire; so does every -1.
 */
int wire_hear(struct wire *w, struct reply *r, struct err *e);
/* Would wire_hear() have its reply without any waiting? */
bool wire_has_reply(const struct wire *w);

/* Has something come that nobody asked for?  Before STARTTLS: an attack. */
bool wire_has_more(const struct wire *w);
/* 0 if not; else -1 with what it is, and the wire is closed. */
int wire_quiet(struct wire *w, struct err *e);

/* Nothing is said or heard here any more. */
void wire_close(struct wire *w);

void wire_free(struct wire *w);			/* not the conn */

#endif
