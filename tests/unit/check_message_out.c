// SPDX-License-Identifier: ISC
/*
 * check_message_out.c - what is written into headers
 */
#include "run.h"

#include <string.h>

#include "base/table.h"
#include "message/date.h"
#include "message/fold.h"
#include "message/media.h"
#include "message/msgid.h"
#include "message/words.h"

static const struct {
	int64_t time;
	int zone;
	const char *text;
} dates[] = {
	{ 0, 0, "Thu, 1 Jan 1970 00:00:00 +0000" },
	{ 1795235450, 60, "Sat, 21 Nov 2026 05:30:50 +0100" },
	{ 1795235450, -570, "Fri, 20 Nov 2026 19:00:50 -0930" },
	{ 951782400, 0, "Tue, 29 Feb 2000 00:00:00 +0000" },
	{ -1, 0, "Wed, 31 Dec 1969 23:59:59 +0000" },
	{ INT64_C(1) << 50, 0, "Fri, 31 Dec 9999 23:59:59 +0000" },
};

START_TEST(dates_are_written)
{
	struct buf b = { 0 };

	date_add(&b, dates[_i].time, dates[_i].zone);
	ck_assert_str_eq(buf_cstr(&b), dates[_i].text);
	ck_assert(date_is_valid(buf_str(&b)));
	buf_free(&b);
}
END_TEST

static const struct {
	const char *text;
	bool valid;
} values[] = {
	{ " Sat, 21 Nov 2026 05:30:50 +0100", true },
	{ "Sat, 21 Nov 2026 05:30:50 -0000 (UTC)", true },
	{ "21 Nov 2026 05:30 GMT", true },
	{ "sat, 1 nov 26 5:30:60 EST", true },
	{ "Sat,\r\n 21 Nov 2026 05:30:50 +0100", true },
	{ "(a (b) \\) c) 21 Nov 2026 05 : 30 : 50 Z", true },
	{ "29 Feb 2024 00:00:00 +0000", true },
	{ "", false },
	{ "   ", false },
	{ "today", false },
	{ "2026-11-21 05:30:50", false },
	{ "Sat Nov 21 05:30:50 2026", false },
	{ "Sat, 21 Nov 2026", false },
	{ "Sat, 21 Nov 2026 05:30:50", false },
	{ "Sat, 31 Feb 2026 05:30:50 +0100", false },
	{ "29 Feb 2023 00:00:00 +0000", false },
	{ "Sat, 0 Nov 2026 05:30:50 +0100", false },
	{ "Sat, 21 Nov 2026 24:30:50 +0100", false },
	{ "Sat, 21 Nov 2026 05:60:50 +0100", false },
	{ "Sat, 21 Nov 2026 05:30:50 +9900", false },
	{ "Sat, 21 Nov 2026 05:30:50 +0100 x", false },
	{ "Foo, 21 Nov 2026 05:30:50 +0100", false },
	{ "21 Nov 1400 05:30:50 +0100", false },
	{ "(21 Nov 2026 05:30:50 +0100", false },
	{ "Sa., 21 Nov 2026 05:30:50 +0100", false },
};

START_TEST(dates_are_judged)
{
	ck_assert_msg(date_is_valid(str_of(values[_i].text)) ==
	    values[_i].valid, "%s", values[_i].text);
}
END_TEST

static const struct {
	const char *host, *domain, *right;
} sides[] = {
	{ "web1.example.com", "example.org", "@web1.example.com>" },
	{ "vault", "example.org", "@example.org>" },
	{ "localhost", "example.org", "@example.org>" },
	{ "localhost.localdomain", "example.org", "@example.org>" },
	{ "a..b", "example.org", "@example.org>" },
	{ "", "", "@minismtp.invalid>" },
	{ "vault", "localhost", "@minismtp.invalid>" },
	{ "x>.example.com", "example.org", "@example.org>" },
};

START_TEST(a_message_gets_a_name_of_this_machine)
{
	struct buf a = { 0 }, b = { 0 };

	msgid_add(&a, STR("4kXa9"), 1795235450, str_of(sides[_i].host),
	    str_of(sides[_i].domain));
	msgid_add(&b, STR("4kXa9"), 1795235450, str_of(sides[_i].host),
	    str_of(sides[_i].domain));
	ck_assert_str_eq(buf_cstr(&a), buf_cstr(&b));
	ck_assert(str_ends(buf_str(&a), str_of(sides[_i].right)));
	ck_assert(str_eq(str_head(buf_str(&a), 22),
	    STR("<20261121043050.4kXa9.")));
	ck_assert(msgid_is_valid(buf_str(&a)));
	buf_free(&a);
	buf_free(&b);
}
END_TEST

