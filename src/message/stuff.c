// SPDX-License-Identifier: ISC
/*
 * stuff.c - a dot in front of each line that begins with one
 */
#include "message/stuff.h"

#include <stdint.h>
#include <string.h>

#define SLICE (64 * 1024)	/* what is changed in one go */
#define RUN 256			/* what is checked in one go */
#define WORTH 4096		/* so much, unchanged, is passed as a view */

#define ONES UINT64_C(0x0101010101010101)
#define HIGHS UINT64_C(0x8080808080808080)

static bool
has_dot(uint64_t w)
{
	w ^= ONES * '.';
	return ((w - ONES) & ~w & HIGHS) != 0;
}

/* No dot behind an LF.  p[-1] is there. */
static bool
run_is_right(const char *p, size_t n)
{
	const char *before = p - 1;
	unsigned char bad = 0;

	for (size_t i = 0; i < n; i++)
		bad |= (unsigned char)((p[i] == '.') & (before[i] == '\n'));
	return bad == 0;
}

/* How much of the front needs no dot. */
static size_t
right_len(const struct stuff *s, struct str slice)
{
	const char *p = slice.ptr;
	size_t n = 1;

	if (!s->mid_line && p[0] == '.')
		return 0;
	/* A constant count is what makes vectors of it. */
	while (n + RUN <= slice.len && run_is_right(p + n, RUN))
		n += RUN;
	if (n + RUN > slice.len && run_is_right(p + n, slice.len - n))
		n = slice.len;
	return n;
}

/*
 * Without a branch, for all lines may be dots.  p[-1] is read from memory
 * rather than remembered, so that no byte waits for the one before.
 */
static inline char *
change_bytes(const char *p, size_t n, char *to)
{
	const char *before = p - 1;

	for (size_t i = 0; i < n; i++) {
		*to = '.';
		to += (p[i] == '.') & (before[i] == '\n');
		*to++ = p[i];
	}
	return to;
}

static char *
change(struct stuff *s, struct str slice, char *to)
{
	const char *p = slice.ptr, *end = slice.ptr + slice.len;
	uint64_t w;

	if (!s->mid_line && *p == '.')
		*to++ = '.';
	*to++ = *p++;
	while ((size_t)(end - p) >= sizeof(w)) {
		memcpy(&w, p, sizeof(w));
		if (!has_dot(w)) {
			memcpy(to, &w, sizeof(w));
			to += sizeof(w);
		} else {
			to = change_bytes(p, sizeof(w), to);
		}
		p += sizeof(w);
	}
	s->mid_line = end[-1] != '\n';
	return change_bytes(p, (size_t)(end - p), to);
}

static int
pull(struct source *source, struct str *piece, struct err *e)
{
	struct stuff *s = (struct stuff *)source;
	struct str slice;
	size_t n;
	char *to;

	if (s->rest.len == 0) {
		int rc = source_pull(s->from, &s->rest, e);

		if (rc <= 0)
			return rc;
	}
	slice = str_head(s->rest, SLICE);
	n = right_len(s, slice);
	if (n == slice.len || n >= WORTH) {
		*piece = str_head(slice, n);
		s->mid_line = slice.ptr[n - 1] != '\n';
		s->rest = str_skip(s->rest, n);
		return 1;
	}
	buf_reset(&s->block);
	to = buf_room(&s->block, 2 * slice.len);
	buf_grew(&s->block, (size_t)(change(s, slice, to) - to));
	s->rest = str_skip(s->rest, slice.len);
	*piece = buf_str(&s->block);
	return 1;
}

void
stuff_init(struct stuff *s, struct source *from)
{
	*s = (struct stuff){ .source.pull = pull, .from = from };
}

void
stuff_free(struct stuff *s)
{
	buf_free(&s->block);
	*s = (struct stuff){ 0 };
}
