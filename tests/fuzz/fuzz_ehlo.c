// SPDX-License-Identifier: ISC
/*
 * fuzz_ehlo.c - whatever a relay claims it can do
 */
#include <assert.h>
#include <stdint.h>

#include "smtp/ehlo.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct reply r = { .code = 250 };
	struct ehlo caps = { 0 };

	buf_add(&r.text, (struct str){ (const char *)data, size });
	ehlo_parse(&caps, &r);
	assert(ehlo_has(&caps, EHLO_AUTH) == (caps.auth.len > 0));
	assert(ehlo_has(&caps, EHLO_SIZE) || caps.size == 0);
	assert(caps.rcpt_max <= 999999 && caps.mail_max <= 999999);
	ehlo_free(&caps);
	reply_free(&r);
	return 0;
}
