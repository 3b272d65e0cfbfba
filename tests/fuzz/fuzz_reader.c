// SPDX-License-Identifier: ISC
/*
 * fuzz_reader.c - header, body and the last dot, whatever the pieces are
 *
 * The first byte says how large they are.
 */
#include <assert.h>
#include <stdint.h>

#include "message/dots.h"
#include "message/header.h"
#include "message/reader.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct pieces {
	struct source source;
	struct str left;
	size_t each;
};

static int
pull_piece(struct source *s, struct str *piece, struct err *e)
{
	struct pieces *p = (struct pieces *)s;

	(void)e;
	*piece = str_head(p->left, p->each);
	p->left = str_skip(p->left, piece->len);
	return piece->len > 0;
}

/* header, NUL, body: one text to be compared. */
static void
read_all(struct buf *out, struct str in, size_t each)
{
	struct pieces from = { { pull_piece }, in, each };
	struct reader r = { 0 };
	struct err e = { 0 };
	struct buf tail = { 0 };
	struct str piece;

	while (source_pull(&from.source, &piece, &e) > 0) {
		assert(reader_push(&r, &piece, &e) == 0);
		assert(r.in_body || piece.len == 0);
		buf_add(&tail, piece);
	}
	assert(reader_end(&r, &e) == 0 && r.in_body);
	assert(r.head.len + tail.len == in.len);
	assert(r.header_at <= r.header_end && r.header_end <= r.body_at);
	assert(r.body_at <= r.head.len);
	assert(str_eq(buf_str(&r.head), str_head(in, r.head.len)));
	assert(str_eq(buf_str(&tail), str_skip(in, r.head.len)));
	buf_add(out, reader_header(&r));
	buf_putc(out, '\0');
	buf_add(out, reader_body(&r));
	buf_add(out, buf_str(&tail));
	buf_free(&tail);
	reader_free(&r);
}

/* Each line of the header is a field or a part of one. */
static void
all_of_it_is_fields(struct str in)
{
	struct reader r = { 0 };
	struct header h = { 0 };
	struct err e = { 0 };
	struct str left;

	assert(reader_push(&r, &in, &e) == 0 && reader_end(&r, &e) == 0);
	left = reader_header(&r);
	header_parse(&h, left);
	for (size_t i = 0; i < h.count; i++)
		assert(str_eat(&left, h.field[i].whole));
	assert(left.len == 0);
	header_free(&h);
	reader_free(&r);
}

static void
pull_dots(struct buf *out, struct str in, size_t each, bool terminal)
{
	struct pieces from = { { pull_piece }, in, each };
	struct err e = { 0 };
	struct str piece;
	struct dots d;

	dots_init(&d, &from.source, terminal);
	while (source_pull(&d.source, &piece, &e) > 0) {
		assert(piece.len > 0);
		buf_add(out, piece);
	}
	dots_free(&d);
}

static void
dots_are_the_same(struct str in, size_t each, bool terminal)
{
	struct buf whole = { 0 }, cut = { 0 };

	pull_dots(&whole, in, SIZE_MAX, terminal);
	pull_dots(&cut, in, each, terminal);
	assert(str_eq(buf_str(&whole), buf_str(&cut)));
	assert(str_eat(&in, buf_str(&whole)));
	if (in.len > 0)
		assert(in.ptr[0] == '.');
	if (!terminal)
		assert(in.len <= 16);
	buf_free(&whole);
	buf_free(&cut);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str in = { (const char *)data, size };
	struct buf whole = { 0 }, cut = { 0 };
	size_t each;

	if (size == 0)
		return 0;
	each = (size_t)data[0] + 1;
	in = str_skip(in, 1);
	read_all(&whole, in, SIZE_MAX);
	for (int i = 0; i < 2; i++, each = each == 1 ? 2 : 1) {
		buf_reset(&cut);
		read_all(&cut, in, each);
		assert(str_eq(buf_str(&whole), buf_str(&cut)));
		dots_are_the_same(in, each, false);
		dots_are_the_same(in, each, true);
	}
	all_of_it_is_fields(in);
	buf_free(&whole);
	buf_free(&cut);
	return 0;
}
