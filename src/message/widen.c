// SPDX-License-Identifier: ISC
/*
 * widen.c - ordinary text as the wire wants it, many bytes at a time
 *
 * Short lines are the hard case: a call per line costs more than the line.  So
 * a run of bytes is looked at without a branch, in a loop that a compiler makes
 * vectors of, and what has to stand before each byte is known at once.
 */
#include "message/widen.h"

#include <string.h>

#include "message/run.h"

#define SPAN 16			/* what is copied in one go */
#define DENSE 20		/* additions that are better not jumped to */

/* What goes before a line end, or before a dot. */
static char
addition(char c)
{
	return c == '\n' ? '\r' : '.';
}

/* Without a jump, for nobody could foresee it. */
static char *
widen_dense(uint64_t more, const char *p, char *to)
{
	for (size_t i = 0; i < RUN_LEN; i++, more >>= 1) {
		*to = addition(p[i]);
		to += more & 1;
		*to++ = p[i];
	}
	return to;
}

/* One before each byte: lines that are nothing, or a dot. */
static char *
widen_all(const char *p, char *to)
{
	for (size_t i = 0; i < RUN_LEN; i++) {
		to[2 * i] = addition(p[i]);
		to[2 * i + 1] = p[i];
	}
	return to + 2 * RUN_LEN;
}

/* May copy up to SPAN bytes too much, which are there, and have room. */
static inline char *
copy_spans(const char *p, size_t n, char *to)
{
	for (size_t i = 0; i < n; i += SPAN)
		memcpy(to + i, p + i, SPAN);
	return to + n;
}

static char *
widen_sparse(uint64_t more, const char *p, char *to)
{
	size_t at = 0;

	for (; more != 0; more &= more - 1) {
		size_t i = (size_t)__builtin_ctzll(more);

		to = copy_spans(p + at, i - at, to);
		*to++ = addition(p[i]);
		at = i;
	}
	return copy_spans(p + at, RUN_LEN - at, to);
}

static char *
widen_run(uint64_t more, const char *p, char *to)
{
	if (more == 0)
		return (char *)memcpy(to, p, RUN_LEN) + RUN_LEN;
	if (more == UINT64_MAX)
		return widen_all(p, to);
	if (__builtin_popcountll(more) > DENSE)
		return widen_dense(more, p, to);
	return widen_sparse(more, p, to);
}

/* A CR at the end of a run is taken back: the next run knows its fate. */
size_t
widen_plain(const char *p, size_t n, bool dots, char **to)
{
	size_t done = 0;
	uint64_t more;

	while (n - done >= WIDEN_MIN && run_look(p + done, dots, &more)) {
		size_t open;

		*to = widen_run(more, p + done, *to);
		open = p[done + RUN_LEN - 1] == '\r';
		*to -= open;
		done += RUN_LEN - open;
	}
	return done;
}

size_t
widen(const char *p, size_t n, bool dots, char **to)
{
	return (widen_has_avx2() ? widen_avx2 : widen_plain)(p, n, dots, to);
}
