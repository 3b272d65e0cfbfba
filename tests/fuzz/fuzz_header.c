// SPDX-License-Identifier: ISC
/*
 * fuzz_header.c - fields out of any bytes, and the recipients they name
 */
#include <assert.h>
#include <stdint.h>

#include "message/address.h"
#include "message/extract.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
look_at(const struct field *f, const char **at)
{
	struct buf line = { 0 };

	assert(f->whole.ptr >= *at && f->name.len > 0);
	*at = f->whole.ptr + f->whole.len;
	assert(f->name.ptr == f->whole.ptr);
	assert(f->value.ptr > f->name.ptr + f->name.len - 1);
	assert(f->value.ptr + f->value.len <= *at);
	for (size_t i = 0; i < f->name.len; i++)
		assert(f->name.ptr[i] > ' ' && f->name.ptr[i] != ':');

	/* On one line no value can begin another field. */
	field_unfold(&line, f->value);
	assert(line.len <= f->value.len);
	assert(!str_has(buf_str(&line), '\n'));
	assert(!str_has(buf_str(&line), '\r'));
	assert(!str_has(buf_str(&line), '\0'));
	buf_free(&line);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str in = { (const char *)data, size };
	struct addresses list = { 0 };
	struct header h = { 0 };
	struct err e = { 0 };
	const char *at = in.ptr;
	int rc;

	header_parse(&h, in);
	for (size_t i = 0; i < h.count; i++)
		look_at(&h.field[i], &at);
	assert(at <= in.ptr + in.len);

	rc = extract(&list, &h, &e);
	assert((rc < 0) == (list.bad.count > 0));
	for (size_t i = 0; i < list.count; i++) {
		struct buf wire = { 0 };

		mailbox_add(&wire, &list.box[i]);
		assert(address_fault(buf_str(&wire)) == NULL);
		buf_free(&wire);
	}
	err_clear(&e);
	addresses_free(&list);
	header_free(&h);
	return 0;
}
