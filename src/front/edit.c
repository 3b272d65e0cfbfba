// SPDX-License-Identifier: ISC
/*
 * edit.c - lines with an editor, if libedit is there
 */
#include "front/edit.h"

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

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

static bool
load(struct edit *ed)
{
	const struct library_part parts[] = {
		{ "readline", &ed->readline },
		{ "add_history", &ed->remember },
	};
	struct err e = { 0 };
	bool there = library_load(LIBRARY, parts, TABLE_COUNT(parts), &e) == 0;

	err_clear(&e);
	return there;
}

bool
edit_is_there(void)
{
	struct edit ed = { 0 };

	return load(&ed);
}

void
edit_start(struct edit *ed, struct prompt *p)
{
	const char *term = getenv("TERM");

	/* It writes to standard output. */
	if (!prompt_is_terminal(p) || isatty(STDOUT_FILENO) != 1 ||
	    term == NULL || term[0] == '\0' ||
	    str_eq(str_of(term), STR("dumb")))
		return;
	/* And loses each letter that the locale does not know. */
	if (setlocale(LC_CTYPE, "") == NULL || MB_CUR_MAX == 1)
		return;
	if (load(ed)) {
		p->edit = edit_line;
		p->who = ed;
	}
}
