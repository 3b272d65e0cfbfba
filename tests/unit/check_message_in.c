// SPDX-License-Identifier: ISC
/*
 * check_message_in.c - reading a message: header, body, the last dot
 *
 * Whatever a case says must be so for every way to cut its input in pieces.
 */
#include "run.h"

#include <string.h>
#include <sysexits.h>
#include <time.h>

#include "base/table.h"
#include "message/dots.h"
#include "message/header.h"
#include "message/reader.h"

/* A view of a literal that may hold NULs. */
#define S(literal) { literal, sizeof(literal) - 1 }

static const struct {
	const char *name;
	struct str in, header, body;
} message[] = {
	{ "LF", S("To: a\nCc: b\n\nx\n"), S("To: a\nCc: b\n"), S("x\n") },
	{ "CRLF", S("To: a\r\n\r\nx\r\n"), S("To: a\r\n"), S("x\r\n") },
	{ "CRLF above, LF below", S("To: a\r\n\r\nx\n\ny"), S("To: a\r\n"),
	    S("x\n\ny") },
	{ "LF above, CRLF below", S("To: a\n\r\nx\r\n"), S("To: a\n"),
	    S("x\r\n") },
	{ "translated twice", S("To: a\r\r\nB: c\r\r\n\r\r\nx"),
	    S("To: a\r\r\nB: c\r\r\n"), S("x") },
	{ "translated often", S("To: a\n\r\r\r\r\r\nx"), S("To: a\n"),
	    S("x") },
	{ "nothing", S(""), S(""), S("") },
	{ "one word", S("hello\n"), S(""), S("hello\n") },
	{ "one word, no line end", S("hello"), S(""), S("hello") },
	{ "the beginning of a name", S("Subject"), S(""), S("Subject") },
	{ "a name, blanks", S("Subject \t"), S(""), S("Subject \t") },
	{ "words, then a colon", S("to all: hi\n\nx\n"), S(""),
	    S("to all: hi\n\nx\n") },
	{ "text below text", S("hi\nTo: a\n\nx\n"), S(""),
	    S("hi\nTo: a\n\nx\n") },
	{ "headers only", S("To: a\nCc: b\n"), S("To: a\nCc: b\n"), S("") },
	{ "headers only, no line end", S("To: a\nCc: b"),
	    S("To: a\nCc: b"), S("") },
	{ "no line end behind a CR", S("To: a\r\nCc: b\r"),
	    S("To: a\r\nCc: b\r"), S("") },
	{ "an empty header", S("\nTo: a\n"), S(""), S("To: a\n") },
	{ "two empty lines first", S("\n\nTo: a\n"), S(""),
	    S("\nTo: a\n") },
	{ "one empty line", S("\r\n"), S(""), S("") },
	{ "a lone CR is an empty line at the end", S("\r"), S(""), S("") },
	{ "text right below the fields", S("To: a\nhello\nCc: b\n"),
	    S("To: a\n"), S("hello\nCc: b\n") },
	{ "an incomplete field below the fields", S("To: a\nCc"),
	    S("To: a\n"), S("Cc") },
	{ "folded", S("To: a,\n b,\n\tc\nCc: d\n\nx"),
	    S("To: a,\n b,\n\tc\nCc: d\n"), S("x") },
	{ "a fold of blanks alone", S("To: a\n \nCc: d\n\nx"),
	    S("To: a\n \nCc: d\n"), S("x") },
	{ "a fold first", S(" To: a\n\nx"), S(""), S(" To: a\n\nx") },
	{ "blanks before the colon", S("To \t: a\n\nx"), S("To \t: a\n"),
	    S("x") },
	{ "no name", S(": a\n\nx"), S(""), S(": a\n\nx") },
	{ "an empty value", S("To:\n\nx"), S("To:\n"), S("x") },
	{ "a name of 8-bit bytes", S("T\xc3\xb6: a\n\nx"), S(""),
	    S("T\xc3\xb6: a\n\nx") },
	{ "a MIME part", S("A: b\n--part:1\n"), S("A: b\n"),
	    S("--part:1\n") },
	{ "a lone CR", S("To: a\rCc: b\n\nx\ry"), S("To: a\rCc: b\n"),
	    S("x\ry") },
	{ "a CR in a name", S("To: a\nC\rc: b\n"), S("To: a\n"),
	    S("C\rc: b\n") },
	{ "a CR at the front", S("To: a\n\rCc: b\n"), S("To: a\n"),
	    S("\rCc: b\n") },
	{ "NUL in a value", S("To: a\0b\n\n\0x"), S("To: a\0b\n"),
	    S("\0x") },
	{ "NUL in a name", S("T\0o: a\n\nx"), S(""), S("T\0o: a\n\nx") },
	{ "binary", S("\xff\xfe\0\n\n"), S(""), S("\xff\xfe\0\n\n") },
	{ "From", S("From a Sat Nov 21 04:30:50 2026\nTo: a\n\nx\n"),
	    S("To: a\n"), S("x\n") },
	{ "From without a date", S("From a\nTo: a\n\nx\n"), S("To: a\n"),
	    S("x\n") },
	{ ">From", S(">From a remote from b\r\nTo: a\r\n\r\nx"),
	    S("To: a\r\n"), S("x") },
	{ "several of them", S("From a\n>From b\n>From c\nTo: a\n\nx"),
	    S("To: a\n"), S("x") },
	{ "From above an empty line", S("From a\n\nTo: x\n"), S(""),
	    S("To: x\n") },
	{ "From above text", S("From a Sat Nov 21 04:30:50 2026\nhello\n"),
	    S(""), S("hello\n") },
	{ "only From", S("From a Sat Nov 21 04:30:50 2026"), S(""), S("") },
	{ "a text that begins with From", S("From now on\nwe rest\n"),
	    S(""), S("From now on\nwe rest\n") },
	{ "a line that begins with From", S("From now on"), S(""),
	    S("From now on") },
	{ "From below the fields", S("To: a\n>From x\nCc: b\n"),
	    S("To: a\n"), S(">From x\nCc: b\n") },
	{ "From is a field", S("From : a\n\nx"), S("From : a\n"), S("x") },
	{ "From and its fold", S("From a\n b\n\nx"), S(""),
	    S("From a\n b\n\nx") },
	{ "smuggled by LF", S("A: b\n\nx\n.\nMAIL FROM:<a>\n"),
	    S("A: b\n"), S("x\n.\nMAIL FROM:<a>\n") },
};

