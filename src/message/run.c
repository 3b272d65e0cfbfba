// SPDX-License-Identifier: ISC
/*
 * run.c - 64 bytes of a message at a time: where does the wire need more?
 */
#include "message/run.h"

#include <endian.h>
#include <string.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

/* Bytes of 0 and 1 to bits. */
static uint64_t
gather(const unsigned char *flag)
{
	uint64_t bits = 0, w;

	for (unsigned i = 0; i < RUN_LEN; i += 8) {
		memcpy(&w, flag + i, sizeof(w));
		bits |= le64toh(w) * UINT64_C(0x0102040810204080) >> 56 << i;
	}
	return bits;
}

/* A constant count is what makes vectors of it. */
bool
run_look_plain(const char *p, bool dots, uint64_t *more)
{
	const char *before = p - 1;
	unsigned char flag[RUN_LEN], odd = 0;

	for (size_t i = 0; i < RUN_LEN; i++) {
		unsigned char lf = p[i] == '\n', cr = before[i] == '\r';

		odd |= (unsigned char)((p[i] == 0) | (cr & (lf ^ 1)));
		flag[i] = (unsigned char)((lf & (cr ^ 1)) |
		    (dots & (p[i] == '.') & (before[i] == '\n')));
	}
	*more = gather(flag);
	return odd == 0;
}

#ifdef __SSE2__
bool
run_look(const char *p, bool dots, uint64_t *more)
{
	const __m128i lf = _mm_set1_epi8('\n'), cr = _mm_set1_epi8('\r');
	/* No byte is a dot and a NUL that is not odd. */
	const __m128i dot = _mm_set1_epi8(dots ? '.' : '\0');
	__m128i odd = _mm_setzero_si128();
	uint64_t bits = 0;

	for (unsigned i = 0; i < RUN_LEN; i += 16) {
		__m128i is = _mm_loadu_si128((const void *)(p + i));
		__m128i was = _mm_loadu_si128((const void *)(p + i - 1));
		__m128i is_lf = _mm_cmpeq_epi8(is, lf);
		__m128i was_cr = _mm_cmpeq_epi8(was, cr);
		__m128i begins = _mm_cmpeq_epi8(was, lf);
		__m128i add = _mm_or_si128(_mm_andnot_si128(was_cr, is_lf),
		    _mm_and_si128(_mm_cmpeq_epi8(is, dot), begins));

		odd = _mm_or_si128(odd, _mm_or_si128(
		    _mm_andnot_si128(is_lf, was_cr),
		    _mm_cmpeq_epi8(is, _mm_setzero_si128())));
		bits |= (uint64_t)(unsigned)_mm_movemask_epi8(add) << i;
	}
	*more = bits;
	return _mm_movemask_epi8(odd) == 0;
}
#else
bool
run_look(const char *p, bool dots, uint64_t *more)
{
	return run_look_plain(p, dots, more);
}
#endif
