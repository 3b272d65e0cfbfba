// SPDX-License-Identifier: ISC
/*
 * words_structured.c - encoded words in fields that have a grammar
 *
 * Only two places of an address field may hold them: the phrase before an
 * angle bracket (or a group's colon), and comments.
 */
#include "message/words.h"

#include "base/vis.h"
#include "message/cfws.h"

/* The inside of a quoted string. */
static void
add_unquoted(struct buf *out, struct str quoted)
{
	for (size_t i = 1; i + 1 < quoted.len; i++) {
		if (quoted.ptr[i] == '\\' && i + 2 < quoted.len)
			i++;
		buf_putc(out, quoted.ptr[i]);
	}
}

/* Parentheses stay, the texts between them are encoded. */
static void
add_comment(struct buf *out, struct str comment, struct str charset)
{
	struct buf text = { 0 };

	for (size_t i = 0; i < comment.len; i++) {
		char c = comment.ptr[i];

		if (c != '(' && c != ')') {
			buf_putc(&text, c);
			/* A parenthesis that is quoted must stay so. */
			if (c == '\\' && i + 1 < comment.len)
				buf_putc(&text, comment.ptr[++i]);
			continue;
		}
		words_text(out, buf_str(&text), charset);
		buf_reset(&text);
		buf_putc(out, c);
	}
	buf_free(&text);
}

/*
 * The words before "<".  Where one of them was quoted, all go into encoded
 * words, for what the quotes protected must not stand bare.
 */
static void
add_phrase(struct buf *out, struct str phrase, struct str charset)
{
	struct buf text = { 0 };
	struct str part, rest = phrase;
	bool was_quoted = false;

	if (!words_needed(phrase)) {
		buf_add(out, phrase);
		return;
	}
	while (rest.len > 0) {
		if (quoted_eat(&rest, &part)) {
			add_unquoted(&text, part);
			was_quoted = true;
		} else if (rest.ptr[0] == '"') {
			buf_add(&text, rest);
			rest = str_skip(rest, rest.len);
		} else {
			buf_putc(&text, rest.ptr[0]);
			rest = str_skip(rest, 1);
		}
	}
	for (rest = phrase; rest.len > 0 && str_is_blank(rest.ptr[0]);
	    rest = str_skip(rest, 1))
		buf_putc(out, rest.ptr[0]);
	if (was_quoted)
		words_phrase(out, buf_str(&text), charset);
	else
		words_text(out, str_trim(buf_str(&text)), charset);
	buf_putc(out, ' ');
	buf_free(&text);
}

/*
 * A quoted string, a comment, or one byte.  One that has no end takes all there
 * is: to try again at each byte would make a long field last for ever.
 */
static void
skip_part(struct str *in)
{
	struct str part;
	char c = in->ptr[0];

	if (c == '"' ? quoted_eat(in, &part) :
	    c == '(' && comment_eat(in, &part))
		return;
	*in = str_skip(*in, c == '"' || c == '(' ? in->len : 1);
}

/* Up to one of these bytes, outside of quotes. */
static struct str
eat_words(struct str *in, const char *stops)
{
	struct str start = *in;

	while (in->len > 0 && !str_has(str_of(stops), in->ptr[0]))
		skip_part(in);
	return str_head(start, start.len - in->len);
}

/* What is known about the words up to a place in the field. */
struct known {
	const char *until;
	bool phrase;		/* "<" or ":" follows: they are a name */
};

static bool
is_phrase(struct known *k, struct str rest)
{
	if (k->until != NULL && rest.ptr < k->until)
		return k->phrase;
	while (rest.len > 0 && !str_has(STR("<:,;"), rest.ptr[0]))
		skip_part(&rest);
	k->until = rest.ptr;
	k->phrase = rest.len > 0 && str_has(STR("<:"), rest.ptr[0]);
	return k->phrase;
}

/* No account has such a name: somebody is called so, and has no address. */
static bool
is_name(struct str part)
{
	struct str quoted;

	if (!words_needed(part))
		return false;
	while (part.len > 0 && part.ptr[0] != '@')
		if (part.ptr[0] != '"')
			part = str_skip(part, 1);
		else if (!quoted_eat(&part, &quoted))
			return false;
	return part.len == 0;
}

static bool
add_part(struct buf *out, struct str *in, struct known *k,
    struct str charset)
{
	struct str part = *in;
	bool phrase;

	if (str_has(STR(",;:>"), in->ptr[0])) {
		buf_putc(out, in->ptr[0]);
		*in = str_skip(*in, 1);
		return true;
	}
	if (in->ptr[0] == '(') {
		if (comment_eat(in, &part)) {
			add_comment(out, part, charset);
			return true;
		}
		*in = str_skip(*in, in->len);
	} else if (in->ptr[0] == '<') {
		part = eat_words(in, ">");
	} else {
		phrase = is_phrase(k, *in);
		part = eat_words(in, ",;<:(");
		if (phrase || is_name(part)) {
			add_phrase(out, part, charset);
			return true;
		}
	}
	buf_add(out, part);
	return !words_needed(part);
}

bool
words_structured(struct buf *out, struct str value, struct str charset)
{
	struct buf line = { 0 };
	struct known known = { 0 };
	struct str rest;
	size_t begin = out->len;
	bool clean = true;

	words_unfold(&line, value);
	rest = buf_str(&line);
	while (rest.len > 0)
		clean &= add_part(out, &rest, &known, charset);
	while (out->len > begin && out->data[out->len - 1] == ' ')
		buf_cut(out, out->len - 1);
	buf_free(&line);
	return clean;
}

/* name="a\xc3\xa4" becomes name*=utf-8''a%C3%A4 (RFC 2231, 4). */
static void
add_param(struct buf *out, struct str param, struct str charset)
{
	struct buf text = { 0 };
	struct str name, rest = param, quoted;

	if (!words_needed(param)) {
		buf_add(out, param);
		return;
	}
	if (!str_eat_until(&rest, '=', &name)) {
		for (size_t i = 0; i < param.len; i++)
			buf_putc(out, (unsigned char)param.ptr[i] > 127 ? '?' :
			    param.ptr[i]);
		return;
	}
	rest = str_trim(rest);
	if (quoted_eat(&rest, &quoted))
		add_unquoted(&text, quoted);
	else
		buf_add(&text, rest);
	if (utf8_is_valid(buf_str(&text)))
		charset = STR("utf-8");
	else if (charset.len == 0 || str_ieq(charset, STR("utf-8")))
		charset = STR("unknown-8bit");
	while (name.len > 0 && str_is_blank(name.ptr[name.len - 1]))
		name.len--;
	buf_printf(out, "%.*s*=%.*s''", STR_ARGS(name), STR_ARGS(charset));
	for (size_t i = 0; i < text.len; i++) {
		char c = text.data[i];

		if (str_is_alpha(c) || str_is_digit(c) ||
		    str_has(STR("-._"), c))
			buf_putc(out, c);
		else
			buf_printf(out, "%%%02X", (unsigned char)c);
	}
	buf_free(&text);
}

void
words_params(struct buf *out, struct str value, struct str charset)
{
	struct buf line = { 0 };
	struct str rest, part;

	words_unfold(&line, value);
	rest = buf_str(&line);
	while (rest.len > 0) {
		part = eat_words(&rest, ";");
		add_param(out, part, charset);
		if (str_eat(&rest, STR(";")))
			buf_putc(out, ';');
	}
	buf_free(&line);
}
