// SPDX-License-Identifier: ISC
/*
 * fuzz_queue.c - fields, records and names of the spool
 */
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "queue/field.h"
#include "queue/record.h"
#include "queue/spool.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* There is one way to write a field. */
static void
fields(struct str in)
{
	struct buf again = { 0 };
	struct str all = in, key, value;

	while (field_eat(&in, FIELD_VALUE_MAX, &key, &value) > 0) {
		char *name = strndup(key.ptr, key.len);

		field_add(&again, name, value);
		free(name);
	}
	assert(str_eq(buf_str(&again), str_head(all, all.len - in.len)));
	buf_free(&again);
}

static int
parse(struct str *in, struct record *r)
{
	struct err e = { 0 };
	int rc = record_parse(r, in, &e);

	assert((rc < 0) == (e.code != 0));
	err_clear(&e);
	return rc;
}

/* What is a record is none with one byte less, and nothing is lost. */
static void
record(struct str all)
{
	struct record r = { 0 }, less = { 0 };
	struct str in = all;

	if (parse(&in, &r) > 0) {
		struct str head = str_head(all, all.len - in.len - 1);

		assert(r.env.count > 0);
		for (size_t i = 0; i < r.env.count; i++)
			assert(r.mark[i].at < r.body &&
			    str_has(STR("TDFR"), all.ptr[r.mark[i].at]));
		assert(parse(&head, &less) == 0);
	}
	record_free(&r);
	record_free(&less);
}

static void
name(struct str in)
{
	char again[SPOOL_NAME_SIZE];
	struct id id;
	int64_t next;

	for (enum spool_where w = SPOOL_TMP; w <= SPOOL_FAILED; w++)
		if (spool_name_parse(in, w, &id, &next)) {
			spool_name(again, w, &id, next);
			assert(str_eq(in, str_of(again)));
		}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str in = { (const char *)data, size };

	fields(in);
	record(in);
	name(in);
	return 0;
}
