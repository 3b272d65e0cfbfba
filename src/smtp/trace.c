// SPDX-License-Identifier: ISC
/*
 * trace.c - the dialogue, for whoever wants to read along
 */
#include "smtp/trace.h"

#include <stdbool.h>

#include "base/buf.h"
#include "base/vis.h"

#define TEXT '+'		/* goes with the command before it */
#define COMMAND ' '

static void
tell(const struct trace *t, const char *mark, struct str line)
{
	struct buf shown = { 0 };

	if (t->line == NULL)
		return;
	buf_puts(&shown, mark);
	vis_add(&shown, line);
	t->line(t->who, buf_str(&shown));
	buf_free(&shown);
}

static void
hold(struct trace *t, char kind, struct str line)
{
	struct buf *b;

	if (t->line == NULL)
		return;
	b = strs_add(&t->said, STR(""));
	buf_putc(b, kind);
	buf_add(b, line);
}

static bool
is_text(const struct trace *t)
{
	return t->told < t->said.count &&
	    buf_str(&t->said.item[t->told]).ptr[0] == TEXT;
}

static void
tell_next(struct trace *t)
{
	if (t->told < t->said.count)
		tell(t, "> ", str_skip(strs_at(&t->said, t->told++), 1));
	if (t->told == t->said.count) {
		strs_free(&t->said);
		t->told = 0;
	}
}

void
trace_listen(struct trace *t)
{
	while (is_text(t))
		tell_next(t);
	tell_next(t);
	while (is_text(t))
		tell_next(t);
}

void
trace_end(struct trace *t)
{
	while (t->told < t->said.count)
		tell_next(t);
}

void
trace_heard(struct trace *t, struct str line)
{
	tell(t, "< ", line);
}

void
trace_said(struct trace *t, struct str line)
{
	hold(t, COMMAND, line);
}

void
trace_masked(struct trace *t)
{
	hold(t, COMMAND, STR("..."));
}

/* 2113 is "2,113", as people write it. */
static void
add_count(struct buf *out, uint64_t n)
{
	if (n >= 1000) {
		add_count(out, n / 1000);
		buf_printf(out, ",%03u", (unsigned)(n % 1000));
	} else {
		buf_printf(out, "%u", (unsigned)n);
	}
}

void
trace_body(struct trace *t, uint64_t bytes)
{
	struct buf words = { 0 };

	buf_puts(&words, "... (");
	add_count(&words, bytes);
	buf_puts(&words, bytes == 1 ? " byte)" : " bytes)");
	hold(t, TEXT, buf_str(&words));
	buf_free(&words);
}
