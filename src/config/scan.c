// SPDX-License-Identifier: ISC
/*
 * scan.c - the words of a configuration file, with their lines
 */
#include "config/scan.h"

#include <string.h>

#include "base/vis.h"

void
scan_init(struct scan *s, struct str file, struct str text,
    const struct loader *loader, struct mistakes *m)
{
	*s = (struct scan){
		.rest = text,
		.at = { file, 1 },
		.loader = loader,
		.mistakes = m,
	};
	/* All room at once: growing would leave copies of a password. */
	buf_room(&s->text, text.len + 1);
	str_eat(&s->rest, STR("\xef\xbb\xbf"));	/* a byte order mark */
}

void
scan_free(struct scan *s)
{
	buf_wipe(&s->text);
}

void
scan_back(struct scan *s)
{
	s->again = true;
}

static void
skip(struct scan *s, size_t n)
{
	s->rest = str_skip(s->rest, n);
}

/* The byte n further on, NUL behind the end. */
static char
peek(const struct scan *s, size_t n)
{
	return n < s->rest.len ? s->rest.ptr[n] : '\0';
}

/* At the end of the line or of the text; a CR belongs to its LF. */
static bool
at_line_end(const struct scan *s)
{
	return s->rest.len == 0 || peek(s, 0) == '\n' ||
	    (peek(s, 0) == '\r' && peek(s, 1) == '\n');
}

static void
skip_line(struct scan *s)
{
	while (s->rest.len > 0 && peek(s, 0) != '\n')
		skip(s, 1);
}

static void
skip_comment(struct scan *s)
{
	struct place from = s->at;

	skip(s, 2);
	while (!str_eat(&s->rest, STR("*/"))) {
		if (s->rest.len == 0) {
			mistakes_add(s->mistakes, from,
			    "the comment that begins here has no */");
			return;
		}
		if (peek(s, 0) == '\n')
			s->at.line++;
		skip(s, 1);
	}
}

static bool
comment_begins(const struct scan *s)
{
	return peek(s, 0) == '#' ||
	    (peek(s, 0) == '/' && (peek(s, 1) == '/' || peek(s, 1) == '*'));
}

static void
tell_nul(struct scan *s)
{
	if (!s->nul_told)
		mistakes_add(s->mistakes, s->at,
		    "a NUL byte: this is not a text file");
	s->nul_told = true;
}

/* Blanks and comments. */
static void
skip_blanks(struct scan *s)
{
	while (s->rest.len > 0) {
		char c = peek(s, 0);

		if (c == '/' && peek(s, 1) == '*') {
			skip_comment(s);
			continue;
		}
		if (comment_begins(s)) {
			skip_line(s);
			continue;
		}
		if (c == '\n')
			s->at.line++;
		else if (c == '\0')
			tell_nul(s);
		else if (c == '\r' && peek(s, 1) != '\n')
			mistakes_add(s->mistakes, s->at, "a carriage return "
			    "that ends no line");
		else if (c != ' ' && c != '\t' && c != '\r')
			return;
		skip(s, 1);
	}
}

/* "${NAME}" or "${NAME:-default}" stands next. */
static void
expand(struct scan *s)
{
	struct str in = s->rest, inner, name;
	size_t n;

	str_eat(&in, STR("${"));
	if (!str_eat_until(&in, '}', &inner) || str_has(inner, '\n')) {
		mistakes_add(s->mistakes, s->at, "${ without its }");
		skip(s, 2);
		return;
	}
	n = s->rest.len - in.len;
	name = inner;
	for (size_t i = 0; i + 1 < inner.len; i++) {
		if (inner.ptr[i] == ':' && inner.ptr[i + 1] == '-') {
			name = str_head(inner, i);
			break;
		}
	}
	if (s->loader == NULL || s->loader->trust != FILE_PERSONAL ||
	    s->loader->variable == NULL) {
		mistakes_add(s->mistakes, s->at, "${...} is not expanded in "
		    "the configuration of a machine; 'single quotes' keep it "
		    "as it is");
	} else if (!s->loader->variable(s->loader->arg, name, &s->text)) {
		if (name.len < inner.len)
			buf_add(&s->text, str_skip(inner, name.len + 2));
		else
			mistakes_add(s->mistakes, s->at,
			    "this variable is not set in the environment");
	}
	skip(s, n);
}

static int
digit(char c, int base)
{
	int v = str_is_digit(c) ? c - '0' :
	    str_lower(c) >= 'a' && str_lower(c) <= 'f' ?
	    str_lower(c) - 'a' + 10 : 99;

	return v < base ? v : -1;
}

/* \101 or \x41; the backslash is eaten already. */
static void
escaped_number(struct scan *s)
{
	int base = peek(s, 0) == 'x' ? 16 : 8, value = 0;
	size_t most = base == 16 ? 2 : 3, n = 0;

	if (base == 16)
		skip(s, 1);
	while (n < most && digit(peek(s, 0), base) >= 0) {
		value = value * base + digit(peek(s, 0), base);
		skip(s, 1);
		n++;
	}
	if (n == 0 || value == 0 || value > 255)
		mistakes_add(s->mistakes, s->at, "an escape that is no byte "
		    "of text: \\x01 to \\xff, or \\001 to \\377");
	else
		buf_putc(&s->text, (char)value);
}

