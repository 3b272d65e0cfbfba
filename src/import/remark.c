// SPDX-License-Identifier: ISC
/*
 * remark.c - what became of each line of an old configuration
 */
#include "import/remark.h"

#include <stdlib.h>

#include "base/vis.h"
#include "base/xmem.h"

/* More than any real file has; a hostile one shall not fill the memory. */
#define REMARKS_MAX 2000

static const char *
kind_words(enum remark_kind kind)
{
	switch (kind) {
	case REMARK_TAKEN:
		return "taken";
	case REMARK_NO_EQUAL:
		return "no equal";
	case REMARK_LESS_SAFE:
		return "less safe";
	}
	return "";
}

static void
count(struct remarks *r, enum remark_kind kind)
{
	switch (kind) {
	case REMARK_TAKEN:
		r->taken++;
		break;
	case REMARK_NO_EQUAL:
		r->no_equal++;
		break;
	case REMARK_LESS_SAFE:
		r->less_safe++;
		break;
	}
}

void
remarks_vadd(struct remarks *r, enum remark_kind kind, struct place at,
    const char *fmt, va_list ap)
{
	struct remark *x;

	count(r, kind);
	if (r->count >= REMARKS_MAX)
		return;
	r->item = xgrow(r->item, r->count, sizeof(*r->item));
	x = &r->item[r->count++];
	*x = (struct remark){ .kind = kind, .line = at.line };
	vis_add(&x->file, at.file);
	buf_vprintf(&x->words, fmt, ap);
}

void
remarks_add(struct remarks *r, enum remark_kind kind, struct place at,
    const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	remarks_vadd(r, kind, at, fmt, ap);
	va_end(ap);
}

/* Where the file of item i was spoken of first. */
static size_t
file_rank(const struct remarks *r, size_t i)
{
	size_t first = 0;

	while (
	    !str_eq(buf_str(&r->item[first].file), buf_str(&r->item[i].file)))
		first++;
	return first;
}

struct rank {
	size_t file, line, turn;
};

static int
compare(const void *a, const void *b)
{
	const struct rank *x = a, *y = b;

	if (x->file != y->file)
		return x->file < y->file ? -1 : 1;
	if (x->line != y->line)
		return x->line < y->line ? -1 : 1;
	return x->turn < y->turn ? -1 : x->turn > y->turn;
}

void
remarks_sort(struct remarks *r)
{
	struct rank *rank = xcalloc(r->count + 1, sizeof(*rank));
	struct remark *sorted = xcalloc(r->count + 1, sizeof(*sorted));

	for (size_t i = 0; i < r->count; i++)
		rank[i] = (struct rank){ file_rank(r, i), r->item[i].line, i };
	if (r->count > 0)
		qsort(rank, r->count, sizeof(*rank), compare);
	for (size_t i = 0; i < r->count; i++)
		sorted[i] = r->item[rank[i].turn];
	for (size_t i = 0; i < r->count; i++)
		r->item[i] = sorted[i];
	free(rank);
	free(sorted);
}

void
remarks_print(const struct remarks *r, struct buf *out)
{
	size_t said = r->taken + r->no_equal + r->less_safe;

	for (size_t i = 0; i < r->count; i++) {
		const struct remark *x = &r->item[i];

		buf_add(out, buf_str(&x->file));
		if (x->line > 0)
			buf_printf(out, ":%zu", x->line);
		buf_printf(out, ": %s: %s\n", kind_words(x->kind),
		    buf_cstr(&x->words));
	}
	if (said > r->count)
		buf_printf(out, "and %zu more\n", said - r->count);
	buf_printf(out, "%zu taken, %zu without an equal, %zu less safe\n",
	    r->taken, r->no_equal, r->less_safe);
}

void
remarks_free(struct remarks *r)
{
	for (size_t i = 0; i < r->count; i++) {
		buf_free(&r->item[i].file);
		buf_free(&r->item[i].words);
	}
	free(r->item);
	*r = (struct remarks){ 0 };
}
