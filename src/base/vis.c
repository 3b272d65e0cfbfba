// SPDX-License-Identifier: ISC
/*
 * vis.c - foreign text, made harmless
 */
#include "base/vis.h"

/* Lead bytes and what their second byte may be; the others are 80..BF. */
static const struct {
	unsigned char first, last, low, high;
	size_t len;
} leads[] = {
	{ 0x00, 0x7f, 0x00, 0x00, 1 },
	{ 0xc2, 0xdf, 0x80, 0xbf, 2 },
	{ 0xe0, 0xe0, 0xa0, 0xbf, 3 },
	{ 0xe1, 0xec, 0x80, 0xbf, 3 },
	{ 0xed, 0xed, 0x80, 0x9f, 3 },
	{ 0xee, 0xef, 0x80, 0xbf, 3 },
	{ 0xf0, 0xf0, 0x90, 0xbf, 4 },
	{ 0xf1, 0xf3, 0x80, 0xbf, 4 },
	{ 0xf4, 0xf4, 0x80, 0x8f, 4 },
};

size_t
utf8_len(struct str s)
{
	const unsigned char *p = (const unsigned char *)s.ptr;
	size_t row = 0;

	if (s.len == 0)
		return 0;
	if (p[0] < 0x80)
		return 1;
	while (row < sizeof(leads) / sizeof(leads[0]) &&
	    (p[0] < leads[row].first || p[0] > leads[row].last))
		row++;
	if (row == sizeof(leads) / sizeof(leads[0]) || s.len < leads[row].len ||
	    p[1] < leads[row].low || p[1] > leads[row].high)
		return 0;
	for (size_t i = 2; i < leads[row].len; i++)
		if ((p[i] & 0xc0) != 0x80)
			return 0;
	return leads[row].len;
}

bool
utf8_is_valid(struct str s)
{
	while (s.len > 0) {
		size_t n = utf8_len(s);

		if (n == 0)
			return false;
		s = str_skip(s, n);
	}
	return true;
}

static void
add_escaped(struct buf *out, char c)
{
	switch (c) {
	case '\n':
		buf_puts(out, "\\n");
		break;
	case '\r':
		buf_puts(out, "\\r");
		break;
	case '\t':
		buf_puts(out, "\\t");
		break;
	case '\033':
		buf_puts(out, "\\e");
		break;
	case '\\':
		buf_puts(out, "\\\\");
		break;
	default:
		buf_printf(out, "\\x%02x", (unsigned char)c);
	}
}

/* U+0080 to U+009F are control characters as well: C1. */
static bool
is_plain(struct str s, size_t len)
{
	if (len == 1)
		return !str_is_control(s.ptr[0]) && s.ptr[0] != '\\';
	return len > 2 || (len == 2 && ((unsigned char)s.ptr[0] != 0xc2 ||
	    (unsigned char)s.ptr[1] >= 0xa0));
}

void
vis_add_some(struct buf *out, struct str foreign, size_t max)
{
	size_t end = out->len + max;

	while (foreign.len > 0) {
		size_t n = utf8_len(foreign);

		if (out->len >= end) {
			buf_puts(out, "...");
			return;
		}
		if (is_plain(foreign, n)) {
			buf_add(out, str_head(foreign, n));
		} else {
			n = 1;
			add_escaped(out, foreign.ptr[0]);
		}
		foreign = str_skip(foreign, n);
	}
}

void
vis_add(struct buf *out, struct str foreign)
{
	vis_add_some(out, foreign, SIZE_MAX - out->len);
}
