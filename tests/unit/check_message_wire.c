// SPDX-License-Identifier: ISC
/*
 * check_message_wire.c - what leaves: line ends, dots, transfer encodings
 */
#include "plain_wire.h"
#include "run.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/table.h"
#include "base/vis.h"
#include "message/canon.h"
#include "message/run.h"
#include "message/scan.h"
#include "message/transfer.h"
#include "message/widen.h"

/* A text in pieces of a given size, each at an address of its own. */
struct pieces {
	struct source source;
	struct str text;
	size_t size;
	struct buf piece;
};

static int
pull_pieces(struct source *source, struct str *piece, struct err *e)
{
	struct pieces *p = (struct pieces *)source;

	(void)e;
	buf_free(&p->piece);
	if (p->text.len == 0)
		return 0;
	buf_add(&p->piece, str_head(p->text, p->size));
	p->text = str_skip(p->text, p->size);
	*piece = buf_str(&p->piece);
	return 1;
}

static void
drain(struct source *s, struct buf *out)
{
	struct err e = { 0 };
	struct str piece;
	int rc;

	/* An assertion for each piece would take most of the time. */
	while ((rc = source_pull(s, &piece, &e)) > 0 && piece.len > 0)
		buf_add(out, piece);
	ck_assert_int_eq(rc, 0);
	ck_assert_int_eq(source_pull(s, &piece, &e), 0);
}

/* Through canon, in pieces of that size. */
static void
wire(struct buf *out, struct str text, size_t size, bool dots)
{
	struct pieces from = { .source.pull = pull_pieces, .text = text,
	    .size = size };
	struct canon canon;

	canon_init(&canon, &from.source, dots);
	drain(&canon.source, out);
	canon_free(&canon);
	buf_free(&from.piece);
}

#define ROW(in, out) { { (in), sizeof(in) - 1 }, { (out), sizeof(out) - 1 } }

static const struct {
	struct str in, out;
} ends[] = {
	ROW("", ""),
	ROW("a", "a\r\n"),
	ROW("\n", "\r\n"),
	ROW("\r\n", "\r\n"),
	ROW("\r", "\r\n"),
	ROW("a\n", "a\r\n"),
	ROW("a\r\n", "a\r\n"),
	ROW("a\r\r\n", "a\r\n"),
	ROW("a\r", "a\r\n"),
	ROW("a\r\r", "a\r\n\r\n"),
	ROW("a\rb\n", "a\r\nb\r\n"),
	ROW("a\n\rb", "a\r\n\r\nb\r\n"),
	ROW("a\0b\n", "ab\r\n"),
	ROW("\0", ""),
	ROW("\r\0\n", "\r\n\r\n"),
	ROW("a\r\nb\nc\r\nd\n", "a\r\nb\r\nc\r\nd\r\n"),
	ROW("12345678\n1234567\n123456\n\n\n1", "12345678\r\n1234567\r\n"
	    "123456\r\n\r\n\r\n1\r\n"),
	ROW("\r\r\r\r\r\r\r\r\r\r\r\r\r\r\r\r\r\n", "\r\n\r\n"),
};

START_TEST(line_ends_become_crlf_however_the_text_is_cut)
{
	for (size_t size = 1; size <= ends[_i].in.len + 1; size++) {
		struct buf out = { 0 };

		wire(&out, ends[_i].in, size, false);
		ck_assert_msg(str_eq(buf_str(&out), ends[_i].out),
		    "row %d, pieces of %zu: %s", _i, size, buf_cstr(&out));
		buf_free(&out);
	}
}
END_TEST

static const struct {
	struct str in, out;
} dots[] = {
	ROW("", ""),
	ROW(".", "..\r\n"),
	ROW("a.\n.b\n", "a.\r\n..b\r\n"),
	ROW(".\n", "..\r\n"),
	ROW("..\n", "...\r\n"),
	ROW(".\n.\n.\n", "..\r\n..\r\n..\r\n"),
	ROW("a\n.\nb", "a\r\n..\r\nb\r\n"),
	ROW("a\n.\r\nb", "a\r\n..\r\nb\r\n"),
	ROW("a\r\n.\rb", "a\r\n..\r\nb\r\n"),
	ROW("a\r.\rb", "a\r\n..\r\nb\r\n"),
	ROW("a\r\n.\nb", "a\r\n..\r\nb\r\n"),
	ROW("a\n\0.\nb", "a\r\n..\r\nb\r\n"),
	ROW("a\r\0.\0\r\nb", "a\r\n..\r\nb\r\n"),
	ROW("a\n.\n.\r\nMAIL FROM:<x@y>\r\n", "a\r\n..\r\n..\r\n"
	    "MAIL FROM:<x@y>\r\n"),
	ROW("12345.7.\n.2345678\n12345.\n", "12345.7.\r\n..2345678\r\n"
	    "12345.\r\n"),
};