static const struct {
	const char *text;
	bool valid;
} ids[] = {
	{ " <a@b>", true }, { "<a@b> (c)", true }, { "<a%b@c d>", false },
	{ "", false }, { "<>", false }, { "<a>", false }, { "a@b", false },
	{ "<@b>", false }, { "<a@>", false }, { "<a@b", false },
	{ "<a@b> <c@d>", false }, { "<<a@b>>", false },
	{ "\r\n <a@b>", true }, { "<a\xc3\xa4@b>", false },
};

START_TEST(message_names_are_judged)
{
	ck_assert_msg(msgid_is_valid(str_of(ids[_i].text)) == ids[_i].valid,
	    "%s", ids[_i].text);
}
END_TEST

static const struct {
	const char *in, *out, *charset;
} texts[] = {
	{ "", "", "" },
	{ "plain  text ", "plain  text ", "" },
	{ "N\xc3\xa4" "chste St\xc3\xb6rung", "=?utf-8?B?TsOkY2hzdGUgU3TD"
	    "tnJ1bmc=?=", "" },
	{ "a N\xc3\xa4h b", "a =?utf-8?Q?N=C3=A4h?= b", "" },
	{ "\xe4", "=?unknown-8bit?Q?=E4?=", "" },
	{ "\xe4", "=?iso-8859-1?Q?=E4?=", "iso-8859-1" },
	{ "\xe4", "=?unknown-8bit?Q?=E4?=", "UTF-8" },
	{ "\xe4", "=?unknown-8bit?Q?=E4?=", "a?b" },
	{ "=?utf-8?Q?a?= \xc3\xa4", "=?utf-8?Q?a?= =?utf-8?B?IMOk?=", "" },
	{ "\xc3\xa4 =?utf-8?Q?a?=", "=?utf-8?B?w6Qg?= =?utf-8?Q?a?=", "" },
	{ "\xd0\x9f\xd1\x80\xd0\xb8\xd0\xb2", "=?utf-8?B?0J/RgNC40LI=?=", "" },
	{ "bell \a", "bell =?utf-8?Q?=07?=", "" },
	{ "\xc3\xa4\r\n b", "=?utf-8?B?w6Q=?= b", "" },
};

START_TEST(text_is_encoded_where_it_must_be)
{
	struct buf b = { 0 };

	words_text(&b, str_of(texts[_i].in), str_of(texts[_i].charset));
	ck_assert_str_eq(buf_cstr(&b), texts[_i].out);
	buf_free(&b);
}
END_TEST

/* Each word for itself is short and whole characters. */
START_TEST(long_text_becomes_many_short_words)
{
	struct buf in = { 0 }, out = { 0 }, field = { 0 };
	struct str rest, word, line;

	for (int i = 0; i < 200 + _i; i++)
		buf_puts(&in, _i % 2 ? "\xe2\x82\xac" : "a\xc3\xa4");
	words_text(&out, buf_str(&in), STR(""));
	rest = buf_str(&out);
	while (str_eat_word(&rest, &word)) {
		ck_assert_uint_le(word.len, 75);
		ck_assert(str_ieat(&word, STR("=?utf-8?")));
		ck_assert(str_ends(word, STR("?=")));
	}
	buf_puts(&field, "Subject: ");
	buf_add(&field, buf_str(&out));
	buf_reset(&out);
	fold_add(&out, buf_str(&field), FOLD_NICE);
	rest = buf_str(&out);
	(void)str_eat_line(&rest, &line);
	while (str_eat_line(&rest, &line))
		ck_assert_uint_le(line.len, 76);
	buf_free(&in);
	buf_free(&out);
	buf_free(&field);
}
END_TEST

