// SPDX-License-Identifier: ISC
/*
 * mistakes.c - everything that is wrong with a file
 */
#include "config/mistakes.h"

#include <stdarg.h>
#include <stdlib.h>
#include <sysexits.h>

#include "base/vis.h"
#include "base/xmem.h"

/* Enough for any person; a binary file would fill the memory otherwise. */
#define MISTAKES_MAX 200

void
mistakes_add(struct mistakes *m, struct place at, const char *fmt, ...)
{
	struct mistake *x;
	va_list ap;

	if (m->count >= MISTAKES_MAX)
		return;
	m->item = xgrow(m->item, m->count, sizeof(*m->item));
	x = &m->item[m->count++];
	*x = (struct mistake){ .line = at.line };
	vis_add(&x->file, at.file);
	if (m->count == MISTAKES_MAX) {
		buf_puts(&x->words, "there is more wrong than is worth saying");
		return;
	}
	va_start(ap, fmt);
	buf_vprintf(&x->words, fmt, ap);
	va_end(ap);
}

/* Insertion: the lists are short and almost sorted, and it is stable. */
void
mistakes_sort(struct mistakes *m)
{
	for (size_t i = 1; i < m->count; i++) {
		for (size_t j = i; j > 0; j--) {
			struct mistake *a = &m->item[j - 1], *b = &m->item[j];
			struct mistake swap = *a;

			if (!str_eq(buf_str(&a->file), buf_str(&b->file)) ||
			    a->line <= b->line)
				break;
			*a = *b;
			*b = swap;
		}
	}
}

static void
print_one(const struct mistake *x, struct buf *out)
{
	buf_add(out, buf_str(&x->file));
	if (x->line > 0)
		buf_printf(out, ":%zu", x->line);
	buf_printf(out, ": %s", buf_cstr(&x->words));
}

void
mistakes_print(const struct mistakes *m, struct buf *out)
{
	for (size_t i = 0; i < m->count; i++) {
		print_one(&m->item[i], out);
		buf_putc(out, '\n');
	}
}

int
mistakes_err(const struct mistakes *m, struct err *e)
{
	struct buf first = { 0 };

	print_one(&m->item[0], &first);
	if (m->count > 1)
		buf_printf(&first, " (and %zu more)", m->count - 1);
	err_set(e, EX_CONFIG, "%s", buf_cstr(&first));
	buf_free(&first);
	return -1;
}

void
mistakes_free(struct mistakes *m)
{
	for (size_t i = 0; i < m->count; i++) {
		buf_free(&m->item[i].file);
		buf_free(&m->item[i].words);
	}
	free(m->item);
	*m = (struct mistakes){ 0 };
}