START_TEST(no_line_of_the_message_ends_it)
{
	for (size_t size = 1; size <= dots[_i].in.len + 1; size++) {
		struct buf out = { 0 };

		wire(&out, dots[_i].in, size, true);
		ck_assert_msg(str_eq(buf_str(&out), dots[_i].out),
		    "row %d, pieces of %zu: %s", _i, size, buf_cstr(&out));
		buf_free(&out);
	}
}
END_TEST

/* A text of n bytes out of few letters, so that all pairs come together. */
static void
noise(struct buf *b, const char *letters, size_t count, size_t n,
    unsigned seed)
{
	buf_reset(b);
	for (size_t i = 0; i < n; i++) {
		seed = seed * 1103515245 + 12345;
		buf_putc(b, letters[(seed >> 16) % count]);
	}
}

/* Could this be DATA?  (Assertions for each byte would take too long.) */
static bool
is_wire(struct str out)
{
	for (size_t i = 0; i < out.len; i++) {
		char before = i > 0 ? out.ptr[i - 1] : '\n';
		char behind = i + 1 < out.len ? out.ptr[i + 1] : '\0';

		if (out.ptr[i] == '\0' ||
		    (out.ptr[i] == '\r' && behind != '\n') ||
		    (out.ptr[i] == '\n' && i > 0 && before != '\r'))
			return false;
		if (out.ptr[i] != '.' || before != '\n')
			continue;
		if (behind != '.')
			return false;
		i++;
	}
	return out.len == 0 || str_ends(out, STR("\r\n"));
}

static const size_t cuts[] = { 1, 2, 3, 7, 8, 9, 255, 256, 257, 4096,
    1000000 };

START_TEST(no_bare_cr_or_lf_ever_leaves)
{
	static const char letters[] = "\r\n..a\n\r\0 bcdefghi";
	struct buf in = { 0 }, out = { 0 }, first = { 0 };

	for (unsigned seed = 1; seed <= 4; seed++) {
		noise(&in, letters, sizeof(letters) - 1,
		    cuts[_i] < 4096 ? 30000 : 200000, seed +
		    (unsigned)_i);
		buf_reset(&out);
		wire(&out, buf_str(&in), cuts[_i], true);
		ck_assert(is_wire(buf_str(&out)));
		buf_reset(&first);
		wire(&first, buf_str(&in), in.len, true);
		ck_assert(str_eq(buf_str(&out), buf_str(&first)));
	}
	buf_free(&in);
	buf_free(&out);
	buf_free(&first);
}
END_TEST

static const struct {
	const char *letters;
	size_t count;
} kinds[] = {
	{ "\r\n\0.a", 5 }, { "\n.", 2 }, { "\na", 2 }, { "\r\n", 2 },
	{ "\nabcdefghijklmnopqrstuvwxyz", 27 }, { "a\t", 2 },
	{ "\n\r\xc3\xa4 abc", 8 }, { "\xd0\x9f\n", 3 }, { "\0\n", 2 },
	{ "\n", 1 }, { ".", 1 }, { "\0.\n", 3 }, { "\r.\n", 3 },
	{ "\n.abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ01234567",
	    62 },
	{ "\r.abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456\n",
	    62 },
};

START_TEST(the_fast_way_equals_the_plain_one)
{
	struct buf in = { 0 }, out = { 0 }, want = { 0 };
	struct body_facts f;
	struct err e = { 0 };

	for (size_t i = 0; i < TABLE_COUNT(cuts); i++) {
		struct pieces from = { .source.pull = pull_pieces,
		    .size = cuts[i] };

		noise(&in, kinds[_i].letters, kinds[_i].count, 30000 + i, 7);
		for (int stuff = 1; stuff >= 0; stuff--) {
			buf_reset(&want);
			buf_reset(&out);
			plain_wire(&want, buf_str(&in), stuff == 1);
			wire(&out, buf_str(&in), cuts[i], stuff == 1);
			ck_assert(str_eq(buf_str(&out), buf_str(&want)));
		}
		from.text = buf_str(&in);
		ck_assert_int_eq(scan_source(&from.source, &f, &e), 0);
		ck_assert_uint_eq(f.size, want.len);
		ck_assert_int_eq(f.utf8, utf8_is_valid(buf_str(&in)));
		ck_assert_int_eq(f.nul, str_has(buf_str(&in), '\0'));
	}
	buf_free(&in);
	buf_free(&out);
	buf_free(&want);
}
END_TEST

