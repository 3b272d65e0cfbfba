// SPDX-License-Identifier: ISC
/*
 * wire.h - command lines out, replies in
 *
 * wire_say() and its sisters only collect; wire_flush() sends everything in
 * one write, and wire_hear() flushes by itself before it waits.  So a flight
 * is what was said between two hears.
 */
#ifndef MINISMTP_SMTP_WIRE_H
#define MINISMTP_SMTP_WIRE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/secret.h"
#include "base/source.h"
#include "net/conn.h"
#include "smtp/reply.h"
#include "smtp/trace.h"

#define WIRE_LINE_MAX 4096	/* of a reply; RFC 5321 says 512, not all do */

struct wire {
	struct conn *conn;
	struct trace trace;
	struct buf in;		/* received, not yet eaten from "eaten" on */
	size_t eaten;
	struct buf out;		/* said, not yet sent */
	struct secret hush;	/* said and not yet sent, and secret */
	int64_t patience;	/* ms for each reply */
	int64_t end;		/* deadline of the session as a whole */
	unsigned waits;		/* how often we had to wait: round trips */
	bool closed;		/* lost, or 421: nothing but QUIT any more */
};

#define WIRE_AHEAD_MAX (1024 * 1024)	/* said to us and not yet heard */

void wire_say(struct wire *w, struct str line);	/* adds CRLF, sends nothing */
/* The same for what is secret: it is traced as "> ...". */
void wire_say_secret(struct wire *w, const struct secret *line);

int wire_flush(struct wire *w, struct err *e);
/*
 * One whole reply within patience.  A 421 is a reply like others, but it
 * closes the wire; so does every -1.
 */
int wire_hear(struct wire *w, struct reply *r, struct err *e);
/* Would wire_hear() have its reply without any waiting? */
bool wire_has_reply(const struct wire *w);

/*
 * Sends all of text as it is, reading along what the relay says meanwhile
 * (it is heard later).  The number of bytes goes to *sent.
 */
int wire_send(struct wire *w, struct source *text, uint64_t *sent,
    struct err *e);

/* Has something come that nobody asked for?  Before STARTTLS: an attack. */
bool wire_has_more(const struct wire *w);

/* Nothing is said or heard here any more. */
void wire_close(struct wire *w);

void wire_free(struct wire *w);			/* not the conn */

#endif