static void
escaped(struct scan *s)
{
	static const char from[] = "ntrbfaev\"'\\$";
	static const char to[] = "\n\t\r\b\f\a\033\v\"'\\$";
	char c;

	skip(s, 1);
	c = peek(s, 0);
	if (c == 'x' || digit(c, 8) >= 0) {
		escaped_number(s);
		return;
	}
	if (at_line_end(s))
		return;		/* the quote is open: told there */
	for (size_t i = 0; i < sizeof(from) - 1; i++) {
		if (from[i] == c) {
			buf_putc(&s->text, to[i]);
			skip(s, 1);
			return;
		}
	}
	mistakes_add(s->mistakes, s->at, "an unknown escape; a backslash is "
	    "written \\\\ in double quotes, or \\ in single ones");
	skip(s, 1);
}

static bool
ends_word(const struct scan *s)
{
	char c = peek(s, 0);

	return at_line_end(s) || c == ' ' || c == '\t' || c == '\r' ||
	    c == '\0' || c == '{' || c == '}' || c == '=' || c == ',' ||
	    c == '"' || c == '\'' || (c == '+' && peek(s, 1) == '=');
}

static void
quoted(struct scan *s, char quote)
{
	skip(s, 1);
	while (!at_line_end(s) && peek(s, 0) != quote) {
		char c = peek(s, 0), next = peek(s, 1);

		if (c == '\0') {
			tell_nul(s);
			skip(s, 1);
		} else if (quote == '"' && c == '\\') {
			escaped(s);
		} else if (quote == '"' && c == '$' && next == '{') {
			expand(s);
		} else {
			/* In single quotes only \' and \\ mean something. */
			if (c == '\\' && (next == '\'' || next == '\\'))
				skip(s, 1);
			buf_putc(&s->text, peek(s, 0));
			skip(s, 1);
		}
	}
	if (at_line_end(s)) {
		mistakes_add(s->mistakes, s->where,
		    "the quote is not closed on its line");
		return;
	}
	skip(s, 1);
	if (!ends_word(s) || peek(s, 0) == '"' || peek(s, 0) == '\'') {
		mistakes_add(s->mistakes, s->where, "something is glued to the "
		    "closing quote; inside of a quote it is written \\%c",
		    quote);
		if (comment_begins(s))
			return;
		while (!ends_word(s) || peek(s, 0) == '"' ||
		    peek(s, 0) == '\'')
			skip(s, 1);
	}
}

static void
unquoted(struct scan *s)
{
	const char *glued = NULL;

	while (!ends_word(s)) {
		if (peek(s, 0) == '$' && peek(s, 1) == '{') {
			expand(s);
			continue;
		}
		if (comment_begins(s) && glued == NULL)
			glued = peek(s, 0) == '#' ? "#" :
			    peek(s, 1) == '/' ? "//" : "/*";
		buf_putc(&s->text, peek(s, 0));
		skip(s, 1);
	}
	if (glued != NULL)
		mistakes_add(s->mistakes, s->where, "%s in the middle of a "
		    "word: quote it, or put a blank before the comment",
		    glued);
	if (peek(s, 0) == '"' || peek(s, 0) == '\'') {
		mistakes_add(s->mistakes, s->where,
		    "a quote in the middle of a word: quote all of it");
		while (!at_line_end(s) && (peek(s, 0) == '"' ||
		    peek(s, 0) == '\'' || !ends_word(s)))
			skip(s, 1);
	}
}

/* A byte that is a token by itself, or TOKEN_END. */
static enum token
sign(struct scan *s)
{
	static const struct {
		char byte;
		enum token token;
	} signs[] = {
		{ '{', TOKEN_OPEN },
		{ '}', TOKEN_CLOSE },
		{ '=', TOKEN_EQUALS },
		{ ',', TOKEN_COMMA },
	};

	if (str_eat(&s->rest, STR("+=")))
		return TOKEN_PLUS;
	for (size_t i = 0; i < sizeof(signs) / sizeof(signs[0]); i++) {
		if (peek(s, 0) == signs[i].byte) {
			skip(s, 1);
			return signs[i].token;
		}
	}
	return TOKEN_END;
}

enum token
scan_next(struct scan *s)
{
	if (s->again) {
		s->again = false;
		return s->token;
	}
	explicit_bzero(s->text.data, s->text.len);
	buf_reset(&s->text);
	skip_blanks(s);
	s->where = s->at;
	if (s->rest.len == 0)
		return s->token = TOKEN_END;
	s->token = sign(s);
	if (s->token != TOKEN_END)
		return s->token;
	if (peek(s, 0) == '"' || peek(s, 0) == '\'') {
		quoted(s, peek(s, 0));
		return s->token = TOKEN_TEXT;
	}
	unquoted(s);
	return s->token = TOKEN_WORD;
}
