// SPDX-License-Identifier: ISC
/*
 * compose.h - a message with its parts, written as it is read
 *
 *	text				text/plain
 *	text and HTML			multipart/alternative
 *	and pictures in the HTML	multipart/related around HTML and them
 *	and attachments			multipart/mixed around all that
 *
 * Every part is a source that is read when its turn comes and encoded in
 * passing: a message of any size takes the memory of one piece.  The result
 * has CRLF and nothing that a relay would refuse.
 */
#ifndef MINISMTP_MESSAGE_COMPOSE_H
#define MINISMTP_MESSAGE_COMPOSE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/source.h"
#include "base/str.h"
#include "message/canon.h"
#include "message/survey.h"
#include "message/transfer.h"

struct part {
	struct buf type;	/* "image/png" */
	struct buf charset;	/* for text; empty: it is not said */
	struct buf name;	/* of the file, or empty */
	struct buf cid;		/* Content-ID, without brackets, or empty */
	bool is_inline;		/* shown where it stands, not offered to save */
	enum transfer_kind how;
	bool ends_line;		/* its last byte is a line end, or none */
	bool lines;		/* its line ends become CRLF before that */
	uint64_t size;		/* before it is encoded */
	struct source *from;	/* borrowed; read once */
};

/* Type, charset, encoding and size from what the bytes are; see sniff.h. */
void part_judge(struct part *p, const struct survey *s, struct str type,
    struct str charset);
/* About how many bytes it will have when encoded. */
uint64_t part_encoded(const struct part *p);
void part_free(struct part *p);

struct composition {
	struct buf header;	/* whole fields with CRLF, no MIME in them */
	struct part *plain;	/* or NULL */
	struct part *html;	/* or NULL */
	struct part *related;	/* pictures for the HTML */
	size_t relateds;
	struct part *attached;
	size_t attacheds;
};

struct compose_step;

/* Zeroed is none. */
struct compose {
	struct source source;
	struct compose_step *step;
	size_t steps, at;
	bool said;		/* the text of step[at] has been given */
	struct source_transfer transfer;
	struct canon canon;
};

/*
 * c->source is the message.  Parts and their sources stay the caller's and must
 * outlive it; a part that fails to be read fails the message.
 */
void compose_init(struct compose *c, const struct composition *what);
void compose_free(struct compose *c);

#endif
