// SPDX-License-Identifier: ISC
/*
 * json.c - a text as JSON has it
 */
#include "base/json.h"

#include "base/vis.h"

void
json_add(struct buf *out, struct str text)
{
	buf_putc(out, '"');
	while (text.len > 0) {
		size_t n = utf8_len(text);

		if (n == 0) {
			buf_puts(out, "\\ufffd");
			n = 1;
		} else if (str_is_control(text.ptr[0])) {
			buf_printf(out, "\\u%04x", (unsigned char)text.ptr[0]);
		} else {
			if (text.ptr[0] == '"' || text.ptr[0] == '\\')
				buf_putc(out, '\\');
			buf_add(out, str_head(text, n));
		}
		text = str_skip(text, n);
	}
	buf_putc(out, '"');
}