/* Body and rest together, so that cuts do not matter. */
struct outcome {
	struct buf header, body, all;
};

static void
outcome_free(struct outcome *o)
{
	buf_free(&o->header);
	buf_free(&o->body);
	buf_free(&o->all);
}

/* Cut at a and b, or into pieces of "each" bytes if that is not 0. */
static void
read_cut(struct str in, size_t a, size_t b, size_t each, struct outcome *o)
{
	struct reader r = { 0 };
	struct err e = { 0 };
	struct buf tail = { 0 };
	size_t at = 0;

	while (at < in.len) {
		size_t end = each > 0 ? at + each : at < a ? a : at < b ? b :
		    in.len;
		struct str piece = str_head(str_skip(in, at), end - at);

		ck_assert_int_eq(reader_push(&r, &piece, &e), 0);
		ck_assert(r.in_body || piece.len == 0);
		buf_add(&tail, piece);
		at = end;
	}
	ck_assert_int_eq(reader_end(&r, &e), 0);
	ck_assert(r.in_body);
	buf_add(&o->header, reader_header(&r));
	buf_add(&o->body, reader_body(&r));
	buf_add(&o->body, buf_str(&tail));
	buf_add(&o->all, buf_str(&r.head));
	buf_add(&o->all, buf_str(&tail));
	ck_assert_uint_eq(r.body_at + o->body.len, in.len);
	buf_free(&tail);
	reader_free(&r);
}

static void
expect(size_t row, size_t a, size_t b, size_t each)
{
	struct outcome o = { 0 };

	read_cut(message[row].in, a, b, each, &o);
	ck_assert_msg(str_eq(buf_str(&o.header), message[row].header),
	    "%s, cut at %zu and %zu: the header is \"%s\"",
	    message[row].name, a, b, buf_cstr(&o.header));
	ck_assert_msg(str_eq(buf_str(&o.body), message[row].body),
	    "%s, cut at %zu and %zu: the body is \"%s\"",
	    message[row].name, a, b, buf_cstr(&o.body));
	ck_assert(str_eq(buf_str(&o.all), message[row].in));
	outcome_free(&o);
}

