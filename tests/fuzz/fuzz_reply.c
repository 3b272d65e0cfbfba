// SPDX-License-Identifier: ISC
/*
 * fuzz_reply.c - whatever a relay says, line by line
 */
#include <assert.h>
#include <stdint.h>

#include "smtp/reply.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str rest = { (const char *)data, size }, line, status;
	struct buf words = { 0 };
	struct reply r = { 0 };
	struct err e = { 0 };
	int more = 1;

	while (more == 1 && str_eat_line(&rest, &line))
		more = reply_feed(&r, line, &e);
	assert(more >= 0 || e.code != 0);
	assert(r.text.len <= REPLY_BYTES_MAX);
	if (more == 0) {
		assert(r.code >= 200 && r.code <= 559);
		if (reply_status(r.code, buf_str(&r.text), &status))
			assert(status.len >= 5 && status.len <= 9);
		reply_words(r.code, buf_str(&r.text), &words);
		(void)reply_refusal(&r, &e, "it");
	}
	for (size_t i = 0; i < words.len; i++)
		assert(!str_is_control(words.data[i]));
	buf_free(&words);
	reply_free(&r);
	err_clear(&e);
	return 0;
}
