// SPDX-License-Identifier: ISC
/*
 * fuzz_base.c - base64 there and back, foreign text made harmless, words eaten
 */
#include <assert.h>
#include <stdint.h>

#include "base/base64.h"
#include "base/vis.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
there_and_back(struct str bytes)
{
	struct buf text = { 0 }, again = { 0 };

	base64_encode(&text, bytes);
	assert(base64_decode(&again, buf_str(&text)));
	assert(str_eq(buf_str(&again), bytes));
	buf_reset(&again);
	/* What it takes for base64 is what it would have made itself. */
	if (base64_decode(&again, bytes)) {
		buf_reset(&text);
		base64_encode(&text, buf_str(&again));
		assert(str_eq(buf_str(&text), bytes));
	}
	buf_free(&text);
	buf_free(&again);
}

static void
harmless(struct str bytes)
{
	struct buf out = { 0 };

	vis_add(&out, bytes);
	for (size_t i = 0; i < out.len; i++)
		assert(!str_is_control(out.data[i]));
	buf_free(&out);
}

static void
every_byte_once(struct str bytes)
{
	struct str in = bytes, line, word;
	size_t eaten = 0;
	uint64_t value;

	while (str_eat_line(&in, &line)) {
		eaten += line.len;
		(void)str_eat_number(&line, &value);
		while (str_eat_word(&line, &word))
			assert(word.len > 0);
		assert(str_trim(line).len == 0);
	}
	assert(in.len == 0 && eaten <= bytes.len);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str bytes = { (const char *)data, size };

	there_and_back(bytes);
	harmless(bytes);
	every_byte_once(bytes);
	return 0;
}
