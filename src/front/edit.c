// SPDX-License-Identifier: ISC
/*
 * edit.c - lines with an editor, if libedit is there
 */
#include "front/edit.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/library.h"
#include "base/table.h"

#define LIBRARY "libedit.so.2"

static bool
edit_line(void *who, const char *words, struct buf *line)
{
	const struct edit *ed = who;
	char *text = ed->readline(words);

	if (text == NULL) {
		fputs("\n", stdout);
		fflush(stdout);
		return false;
	}
	buf_set(line, str_of(text));
	if (line->len > 0)
		(void)ed->remember(text);
	free(text);
	return true;
}

void
edit_start(struct edit *ed, struct prompt *p)
{
	const struct library_part parts[] = {
		{ "readline", &ed->readline },
		{ "add_history", &ed->remember },
	};
	struct err e = { 0 };
	const char *term = getenv("TERM");

	if (!prompt_is_terminal(p) || term == NULL || term[0] == '\0' ||
	    str_eq(str_of(term), STR("dumb")))
		return;
	if (library_load(LIBRARY, parts, TABLE_COUNT(parts), &e) == 0) {
		p->edit = edit_line;
		p->who = ed;
	}
	err_clear(&e);
}