START_TEST(header_and_body_are_told_apart_however_cut)
{
	size_t row = (size_t)_i, len = message[row].in.len;

	for (size_t a = 0; a <= len; a++)
		for (size_t b = a; b <= len; b++)
			expect(row, a, b, 0);
	for (size_t each = 1; each < 4; each++)
		expect(row, 0, 0, each);
}
END_TEST

static void
add_many(struct buf *b, size_t n, char c)
{
	memset(buf_room(b, n), c, n);
	buf_grew(b, n);
}

/* A name is 997 bytes at most, and blanks count. */
START_TEST(a_name_may_be_long_but_not_endless)
{
	static const size_t lens[] = { 1, 996, 997, 998, 999, 5000 };
	size_t n = lens[_i];
	struct outcome o = { 0 };
	struct buf in = { 0 };

	add_many(&in, n / 2, 'N');
	add_many(&in, n - n / 2, n > 1 ? ' ' : 'N');
	buf_puts(&in, ": x\n\nbody");
	for (size_t each = 1; each < 3000; each += 499) {
		read_cut(buf_str(&in), 0, 0, each, &o);
		ck_assert_uint_eq(o.header.len, n <= 997 ? n + 4 : 0);
		ck_assert_uint_eq(o.body.len, n <= 997 ? 4 : in.len);
		outcome_free(&o);
		o = (struct outcome){ 0 };
	}
	buf_free(&in);
}
END_TEST

START_TEST(a_from_line_without_end_is_text)
{
	struct outcome o = { 0 };
	struct buf in = { 0 };

	buf_puts(&in, "From 04:30 ");
	add_many(&in, 5000, 'x');
	buf_puts(&in, "\nTo: a\n\nx");
	for (size_t each = 1; each < 3000; each += 499) {
		read_cut(buf_str(&in), 0, 0, each, &o);
		ck_assert_uint_eq(o.header.len, 0);
		ck_assert(str_eq(buf_str(&o.body), buf_str(&in)));
		outcome_free(&o);
		o = (struct outcome){ 0 };
	}
	buf_free(&in);
}
END_TEST

/* Exactly the limit is fine, also if the body is much larger. */
START_TEST(a_header_has_a_limit)
{
	struct str in = STR("To: abc\nCc: d\n\na long body"), piece;

	for (size_t max = 12; max < 16; max++) {
		for (size_t each = 1; each <= in.len; each++) {
			struct reader r = { .max = max };
			struct err e = { 0 };
			int rc = 0;

			for (size_t at = 0; rc == 0 && at < in.len;
			    at += each) {
				piece = str_head(str_skip(in, at), each);
				rc = reader_push(&r, &piece, &e);
			}
			ck_assert_int_eq(rc, max < 14 ? -1 : 0);
			ck_assert_int_eq(e.code, max < 14 ? EX_DATAERR : 0);
			err_clear(&e);
			reader_free(&r);
		}
	}
}
END_TEST

static double
seconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* The bounds are wide enough for sanitizers and for a busy machine. */
START_TEST(large_headers_take_no_time)
{
	static const struct {
		size_t fields, value, each;
	} size[] = {
		{ 100000, 20, 1 << 18 },
		{ 1, 10 << 20, 1 << 18 },
		{ 1, 31 << 20, 4096 },
		{ 100000, 20, 7 },
	};
	double start = seconds();
	struct outcome o = { 0 };
	struct header h = { 0 };
	struct buf in = { 0 };

	for (size_t i = 0; i < size[_i].fields; i++) {
		buf_printf(&in, "X-%zu: ", i);
		add_many(&in, size[_i].value, 'v');
		buf_putc(&in, '\n');
	}
	buf_puts(&in, "\nbody");
	read_cut(buf_str(&in), 0, 0, size[_i].each, &o);
	ck_assert_uint_eq(o.header.len, in.len - 5);
	header_parse(&h, buf_str(&o.header));
	ck_assert_uint_eq(h.count, size[_i].fields);
	ck_assert_ptr_null(header_find(&h, "Subject"));
	ck_assert(seconds() - start < 5);
	header_free(&h);
	outcome_free(&o);
	buf_free(&in);
}
END_TEST

