// SPDX-License-Identifier: ISC
/*
 * scan.c - what kind of body is this?
 *
 * Nearly all mail is lines of LF or of CRLF and nothing odd, so that much is
 * counted in runs that a compiler makes vectors of.  A piece with something
 * odd in it, a NUL or a CR of its own, is gone through once more by bytes.
 */
#include "message/scan.h"

#include <string.h>

#include "base/vis.h"
#include "message/canon.h"

#define RUN 240			/* counters of one byte each cannot overflow */

struct counts {
	size_t lf, crlf, cr, nul;
	unsigned char all;	/* each bit that any byte has */
};

/* p[-1] is there. */
static void
count_run(const unsigned char *p, size_t n, struct counts *sum)
{
	const unsigned char *before = p - 1;
	unsigned char lf = 0, crlf = 0, cr = 0, nul = 0, all = 0;

	for (size_t i = 0; i < n; i++) {
		unsigned char is_lf = p[i] == '\n';

		lf = (unsigned char)(lf + is_lf);
		crlf = (unsigned char)(crlf + (is_lf & (before[i] == '\r')));
		cr = (unsigned char)(cr + (p[i] == '\r'));
		nul = (unsigned char)(nul + (p[i] == 0));
		all |= p[i];
	}
	sum->lf += lf;
	sum->crlf += crlf;
	sum->cr += cr;
	sum->nul += nul;
	sum->all |= all;
}

static void
count(struct str piece, struct counts *sum)
{
	const unsigned char *p = (const unsigned char *)piece.ptr;
	size_t i;

	*sum = (struct counts){ .lf = p[0] == '\n', .cr = p[0] == '\r',
	    .nul = p[0] == 0, .all = p[0] };
	/* A constant count is what makes vectors of it. */
	for (i = 1; i + RUN <= piece.len; i += RUN)
		count_run(p + i, RUN, sum);
	count_run(p + i, piece.len - i, sum);
}

/* So many CRs ended no line: canon.c makes line ends of them. */
static void
settle_crs(struct scan *s, size_t n)
{
	s->facts.bare_cr = true;
	s->facts.lines += n;
	s->facts.size += 2 * n;
	s->line = 0;
	s->crs -= n;
}

/* As canon.c does it, only counting. */
static void
add_odd(struct scan *s, struct str piece)
{
	for (size_t i = 0; i < piece.len; i++) {
		char c = piece.ptr[i];

		if (c == '\r' && s->crs < CANON_CRS) {
			s->crs++;
			continue;
		}
		if (c == '\n') {
			s->crs = 0;
			s->facts.lines++;
			s->facts.size += 2;
			s->line = 0;
			continue;
		}
		if (s->crs > 0)
			settle_crs(s, c == '\r' ? 1 : s->crs);
		if (c == '\r')
			s->crs++;
		if (c == '\0')
			s->facts.nul = true;
		if (c == '\0' || c == '\r')
			continue;
		s->facts.size++;
		if (++s->line > SCAN_LINE_MAX)
			s->facts.long_line = true;
	}
}

/* Where does the line end that begins at p and may have max more bytes? */
static const char *
last_end(const char *p, size_t len, size_t max)
{
	size_t window = len < max + 2 ? len : max + 2;
	const char *lf = memrchr(p, '\n', window);

	/* One byte more than allowed is fine if it is the CR. */
	if (lf == p + max + 1 && lf[-1] != '\r')
		lf = memrchr(p, '\n', max + 1);
	return lf;
}

/*
 * The last line end within the allowed length is as good as the first: all
 * lines before it are short as well.
 */
static void
measure_lines(struct scan *s, struct str rest)
{
	while (rest.len > 0 && !s->facts.long_line) {
		size_t max = SCAN_LINE_MAX - s->line;
		const char *lf = last_end(rest.ptr, rest.len, max);

		if (lf != NULL) {
			rest = str_skip(rest, (size_t)(lf - rest.ptr) + 1);
			s->line = 0;
		} else if (rest.len <= max) {
			s->line += rest.len;
			return;
		} else {
			s->facts.long_line = true;
		}
	}
}

/* Two bytes: most of what is not ASCII; the rest is utf8_len()'s. */
static bool
is_pair(struct str s)
{
	const unsigned char *p = (const unsigned char *)s.ptr;

	return s.len >= 2 && p[0] >= 0xc2 && p[0] <= 0xdf &&
	    (p[1] & 0xc0) == 0x80;
}

/* Can these bytes, which are no character, be the front of one? */
static bool
is_half(const char *p, size_t n)
{
	unsigned char lead = (unsigned char)p[0];
	size_t whole = lead >= 0xf0 && lead <= 0xf4 ? 4 :
	    lead >= 0xe0 && lead <= 0xef ? 3 :
	    lead >= 0xc2 && lead <= 0xdf ? 2 : 0;

	for (size_t i = 1; i < n; i++)
		if ((p[i] & 0xc0) != 0x80)
			return false;
	return n < whole;
}

static void
check_utf8(struct scan *s, struct str rest)
{
	while (s->nhalf > 0 && rest.len > 0) {
		s->half[s->nhalf++] = rest.ptr[0];
		rest = str_skip(rest, 1);
		if (utf8_len((struct str){ s->half, s->nhalf }) > 0) {
			s->nhalf = 0;
		} else if (!is_half(s->half, s->nhalf)) {
			s->bad_utf8 = true;
			return;
		}
	}
	while (rest.len > 0) {
		uint64_t word;
		size_t n = 1;

		if (rest.len >= sizeof(word)) {
			memcpy(&word, rest.ptr, sizeof(word));
			if ((word & UINT64_C(0x8080808080808080)) == 0) {
				rest = str_skip(rest, sizeof(word));
				continue;
			}
		}
		if (is_pair(rest))
			n = 2;
		else if ((unsigned char)rest.ptr[0] > 127 &&
		    (n = utf8_len(rest)) == 0)
			break;
		rest = str_skip(rest, n);
	}
	if (rest.len == 0)
		return;
	s->bad_utf8 = !is_half(rest.ptr, rest.len);
	if (!s->bad_utf8) {
		memcpy(s->half, rest.ptr, rest.len);
		s->nhalf = rest.len;
	}
}

void
scan_add(struct scan *s, struct str piece)
{
	struct counts n;

	if (piece.len == 0)
		return;
	count(piece, &n);
	if ((n.all & 0x80) != 0)
		s->facts.eight_bit = true;
	if (!s->bad_utf8 && ((n.all & 0x80) != 0 || s->nhalf > 0))
		check_utf8(s, piece);
	if (s->crs > 0 || n.nul > 0 || n.cr != n.crlf) {
		add_odd(s, piece);
		return;
	}
	s->facts.lines += n.lf;
	s->facts.size += piece.len + (n.lf - n.crlf);
	measure_lines(s, piece);
	if (s->facts.long_line)
		s->line = piece.ptr[piece.len - 1] != '\n';
}

void
scan_end(const struct scan *s, struct body_facts *f)
{
	*f = s->facts;
	f->utf8 = !s->bad_utf8 && s->nhalf == 0;
	if (s->crs > 0) {
		f->bare_cr = true;
		f->lines += s->crs;
		f->size += 2 * s->crs;
	} else if (s->line > 0) {
		f->lines++;
		f->size += 2;
	}
}

int
scan_source(struct source *from, struct body_facts *f, struct err *e)
{
	struct scan s = { 0 };
	struct str piece;
	int rc;

	while ((rc = source_pull(from, &piece, e)) > 0)
		scan_add(&s, piece);
	if (rc == 0)
		scan_end(&s, f);
	return rc;
}
