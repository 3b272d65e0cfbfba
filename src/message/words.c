// SPDX-License-Identifier: ISC
/*
 * words.c - what may stand in a header that is not plain ASCII
 */
#include "message/words.h"

#include "base/base64.h"
#include "base/vis.h"
#include "message/cfws.h"

#define WORD_MAX 75		/* of an encoded word, RFC 2047, 2 */
#define CHARSET_MAX 40		/* of its name: the word needs room too */

static bool
is_odd(char c)
{
	return (unsigned char)c > 127 || (str_is_control(c) && c != '\t');
}

static bool
is_odd_text(struct str s)
{
	for (size_t i = 0; i < s.len; i++)
		if (is_odd(s.ptr[i]))
			return true;
	return false;
}

bool
words_needed(struct str text)
{
	for (size_t i = 0; i < text.len; i++)
		if (is_odd(text.ptr[i]) && text.ptr[i] != '\r' &&
		    text.ptr[i] != '\n')
			return true;
	return false;
}

void
words_unfold(struct buf *out, struct str value)
{
	for (size_t i = 0; i < value.len; i++) {
		char c = value.ptr[i];
		size_t end = i;

		while (end < value.len && value.ptr[end] == '\r')
			end++;
		if (end < value.len && value.ptr[end] == '\n')
			i = end;
		else if (c != '\0')
			buf_putc(out, c == '\r' ? ' ' : c);
	}
}

/* The charset of a text that needs one. */
static struct str
charset_of(struct str text, struct str hint)
{
	if (utf8_is_valid(text))
		return STR("utf-8");
	if (hint.len == 0 || hint.len > CHARSET_MAX ||
	    str_ieq(hint, STR("utf-8")) || str_ieq(hint, STR("utf8")) ||
	    str_ieq(hint, STR("us-ascii")))
		return STR("unknown-8bit");
	for (size_t i = 0; i < hint.len; i++)
		if (!str_is_alpha(hint.ptr[i]) && !str_is_digit(hint.ptr[i]) &&
		    !str_has(STR("-_.:+"), hint.ptr[i]))
			return STR("unknown-8bit");
	return hint;
}

/* What may stand for itself in Q, even in a phrase (RFC 2047, 5, (3)). */
static bool
is_q(char c)
{
	return str_is_alpha(c) || str_is_digit(c) || str_has(STR("!*+-/"), c);
}

static size_t
q_size(struct str s)
{
	size_t n = 0;

	for (size_t i = 0; i < s.len; i++)
		n += is_q(s.ptr[i]) || s.ptr[i] == ' ' ? 1 : 3;
	return n;
}

static void
add_q(struct buf *out, struct str s)
{
	for (size_t i = 0; i < s.len; i++) {
		char c = s.ptr[i];

		if (is_q(c))
			buf_putc(out, c);
		else if (c == ' ')
			buf_putc(out, '_');
		else
			buf_printf(out, "=%02X", (unsigned char)c);
	}
}

/* As many characters as fit into room, in Q or in B. */
static size_t
fitting(struct str s, bool utf8, bool q, size_t room)
{
	size_t n = 0;

	while (n < s.len) {
		size_t len = utf8 ? utf8_len(str_skip(s, n)) : 1;
		struct str head = str_head(s, n + (len > 0 ? len : 1));

		if ((q ? q_size(head) : (head.len + 2) / 3 * 4) > room)
			break;
		n = head.len;
		/* Longer than this none can be: do not measure on and on. */
		if (n > WORD_MAX)
			break;
	}
	return n;
}