static const struct {
	const char *name;
	struct str in, out;
	const char *typed;	/* on a terminal; NULL: the same */
} dot[] = {
	{ "none", S("a\nb\n"), S("a\nb\n"), NULL },
	{ "nothing", S(""), S(""), NULL },
	{ "a dot is all", S("."), S(""), NULL },
	{ "a dot line is all", S(".\n"), S(""), NULL },
	{ "at the end", S("a\n.\n"), S("a\n"), NULL },
	{ "at the end, CRLF", S("a\r\n.\r\n"), S("a\r\n"), NULL },
	{ "at the end, without line end", S("a\n."), S("a\n"), NULL },
	{ "at the end, with a CR", S("a\n.\r"), S("a\n"), NULL },
	{ "more behind it", S("a\n.\nb\n"), S("a\n.\nb\n"), "a\n" },
	{ "more behind it, CRLF", S("a\r\n.\r\nb"), S("a\r\n.\r\nb"),
	    "a\r\n" },
	{ "an empty line behind it", S(".\n\n"), S(".\n\n"), "" },
	{ "two of them", S("a\n.\n.\n"), S("a\n.\n"), "a\n" },
	{ "three of them", S(".\n.\n.\n"), S(".\n.\n"), "" },
	{ "two dots", S("a\n..\n"), S("a\n..\n"), NULL },
	{ "a dot and a word", S("a\n.b\n"), S("a\n.b\n"), NULL },
	{ "a dot behind a word", S("a.\n"), S("a.\n"), NULL },
	{ "a dot at the end of the text", S("a\n b."), S("a\n b."), NULL },
	{ "a blank behind the dot", S("a\n. \n"), S("a\n. \n"), NULL },
	{ "a dot, a CR, a word", S("a\n.\rb\n"), S("a\n.\rb\n"), NULL },
	{ "many CRs", S(".\r\r\r\r\r\r\r\r\r\r\r\r\r\r\r\r\r\n"),
	    S(".\r\r\r\r\r\r\r\r\r\r\r\r\r\r\r\r\r\n"), NULL },
	{ "NUL", S("\0\n.\0\n"), S("\0\n.\0\n"), NULL },
};

/* A source that hands out pieces cut at two places, or all of one size. */
struct cutter {
	struct source source;
	struct str left;
	size_t at, cut[2], each;
	bool asked_again;	/* after its end */
};

static int
cut_off(struct source *s, struct str *piece, struct err *e)
{
	struct cutter *c = (struct cutter *)s;
	size_t end = c->each > 0 ? c->at + c->each : c->at < c->cut[0] ?
	    c->cut[0] : c->at < c->cut[1] ? c->cut[1] : SIZE_MAX;

	(void)e;
	if (c->left.len == 0) {
		ck_assert(!c->asked_again);
		c->asked_again = true;
		return 0;
	}
	*piece = str_head(c->left, end - c->at);
	c->left = str_skip(c->left, piece->len);
	c->at += piece->len;
	return 1;
}

static void
expect_dots(size_t row, bool terminal, size_t a, size_t b, size_t each)
{
	struct cutter c = { { cut_off }, dot[row].in, 0, { a, b }, each,
	    false };
	struct str want = terminal && dot[row].typed != NULL ?
	    str_of(dot[row].typed) : dot[row].out;
	struct buf got = { 0 };
	struct err e = { 0 };
	struct str piece;
	struct dots d;
	int rc;

	dots_init(&d, &c.source, terminal);
	while ((rc = source_pull(&d.source, &piece, &e)) > 0) {
		ck_assert_uint_gt(piece.len, 0);
		buf_add(&got, piece);
	}
	ck_assert_int_eq(rc, 0);
	ck_assert_int_eq(source_pull(&d.source, &piece, &e), 0);
	ck_assert_msg(str_eq(buf_str(&got), want),
	    "%s, cut at %zu and %zu: \"%s\"", dot[row].name, a, b,
	    buf_cstr(&got));
	dots_free(&d);
	buf_free(&got);
}

