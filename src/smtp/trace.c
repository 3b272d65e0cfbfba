// SPDX-License-Identifier: ISC
/*
 * trace.c - the dialogue, for whoever wants to read along
 */
#include "smtp/trace.h"

#include "base/buf.h"
#include "base/vis.h"

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

void
trace_heard(const struct trace *t, struct str line)
{
	tell(t, "< ", line);
}

void
trace_said(const struct trace *t, struct str line)
{
	tell(t, "> ", line);
}

void
trace_masked(const struct trace *t)
{
	tell(t, "> ", STR("..."));
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
trace_body(const struct trace *t, uint64_t bytes)
{
	struct buf words = { 0 };

	buf_puts(&words, "... (");
	add_count(&words, bytes);
	buf_puts(&words, bytes == 1 ? " byte)" : " bytes)");
	tell(t, "> ", buf_str(&words));
	buf_free(&words);
}
