// SPDX-License-Identifier: ISC
/*
 * dots.c - a dot on a line of its own, for input without -i
 *
 * Only the last line of a piece can be the last of all: it is held back if it
 * may be such a dot.  All else passes without a copy.
 */
#include "message/dots.h"

#include <string.h>

#define DOT_LINE_MAX 16		/* a dot, some CRs, an LF */

/* A dot and its line end, or the beginning of that. */
static bool
is_dot_line(struct str s)
{
	size_t i = 1;

	if (s.len == 0 || s.len > DOT_LINE_MAX || s.ptr[0] != '.')
		return false;
	while (i < s.len && s.ptr[i] == '\r')
		i++;
	return i == s.len || (i + 1 == s.len && s.ptr[i] == '\n');
}

static bool
is_whole(struct str s)
{
	return s.len > 0 && s.ptr[s.len - 1] == '\n';
}

/*
 * The line of a piece that may be the last of all, or an empty view.  On a
 * terminal that is the first dot line, else only the last line can be it.
 */
static struct str
candidate(const struct dots *d, struct str s)
{
	const char *lf = memrchr(s.ptr, '\n', s.len - 1);
	size_t at = lf == NULL || d->terminal ? 0 : (size_t)(lf - s.ptr) + 1;
	bool mid_line = at == 0 && d->mid_line;

	for (s = str_skip(s, at); s.len > 0; mid_line = false) {
		struct str line = s;

		lf = memchr(s.ptr, '\n', s.len);
		if (lf != NULL)
			line.len = (size_t)(lf - s.ptr) + 1;
		if (!mid_line && is_dot_line(line))
			return line;
		s = str_skip(s, line.len);
	}
	return s;
}

/* The held line grows by what is at hand; true while it may be the last. */
static bool
extend(struct dots *d)
{
	while (d->rest.len > 0 && !is_whole(buf_str(&d->held))) {
		buf_add(&d->held, str_head(d->rest, 1));
		if (!is_dot_line(buf_str(&d->held))) {
			buf_cut(&d->held, d->held.len - 1);
			return false;
		}
		d->rest = str_skip(d->rest, 1);
	}
	return d->rest.len == 0 || (d->terminal && is_whole(buf_str(&d->held)));
}

/* It was text: something stands behind it. */
static void
release(struct dots *d, struct str *piece)
{
	buf_set(&d->out, buf_str(&d->held));
	buf_reset(&d->held);
	*piece = buf_str(&d->out);
	d->mid_line = !is_whole(*piece);
}

/* What is at hand, but for a line that must wait. */
static void
pass(struct dots *d, struct str *piece)
{
	struct str line = candidate(d, d->rest);

	*piece = d->rest;
	d->mid_line = !is_whole(d->rest);
	d->rest = STR("");
	if (line.len > 0) {
		piece->len = (size_t)(line.ptr - piece->ptr);
		buf_add(&d->held, line);
	}
}

static int
pull(struct source *s, struct str *piece, struct err *e)
{
	struct dots *d = (struct dots *)s;
	int rc;

	while (!d->over) {
		if (d->terminal && is_whole(buf_str(&d->held)))
			break;
		if (d->rest.len == 0) {
			rc = source_pull(d->from, &d->rest, e);
			if (rc < 0)
				return -1;
			if (rc == 0)
				break;
		}
		if (d->held.len == 0)
			pass(d, piece);
		else if (!extend(d))
			release(d, piece);
		else
			continue;
		if (piece->len > 0)
			return 1;
	}
	d->over = true;
	return 0;
}

void
dots_init(struct dots *d, struct source *from, bool terminal)
{
	*d = (struct dots){ .source = { pull }, .from = from,
	    .terminal = terminal };
}

void
dots_free(struct dots *d)
{
	buf_free(&d->held);
	buf_free(&d->out);
}
