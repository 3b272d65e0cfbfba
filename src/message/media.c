// SPDX-License-Identifier: ISC
/*
 * media.c - what a Content-Type says
 */
#include "message/media.h"

#include "message/cfws.h"

static bool
is_token(char c)
{
	return !str_is_control(c) && c != ' ' && (unsigned char)c < 128 &&
	    !str_has(STR("()<>@,;:\\\"/[]?="), c);
}

static bool
eat_token(struct str *in, struct str *token)
{
	size_t n = 0;

	while (n < in->len && is_token(in->ptr[n]))
		n++;
	*token = str_head(*in, n);
	*in = str_skip(*in, n);
	return n > 0;
}

static bool
eat_type(struct str *in, struct str *type, struct str *subtype)
{
	return cfws_eat(in) && eat_token(in, type) && cfws_eat(in) &&
	    str_eat(in, STR("/")) && cfws_eat(in) && eat_token(in, subtype) &&
	    cfws_eat(in);
}

bool
media_type(struct str value, struct str *type, struct str *subtype)
{
	struct str major, minor;

	if (!eat_type(&value, &major, &minor))
		return false;
	*type = major;
	*subtype = minor;
	return true;
}

/* Some programs write a boundary bare that would need quotes: take it whole. */
static void
eat_bare(struct str *in, struct str *value)
{
	size_t n = 0;

	while (n < in->len && in->ptr[n] != ';' && in->ptr[n] != '"' &&
	    in->ptr[n] != ' ' && !str_is_control(in->ptr[n]))
		n++;
	*value = str_head(*in, n);
	*in = str_skip(*in, n);
}

static void
unquote(struct buf *out, struct str quoted)
{
	struct str inner = str_head(str_skip(quoted, 1), quoted.len - 2);

	for (size_t i = 0; i < inner.len; i++) {
		char c = inner.ptr[i];

		if (c == '\r' || c == '\n')
			continue;
		if (c == '\\' && i + 1 < inner.len)
			c = inner.ptr[++i];
		buf_putc(out, c);
	}
}

/* What stands between here and the next semicolon is none of ours. */
static bool
skip_rest(struct str *in)
{
	struct str part;

	while (in->len > 0 && in->ptr[0] != ';') {
		if (in->ptr[0] == '"' && !quoted_eat(in, &part))
			return false;
		if (in->ptr[0] == '(' && !comment_eat(in, &part))
			return false;
		if (in->len > 0 && in->ptr[0] != ';')
			*in = str_skip(*in, 1);
	}
	return str_eat(in, STR(";"));
}

bool
media_param(struct str value, const char *name, struct buf *out)
{
	struct str token, text;

	if (!eat_type(&value, &token, &text))
		return false;
	while (skip_rest(&value)) {
		if (!cfws_eat(&value) || !eat_token(&value, &token) ||
		    !cfws_eat(&value) || !str_eat(&value, STR("=")) ||
		    !cfws_eat(&value))
			continue;
		if (!str_ieq(token, str_of(name)))
			continue;
		buf_reset(out);
		if (quoted_eat(&value, &text)) {
			unquote(out, text);
			return true;
		}
		if (value.len > 0 && value.ptr[0] == '"')
			return false;
		eat_bare(&value, &text);
		buf_add(out, text);
		return text.len > 0;
	}
	return false;
}