START_TEST(a_run_is_looked_at_alike_by_every_processor)
{
	struct buf in = { 0 };

	noise(&in, kinds[_i].letters, kinds[_i].count, 3000, 11);
	for (size_t i = 1; i + RUN_LEN <= in.len; i++)
		for (int stuff = 0; stuff < 2; stuff++) {
			uint64_t fast, plain;
			bool ok = run_look(in.data + i, stuff == 1, &fast);

			if (ok != run_look_plain(in.data + i, stuff == 1,
			    &plain) || (ok && fast != plain))
				ck_abort_msg("byte %zu", i);
		}
	buf_free(&in);
}
END_TEST

/* In memory of just that size, so that a sanitizer sees what is too much. */
static void
widen_one(size_t (*way)(const char *, size_t, bool, char **), struct str text,
    bool stuff)
{
	char *in = malloc(text.len), *out = malloc(2 * text.len + WIDEN_SPARE);
	size_t n = text.len - 1, done;
	char *to = out;
	const char *words;

	memcpy(in, text.ptr, text.len);
	done = way(in + 1, n, stuff, &to);
	words = plain_widened((struct str){ in, text.len }, done, stuff,
	    (struct str){ out, (size_t)(to - out) });
	if (words != NULL)
		ck_abort_msg("%zu of %zu bytes: %s", done, n, words);
	free(in);
	free(out);
}

START_TEST(every_way_to_widen_makes_the_same)
{
	struct buf in = { 0 };

	noise(&in, kinds[_i].letters, kinds[_i].count, 4000, 5);
	for (size_t from = 0; from < 34; from++)
		for (size_t n = 1; n < 420; n += n < 180 ? 1 : 13)
			for (int stuff = 0; stuff < 2; stuff++) {
				struct str text = { in.data + from * 53, n };

				widen_one(widen_plain, text, stuff == 1);
				widen_one(widen_avx2, text, stuff == 1);
			}
	buf_free(&in);
}
END_TEST

/* Every row of the table: each pattern of eight bytes, at each place. */
START_TEST(no_pattern_is_widened_wrongly)
{
	char text[256];

	for (unsigned pattern = 0; pattern < 256; pattern++)
		for (size_t at = 1; at < 66; at++) {
			struct str all = { text, sizeof(text) };

			memset(text, 'x', sizeof(text));
			for (unsigned bit = 0; bit < 8; bit++)
				if (pattern >> bit & 1)
					text[at + bit] = '\n';
				else if (bit % 2 == 1)
					text[at + bit] = '.';
			for (int stuff = 0; stuff < 2; stuff++) {
				widen_one(widen_plain, all, stuff == 1);
				widen_one(widen_avx2, all, stuff == 1);
			}
		}
}
END_TEST

/* Pieces that are right already must not be copied. */
START_TEST(canonical_text_passes_as_a_view)
{
	struct buf in = { 0 };
	struct source_text from;
	struct canon canon;
	struct str piece;
	struct err e = { 0 };

	while (in.len < 100000)
		buf_puts(&in, "a line.\r\n");
	source_text_init(&from, buf_str(&in));
	canon_init(&canon, &from.source, true);
	ck_assert_int_eq(source_pull(&canon.source, &piece, &e), 1);
	ck_assert_ptr_eq(piece.ptr, in.data);
	ck_assert_uint_gt(piece.len, 60000);
	canon_free(&canon);
	buf_free(&in);
}
END_TEST

