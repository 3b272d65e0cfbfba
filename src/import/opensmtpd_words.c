// SPDX-License-Identifier: ISC
/*
 * opensmtpd_words.c - smtpd.conf, statement by statement
 */
#include "import/opensmtpd.h"

static void
skip(struct statements *s)
{
	s->line += s->rest.ptr[0] == '\n';
	s->rest = str_skip(s->rest, 1);
}

/* A comment goes on where a backslash ends its line. */
static void
skip_comment(struct statements *s)
{
	while (s->rest.len > 0 && s->rest.ptr[0] != '\n') {
		if (s->rest.len > 1 && s->rest.ptr[0] == '\\' &&
		    s->rest.ptr[1] == '\n')
			skip(s);
		skip(s);
	}
}

static const struct buf *
macro(const struct statements *s, struct str name)
{
	for (size_t i = s->macro.count; i > 1; i -= 2) {
		if (str_eq(strs_at(&s->macro, i - 2), name))
			return &s->macro.item[i - 1];
	}
	return NULL;
}

static void
add(struct statements *s, struct str word)
{
	const struct buf *value = NULL;
	struct str name = word;

	if (s->words.count >= WORDS_MAX)
		return;
	if (str_eat(&name, STR("$")))
		value = macro(s, name);
	strs_add(&s->words, value != NULL ? buf_str(value) : word);
}

static void
quoted(struct statements *s)
{
	struct buf text = { 0 };
	char c;

	skip(s);
	while (s->rest.len > 0 && s->rest.ptr[0] != '"') {
		c = s->rest.ptr[0];
		skip(s);
		if (c == '\\' && s->rest.len > 0) {
			c = s->rest.ptr[0];
			skip(s);
			if (c == '\n')
				continue;
		}
		buf_putc(&text, c);
	}
	if (s->rest.len > 0)
		skip(s);
	if (s->words.count < WORDS_MAX)
		strs_add(&s->words, buf_str(&text));
	buf_wipe(&text);
}

static void
bare(struct statements *s)
{
	struct str word = s->rest;

	word.len = 0;
	while (s->rest.len > 0 &&
	    !str_has(STR(" \t\r\n\"{}<>,=#\\"), s->rest.ptr[0])) {
		skip(s);
		word.len++;
	}
	if (word.len == 0) {
		word.len = 1;
		skip(s);
	}
	add(s, word);
}

/* One word or sign; false where the statement ends. */
static bool
step(struct statements *s, size_t *depth)
{
	char c = s->rest.ptr[0];

	if (c == '\n') {
		skip(s);
		return s->words.count == 0 || *depth > 0;
	}
	if (c == '\\' && s->rest.len > 1 && s->rest.ptr[1] == '\n') {
		skip(s);
		skip(s);
	} else if (str_is_blank(c) || c == '\r') {
		skip(s);
	} else if (c == '#') {
		skip_comment(s);
	} else if (c == '"') {
		s->begins = s->words.count == 0 ? s->line : s->begins;
		quoted(s);
	} else {
		s->begins = s->words.count == 0 ? s->line : s->begins;
		*depth += c == '{';
		*depth -= c == '}' && *depth > 0;
		bare(s);
	}
	return true;
}

static bool
is_macro(const struct statements *s)
{
	return s->words.count == 3 && str_eq(strs_at(&s->words, 1), STR("="));
}

bool
statements_next(struct statements *s)
{
	do {
		size_t depth = 0;

		for (size_t i = 0; i < s->words.count; i++)
			buf_wipe(&s->words.item[i]);
		strs_free(&s->words);
		s->at = 0;
		while (s->rest.len > 0 && step(s, &depth))
			;
		if (is_macro(s) && s->macro.count < 2 * MACROS_MAX) {
			strs_add(&s->macro, strs_at(&s->words, 0));
			strs_add(&s->macro, strs_at(&s->words, 2));
		}
	} while (is_macro(s));
	return s->words.count > 0;
}

void
statements_free(struct statements *s)
{
	for (size_t i = 0; i < s->words.count; i++)
		buf_wipe(&s->words.item[i]);
	strs_free(&s->words);
	strs_free(&s->macro);
}

bool
statements_more(const struct statements *s)
{
	return s->at < s->words.count;
}

/* The next word, or empty at the end. */
struct str
statements_word(struct statements *s)
{
	return statements_more(s) ? strs_at(&s->words, s->at++) : STR("");
}

bool
statements_is(struct statements *s, struct str word)
{
	if (!statements_more(s) || !str_eq(strs_at(&s->words, s->at), word))
		return false;
	s->at++;
	return true;
}

/* <name> */
struct str
statements_table(struct statements *s)
{
	struct str name = statements_word(s);

	if (!str_eq(name, STR("<")))
		return name;
	name = statements_word(s);
	(void)statements_is(s, STR(">"));
	return name;
}
