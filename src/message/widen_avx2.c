// SPDX-License-Identifier: ISC
/*
 * widen_avx2.c - the same where the processor can shuffle
 *
 * What has to stand before a byte is put before each, and a table says which of
 * both are kept: so dense lines cost no more than long ones.
 *
 * The C library knows what the processor can do; to ask the processor itself
 * traps on a virtual machine, which is dear where many small mails are sent.
 */
#include "message/widen.h"

#ifdef __has_include
#if defined(__x86_64__) && __has_include(<sys/platform/x86.h>)
#include <sys/platform/x86.h>
#ifdef CPU_FEATURE_ACTIVE
#define CAN_ASK
#endif
#endif
#endif

#ifdef CAN_ASK

#include <immintrin.h>
#include <stdint.h>

#define BLOCK 32
#define AVX2 __attribute__((target("avx2,popcnt")))

/*
 * Of four additions and bytes, one after the other, those that are kept: bit i
 * is for the addition before byte i.
 */
#define LOW0 1, 3, 5, 7
#define LOW1 0, 1, 3, 5, 7
#define LOW2 1, 2, 3, 5, 7
#define LOW3 0, 1, 2, 3, 5, 7
#define LOW4 1, 3, 4, 5, 7
#define LOW5 0, 1, 3, 4, 5, 7
#define LOW6 1, 2, 3, 4, 5, 7
#define LOW7 0, 1, 2, 3, 4, 5, 7
#define LOW8 1, 3, 5, 6, 7
#define LOW9 0, 1, 3, 5, 6, 7
#define LOW10 1, 2, 3, 5, 6, 7
#define LOW11 0, 1, 2, 3, 5, 6, 7
#define LOW12 1, 3, 4, 5, 6, 7
#define LOW13 0, 1, 3, 4, 5, 6, 7
#define LOW14 1, 2, 3, 4, 5, 6, 7
#define LOW15 0, 1, 2, 3, 4, 5, 6, 7

/* The same for the next four. */
#define HIGH0 9, 11, 13, 15
#define HIGH1 8, 9, 11, 13, 15
#define HIGH2 9, 10, 11, 13, 15
#define HIGH3 8, 9, 10, 11, 13, 15
#define HIGH4 9, 11, 12, 13, 15
#define HIGH5 8, 9, 11, 12, 13, 15
#define HIGH6 9, 10, 11, 12, 13, 15
#define HIGH7 8, 9, 10, 11, 12, 13, 15
#define HIGH8 9, 11, 13, 14, 15
#define HIGH9 8, 9, 11, 13, 14, 15
#define HIGH10 9, 10, 11, 13, 14, 15
#define HIGH11 8, 9, 10, 11, 13, 14, 15
#define HIGH12 9, 11, 12, 13, 14, 15
#define HIGH13 8, 9, 11, 12, 13, 14, 15
#define HIGH14 9, 10, 11, 12, 13, 14, 15
#define HIGH15 8, 9, 10, 11, 12, 13, 14, 15

#define ROW(high) \
	{ LOW0, high }, { LOW1, high }, { LOW2, high }, { LOW3, high }, \
	{ LOW4, high }, { LOW5, high }, { LOW6, high }, { LOW7, high }, \
	{ LOW8, high }, { LOW9, high }, { LOW10, high }, { LOW11, high }, \
	{ LOW12, high }, { LOW13, high }, { LOW14, high }, { LOW15, high }

static const unsigned char kept[256][16] = {
	ROW(HIGH0), ROW(HIGH1), ROW(HIGH2), ROW(HIGH3), ROW(HIGH4), ROW(HIGH5),
	ROW(HIGH6), ROW(HIGH7), ROW(HIGH8), ROW(HIGH9), ROW(HIGH10),
	ROW(HIGH11), ROW(HIGH12), ROW(HIGH13), ROW(HIGH14), ROW(HIGH15)
};