static const struct {
	const char *name;
	struct str text;
	struct body_facts f;
} bodies[] = {
	{ "nothing", { "", 0 }, { .utf8 = true } },
	{ "one line", { "abc\n", 4 }, { .size = 5, .lines = 1,
	    .utf8 = true } },
	{ "no end", { "abc", 3 }, { .size = 5, .lines = 1, .utf8 = true } },
	{ "crlf", { "a\r\nb\r\n", 6 }, { .size = 6, .lines = 2,
	    .utf8 = true } },
	{ "utf-8", { "\xc3\xa4\n", 3 }, { .size = 4, .lines = 1,
	    .utf8 = true, .eight_bit = true } },
	{ "latin-1", { "\xe4\n", 2 }, { .size = 3, .lines = 1,
	    .eight_bit = true } },
	{ "half a letter", { "a\xc3", 2 }, { .size = 4, .lines = 1,
	    .eight_bit = true } },
	{ "a nul", { "a\0b\n", 4 }, { .size = 4, .lines = 1, .utf8 = true,
	    .nul = true } },
	{ "a cr", { "a\rb\n", 4 }, { .size = 6, .lines = 2, .utf8 = true,
	    .bare_cr = true } },
	{ "two crs", { "a\r\r\nb\n", 6 }, { .size = 6, .lines = 2,
	    .utf8 = true } },
	{ "a cr at the end", { "a\r", 2 }, { .size = 3, .lines = 1,
	    .utf8 = true, .bare_cr = true } },
};

START_TEST(what_a_body_is)
{
	for (size_t size = 1; size < 8; size++) {
		struct pieces from = { .source.pull = pull_pieces,
		    .text = bodies[_i].text, .size = size };
		const struct body_facts *want = &bodies[_i].f;
		struct body_facts f;
		struct err e = { 0 };

		ck_assert_int_eq(scan_source(&from.source, &f, &e), 0);
		ck_assert_msg(f.size == want->size && f.lines == want->lines &&
		    f.eight_bit == want->eight_bit && f.utf8 == want->utf8 &&
		    f.nul == want->nul && f.bare_cr == want->bare_cr &&
		    !f.long_line, "%s in pieces of %zu", bodies[_i].name,
		    size);
	}
}
END_TEST

static const struct {
	size_t len;
	const char *end;
	bool is_long;
} lines[] = {
	{ 998, "\n", false }, { 998, "\r\n", false }, { 998, "", false },
	{ 999, "\n", true }, { 999, "\r\n", true }, { 999, "", true },
	{ 100000, "\n", true }, { 0, "\n", false },
};

START_TEST(a_line_of_998_bytes_is_not_long)
{
	struct buf text = { 0 };

	for (size_t size = 1; size < 2100; size += size < 990 ? 97 : 1) {
		struct pieces from = { .source.pull = pull_pieces,
		    .size = size };
		struct body_facts f;
		struct err e = { 0 };

		buf_reset(&text);
		for (size_t i = 0; i < 50; i++)
			buf_puts(&text, "short line\n\n");
		for (size_t i = 0; i < lines[_i].len; i++)
			buf_putc(&text, 'x');
		buf_puts(&text, lines[_i].end);
		if (*lines[_i].end != '\0')
			buf_puts(&text, "short again\n");
		from.text = buf_str(&text);
		ck_assert_int_eq(scan_source(&from.source, &f, &e), 0);
		ck_assert_msg(f.long_line == lines[_i].is_long,
		    "%zu in pieces of %zu", lines[_i].len, size);
	}
	buf_free(&text);
}
END_TEST

