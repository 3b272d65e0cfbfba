// SPDX-License-Identifier: ISC
/*
 * fuzz_address.c - whatever is read, only addresses come out
 */
#include <assert.h>
#include <stdint.h>

#include "message/address.h"
#include "message/addresses.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What has passed the gate cannot end a command or begin another one. */
static void
harmless(struct str address)
{
	bool quoted = false, smtputf8;
	struct err e = { 0 };

	assert(address_check(address, &smtputf8, &e) == 0);
	for (size_t i = 0; i < address.len; i++) {
		char c = address.ptr[i];

		assert(!str_is_control(c));
		if (quoted && c == '\\') {
			i++;
			continue;
		}
		if (c == '"')
			quoted = !quoted;
		assert(quoted || (c != '<' && c != '>' && c != ' '));
	}
	assert(!quoted);
}

/* Read again, it is the same; A-labels stay an address. */
static void
stable(struct str address)
{
	struct addresses list = { 0 };
	struct buf again = { 0 }, ascii = { 0 };
	struct err e = { 0 };

	assert(addresses_add(&list, address, &e) == 0 && list.count == 1);
	mailbox_add(&again, &list.box[0]);
	assert(str_eq(buf_str(&again), address));
	assert(list.box[0].at == 0 && list.box[0].len == address.len);
	if (address_to_ascii(&ascii, address, &e) == 0 &&
	    ascii.len <= ADDRESS_MAX)
		harmless(buf_str(&ascii));
	err_clear(&e);
	buf_free(&again);
	buf_free(&ascii);
	addresses_free(&list);
}

static void
look_at(struct addresses *list, struct str text, int rc, struct err *e)
{
	assert((rc < 0) == (list->bad.count > 0));
	assert((rc < 0) == (e->code != 0));
	for (size_t i = 0; i < list->count; i++) {
		const struct mailbox *m = &list->box[i];
		struct buf wire = { 0 };

		assert(m->len > 0 && m->at + m->len <= text.len);
		mailbox_add(&wire, m);
		harmless(buf_str(&wire));
		stable(buf_str(&wire));
		buf_free(&wire);
	}
	addresses_unique(list);
	err_clear(e);
	addresses_free(list);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str in = { (const char *)data, size };
	struct addresses list = { 0 };
	struct err e = { 0 };
	struct buf sender = { 0 };
	bool smtputf8;
	int rc;

	rc = addresses_add(&list, in, &e);
	look_at(&list, in, rc, &e);
	rc = addresses_operand(&list, in, &e);
	look_at(&list, in, rc, &e);
	if (address_sender(&sender, in, &e) == 0 && sender.len > 0)
		harmless(buf_str(&sender));
	err_clear(&e);
	if (address_check(in, &smtputf8, &e) == 0)
		harmless(in);
	err_clear(&e);
	buf_free(&sender);
	return 0;
}