bool
widen_has_avx2(void)
{
	return CPU_FEATURE_ACTIVE(AVX2) && CPU_FEATURE_ACTIVE(POPCNT);
}

AVX2 static inline __m128i
row(uint32_t more)
{
	return _mm_loadu_si128((const void *)kept[more & 255]);
}

/* Eight bytes and what is kept of the additions. */
AVX2 static inline char *
put(char *to, __m128i pairs, uint32_t more)
{
	_mm_storeu_si128((void *)to, pairs);
	return to + 8 + __builtin_popcount(more & 255);
}

/*
 * What works on halves leaves in low the bytes from 0 and from 16 on, in high
 * those from 8 and from 24 on.  All at once is for lines that are a dot each.
 */
AVX2 static inline char *
widen_block(char *to, __m256i is, __m256i before, uint32_t more)
{
	__m256i low = _mm256_unpacklo_epi8(before, is);
	__m256i high = _mm256_unpackhi_epi8(before, is);

	if (more == UINT32_MAX) {
		_mm256_storeu_si256((void *)to,
		    _mm256_permute2x128_si256(low, high, 0x20));
		_mm256_storeu_si256((void *)(to + BLOCK),
		    _mm256_permute2x128_si256(low, high, 0x31));
		return to + 2 * BLOCK;
	}
	low = _mm256_shuffle_epi8(low,
	    _mm256_set_m128i(row(more >> 16), row(more)));
	high = _mm256_shuffle_epi8(high,
	    _mm256_set_m128i(row(more >> 24), row(more >> 8)));
	to = put(to, _mm256_castsi256_si128(low), more);
	to = put(to, _mm256_castsi256_si128(high), more >> 8);
	to = put(to, _mm256_extracti128_si256(low, 1), more >> 16);
	return put(to, _mm256_extracti128_si256(high, 1), more >> 24);
}

/* Written past the end of what is kept are 8 bytes at most. */
AVX2 size_t
widen_avx2(const char *p, size_t n, bool dots, char **to)
{
	const __m256i lf = _mm256_set1_epi8('\n'), cr = _mm256_set1_epi8('\r');
	const __m256i zero = _mm256_setzero_si256();
	/* No byte is a dot and a NUL that is not odd. */
	const __m256i dot = _mm256_set1_epi8(dots ? '.' : '\0');
	const __m256i lf_to_cr = _mm256_set1_epi8('\n' ^ '\r');
	char *out = *to;
	size_t done = 0;

	for (; n - done >= WIDEN_MIN; done += BLOCK) {
		__m256i is = _mm256_loadu_si256((const void *)(p + done));
		__m256i was = _mm256_loadu_si256((const void *)(p + done - 1));
		__m256i is_lf = _mm256_cmpeq_epi8(is, lf);
		__m256i was_cr = _mm256_cmpeq_epi8(was, cr);
		__m256i begins = _mm256_cmpeq_epi8(was, lf);
		__m256i odd = _mm256_or_si256(_mm256_cmpeq_epi8(is, zero),
		    _mm256_andnot_si256(is_lf, was_cr));
		__m256i add = _mm256_or_si256(
		    _mm256_andnot_si256(was_cr, is_lf),
		    _mm256_and_si256(_mm256_cmpeq_epi8(is, dot), begins));
		uint32_t more = (uint32_t)_mm256_movemask_epi8(add);

		if (!_mm256_testz_si256(odd, odd))
			break;
		if (more == 0) {
			_mm256_storeu_si256((void *)out, is);
			out += BLOCK;
			continue;
		}
		out = widen_block(out, is, _mm256_xor_si256(is,
		    _mm256_and_si256(is_lf, lf_to_cr)), more);
	}
	if (done > 0 && p[done - 1] == '\r') {
		done--;
		out--;
	}
	*to = out;
	return done;
}

#else

bool
widen_has_avx2(void)
{
	return false;
}

size_t
widen_avx2(const char *p, size_t n, bool dots, char **to)
{
	return widen_plain(p, n, dots, to);
}

#endif
