// SPDX-License-Identifier: ISC
/*
 * mailbox.h - one name and address out of a list (RFC 5322, 3.4)
 *
 * The walk along a list is addresses.c's; here is a step of it.
 */
#ifndef MINISMTP_MESSAGE_MAILBOX_H
#define MINISMTP_MESSAGE_MAILBOX_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "message/lex.h"

struct mailbox {
	struct buf phrase;	/* the name: quotes and folds resolved, encoded
				 * words as they are; a comment if no phrase */
	struct buf local;	/* for the wire: quoted only where it must be */
	struct buf domain;	/* as given, or "[...]"; empty: a bare name */
	size_t at, len;		/* the local part and the domain in the text,
				 * with words that may stand behind a login */
	bool angle;		/* there are angle brackets around it */
};

/* local@domain, or local alone. */
void mailbox_add(struct buf *out, const struct mailbox *m);
void mailbox_free(struct mailbox *m);

#define PARSE_NOWHERE ((size_t)-1)

struct parse {
	struct lex lex;
	struct token tok;	/* the one to be looked at */
	size_t start;		/* of what is being read */
	size_t group;		/* where the open group begins, or nowhere */
	size_t wrong_at;
	struct buf wrong;	/* empty: all is well */
	bool recipients;	/* "Backup Service" is one: see addresses.h */
	bool null_allowed;	/* <> is a mailbox without a local part */
};

/*
 * Up to the next separator.  *got is false if there was nothing, or only the
 * name of a group, which is open then.
 */
int mailbox_read(struct parse *p, struct mailbox *m, bool *got);

int parse_fail(struct parse *p, size_t at, const char *why);
/* Go on behind what is wrong; the token at hand is then a separator. */
void parse_resync(struct parse *p);

#endif
