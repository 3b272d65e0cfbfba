// SPDX-License-Identifier: ISC
/*
 * survey.h - a part of a message, looked through before it is written
 *
 * One pass in pieces: what kind of bytes there are, how its charset may be
 * called, and how it is best encoded.
 */
#ifndef MINISMTP_MESSAGE_SURVEY_H
#define MINISMTP_MESSAGE_SURVEY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/str.h"
#include "message/scan.h"
#include "message/transfer.h"

#define SURVEY_HEAD ((size_t)64 * 1024)

/* Zeroed it is ready. */
struct survey {
	struct scan scan;
	struct body_facts facts;	/* final behind survey_end() */
	uint64_t bytes;
	uint64_t odd;		/* those that quoted-printable writes as =XX */
	char last;
	unsigned from;		/* how much of "From " begins this line */
	bool from_line;		/* one does: a mailbox would put ">" there */
	struct buf head;	/* the first of them, for sniff.h */
};

void survey_add(struct survey *s, struct str piece);
void survey_end(struct survey *s);
void survey_free(struct survey *s);

/* No NUL and no other byte that no text has; or text in UTF-16 or UTF-32. */
bool survey_is_text(const struct survey *s);

/*
 * What to call the charset of this text; hint is what somebody said who does
 * not know the bytes (a locale), or empty.
 */
struct str survey_charset(const struct survey *s, struct str hint);

/* As it is where every relay takes it; else whichever is shorter. */
enum transfer_kind survey_transfer(const struct survey *s, bool text);

#endif