/* All of it, in as many words as it takes. */
static void
encode(struct buf *out, struct str text, struct str charset)
{
	bool utf8 = str_eq(charset, STR("utf-8"));
	bool q = q_size(text) <= (text.len + 2) / 3 * 4;
	size_t room = WORD_MAX - charset.len - 7;

	while (text.len > 0) {
		struct str head = str_head(text, fitting(text, utf8, q, room));

		buf_printf(out, "=?%.*s?%c?", STR_ARGS(charset), q ? 'Q' : 'B');
		if (q)
			add_q(out, head);
		else
			base64_encode(out, head);
		buf_puts(out, "?=");
		text = str_skip(text, head.len);
		if (text.len > 0)
			buf_putc(out, ' ');
	}
}

static bool
is_word(struct str s)
{
	return s.len > 6 && str_eq(str_head(s, 2), STR("=?")) &&
	    str_ends(s, STR("?="));
}

/* Blanks, and what comes up to the next ones; false at the end. */
static bool
eat_token(struct str *in, struct str *blanks, struct str *token)
{
	size_t b = 0, n;

	while (b < in->len && str_is_blank(in->ptr[b]))
		b++;
	for (n = b; n < in->len && !str_is_blank(in->ptr[n]); n++)
		;
	*blanks = str_head(*in, b);
	*token = str_head(str_skip(*in, b), n - b);
	*in = str_skip(*in, n);
	return n > 0;
}

/*
 * From one odd token to the last that follows it without a plain one between.
 * Blanks beside an encoded word that was there already would vanish for the
 * reader, so they are encoded along.
 */
static struct str
odd_run(struct str token, struct str *in)
{
	struct str rest = *in, blanks, next;

	while (eat_token(&rest, &blanks, &next)) {
		if (is_word(next)) {
			token.len += blanks.len;
			*in = str_skip(*in, blanks.len);
			break;
		}
		if (!is_odd_text(next))
			break;
		token.len += blanks.len + next.len;
		*in = rest;
	}
	return token;
}

static void
add_text(struct buf *out, struct str in, struct str charset)
{
	struct str blanks, token;
	bool behind_word = false;

	while (eat_token(&in, &blanks, &token)) {
		if (!is_odd_text(token)) {
			/* odd_run() may have taken the blanks before it. */
			if (blanks.len == 0 && behind_word)
				buf_putc(out, ' ');
			buf_add(out, blanks);
			buf_add(out, token);
			behind_word = is_word(token);
			continue;
		}
		token = odd_run(token, &in);
		if (behind_word) {
			buf_putc(out, ' ');
			token = (struct str){ blanks.ptr,
			    blanks.len + token.len };
		} else {
			buf_add(out, blanks);
		}
		encode(out, token, charset);
		behind_word = true;
	}
}

void
words_text(struct buf *out, struct str text, struct str charset)
{
	struct buf line = { 0 };

	words_unfold(&line, text);
	if (is_odd_text(buf_str(&line)))
		add_text(out, buf_str(&line), charset_of(buf_str(&line),
		    charset));
	else
		buf_add(out, buf_str(&line));
	buf_free(&line);
}

static bool
is_atoms(struct str s)
{
	bool blank = true;

	for (size_t i = 0; i < s.len; i++) {
		char c = s.ptr[i];

		if (c == ' ' && blank)
			return false;
		blank = c == ' ';
		if (!blank && !str_is_alpha(c) && !str_is_digit(c) &&
		    !str_has(STR("!#$%&'*+-/^_`{|}~"), c))
			return false;
	}
	return !blank;
}

void
words_phrase(struct buf *out, struct str name, struct str charset)
{
	struct buf line = { 0 };
	struct str text;

	words_unfold(&line, name);
	text = str_trim(buf_str(&line));
	if (is_odd_text(text)) {
		encode(out, text, charset_of(text, charset));
	} else if (text.len > 0 && is_atoms(text)) {
		buf_add(out, text);
	} else {
		buf_putc(out, '"');
		for (size_t i = 0; i < text.len; i++) {
			if (text.ptr[i] == '"' || text.ptr[i] == '\\')
				buf_putc(out, '\\');
			buf_putc(out, text.ptr[i]);
		}
		buf_putc(out, '"');
	}
	buf_free(&line);
}
