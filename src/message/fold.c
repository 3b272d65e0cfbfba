// SPDX-License-Identifier: ISC
/*
 * fold.c - long header lines, broken where they may be
 */
#include "message/fold.h"

#include <string.h>

static bool
is_blank_line(struct str s)
{
	for (size_t i = 0; i < s.len; i++)
		if (!str_is_blank(s.ptr[i]))
			return false;
	return true;
}

/* Where the text of a line begins, so that no fold comes before it. */
static size_t
first_text(struct str line, bool first)
{
	size_t n = 0;

	if (first)
		while (n < line.len && line.ptr[n++] != ':')
			;
	while (n < line.len && str_is_blank(line.ptr[n]))
		n++;
	return n;
}

/* The last blank in from..to with text behind it, or 0. */
static size_t
blank_before(struct str line, size_t from, size_t to)
{
	for (size_t i = to < line.len ? to : line.len - 1; i > from; i--)
		if (str_is_blank(line.ptr[i]) &&
		    i + 1 < line.len && !str_is_blank(line.ptr[i + 1]))
			return i;
	return 0;
}

static size_t
blank_after(struct str line, size_t from, size_t to)
{
	for (size_t i = from; i <= to && i + 1 < line.len; i++)
		if (str_is_blank(line.ptr[i]) &&
		    !str_is_blank(line.ptr[i + 1]))
			return i;
	return 0;
}

/* No blank far and wide: behind a comma, or else anywhere but in a letter. */
static size_t
hard_break(struct str line, size_t from, size_t must)
{
	size_t i;

	for (i = must; i > from + 1; i--)
		if (str_has(STR(",;>"), line.ptr[i - 1]))
			return i;
	for (i = must; i > must - 3; i--)
		if ((line.ptr[i] & 0xc0) != 0x80)
			break;
	return i;
}

/* How much of the line, which is longer than nice, goes out first; 0: all. */
static size_t
break_at(struct str line, size_t nice, size_t must, bool first)
{
	size_t text = first_text(line, first);
	size_t at = blank_before(line, text, nice);

	if (at == 0)
		at = blank_after(line, text > nice ? text : nice, must);
	if (at == 0 && line.len > must)
		at = hard_break(line, text, must);
	return at;
}

/* A CR or NUL has no place here; what ends lines has been taken off before. */
static void
add_clean(struct buf *out, struct str text)
{
	if (!str_has(text, '\r') && !str_has(text, '\0')) {
		buf_add(out, text);
		return;
	}
	for (size_t i = 0; i < text.len; i++)
		if (text.ptr[i] != '\0')
			buf_putc(out, text.ptr[i] == '\r' ? ' ' : text.ptr[i]);
}

/*
 * More blanks than fit on a line mean no more than one, and a line of its own
 * for them would look to some like the end of the header.
 */
static struct str
without_surplus(struct str line, size_t most)
{
	size_t n = 0;

	while (n < line.len && str_is_blank(line.ptr[n]))
		n++;
	return n > most ? str_skip(line, n - 1) : line;
}

static void
add_line(struct buf *out, struct str line, size_t nice, bool first)
{
	size_t lead = 0, at;

	while (lead + line.len > nice) {
		at = break_at(line, nice - lead, FOLD_MUST - lead, first);
		if (at == 0)
			break;
		add_clean(out, str_head(line, at));
		buf_puts(out, "\r\n");
		line = without_surplus(str_skip(line, at), FOLD_NICE);
		if (is_blank_line(line))
			return;
		lead = !str_is_blank(line.ptr[0]);
		if (lead > 0)
			buf_putc(out, ' ');
		first = false;
	}
	add_clean(out, line);
	buf_puts(out, "\r\n");
}

void
fold_add(struct buf *out, struct str field, size_t nice)
{
	struct str line;
	bool first = true;

	while (str_eat_line(&field, &line)) {
		while (line.len > 0 && line.ptr[line.len - 1] == '\r')
			line.len--;
		if (!first && is_blank_line(line))
			continue;
		add_line(out, line, nice, first);
		first = false;
	}
}

bool
fold_is_longer(struct str field, size_t max)
{
	struct str line;

	while (str_eat_line(&field, &line))
		if (line.len > max)
			return true;
	return false;
}
