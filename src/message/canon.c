// SPDX-License-Identifier: ISC
/*
 * canon.c - line ends and dots as the wire wants them
 *
 * What is right already passes, what is ordinary is widened many bytes at a
 * time, and what is odd is gone through by bytes.
 */
#include "message/canon.h"

#include <string.h>

#include "message/widen.h"

#define SLICE (128 * 1024)	/* what is changed in one go */
#define WINDOW 256		/* what is checked in one go */
#define WORTH 4096		/* so much, unchanged, is passed as a view */

/* Each LF behind a CR, each CR before an LF, no NUL, no dot to add. */
static bool
run_is_right(const unsigned char *p, size_t n, unsigned char dot)
{
	const unsigned char *prev = p - 1;
	unsigned char bad = 0;

	for (size_t i = 0; i < n; i++)
		bad |= (unsigned char)(((p[i] == '\n') ^ (prev[i] == '\r')) |
		    (p[i] == 0) | ((p[i] == dot) & (prev[i] == '\n')));
	return bad == 0;
}

/* A byte that no line begins with: NUL is none that is looked for. */
static unsigned char
dot_of(const struct canon *c)
{
	return c->dots ? '.' : '\0';
}

/* How much of the front is right; never ends with a CR. */
static size_t
right_len(const struct canon *c, struct str s)
{
	const unsigned char *p = (const unsigned char *)s.ptr;
	unsigned char dot = dot_of(c);
	size_t n = 1;

	if (p[0] == '\n' || p[0] == '\0' || (p[0] == dot && !c->mid_line))
		return 0;
	while (n + WINDOW <= s.len && run_is_right(p + n, WINDOW, dot))
		n += WINDOW;
	if (n + WINDOW > s.len && run_is_right(p + n, s.len - n, dot))
		n = s.len;
	while (n > 0 && p[n - 1] == '\r')
		n--;
	return n;
}

/* -- changing by bytes */

/* What the CRs have come to mean, now that the next byte is known. */
static char *
settle_crs(struct canon *c, char next, char *to)
{
	if (next == '\n') {
		c->crs = 0;
		return to;
	}
	for (; c->crs > 0; c->crs--) {
		*to++ = '\r';
		*to++ = '\n';
	}
	c->mid_line = false;
	return to;
}

/* Each byte becomes two at most, also a CR. */
static char *
change_bytes(struct canon *c, const char *p, size_t n, char *to)
{
	for (size_t i = 0; i < n; i++) {
		if (p[i] == '\r') {
			if (c->crs == CANON_CRS) {
				*to++ = '\r';
				*to++ = '\n';
				c->mid_line = false;
			} else {
				c->crs++;
			}
			continue;
		}
		if (c->crs > 0)
			to = settle_crs(c, p[i], to);
		if (p[i] == '\0')
			continue;
		if (p[i] == '\n')
			*to++ = '\r';
		else if (p[i] == '.' && c->dots && !c->mid_line)
			*to++ = '.';
		*to++ = p[i];
		c->mid_line = p[i] != '\n';
	}
	return to;
}

/* -- changing */

/* Does the byte in memory before p say where we are? */
static bool
can_look(const struct canon *c, const char *p)
{
	return c->crs == 0 && c->mid_line == (p[-1] != '\n');
}

/* Ordinary bytes go many at a time; behind them is something odd. */
static char *
change(struct canon *c, struct str s, char *to)
{
	const char *p = s.ptr, *end = s.ptr + s.len;

	to = change_bytes(c, p++, 1, to);
	while (end - p >= WIDEN_MIN) {
		size_t n = 0;

		if (can_look(c, p))
			n = widen(p, (size_t)(end - p), c->dots, &to);
		if (n > 0) {
			c->mid_line = p[n - 1] != '\n';
		} else {
			n = can_look(c, p) ? WIDEN_ODD : 1;
			to = change_bytes(c, p, n, to);
		}
		p += n;
	}
	return change_bytes(c, p, (size_t)(end - p), to);
}

/* -- the source */

/* Nothing can follow any more. */
static int
finish(struct canon *c, struct str *piece)
{
	char *to;

	c->over = true;
	buf_reset(&c->block);
	to = buf_room(&c->block, 2 * CANON_CRS);
	if (c->mid_line && c->crs == 0)
		buf_puts(&c->block, "\r\n");
	else
		buf_grew(&c->block, (size_t)(settle_crs(c, '\0', to) - to));
	*piece = buf_str(&c->block);
	return piece->len > 0 ? 1 : 0;
}

/* A piece out of c->rest, which is not empty; empty when there came none. */
static struct str
take(struct canon *c)
{
	struct str slice = str_head(c->rest, SLICE);
	size_t n;
	char *to;

	n = c->crs == 0 ? right_len(c, slice) : 0;
	if (n == slice.len || n >= WORTH) {
		c->rest = str_skip(c->rest, n);
		c->mid_line = slice.ptr[n - 1] != '\n';
		return str_head(slice, n);
	}
	buf_reset(&c->block);
	to = buf_room(&c->block, 2 * (slice.len + CANON_CRS) + WIDEN_SPARE);
	buf_grew(&c->block, (size_t)(change(c, slice, to) - to));
	c->rest = str_skip(c->rest, slice.len);
	return buf_str(&c->block);
}

static int
pull(struct source *source, struct str *piece, struct err *e)
{
	struct canon *c = (struct canon *)source;

	for (;;) {
		if (c->over)
			return 0;
		if (c->rest.len == 0) {
			int rc = source_pull(c->from, &c->rest, e);

			if (rc < 0)
				return -1;
			if (rc == 0)
				return finish(c, piece);
		}
		*piece = take(c);
		if (piece->len > 0)
			return 1;
	}
}

void
canon_init(struct canon *c, struct source *from, bool dots)
{
	*c = (struct canon){ .source.pull = pull, .from = from,
	    .dots = dots };
}

void
canon_free(struct canon *c)
{
	buf_free(&c->block);
	*c = (struct canon){ 0 };
}
