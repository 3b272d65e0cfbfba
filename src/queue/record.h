// SPDX-License-Identifier: ISC
/*
 * record.h - what stands in a spool file, before and behind the message
 *
 *	spool 1:1
 *	size 20:00000000000000002113
 *	sum 16:9f0c...
 *	id 15:...			facts that the drop knows
 *	time 10:1789012345
 *	uid 4:1000
 *	sender 16:root@example.com	fields as the front said them
 *	rcpt 15:T a@example.net		T, D, F or R, then the address
 *					an empty line
 *	...				exactly size bytes: the message
 *	\nend minismtp ID\n		the end mark
 *	try 40:1789012400 1 451 ...	what happened since (marks.h)
 *
 * The sum covers everything from behind its own line to the end of the message,
 * every recipient's state taken as T.  So a file is whole or it is not, and
 * record_read() and record_verify() say which.  minismtp-spool(5) is the
 * contract.
 */
#ifndef MINISMTP_QUEUE_RECORD_H
#define MINISMTP_QUEUE_RECORD_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/source.h"
#include "base/str.h"
#include "message/envelope.h"
#include "message/facts.h"
#include "queue/id.h"
#include "queue/sum.h"

#define RECORD_MAX (4 * 1024 * 1024)	/* bytes before the message */

enum record_wait {
	RECORD_WAIT_PATIENCE,	/* for the verdict, but not for ever */
	RECORD_WAIT_END,	/* for the verdict */
	RECORD_WAIT_BACKGROUND,	/* not at all; the relay starts */
	RECORD_WAIT_NONE	/* nor does the relay start */
};

/* What the file knows of a recipient beyond the envelope. */
struct record_mark {
	off_t at;		/* of the state byte in the file */
	bool told;		/* failed, and who must know has been told */
};

/* One bit for each field that has been said, for said.h. */
struct said {
	unsigned seen;
	unsigned seen_rcpt;	/* since the last rcpt */
};

struct record {
	struct facts facts;
	struct envelope env;
	struct record_mark *mark;	/* one for each of env.rcpt */
	bool has_sender;	/* said by the caller, be it the null one */
	bool hold;		/* not to be sent until it is released */
	bool trace;		/* the caller reads the dialogue along */
	char oe;		/* -oe: m p q w e, or 0 */
	enum record_wait wait;
	struct said said;	/* which fields there were */
	uint64_t size;		/* bytes of the message */
	uint64_t sum;
	off_t body;		/* where the message begins */
	off_t history;		/* where the file goes on behind the mark */
	struct buf tail;	/* what was read along from there, */
	bool whole;		/* and there was no more: see marks_first() */
};

/* The lines that stand first; size and sum come when they are known. */
void record_begin(struct buf *head, const struct id *id, int64_t now,
    uid_t uid);
#define RECORD_SIZE_AT 18	/* where to patch them: 20 decimal digits */
#define RECORD_SUM_AT 46	/* and 16 hexadecimal ones */
#define RECORD_SUMMED_FROM 63	/* the first byte that the sum covers */
void record_end_mark(struct buf *out, const struct id *id);

/*
 * Takes the record off the front of *in.  Strict: 1 when it is complete, 0
 * when more bytes are needed, -1 with EX_DATAERR when it does not add up.
 * Pure; *r is to be freed in any case.
 */
int record_parse(struct record *r, struct str *in, struct err *e);

/*
 * The same from a file: record, length and end mark must be right, or the err
 * is EX_DATAERR; any other code is trouble with the system, not the file.
 * entry_read() is what you want.
 */
int record_read(struct record *r, int fd, struct err *e);

/*
 * The message, while the sum is taken of it: where it turns out to be another
 * one, the end is an error, EX_DATAERR, and it was torn.
 */
struct record_text {
	struct source source;
	struct source_file file;
	struct sum sum;
	uint64_t want;
};
int record_text_init(struct record_text *t, const struct record *r, int fd,
    struct err *e);
void record_text_free(struct record_text *t);

/* Reads the whole message once and compares the sum. */
int record_verify(const struct record *r, int fd, struct err *e);

void record_free(struct record *r);

#endif