static const struct {
	enum transfer_kind kind;
	struct str in;
	const char *out;
} transfers[] = {
	{ TRANSFER_QP, { "", 0 }, "" },
	{ TRANSFER_QP, { "abc\n", 4 }, "abc\r\n" },
	{ TRANSFER_QP, { "abc", 3 }, "abc\r\n" },
	{ TRANSFER_QP, { "a\r\nb\n", 5 }, "a\r\nb\r\n" },
	{ TRANSFER_QP, { "a=b\n", 4 }, "a=3Db\r\n" },
	{ TRANSFER_QP, { "\xc3\xa4\n", 3 }, "=C3=A4\r\n" },
	{ TRANSFER_QP, { "a \n", 3 }, "a=20\r\n" },
	{ TRANSFER_QP, { "a\t\r\n", 4 }, "a=09\r\n" },
	{ TRANSFER_QP, { "a ", 2 }, "a=20\r\n" },
	{ TRANSFER_QP, { "a b  c\n", 7 }, "a b  c\r\n" },
	{ TRANSFER_QP, { "a\rb\0\n", 5 }, "a=0Db=00\r\n" },
	{ TRANSFER_QP, { "a \rb\n", 5 }, "a =0Db\r\n" },
	{ TRANSFER_QP, { "a\r\r\n", 4 }, "a\r\n" },
	{ TRANSFER_QP, { "a\r", 2 }, "a=0D\r\n" },
	{ TRANSFER_QP, { ".\n..a\nb.\n", 9 }, "=2E\r\n=2E.a\r\nb.\r\n" },
	{ TRANSFER_QP, { "From me\nFrom\nFroma b\n From c\n", 29 },
	    "From=20me\r\nFrom\r\nFroma b\r\n From c\r\n" },
	{ TRANSFER_QP_MEND, { "a=3Db=\nc\n", 9 }, "a=3Db=\r\nc\r\n" },
	{ TRANSFER_QP_MEND, { "a\xe4 \r\n", 5 }, "a=E4 \r\n" },
	{ TRANSFER_BASE64, { "", 0 }, "" },
	{ TRANSFER_BASE64, { "a\n", 2 }, "YQo=\r\n" },
	{ TRANSFER_BASE64, { "a\r\n\0", 4 }, "YQ0KAA==\r\n" },
	{ TRANSFER_BASE64_MEND, { "YQ\xff" "0K AA==\n", 11 }, "YQ0KAA==\r\n" },
	{ TRANSFER_BASE64_MEND, { "YQ0K\nYQ0K\n", 10 }, "YQ0K\r\nYQ0K\r\n" },
};

START_TEST(what_is_encoded_and_how)
{
	for (size_t size = 1; size < 30; size++) {
		struct pieces from = { .source.pull = pull_pieces,
		    .text = transfers[_i].in, .size = size };
		struct source_transfer s;
		struct buf out = { 0 };

		source_transfer_init(&s, transfers[_i].kind, &from.source);
		drain(&s.source, &out);
		ck_assert_str_eq(buf_cstr(&out), transfers[_i].out);
		source_transfer_free(&s);
		buf_free(&out);
	}
}
END_TEST

/* Lines of 76 at most, also of letters that take three bytes each. */
START_TEST(encoded_lines_are_short_and_independent_of_pieces)
{
	static const enum transfer_kind all[] = { TRANSFER_QP,
	    TRANSFER_BASE64, TRANSFER_BASE64_MEND };
	struct buf in = { 0 }, first = { 0 }, out = { 0 };

	noise(&in, "abc \xc3=.\r\n", 9, 20000, (unsigned)_i + 1);
	for (size_t k = 0; k < TABLE_COUNT(all); k++)
		for (size_t i = 0; i < TABLE_COUNT(cuts); i++) {
			struct pieces from = { .source.pull = pull_pieces,
			    .text = buf_str(&in), .size = cuts[i] };
			struct source_transfer s;
			struct str text, line;

			source_transfer_init(&s, all[k], &from.source);
			buf_reset(&out);
			drain(&s.source, &out);
			source_transfer_free(&s);
			if (i == 0)
				buf_set(&first, buf_str(&out));
			ck_assert(str_eq(buf_str(&out), buf_str(&first)));
			text = buf_str(&out);
			while (str_eat_line(&text, &line))
				if (line.len > 76)
					ck_abort_msg("a long line");
			ck_assert(is_wire(buf_str(&out)));
		}
	buf_free(&in);
	buf_free(&first);
	buf_free(&out);
}
END_TEST

int
main(void)
{
	const struct test_row tests[] = {
		{ line_ends_become_crlf_however_the_text_is_cut,
		    TABLE_COUNT(ends) },
		{ no_line_of_the_message_ends_it, TABLE_COUNT(dots) },
		{ no_bare_cr_or_lf_ever_leaves, TABLE_COUNT(cuts) },
		{ the_fast_way_equals_the_plain_one, TABLE_COUNT(kinds) },
		{ a_run_is_looked_at_alike_by_every_processor,
		    TABLE_COUNT(kinds) },
		{ every_way_to_widen_makes_the_same, TABLE_COUNT(kinds) },
		{ no_pattern_is_widened_wrongly, 0 },
		{ canonical_text_passes_as_a_view, 0 },
		{ what_a_body_is, TABLE_COUNT(bodies) },
		{ a_line_of_998_bytes_is_not_long, TABLE_COUNT(lines) },
		{ what_is_encoded_and_how, TABLE_COUNT(transfers) },
		{ encoded_lines_are_short_and_independent_of_pieces, 3 },
	};

	return RUN("message-wire", tests);
}
