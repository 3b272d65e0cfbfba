// SPDX-License-Identifier: ISC
/*
 * play.h - a relay in memory
 *
 * It understands just enough to know where a command ends and where a message
 * does, and asks answer() what to say to each.  What the client should never
 * do is noted, so that a test only has to look.
 */
#ifndef MINISMTP_TESTS_PLAY_H
#define MINISMTP_TESTS_PLAY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/str.h"
#include "net/conn.h"

struct play;

/*
 * The reply to a command, "." for the end of a message's text, "BDAT ..." once
 * its bytes are here, "" for the greeting: whole lines with CRLF, or nothing
 * at all.  Several LMTP replies may come in one.  play->hangs_up ends it.
 */
typedef void answer_fn(struct play *p, struct str command, struct buf *reply);

struct play {
	struct conn conn;
	answer_fn *answer;
	void *who;

	/* How the wire behaves. */
	size_t piece;		/* bytes at once in both directions; 0: all */

	/* What happened. */
	struct buf dialogue;	/* the commands, one a line; texts as "..." */
	struct buf text;	/* of all messages, as on the wire */
	size_t text_from;	/* in text, of the latest */
	size_t texts;		/* whole ones */
	size_t writes;		/* of the client */
	bool hangs_up;		/* closed, once all is given out */
	bool said_421;
	bool waited_in_vain;	/* the client waits for what he did not ask */
	bool talked_on;		/* a command after 421 or the end */

	/* Its own. */
	struct buf in, out;
	size_t given;
	bool in_data;
	uint64_t chunk;		/* bytes of BDAT that are to come */
	struct buf command;
};

/* The greeting is in the air when this returns. */
void play_start(struct play *p, answer_fn *answer, void *who);
void play_free(struct play *p);

#endif
