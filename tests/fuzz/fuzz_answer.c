// SPDX-License-Identifier: ISC
/*
 * fuzz_answer.c - whatever a name server sends
 */
#include <assert.h>
#include <stdint.h>

#include "net/answer.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const int types[] = { 15, 33 };
	struct str message = { (const char *)data, size }, lines, line;

	for (size_t i = 0; i < 2; i++) {
		struct buf out = { 0 };
		size_t count = 0;

		(void)answer_records(message, types[i], &out);
		lines = buf_str(&out);
		while (str_eat_line(&lines, &line))
			count++;
		assert(count <= ANSWER_RECORDS);
		buf_free(&out);
	}
	return 0;
}
