// SPDX-License-Identifier: ISC
/*
 * entity.c - &amp; and its like
 */
#include "message/entity.h"

#include "base/table.h"
#include "base/vis.h"

#define NAME_MAX_LEN 10

static const struct entity {
	const char *name;
	const char *text;
	const char *ascii;	/* what comes near, or NULL */
} entities[] = {
	{ "amp", "&", "&" },
	{ "apos", "'", "'" },
	{ "bull", "\xe2\x80\xa2", "*" },
	{ "copy", "\xc2\xa9", "(c)" },
	{ "euro", "\xe2\x82\xac", "EUR" },
	{ "gt", ">", ">" },
	{ "hellip", "\xe2\x80\xa6", "..." },
	{ "laquo", "\xc2\xab", "\"" },
	{ "ldquo", "\xe2\x80\x9c", "\"" },
	{ "lsquo", "\xe2\x80\x98", "'" },
	{ "lt", "<", "<" },
	{ "mdash", "\xe2\x80\x94", "--" },
	{ "middot", "\xc2\xb7", "*" },
	{ "nbsp", " ", " " },
	{ "ndash", "\xe2\x80\x93", "-" },
	{ "quot", "\"", "\"" },
	{ "raquo", "\xc2\xbb", "\"" },
	{ "rdquo", "\xe2\x80\x9d", "\"" },
	{ "reg", "\xc2\xae", "(R)" },
	{ "rsquo", "\xe2\x80\x99", "'" },
	{ "shy", "", "" },
	{ "times", "\xc3\x97", "x" },
	{ "trade", "\xe2\x84\xa2", "(TM)" },
	{ "zwnj", "", "" },
};

static bool
eat_hex(struct str *in, uint64_t *value)
{
	uint64_t v = 0;
	size_t n = 0;

	for (; n < in->len && n < 8; n++) {
		char c = str_lower(in->ptr[n]);

		if (str_is_digit(c))
			v = v * 16 + (uint64_t)(c - '0');
		else if (c >= 'a' && c <= 'f')
			v = v * 16 + (uint64_t)(c - 'a' + 10);
		else
			break;
	}
	*in = str_skip(*in, n);
	*value = v;
	return n > 0;
}

static bool
add_letter(struct buf *out, uint64_t v, bool utf8)
{
	if (v < 32 ? v != '\t' && v != '\n' : v < 127 ? false :
	    !utf8 || v < 160 || v > 0x10ffff || (v >= 0xd800 && v < 0xe000))
		return false;
	if (v < 0x80)
		buf_putc(out, (char)v);
	else if (v < 0x800)
		buf_printf(out, "%c%c", (char)(0xc0 | v >> 6),
		    (char)(0x80 | (v & 63)));
	else if (v < 0x10000)
		buf_printf(out, "%c%c%c", (char)(0xe0 | v >> 12),
		    (char)(0x80 | (v >> 6 & 63)), (char)(0x80 | (v & 63)));
	else
		buf_printf(out, "%c%c%c%c", (char)(0xf0 | v >> 18),
		    (char)(0x80 | (v >> 12 & 63)),
		    (char)(0x80 | (v >> 6 & 63)), (char)(0x80 | (v & 63)));
	return true;
}

bool
entity_eat(struct str *in, struct buf *out, bool utf8)
{
	struct str ahead = *in, name, rest;
	const struct entity *row;
	uint64_t v;

	if (!str_eat(&ahead, STR("&")))
		return false;
	if (str_eat(&ahead, STR("#"))) {
		if (!(str_ieat(&ahead, STR("x")) ? eat_hex(&ahead, &v) :
		    str_eat_number(&ahead, &v)) || !add_letter(out, v, utf8))
			return false;
		(void)str_eat(&ahead, STR(";"));
		*in = ahead;
		return true;
	}
	rest = str_head(ahead, NAME_MAX_LEN);
	if (!str_eat_until(&rest, ';', &name))
		return false;
	row = TABLE_FIND(entities, name);
	if (row == NULL)
		return false;
	buf_puts(out, utf8 ? row->text : row->ascii);
	*in = str_skip(ahead, name.len + 1);
	return true;
}