static const struct {
	const char *in, *out;
} phrases[] = {
	{ "Alice Liddell", "Alice Liddell" },
	{ "Alice L.", "\"Alice L.\"" },
	{ "a \"b\" \\c", "\"a \\\"b\\\" \\\\c\"" },
	{ "", "\"\"" },
	{ "Alice \xc3\x85ngstr\xc3\xb6m",
	    "=?utf-8?Q?Alice_=C3=85ngstr=C3=B6m?=" },
	{ "=?utf-8?Q?a?=", "\"=?utf-8?Q?a?=\"" },
	{ "a\nBcc: x@y", "\"aBcc: x@y\"" },
	{ "a  b", "\"a  b\"" },
	{ "a\rb\x1b", "=?utf-8?Q?a_b=1B?=" },
};

START_TEST(names_are_quoted_or_encoded)
{
	struct buf b = { 0 };

	words_phrase(&b, str_of(phrases[_i].in), STR(""));
	ck_assert_str_eq(buf_cstr(&b), phrases[_i].out);
	buf_free(&b);
}
END_TEST

static const struct {
	const char *in, *out;
	bool clean;
} lists[] = {
	{ " a@b (plain)", " a@b (plain)", true },
	{ " J\xc3\xb6rg <j@b>, c@d", " =?utf-8?B?SsO2cmc=?= <j@b>, c@d",
	    true },
	{ "\"M\xc3\xbcller, H.\" <m@b>", "=?utf-8?B?TcO8bGxlciwgSC4=?= "
	    "<m@b>", true },
	{ "a@b (J\xc3\xb6rg (x) y)", "a@b (=?utf-8?B?SsO2cmc=?= (x) y)",
	    true },
	{ "a@b (\\) \xc3\xa4)", "a@b (\\) =?utf-8?B?w6Q=?=)", true },
	{ "j\xc3\xb6rg@b", "j\xc3\xb6rg@b", false },
	{ "A <j\xc3\xb6@b>", "A <j\xc3\xb6@b>", false },
	{ "Fr\xc3\xa4ulein: a@b, c@d;", "=?utf-8?B?RnLDpHVsZWlu?= : a@b, "
	    "c@d;", true },
	{ "\"\xc3\xa4 b\"@c", "\"\xc3\xa4 b\"@c", false },
	{ "\xc3\xa4 \"", "\xc3\xa4 \"", false },
	{ "J\xc3\xb6rg, c@d", "=?utf-8?B?SsO2cmc=?= , c@d", true },
	{ "J\xc3\xb6rg M", "=?utf-8?B?SsO2cmc=?= M", true },
	{ "\"J\xc3\xb6rg M\"; c@d", "=?utf-8?Q?J=C3=B6rg_M?= ; c@d", true },
	{ "(\xc3\xa4", "(\xc3\xa4", false },
};

START_TEST(addresses_are_never_encoded)
{
	struct buf b = { 0 };

	ck_assert_int_eq(words_structured(&b, str_of(lists[_i].in), STR("")),
	    lists[_i].clean);
	ck_assert_str_eq(buf_cstr(&b), lists[_i].out);
	buf_free(&b);
}
END_TEST

START_TEST(parameters_take_the_form_of_rfc_2231)
{
	struct buf b = { 0 };

	words_params(&b, STR(" attachment; filename=\"\xc3\xa4 b;.pdf\"; x=y"),
	    STR(""));
	ck_assert_str_eq(buf_cstr(&b),
	    " attachment; filename*=utf-8''%C3%A4%20b%3B.pdf; x=y");
	/* What is no parameter says nothing that could be kept. */
	buf_reset(&b);
	words_params(&b, STR(" text/\xc3\xa4; \xc3\xa4; x=y"), STR(""));
	ck_assert_str_eq(buf_cstr(&b), " text/??; ??; x=y");
	buf_free(&b);
}
END_TEST

static const struct {
	size_t words, len, nice;
	const char *between;
} folds[] = {
	{ 1, 10, FOLD_NICE, " " }, { 20, 10, FOLD_NICE, " " },
	{ 3, 200, FOLD_NICE, " " }, { 300, 10, FOLD_MUST, " " },
	{ 2, 2000, FOLD_MUST, " " }, { 1, 50000, FOLD_MUST, " " },
	{ 300, 10, FOLD_MUST, "," }, { 300, 10, FOLD_NICE, "\t" },
	{ 30, 10, FOLD_NICE, "\n " }, { 30, 10, FOLD_NICE, "\r\n \r\n " },
	{ 2000, 1, FOLD_NICE, "   " },
};

