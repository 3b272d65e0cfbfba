// SPDX-License-Identifier: ISC
/*
 * write.h - a message, from what somebody said about it
 *
 *	write_who(&w, sending, e)	addresses and fields: nothing is read
 *	write_text(&w, text)		where a person has typed it
 *	write_parts(&w, sending, e)	files are opened and looked through
 *	write_begin(&w)			w->compose.source is the message
 *	write_envelope(&w, options)	and that is its envelope
 */
#ifndef MINISMTP_FRONT_WRITE_H
#define MINISMTP_FRONT_WRITE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/str.h"
#include "front/attach.h"
#include "front/magic.h"
#include "front/progress.h"
#include "front/sending.h"
#include "message/compose.h"
#include "message/facts.h"
#include "message/heading.h"

/* Zeroed is none. */
struct writing {
	struct facts facts;		/* who writes, where and when */
	struct heading heading;
	struct addresses bcc;
	struct attach body, html;	/* .path empty: there is none */
	struct attach *file;
	size_t files;
	struct attach *picture;
	size_t pictures;
	struct part *part;		/* of the two lists, for compose.h */
	struct magic magic;
	struct progress progress;
	struct composition what;
	struct compose compose;
	struct buf warning;		/* a line for each, or empty */
	uint64_t size;			/* about */
};

int write_who(struct writing *w, const struct sending *s, struct err *e);
bool write_has_recipients(const struct writing *w);
void write_text(struct writing *w, struct str text);
int write_parts(struct writing *w, const struct sending *s, struct err *e);
void write_begin(struct writing *w);

/* Sender and recipients as if they had been said to sendmail: see whom.h. */
void write_envelope(const struct writing *w, struct options *o);

void write_free(struct writing *w);

#endif