START_TEST(a_lone_dot_is_the_end_only_at_the_end)
{
	size_t row = (size_t)_i, len = dot[row].in.len;

	for (int terminal = 0; terminal < 2; terminal++) {
		for (size_t a = 0; a <= len; a++)
			for (size_t b = a; b <= len; b++)
				expect_dots(row, terminal, a, b, 0);
		for (size_t each = 1; each < 4; each++)
			expect_dots(row, terminal, 0, 0, each);
	}
}
END_TEST

static int
no_source(struct source *s, struct str *piece, struct err *e)
{
	(void)s;
	(void)piece;
	return err_set(e, EX_IOERR, "read standard input: it is broken");
}

START_TEST(a_read_error_is_not_an_end)
{
	struct source broken = { no_source };
	struct err e = { 0 };
	struct str piece;
	struct dots d;

	dots_init(&d, &broken, false);
	ck_assert_int_eq(source_pull(&d.source, &piece, &e), -1);
	ck_assert_int_eq(e.code, EX_IOERR);
	dots_free(&d);
	err_clear(&e);
}
END_TEST

static const struct {
	struct str block;
	const char *fields;	/* "name=value|" for each, unfolded */
} parse[] = {
	{ S(""), "" },
	{ S("To: a\nCc: b\n"), "To=a|Cc=b|" },
	{ S("To: a\r\nCc:b\r\n"), "To=a|Cc=b|" },
	{ S("To: a\r\r\nCc:b\r"), "To=a|Cc=b|" },
	{ S("To \t: a"), "To=a|" },
	{ S("To:\nCc:  \n"), "To=|Cc=|" },
	{ S("To: a,\n b,\r\n\tc \nCc: d\n"), "To=a, b,\tc|Cc=d|" },
	{ S("To: a\n \n b\n"), "To=a  b|" },
	{ S("To:\n a\n"), "To=a|" },
	{ S("To: a\rBcc: b\n"), "To=a Bcc: b|" },
	{ S("To: a\0b\n"), "To=a b|" },
	{ S("junk\n fold\nTo: a\n\nmore junk\nCc: b\n"), "To=a|Cc=b|" },
	{ S("X: a:b\n"), "X=a:b|" },
};

START_TEST(a_block_is_taken_apart_into_fields)
{
	struct header h = { 0 };
	struct buf got = { 0 };

	header_parse(&h, parse[_i].block);
	for (size_t i = 0; i < h.count; i++) {
		buf_add(&got, h.field[i].name);
		buf_putc(&got, '=');
		field_unfold(&got, h.field[i].value);
		buf_putc(&got, '|');
	}
	ck_assert_str_eq(buf_cstr(&got), parse[_i].fields);
	buf_free(&got);
	header_free(&h);
}
END_TEST

START_TEST(fields_are_found_in_any_case_and_in_order)
{
	struct str block = STR("To: 1\nCC: 2\nto: 3\nTO : 4\n");
	struct header h = { 0 };
	const struct field *f = NULL;
	struct buf all = { 0 };
	size_t count = 0;

	header_parse(&h, block);
	while ((f = header_next(&h, "To", f)) != NULL)
		count++;
	ck_assert_uint_eq(count, 3);
	ck_assert_ptr_eq(header_find(&h, "cc"), &h.field[1]);
	ck_assert_ptr_null(header_find(&h, "T"));
	for (size_t i = 0; i < h.count; i++)
		buf_add(&all, h.field[i].whole);
	ck_assert(str_eq(buf_str(&all), block));
	header_parse(&h, STR(""));
	ck_assert_ptr_null(header_find(&h, "To"));
	buf_free(&all);
	header_free(&h);
}
END_TEST

int
main(void)
{
	const struct test_row tests[] = {
		{ header_and_body_are_told_apart_however_cut,
		    TABLE_COUNT(message) },
		{ a_name_may_be_long_but_not_endless, 6 },
		{ a_from_line_without_end_is_text, 0 },
		{ a_header_has_a_limit, 0 },
		{ large_headers_take_no_time, 4 },
		{ a_lone_dot_is_the_end_only_at_the_end, TABLE_COUNT(dot) },
		{ a_read_error_is_not_an_end, 0 },
		{ a_block_is_taken_apart_into_fields, TABLE_COUNT(parse) },
		{ fields_are_found_in_any_case_and_in_order, 0 },
	};

	return RUN("message, reading", tests);
}
