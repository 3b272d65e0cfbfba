// SPDX-License-Identifier: ISC
/*
 * canon.c - line ends as the wire wants them
 *
 * Short lines are the hard case: a call per line costs more than the line.  So
 * eight bytes at a time are looked at, and where one is a line end they are
 * written without a branch.
 */
#include "message/canon.h"

#include <stdint.h>
#include <string.h>

#define SLICE (64 * 1024)	/* what is changed in one go */
#define RUN 256			/* what is checked in one go */
#define WORTH 4096		/* so much, unchanged, is passed as a view */

#define ONES UINT64_C(0x0101010101010101)
#define HIGHS UINT64_C(0x8080808080808080)

/* Is there a byte below 14?  (LF, CR and NUL are.) */
static bool
has_low(uint64_t w)
{
	return ((w - ONES * 14) & ~w & HIGHS) != 0;
}

static bool
has_zero(uint64_t w)
{
	return ((w - ONES) & ~w & HIGHS) != 0;
}

/* Each LF behind a CR, each CR before an LF, no NUL.  p[-1] is there. */
static bool
run_is_right(const unsigned char *p, size_t n)
{
	const unsigned char *before = p - 1;
	unsigned char bad = 0;

	for (size_t i = 0; i < n; i++)
		bad |= (unsigned char)(((p[i] == '\n') ^ (before[i] == '\r')) |
		    (p[i] == 0));
	return bad == 0;
}

/* How much of the front is right; never ends with a CR. */
static size_t
right_len(struct str s)
{
	const unsigned char *p = (const unsigned char *)s.ptr;
	size_t n = 1;

	if (p[0] == '\n' || p[0] == '\0')
		return 0;
	/* A constant count is what makes vectors of it. */
	while (n + RUN <= s.len && run_is_right(p + n, RUN))
		n += RUN;
	if (n + RUN > s.len && run_is_right(p + n, s.len - n))
		n = s.len;
	while (n > 0 && p[n - 1] == '\r')
		n--;
	return n;
}

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
		*to++ = p[i];
		c->mid_line = p[i] != '\n';
	}
	return to;
}

/* LF is the only thing to care for in these. */
static char *
change_lf(const char *p, size_t n, char *to)
{
	for (size_t i = 0; i < n; i++) {
		*to = '\r';
		to += p[i] == '\n';
		*to++ = p[i];
	}
	return to;
}

static char *
change(struct canon *c, struct str s, char *to)
{
	const char *p = s.ptr, *end = s.ptr + s.len;
	uint64_t w;

	while ((size_t)(end - p) >= sizeof(w)) {
		memcpy(&w, p, sizeof(w));
		if (c->crs == 0 && !has_low(w)) {
			memcpy(to, &w, sizeof(w));
			to += sizeof(w);
			c->mid_line = true;
		} else if (c->crs == 0 && !has_zero(w) &&
		    !has_zero(w ^ ONES * '\r')) {
			to = change_lf(p, sizeof(w), to);
			c->mid_line = p[sizeof(w) - 1] != '\n';
		} else {
			to = change_bytes(c, p, sizeof(w), to);
		}
		p += sizeof(w);
	}
	return change_bytes(c, p, (size_t)(end - p), to);
}

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

	n = c->crs == 0 ? right_len(slice) : 0;
	if (n == slice.len || n >= WORTH) {
		c->rest = str_skip(c->rest, n);
		c->mid_line = slice.ptr[n - 1] != '\n';
		return str_head(slice, n);
	}
	buf_reset(&c->block);
	to = buf_room(&c->block, 2 * (slice.len + CANON_CRS));
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
canon_init(struct canon *c, struct source *from)
{
	*c = (struct canon){ .source.pull = pull, .from = from };
}

void
canon_free(struct canon *c)
{
	buf_free(&c->block);
	*c = (struct canon){ 0 };
}
