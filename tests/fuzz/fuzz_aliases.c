// SPDX-License-Identifier: ISC
/*
 * fuzz_aliases.c - a file of aliases, read and followed to its ends
 *
 * Whatever it says: following it ends, and what comes out could be written
 * into an envelope.
 */
#include <stdint.h>
#include <stdlib.h>

#include "config/aliases.h"
#include "config/expand.h"
#include "config/word.h"

static bool
local(void *arg, struct str address, struct str *name)
{
	struct str head, tail;

	(void)arg;
	*name = address;
	if (!str_cut_last(address, '@', &head, &tail))
		return true;
	*name = head;
	return str_eq(tail, STR("here"));
}

static int
include(void *arg, struct str path, struct buf *text, struct err *e)
{
	(void)path;
	(void)e;
	buf_add(text, *(struct str *)arg);
	return 1;
}

static int
forward(void *arg, struct str login, struct buf *text, struct err *e)
{
	if (login.len % 2 == 0)
		return 0;
	return include(arg, login, text, e);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str text = { (const char *)data, size };
	const struct alias_world world = { &text, local, include, forward };
	struct aliases a = { 0 };
	struct mistakes m = { 0 };
	struct buf words = { 0 };

	if (size > 4096)
		return 0;
	aliases_parse(&a, "f", text, &m);
	for (size_t i = 0; i < a.count && i < 8; i++) {
		struct strs out = { 0 }, rest = { 0 };
		struct err e = { 0 };

		if (aliases_find(&a, buf_str(&a.item[i].name)) == NULL &&
		    !str_has(buf_str(&a.item[i].name), '"') &&
		    !str_has(buf_str(&a.item[i].name), '\\'))
			abort();
		(void)aliases_expand(&a, &world, buf_str(&a.item[i].name),
		    &out, &rest, &words, &e);
		for (size_t n = 0; n < out.count; n++) {
			if (word_address(strs_at(&out, n)) != NULL)
				abort();
		}
		for (size_t n = 0; n < rest.count; n++) {
			if (word_text(strs_at(&rest, n)) != NULL)
				abort();
		}
		strs_free(&out);
		strs_free(&rest);
		err_clear(&e);
	}
	mistakes_print(&m, &words);
	buf_free(&words);
	mistakes_free(&m);
	aliases_free(&a);
	return 0;
}
