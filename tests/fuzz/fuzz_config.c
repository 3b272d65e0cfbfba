// SPDX-License-Identifier: ISC
/*
 * fuzz_config.c - the configuration, from bytes to a struct and back to text
 *
 * The first byte chooses whose file it is.  "include" finds the file itself
 * and one other, so that circles are tried too.
 */
#include <stdint.h>
#include <stdlib.h>

#include "config/config.h"
#include "config/print.h"

static struct str text;

static int
load(void *arg, struct str path, struct buf *out, struct err *e)
{
	(void)arg;
	(void)e;
	buf_add(out, str_ends(path, STR("b")) ? STR("trace = yes\n") : text);
	return 0;
}

static int
list(void *arg, struct str pattern, struct strs *out, struct err *e)
{
	(void)arg;
	(void)e;
	strs_add(out, pattern);
	strs_add(out, STR("b"));
	return 0;
}

static bool
variable(void *arg, struct str name, struct buf *out)
{
	(void)arg;
	buf_add(out, name);
	return name.len < 5;
}

/* What we print must be what we read. */
static void
again(const struct config *c)
{
	struct config copy = { 0 };
	struct mistakes m = { 0 };
	struct err e = { 0 };
	struct buf out = { 0 }, out2 = { 0 };

	print_config(c, &out);
	if (!config_has_password(c)) {
		if (config_parse(&copy, "printed", buf_str(&out), NULL, &m,
		    &e) < 0)
			abort();
		print_config(&copy, &out2);
		if (!str_eq(buf_str(&out), buf_str(&out2)))
			abort();
	}
	print_json(c, &out);
	buf_free(&out);
	buf_free(&out2);
	mistakes_free(&m);
	err_clear(&e);
	config_free(&copy);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct loader loader = { .trust = FILE_SYSTEM, .load = load,
	    .list = list, .variable = variable };
	struct config c = { 0 };
	struct mistakes m = { 0 };
	struct err e = { 0 };
	struct buf words = { 0 };

	if (size == 0)
		return 0;
	if (data[0] & 1)
		loader.trust = FILE_PERSONAL;
	text = (struct str){ (const char *)data + 1, size - 1 };
	if (config_parse(&c, "a", text, &loader, &m, &e) == 0)
		again(&c);
	mistakes_print(&m, &words);
	buf_free(&words);
	mistakes_free(&m);
	err_clear(&e);
	config_free(&c);
	return 0;
}
