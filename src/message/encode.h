// SPDX-License-Identifier: ISC
/*
 * encode.h - a body that the relay would not take, in a form that it takes
 *
 * For a relay without 8BITMIME, for lines over 998 bytes, for NUL and lone CR:
 * the leaf parts of a message become quoted-printable (text) or base64 (the
 * rest), in passing and in constant memory.  Multiparts are walked by the
 * book, also in message/rfc822.  What is encoded already stays so; what is
 * signed or encrypted, or broken (a multipart without boundary, a part whose
 * header never ends), stays as it is.
 *
 * Where the relay takes no 8-bit text ("ascii"), a byte above 127 before the
 * first part or behind the last, which nobody is shown, becomes a question
 * mark.
 *
 * The header of the message itself is complete.h's, which also makes the plan.
 */
#ifndef MINISMTP_MESSAGE_ENCODE_H
#define MINISMTP_MESSAGE_ENCODE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/source.h"
#include "base/str.h"
#include "base/strs.h"
#include "message/scan.h"
#include "message/transfer.h"

/* What shall be done to an entity, from its header. */
enum encode_way {
	ENCODE_NOT,		/* it goes as it is */
	ENCODE_LEAF,		/* .kind for all of it */
	ENCODE_PARTS,		/* walk the parts between .boundary */
	ENCODE_MESSAGE		/* a header follows, then what it says */
};

struct encode_plan {
	enum encode_way way;
	enum transfer_kind kind;
	struct buf boundary;
	bool digest;		/* its parts are messages by default */
	bool ascii;		/* what no reader shows must be so too */
};

/*
 * From the values of Content-Type and Content-Transfer-Encoding, empty where
 * there is none.  digest: in a multipart/digest the default is a message.
 */
void encode_plan(struct encode_plan *p, struct str content_type,
    struct str cte, bool digest);
void encode_plan_free(struct encode_plan *p);

struct encode;

/* The body, changed by the plan; owns neither. */
struct encode *encode_new(const struct encode_plan *p, struct source *from);
struct source *encode_source(struct encode *enc);
void encode_free(struct encode *enc);

/*
 * What it will come to, for parts that must not be changed are only met on the
 * way.  Reads all there is.
 */
int encode_look(const struct encode_plan *p, struct source *from,
    struct body_facts *after, struct err *e);

#endif
