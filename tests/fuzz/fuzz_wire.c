// SPDX-License-Identifier: ISC
/*
 * fuzz_wire.c - any bytes, as they go over the wire
 *
 * However they come in pieces and whatever the processor can do, the result is
 * what the plain way makes of them, byte for byte, and as long as was said.
 */
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "../unit/plain_wire.h"
#include "message/scan.h"
#include "pieces.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check_canon(struct str in, struct str want, size_t size, bool dots)
{
	struct pieces from = { .source.pull = pull_pieces, .rest = in,
	    .size = size };
	struct buf out = { 0 };
	struct canon canon;
	struct err e = { 0 };
	struct str piece;

	canon_init(&canon, &from.source, dots);
	while (source_pull(&canon.source, &piece, &e) > 0)
		buf_add(&out, piece);
	assert(str_eq(buf_str(&out), want));
	canon_free(&canon);
	buf_free(&out);
}

static void
check_size(struct str in, struct str want, size_t size)
{
	struct pieces from = { .source.pull = pull_pieces, .rest = in,
	    .size = size };
	struct body_facts facts;
	struct err e = { 0 };

	(void)scan_source(&from.source, &facts, &e);
	assert(facts.size == want.len);
}

static void
check_widen(size_t (*way)(const char *, size_t, bool, char **), struct str in,
    bool dots)
{
	char *out = malloc(2 * in.len + WIDEN_SPARE), *to = out;
	size_t done = way(in.ptr + 1, in.len - 1, dots, &to);
	struct str made = { out, (size_t)(to - out) };

	assert(plain_widened(in, done, dots, made) == NULL);
	free(out);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const size_t sizes[] = { 1, 7, 100, 1000, SIZE_MAX };
	struct str in = { (const char *)data, size };
	struct buf want = { 0 };

	for (int dots = 1; dots >= 0; dots--) {
		buf_reset(&want);
		plain_wire(&want, in, dots == 1);
		for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++)
			check_canon(in, buf_str(&want), sizes[i], dots == 1);
		if (size > 0) {
			check_widen(widen_plain, in, dots == 1);
			check_widen(widen_avx2, in, dots == 1);
		}
	}
	check_size(in, buf_str(&want), 7);
	check_size(in, buf_str(&want), SIZE_MAX);
	buf_free(&want);
	return 0;
}
