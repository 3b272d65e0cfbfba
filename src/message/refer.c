// SPDX-License-Identifier: ISC
/*
 * refer.c - cid: in HTML, and which part of the message it means
 */
#include "message/refer.h"

static int
hex_value(char c)
{
	c = str_lower(c);
	if (str_is_digit(c))
		return c - '0';
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static void
add_decoded(struct buf *out, struct str url)
{
	char c;

	while (str_eat_byte(&url, &c)) {
		int high = c == '%' && url.len > 1 ? hex_value(url.ptr[0]) : -1;
		int low = high >= 0 ? hex_value(url.ptr[1]) : -1;

		if (low >= 0) {
			c = (char)(high * 16 + low);
			url = str_skip(url, 2);
		}
		buf_putc(out, c);
	}
}

static struct refer *
find(struct refer *ref, size_t count, struct str url)
{
	struct buf name = { 0 };
	struct refer *found = NULL;

	add_decoded(&name, url);
	for (size_t i = 0; i < count && found == NULL; i++)
		if (str_eq(ref[i].name, url) ||
		    str_eq(ref[i].name, buf_str(&name)))
			found = &ref[i];
	buf_free(&name);
	return found;
}

/* What ends a URL in an attribute, with quotes or without, and in url(). */
static size_t
url_len(struct str s)
{
	size_t n = 0;

	while (n < s.len && !str_has(STR("\"'<>()"), s.ptr[n]) &&
	    !str_is_control(s.ptr[n]))
		n++;
	return n;
}

void
refer_all(struct buf *out, struct str html, struct refer *ref, size_t count)
{
	while (html.len > 0) {
		struct str ahead = html, url;
		struct refer *r = NULL;

		if (str_ieat(&ahead, STR("cid:"))) {
			url = str_head(ahead, url_len(ahead));
			r = find(ref, count, url);
		}
		if (r == NULL) {
			buf_putc(out, html.ptr[0]);
			html = str_skip(html, 1);
			continue;
		}
		r->used = true;
		buf_puts(out, "cid:");
		buf_add(out, r->cid);
		html = str_skip(ahead, url.len);
	}
}
