// SPDX-License-Identifier: ISC
/*
 * magic.c - libmagic, if it is there
 */
#include "front/magic.h"

#include "base/library.h"
#include "base/table.h"

#define LIBRARY "libmagic.so.1"
#define MIME_TYPE 0x0000010		/* MAGIC_MIME_TYPE of its header */

static void
start(struct magic *m)
{
	void *(*open)(int flags) = NULL;
	int (*load)(void *cookie, const char *path) = NULL;
	const struct library_part parts[] = {
		{ "magic_open", &open },
		{ "magic_load", &load },
		{ "magic_buffer", &m->buffer },
		{ "magic_close", &m->close },
	};
	struct err e = { 0 };

	m->tried = true;
	if (library_load(LIBRARY, parts, TABLE_COUNT(parts), &e) == 0)
		m->cookie = open(MIME_TYPE);
	err_clear(&e);
	if (m->cookie != NULL && load(m->cookie, NULL) < 0) {
		m->close(m->cookie);
		m->cookie = NULL;
	}
}

bool
magic_is_there(void)
{
	struct magic m = { 0 };
	bool there;

	start(&m);
	there = m.cookie != NULL;
	magic_free(&m);
	return there;
}

struct str
magic_type(struct magic *m, struct str head)
{
	const char *type;

	if (!m->tried)
		start(m);
	if (m->cookie == NULL || head.len == 0)
		return STR("");
	type = m->buffer(m->cookie, head.ptr, head.len);
	return str_of(type != NULL ? type : "");
}

void
magic_free(struct magic *m)
{
	if (m->cookie != NULL)
		m->close(m->cookie);
	*m = (struct magic){ 0 };
}
