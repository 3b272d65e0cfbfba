// SPDX-License-Identifier: ISC
/*
 * typed.c - a message, typed at the terminal
 */
#include "front/typed.h"

enum said
typed_read(const struct prompt *p, struct buf *text)
{
	struct buf line = { 0 };
	enum said said = SAID_IT;

	prompt_say(p, "Enter your message:\n");
	while (prompt_line(p, "", &line)) {
		struct str s = buf_str(&line);

		if (str_eq(s, STR(".")))
			break;
		if (text->len == 0 && str_ieq(str_trim(s), STR("quit"))) {
			said = SAID_QUIT;
			break;
		}
		buf_add(text, s);
		buf_putc(text, '\n');
	}
	buf_free(&line);
	return said;
}
