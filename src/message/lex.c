// SPDX-License-Identifier: ISC
/*
 * lex.c - the words of a structured field (RFC 5322, 3.2)
 */
#include "message/lex.h"

/* CRs and an LF that a blank follows. */
static size_t
fold_len(struct str s)
{
	size_t n = 0;

	while (n < s.len && s.ptr[n] == '\r')
		n++;
	return n + 1 < s.len && s.ptr[n] == '\n' &&
	    str_is_blank(s.ptr[n + 1]) ? n + 1 : 0;
}

static bool
is_special(char c)
{
	return c != '\0' && str_has(STR("<>@,;:."), c);
}

static bool
ends_atom(char c)
{
	return c == ' ' || str_is_control(c) || is_special(c) ||
	    str_has(STR("()[]\""), c);
}

static struct str
ahead(const struct lex *lex)
{
	return str_skip(lex->text, lex->at);
}

/* What is between two bytes, with them, or 0: the second one never comes. */
static size_t
closed_len(struct str s, char close)
{
	for (size_t i = 1; i < s.len; i++) {
		if (s.ptr[i] == close)
			return i + 1;
		if (s.ptr[i] == '\\')
			i++;
	}
	return 0;
}

/* Comments may hold comments. */
static size_t
comment_len(struct str s)
{
	size_t depth = 0;

	for (size_t i = 0; i < s.len; i++) {
		if (s.ptr[i] == '(')
			depth++;
		else if (s.ptr[i] == ')' && --depth == 0)
			return i + 1;
		else if (s.ptr[i] == '\\')
			i++;
	}
	return 0;
}

/*
 * RFC 2047, 2.  Careless programs leave a comma or an @ in such a word, and it
 * is a name all the same.
 */
static size_t
encoded_len(struct str s)
{
	struct str in = s, part;

	if (!str_eat(&in, STR("=?")))
		return 0;
	for (int marks = 0; marks < 2; marks++) {
		size_t n = 0;

		while (n < in.len && n < 40 && !ends_atom(in.ptr[n]) &&
		    in.ptr[n] != '?')
			n++;
		if (n == 0 || n == in.len || in.ptr[n] != '?' ||
		    (marks == 1 && n != 1))
			return 0;
		in = str_skip(in, n + 1);
	}
	part = in;
	while (in.len > 1 && !(in.ptr[0] == '?' && in.ptr[1] == '=')) {
		if (str_is_control(in.ptr[0]) ||
		    str_has(STR(" ?<>\""), in.ptr[0]) ||
		    part.len - in.len > 998)
			return 0;
		in = str_skip(in, 1);
	}
	return in.len > 1 ? s.len - in.len + 2 : 0;
}

static size_t
atom_len(struct str s)
{
	size_t n = encoded_len(s);

	while (n < s.len && !ends_atom(s.ptr[n])) {
		/* \root and o\'brien: a quoted pair without quotes. */
		if (s.ptr[n] == '\\') {
			if (n + 1 == s.len || str_is_control(s.ptr[n + 1]))
				break;
			n++;
		}
		n++;
	}
	return n;
}

/* Blanks, folds, comments.  False at a comment that never ends. */
static bool
skip_between(struct lex *lex)
{
	for (;;) {
		struct str s = ahead(lex);
		size_t len;

		if (s.len == 0)
			return true;
		if (s.ptr[0] == '(') {
			len = comment_len(s);
			if (len == 0)
				return false;
			lex->comment = (struct str){ s.ptr + 1, len - 2 };
		} else {
			len = str_is_blank(s.ptr[0]) ? 1 : fold_len(s);
			if (len == 0)
				return true;
		}
		lex->at += len;
	}
}

static void
be_bad(struct lex *lex, struct token *t, size_t len, const char *why)
{
	t->kind = TOKEN_BAD;
	t->raw = str_head(ahead(lex), len);
	lex->why = why;
}

/* The token that begins with c, where it is one that must be closed. */
static void
read_closed(struct lex *lex, struct token *t, char c)
{
	struct str s = ahead(lex);
	size_t len = closed_len(s, c == '"' ? '"' : ']');

	t->kind = c == '"' ? TOKEN_QUOTED : TOKEN_LITERAL;
	t->raw = str_head(s, len);
	if (len == 0)
		be_bad(lex, t, s.len, c == '"' ?
		    "the '\"' is never closed" : "the '[' is never closed");
}

static void
read_atom(struct lex *lex, struct token *t, char c)
{
	struct str s = ahead(lex);
	size_t len = atom_len(s);

	t->kind = TOKEN_ATOM;
	t->raw = str_head(s, len);
	if (len > 0)
		return;
	if (c == ')' || c == ']')
		be_bad(lex, t, 1, c == ')' ? "the ')' was never opened" :
		    "the ']' was never opened");
	else if (c == '\\')
		be_bad(lex, t, 1, "nothing stands behind the '\\'");
	else
		be_bad(lex, t, 1, "a control character is no part of it");
}

void
lex_next(struct lex *lex, struct token *t)
{
	size_t before = lex->at;
	bool whole = skip_between(lex);
	struct str s = ahead(lex);

	*t = (struct token){ .at = lex->at, .spaced = lex->at > before };
	if (!whole)
		be_bad(lex, t, s.len, "the '(' is never closed");
	else if (s.len == 0)
		t->raw = s;
	else if (s.ptr[0] == '"' || s.ptr[0] == '[')
		read_closed(lex, t, s.ptr[0]);
	else if (is_special(s.ptr[0])) {
		t->kind = TOKEN_SPECIAL;
		t->raw = str_head(s, 1);
	} else
		read_atom(lex, t, s.ptr[0]);
	lex->at += t->raw.len;
}

bool
token_is(const struct token *t, char special)
{
	return t->kind == TOKEN_SPECIAL && t->raw.ptr[0] == special;
}

static void
add_unquoted(struct buf *out, struct str s)
{
	while (s.len > 0) {
		size_t fold = fold_len(s);

		if (fold == 0) {
			if (s.ptr[0] == '\\' && s.len > 1)
				s = str_skip(s, 1);
			buf_putc(out, s.ptr[0]);
		}
		s = str_skip(s, fold > 0 ? fold : 1);
	}
}

void
token_value(struct buf *out, const struct token *t)
{
	struct str s = t->raw;

	if (t->kind == TOKEN_QUOTED)
		s = (struct str){ s.ptr + 1, s.len - 2 };
	if (t->kind == TOKEN_LITERAL)
		buf_add(out, s);
	else
		add_unquoted(out, s);
}

void
comment_value(struct buf *out, struct str comment)
{
	add_unquoted(out, str_trim(comment));
}
