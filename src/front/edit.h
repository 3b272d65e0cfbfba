// SPDX-License-Identifier: ISC
/*
 * edit.h - lines with an editor, if libedit is there
 *
 * Looked for when somebody is asked, and not linked.  Arrows, the usual keys,
 * and the answers of before; nothing that must not be seen comes through here.
 */
#ifndef MINISMTP_FRONT_EDIT_H
#define MINISMTP_FRONT_EDIT_H

#include "base/prompt.h"

struct edit {
	/* The names of libedit's readline(3) face. */
	char *(*readline)(const char *words);
	int (*remember)(const char *line);
};

bool edit_is_there(void);

/* p gets its editor, where there is one and a terminal to use it on. */
void edit_start(struct edit *ed, struct prompt *p);

#endif
