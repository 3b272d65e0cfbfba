// SPDX-License-Identifier: ISC
/*
 * param.c - a parameter of Content-Type or Content-Disposition, written
 */
#include "message/param.h"

#include "base/vis.h"

#define SHORT 60		/* bytes that are not cut into pieces */

/* RFC 2231, 7: what may stand for itself in an extended value. */
static bool
is_attribute_char(char c)
{
	return str_is_alpha(c) || str_is_digit(c) ||
	    str_has(STR("!#$&+-.^_`{|}~"), c);
}

static bool
is_bare(struct str value)
{
	for (size_t i = 0; i < value.len; i++)
		if (!is_attribute_char(value.ptr[i]))
			return false;
	return value.len > 0;
}

static bool
is_quotable(struct str value)
{
	for (size_t i = 0; i < value.len; i++)
		if (str_is_control(value.ptr[i]) ||
		    (unsigned char)value.ptr[i] > 126)
			return false;
	return true;
}

static void
add_quoted(struct buf *out, struct str value)
{
	char c;

	buf_putc(out, '"');
	while (str_eat_byte(&value, &c)) {
		if (c == '"' || c == '\\')
			buf_putc(out, '\\');
		buf_putc(out, c);
	}
	buf_putc(out, '"');
}

/* One letter, whole. */
static void
eat_letter(struct buf *out, struct str *value)
{
	size_t len = utf8_len(*value);
	char c;

	for (len = len > 0 ? len : 1; len > 0; len--) {
		(void)str_eat_byte(value, &c);
		if (is_attribute_char(c))
			buf_putc(out, c);
		else
			buf_printf(out, "%%%02X", (unsigned char)c);
	}
}

/* As many letters as fit; readers may decode each piece by itself. */
static void
eat_piece(struct buf *out, struct str *value)
{
	size_t start = out->len;

	while (value->len > 0 && out->len - start < SHORT - 12)
		eat_letter(out, value);
}

static void
add_extended(struct buf *out, const char *name, struct str value,
    struct str charset)
{
	struct buf piece = { 0 };

	eat_piece(&piece, &value);
	buf_printf(out, ";\r\n\t%s*%s=%.*s''%s", name,
	    value.len > 0 ? "0*" : "", STR_ARGS(charset), buf_cstr(&piece));
	for (unsigned i = 1; value.len > 0; i++) {
		buf_reset(&piece);
		eat_piece(&piece, &value);
		buf_printf(out, ";\r\n\t%s*%u*=%s", name, i, buf_cstr(&piece));
	}
	buf_free(&piece);
}

void
param_add(struct buf *out, const char *name, struct str value,
    struct str charset)
{
	if (!is_quotable(value) || value.len > SHORT) {
		add_extended(out, name, value, is_quotable(value) ?
		    STR("us-ascii") : utf8_is_valid(value) ? STR("utf-8") :
		    charset.len > 0 ? charset : STR("unknown-8bit"));
		return;
	}
	buf_printf(out, ";\r\n\t%s=", name);
	if (is_bare(value))
		buf_add(out, value);
	else
		add_quoted(out, value);
}
