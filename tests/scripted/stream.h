// SPDX-License-Identifier: ISC
/*
 * stream.h - the scripted relay's end of a connection
 *
 * Replies are collected and sent when there is nothing more to read, so that
 * the answers to a pipelined flight are one flight themselves; a delay counts
 * per flight, like the way to a far relay and back.
 */
#ifndef MINISMTP_TESTS_STREAM_H
#define MINISMTP_TESTS_STREAM_H

#include <stdbool.h>

#include <gnutls/gnutls.h>

#include "base/buf.h"
#include "base/str.h"
#include "record.h"

struct stream {
	int fd;
	gnutls_session_t tls;	/* or NULL */
	struct record *record;
	struct buf in;
	size_t eaten;
	struct buf out;
	unsigned delay;		/* ms before each flight of replies */
	unsigned slow;		/* ms after each byte; 0: all at once */
	unsigned flights;
	bool over;		/* closed from either side */
};

/* Nothing is sent before the next read, or stream_flush(). */
void stream_say(struct stream *s, struct str bytes);
void stream_swallow(struct stream *s);	/* what is not out yet */
void stream_flush(struct stream *s);

/* The next line without its end, valid until the next call; false: over. */
bool stream_line(struct stream *s, struct str *line);
/* What there is, at least one byte and at most max; false: over. */
bool stream_bytes(struct stream *s, size_t max, struct str *bytes);
/* Gives back the last count of bytes. */
void stream_unread(struct stream *s, size_t count);
bool stream_has_more(const struct stream *s);

void stream_close(struct stream *s);
void stream_reset(struct stream *s);		/* RST instead of FIN */
void stream_stall(struct stream *s, unsigned seconds);

#endif