/* A line of nothing but blanks would end the header for some. */
START_TEST(a_million_blanks_are_one)
{
	static const char *const ends[] = { "", "x", "x\n y" };
	struct buf in = { 0 }, out = { 0 };
	struct str rest, line;

	buf_puts(&in, "Subject: a");
	for (size_t i = 0; i < 4000000; i++)
		buf_putc(&in, i % 7 == 0 ? '\t' : ' ');
	buf_puts(&in, ends[_i]);
	fold_add(&out, buf_str(&in), FOLD_MUST);
	ck_assert(str_ends(buf_str(&out), STR("\r\n")));
	ck_assert_uint_lt(out.len, 3000);
	rest = buf_str(&out);
	while (str_eat_line(&rest, &line)) {
		ck_assert_uint_le(line.len, FOLD_MUST);
		ck_assert_uint_gt(str_trim(line).len, 0);
	}
	buf_free(&in);
	buf_free(&out);
}
END_TEST

START_TEST(no_header_line_is_too_long)
{
	struct buf in = { 0 }, out = { 0 };
	struct str rest, line;
	bool first = true;

	buf_puts(&in, "Subject: ");
	for (size_t i = 0; i < folds[_i].words; i++) {
		if (i > 0)
			buf_puts(&in, folds[_i].between);
		for (size_t k = 0; k < folds[_i].len; k++)
			buf_putc(&in, 'x');
	}
	fold_add(&out, buf_str(&in), folds[_i].nice);
	ck_assert(str_ends(buf_str(&out), STR("\r\n")));
	ck_assert(!fold_is_longer(buf_str(&out), FOLD_MUST + 1));
	rest = buf_str(&out);
	while (str_eat_line(&rest, &line)) {
		ck_assert_uint_le(line.len, FOLD_MUST);
		ck_assert(folds[_i].len > 60 || folds[_i].nice > FOLD_NICE ||
		    line.len <= FOLD_NICE);
		ck_assert_uint_gt(str_trim(line).len, first ? 8 : 0);
		ck_assert(first || str_is_blank(line.ptr[0]));
		first = false;
	}
	buf_free(&in);
	buf_free(&out);
}
END_TEST

static const struct {
	const char *in, *boundary;
} media[] = {
	{ "multipart/mixed; boundary=abc", "abc" },
	{ " multipart/mixed;\r\n\tboundary=\"a b\\\"c\" ; x=y", "a b\"c" },
	{ "multipart/mixed; x=\"; boundary=no\"; Boundary=(c) yes", "yes" },
	{ "multipart/mixed; boundary=\"=_a:b/c\"", "=_a:b/c" },
	{ "multipart/mixed; boundary==_a:b/c", "=_a:b/c" },
	{ "multipart/mixed; micalg=pgp-sha1; boundary=\"-\"", "-" },
	{ "multipart/mixed (c; boundary=no); charset; boundary=a", "a" },
	{ "multipart/mixed", NULL },
	{ "multipart/mixed; boundary=", NULL },
	{ "multipart/mixed; boundary=\"abc", NULL },
	{ "multipart; boundary=abc", NULL },
};

START_TEST(parameters_are_found)
{
	struct buf b = { 0 };
	bool there = media_param(str_of(media[_i].in), "boundary", &b);

	ck_assert_int_eq(there, media[_i].boundary != NULL);
	if (there)
		ck_assert_str_eq(buf_cstr(&b), media[_i].boundary);
	buf_free(&b);
}
END_TEST

int
main(void)
{
	const struct test_row tests[] = {
		{ dates_are_written, TABLE_COUNT(dates) },
		{ dates_are_judged, TABLE_COUNT(values) },
		{ a_message_gets_a_name_of_this_machine, TABLE_COUNT(sides) },
		{ message_names_are_judged, TABLE_COUNT(ids) },
		{ text_is_encoded_where_it_must_be, TABLE_COUNT(texts) },
		{ long_text_becomes_many_short_words, 9 },
		{ names_are_quoted_or_encoded, TABLE_COUNT(phrases) },
		{ addresses_are_never_encoded, TABLE_COUNT(lists) },
		{ parameters_take_the_form_of_rfc_2231, 0 },
		{ a_million_blanks_are_one, 3 },
		{ no_header_line_is_too_long, TABLE_COUNT(folds) },
		{ parameters_are_found, TABLE_COUNT(media) },
	};

	return RUN("message-out", tests);
}
