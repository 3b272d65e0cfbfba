// SPDX-License-Identifier: ISC
/*
 * lex.h - the words of a structured field (RFC 5322, 3.2)
 *
 * Blanks, folds and comments lie between the tokens and are passed over.
 */
#ifndef MINISMTP_MESSAGE_LEX_H
#define MINISMTP_MESSAGE_LEX_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/str.h"

enum token_kind {
	TOKEN_END,
	TOKEN_ATOM,		/* also with quoted pairs, or an encoded word */
	TOKEN_QUOTED,		/* "with its quotes" */
	TOKEN_LITERAL,		/* [with its brackets] */
	TOKEN_SPECIAL,		/* one of <>@,;:. */
	TOKEN_BAD		/* none of these; lex.why tells, and so do at */
};				/* and raw, which goes to the end if unclosed */

struct token {
	enum token_kind kind;
	struct str raw;
	size_t at;		/* where in the text it begins */
	bool spaced;		/* something lay before it */
};

struct lex {
	struct str text;
	size_t at;		/* what comes next */
	struct str comment;	/* the last one passed, without parentheses */
	const char *why;
};

void lex_next(struct lex *lex, struct token *t);

bool token_is(const struct token *t, char special);
/* What it stands for: without quotes, quoted pairs and folds. */
void token_value(struct buf *out, const struct token *t);
/* The same for what was between parentheses. */
void comment_value(struct buf *out, struct str comment);

#endif
