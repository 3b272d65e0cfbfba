// SPDX-License-Identifier: ISC
/*
 * transfer.h - quoted-printable and base64 (RFC 2045, 6.7 and 6.8), streamed
 *
 * Lines of at most 76 bytes with CRLF.  Quoted-printable is for text: each
 * line end (what canon.h takes for one) becomes CRLF, and everything else, also
 * a lone CR or a NUL, comes out of the decoder as it went in; no line of the
 * result begins with a dot or with "From ".  Base64 keeps every byte.
 *
 * The two MEND forms are for what claims to be encoded already and is not fit
 * for the wire, with lines too long or raw 8-bit bytes in it: it decodes to
 * the same as before.
 */
#ifndef MINISMTP_MESSAGE_TRANSFER_H
#define MINISMTP_MESSAGE_TRANSFER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/source.h"
#include "base/str.h"

enum transfer_kind {
	TRANSFER_NONE,		/* as it is */
	TRANSFER_QP,
	TRANSFER_BASE64,
	TRANSFER_QP_MEND,
	TRANSFER_BASE64_MEND
};

/* The word for Content-Transfer-Encoding; NULL for TRANSFER_NONE. */
const char *transfer_name(enum transfer_kind kind);

/* Zeroed but for the kind it is ready. */
struct transfer {
	enum transfer_kind kind;
	size_t column;		/* of the line being written */
	size_t crs;		/* CRs whose fate the next byte decides */
	char blank;		/* a space or tab that may end the line, or 0 */
	size_t from;		/* how much of "From" stands at its front */
	size_t escape;		/* bytes of a "=XX" that must stay together */
	unsigned char left[3];	/* of a group of three */
	size_t nleft;
};

void transfer_add(struct transfer *t, struct buf *out, struct str bytes);
/* The last group and line end; t is ready for the next text of that kind. */
void transfer_end(struct transfer *t, struct buf *out);

/* The same as a source. */
struct source_transfer {
	struct source source;
	struct source *from;	/* borrowed */
	struct transfer transfer;
	bool over;
	struct buf block;
};
void source_transfer_init(struct source_transfer *s, enum transfer_kind kind,
    struct source *from);
void source_transfer_free(struct source_transfer *s);

#endif
