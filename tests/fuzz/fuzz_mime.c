// SPDX-License-Identifier: ISC
/*
 * fuzz_mime.c - any message at all, completed and encoded for a poor relay
 *
 * Whatever comes in, what goes out has CRLF and nothing else for line ends, a
 * header in ASCII with short lines and without Bcc, and does not depend on how
 * the body came in pieces.
 */
#include <assert.h>
#include <stdint.h>

#include "message/canon.h"
#include "message/complete.h"
#include "message/reader.h"
#include "pieces.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
drain(struct source *s, struct buf *out)
{
	struct err e = { 0 };
	struct str piece;

	while (source_pull(s, &piece, &e) > 0)
		buf_add(out, piece);
}

/* The body as it leaves, without dots. */
static void
send(struct buf *out, const struct completed *c, struct str body, size_t size)
{
	struct pieces from = { .source.pull = pull_pieces, .rest = body,
	    .size = size };
	struct encode *enc = encode_new(&c->plan, &from.source);
	struct canon canon;

	canon_init(&canon, encode_source(enc), false);
	drain(&canon.source, out);
	canon_free(&canon);
	encode_free(enc);
}

static void
check_ends(struct str s)
{
	for (size_t i = 0; i < s.len; i++) {
		assert(s.ptr[i] != '\0');
		assert(s.ptr[i] != '\r' || (i + 1 < s.len &&
		    s.ptr[i + 1] == '\n'));
		assert(s.ptr[i] != '\n' || (i > 0 && s.ptr[i - 1] == '\r'));
	}
}

static void
check_header(struct str block)
{
	struct str rest = block, line;
	struct header h = { 0 };

	check_ends(block);
	while (str_eat_line(&rest, &line)) {
		assert(line.len <= 998);
		assert((str_trim(line).len > 0) == (rest.len > 0));
		for (size_t i = 0; i < line.len; i++)
			assert((unsigned char)line.ptr[i] < 128);
	}
	header_parse(&h, str_head(block, block.len - 2));
	assert(header_find(&h, "Bcc") == NULL);
	assert(header_find(&h, "Date") != NULL);
	assert(header_find(&h, "From") != NULL);
	assert(header_find(&h, "Message-ID") != NULL);
	header_free(&h);
}

static void
check_body(const struct completed *c, struct str body)
{
	static const size_t sizes[] = { 1, 3, 7, 100 };
	struct buf whole = { 0 }, again = { 0 };

	send(&whole, c, body, body.len + 1);
	check_ends(buf_str(&whole));
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		buf_reset(&again);
		send(&again, c, body, sizes[i]);
		assert(str_eq(buf_str(&again), buf_str(&whole)));
	}
	if (c->plan.way == ENCODE_LEAF)
		for (size_t i = 0; i < whole.len; i++)
			assert((unsigned char)whole.data[i] < 128);
	buf_free(&whole);
	buf_free(&again);
}

static void
check(struct str header, struct str body)
{
	struct facts facts = { .time = 1795235450 };
	struct policy policy = { 0 };
	struct offer offer = { 0 };
	struct header h = { 0 };
	struct body_facts bf;
	struct pieces from = { .source.pull = pull_pieces, .rest = body,
	    .size = 1000 };
	struct handed handed = { .facts = &facts, .header = &h, .body = &bf,
	    .sender = STR("") };
	struct completed out;
	struct err e = { 0 };

	buf_puts(&facts.login, "root");
	buf_puts(&policy.domain, "example.com");
	buf_puts(&policy.from, "alerts@example.com");
	(void)scan_source(&from.source, &bf, &e);
	header_parse(&h, header);
	if (complete(&handed, &policy, &offer, &out, &e) == 0) {
		check_header(buf_str(&out.header));
		check_body(&out, body);
		completed_free(&out);
	}
	err_clear(&e);
	header_free(&h);
	facts_free(&facts);
	policy_free(&policy);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str rest = { (const char *)data, size };
	struct reader r = { 0 };
	struct buf body = { 0 };
	struct err e = { 0 };

	if (reader_push(&r, &rest, &e) == 0 &&
	    (r.in_body || reader_end(&r, &e) == 0)) {
		buf_add(&body, reader_body(&r));
		buf_add(&body, rest);
		check(reader_header(&r), buf_str(&body));
	}
	err_clear(&e);
	buf_free(&body);
	reader_free(&r);
	return 0;
}
