// SPDX-License-Identifier: ISC
/*
 * base64.c - base64 (RFC 4648) on one line
 */
#include "base/base64.h"

#include <stdint.h>
#include <string.h>

static const char letters[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

void
base64_encode(struct buf *out, struct str bytes)
{
	char *to = buf_room(out, bytes.len / 3 * 4 + 4), *start = to;
	const unsigned char *p = (const unsigned char *)bytes.ptr;
	size_t left;

	for (left = bytes.len; left >= 3; left -= 3, p += 3) {
		*to++ = letters[p[0] >> 2];
		*to++ = letters[(p[0] & 3) << 4 | p[1] >> 4];
		*to++ = letters[(p[1] & 15) << 2 | p[2] >> 6];
		*to++ = letters[p[2] & 63];
	}
	if (left > 0) {
		unsigned char second = left > 1 ? p[1] : 0;

		*to++ = letters[p[0] >> 2];
		*to++ = letters[(p[0] & 3) << 4 | second >> 4];
		*to++ = left > 1 ? letters[(second & 15) << 2] : '=';
		*to++ = '=';
	}
	buf_grew(out, (size_t)(to - start));
}

static int
value_of(char c)
{
	const char *at = c != '\0' ? memchr(letters, c, 64) : NULL;

	return at != NULL ? (int)(at - letters) : -1;
}

/* One group of four: 1 to 3 bytes, or 0 where it is none. */
static size_t
decode_group(const char *group, bool last, char *to)
{
	size_t pad = group[3] != '=' ? 0 : group[2] != '=' ? 1 : 2;
	uint32_t bits = 0;

	if (pad > 0 && !last)
		return 0;
	for (size_t i = 0; i < 4; i++) {
		int v = i < 4 - pad ? value_of(group[i]) : 0;

		if (v < 0)
			return 0;
		bits = bits << 6 | (uint32_t)v;
	}
	if ((pad == 1 && (bits & 0xff) != 0) || (pad == 2 && (bits & 0xffff)))
		return 0;
	to[0] = (char)(bits >> 16);
	to[1] = (char)(bits >> 8);
	to[2] = (char)bits;
	return 3 - pad;
}

bool
base64_decode(struct buf *out, struct str text)
{
	size_t before = out->len;

	if (text.len % 4 != 0)
		return false;
	for (size_t i = 0; i < text.len; i += 4) {
		char *to = buf_room(out, 3);
		size_t n = decode_group(text.ptr + i, i + 4 == text.len, to);

		if (n == 0) {
			buf_cut(out, before);
			return false;
		}
		buf_grew(out, n);
	}
	return true;
}

static int
digit(char c)
{
	if (str_is_digit(c))
		return c - '0';
	c = str_lower(c);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool
hex_decode(struct buf *out, struct str text)
{
	size_t before = out->len;

	if (text.len % 2 != 0)
		return false;
	for (size_t i = 0; i < text.len; i += 2) {
		int high = digit(text.ptr[i]), low = digit(text.ptr[i + 1]);

		if (high < 0 || low < 0) {
			buf_cut(out, before);
			return false;
		}
		buf_putc(out, (char)(high << 4 | low));
	}
	return true;
}
