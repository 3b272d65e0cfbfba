// SPDX-License-Identifier: ISC
/*
 * check_base.c - the base room: text, errors, tables
 */
#include "run.h"

#include <errno.h>
#include <sysexits.h>

#include "base/base64.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/json.h"
#include "base/library.h"
#include "base/rand.h"
#include "base/secret.h"
#include "base/strs.h"
#include "base/table.h"
#include "base/vis.h"
#include "base/xmem.h"

START_TEST(a_zeroed_buf_is_an_empty_text)
{
	struct buf b = { 0 };

	ck_assert_str_eq(buf_cstr(&b), "");
	ck_assert_uint_eq(buf_str(&b).len, 0);
	buf_shift(&b, 0);
	buf_cut(&b, 0);
	buf_reset(&b);
	buf_wipe(&b);
	buf_free(&b);
}
END_TEST

/* Sizes around every doubling: the place where off-by-one lives. */
START_TEST(a_buf_grows_by_any_step)
{
	struct buf b = { 0 };

	for (int i = 0; i < _i; i++)
		buf_putc(&b, (char)('a' + i % 26));
	ck_assert_uint_eq(b.len, (size_t)_i);
	ck_assert_int_eq(buf_cstr(&b)[_i], '\0');
	buf_printf(&b, "%0*d", _i + 1, 7);
	ck_assert_uint_eq(b.len, (size_t)_i * 2 + 1);
	ck_assert_int_eq(b.data[b.len - 1], '7');
	buf_shift(&b, (size_t)_i);
	ck_assert_uint_eq(b.len, (size_t)_i + 1);
	ck_assert_int_eq(b.data[b.len], '\0');
	buf_free(&b);
	ck_assert_ptr_null(b.data);
}
END_TEST

static const uint64_t numbers[] = {
	0, 1, 9, 10, 99, 100, 4294967295, 18446744073709551615U
};

START_TEST(a_number_is_what_printf_makes_of_it)
{
	struct buf b = { 0 }, want = { 0 };

	buf_puts(&b, "x");
	buf_number(&b, numbers[_i]);
	buf_printf(&want, "x%llu", (unsigned long long)numbers[_i]);
	ck_assert_str_eq(buf_cstr(&b), buf_cstr(&want));
	buf_free(&b);
	buf_free(&want);
}
END_TEST

START_TEST(a_buf_keeps_nuls)
{
	struct buf b = { 0 };

	buf_add(&b, (struct str){ "a\0b", 3 });
	buf_set(&b, (struct str){ "c\0", 2 });
	ck_assert(str_eq(buf_str(&b), (struct str){ "c\0", 2 }));
	buf_free(&b);
}
END_TEST

static const struct {
	const char *in, *head, *rest;
	bool found;
} cut[] = {
	{ "a@b",   "a", "b",   true },
	{ "@b",    "",  "b",   true },
	{ "a@",    "a", "",    true },
	{ "a@b@c", "a", "b@c", true },
	{ "a",     "",  "a",   false },
	{ "",      "",  "",    false },
};

START_TEST(eating_until_a_byte)
{
	struct str in = str_of(cut[_i].in), head = STR("");

	ck_assert(str_eat_until(&in, '@', &head) == cut[_i].found);
	ck_assert(str_eq(head, str_of(cut[_i].head)));
	ck_assert(str_eq(in, str_of(cut[_i].rest)));
}
END_TEST

static const struct {
	const char *in;
	bool good;
	uint64_t value;
	const char *rest;
} number[] = {
	{ "0",                     true,  0, "" },
	{ "007x",                  true,  7, "x" },
	{ "18446744073709551615",  true,  UINT64_MAX, "" },
	{ "18446744073709551616",  false, 0, "18446744073709551616" },
	{ "99999999999999999999",  false, 0, "99999999999999999999" },
	{ "-1",                    false, 0, "-1" },
	{ " 1",                    false, 0, " 1" },
	{ "",                      false, 0, "" },
};

START_TEST(eating_a_number)
{
	struct str in = str_of(number[_i].in);
	uint64_t v = 0;

	ck_assert_msg(str_eat_number(&in, &v) == number[_i].good, "%s",
	    number[_i].in);
	ck_assert_uint_eq(v, number[_i].value);
	ck_assert(str_eq(in, str_of(number[_i].rest)));
}
END_TEST

START_TEST(eating_digits_takes_exactly_that_many)
{
	struct str in = STR("2501234567890");
	int v = -1;

	ck_assert(str_eat_digits(&in, 3, &v) && v == 250);
	ck_assert(!str_eat_digits(&in, 10, &v) && v == 250);
	ck_assert(str_eat_digits(&in, 9, &v) && v == 123456789);
	ck_assert(!str_eat_digits(&in, 2, &v));
	ck_assert(str_eq(in, STR("0")));
}
END_TEST

START_TEST(lines_may_end_in_any_way)
{
	struct str in = STR("a\r\n\nb\r\r\nc"), line;

	ck_assert(str_eat_line(&in, &line) && str_eq(line, STR("a")));
	ck_assert(str_eat_line(&in, &line) && str_eq(line, STR("")));
	ck_assert(str_eat_line(&in, &line) && str_eq(line, STR("b\r")));
	ck_assert(str_eat_line(&in, &line) && str_eq(line, STR("c")));
	ck_assert(!str_eat_line(&in, &line));
}
END_TEST

START_TEST(words_stand_between_blanks)
{
	struct str in = STR(" \tone  two\t"), word;

	ck_assert(str_eat_word(&in, &word) && str_eq(word, STR("one")));
	ck_assert(str_eat_word(&in, &word) && str_eq(word, STR("two")));
	ck_assert_uint_eq(in.len, 0);
	in = STR("  ");
	ck_assert(!str_eat_word(&in, &word));
	ck_assert_uint_eq(in.len, 2);
}
END_TEST

START_TEST(comparing_and_cutting)
{
	struct str head, tail;

	ck_assert(str_ieq(STR("StartTLS"), STR("STARTTLS")));
	ck_assert(!str_ieq(STR("STARTTLS"), STR("STARTTLSX")));
	ck_assert(!str_ieq(STR("[@"), STR("{`")));
	ck_assert(str_cmp(STR("a"), STR("ab")) < 0);
	ck_assert(str_cmp(STR("b"), STR("ab")) > 0);
	ck_assert(str_cmp(STR(""), STR("")) == 0);
	ck_assert(str_ends(STR("a.conf"), STR(".conf")));
	ck_assert(!str_ends(STR("conf"), STR(".conf")));
	ck_assert(str_iends(STR("a.CONF"), STR(".conf")));
	ck_assert(str_cut_last(STR("a@b@c"), '@', &head, &tail));
	ck_assert(str_eq(head, STR("a@b")) && str_eq(tail, STR("c")));
	ck_assert(!str_cut_last(STR(""), '@', &head, &tail));
	ck_assert(str_eq(str_trim(STR(" \r\na b\t")), STR("a b")));
	ck_assert_uint_eq(str_trim(STR(" \n")).len, 0);
}
END_TEST

START_TEST(an_error_tells_the_whole_story)
{
	struct err e = { 0 };

	errno = ENOSPC;
	ck_assert_int_eq(err_sys(&e, EX_IOERR, "write %s", "tmp/x"), -1);
	ck_assert_int_eq(err_wrap(&e, "cannot queue the message"), -1);
	ck_assert_str_eq(buf_cstr(&e.text), "cannot queue the message: "
	    "write tmp/x: No space left on device");
	ck_assert_int_eq(e.code, EX_IOERR);
	ck_assert(err_is_temporary(&e));
	err_set(&e, EX_USAGE, "again: %s", buf_cstr(&e.text));
	ck_assert_str_eq(buf_cstr(&e.text), "again: cannot queue the message: "
	    "write tmp/x: No space left on device");
	err_clear(&e);
}
END_TEST

static const struct {
	int smtp, code;
	bool temporary;
} refusal[] = {
	{ 421, EX_TEMPFAIL,    true },
	{ 450, EX_TEMPFAIL,    true },
	{ 500, EX_UNAVAILABLE, false },
	{ 550, EX_UNAVAILABLE, false },
	{ 599, EX_UNAVAILABLE, false },
	{ 250, EX_TEMPFAIL,    true },	/* at the wrong time */
	{ 354, EX_TEMPFAIL,    true },
};

START_TEST(the_class_of_a_reply_decides)
{
	struct err e = { 0 };

	err_reply(&e, refusal[_i].smtp, STR("words"), "refused");
	ck_assert_int_eq(e.code, refusal[_i].code);
	ck_assert(err_is_temporary(&e) == refusal[_i].temporary);
	ck_assert_str_eq(buf_cstr(&e.reply), "words");
	err_clear(&e);
	ck_assert_int_eq(e.code, 0);
}
END_TEST

/* Only what no time and no administrator can mend is for good. */
START_TEST(in_doubt_an_error_is_temporary)
{
	static const int good[] = { EX_USAGE, EX_DATAERR, EX_NOUSER,
	    EX_UNAVAILABLE };

	for (int code = EX_USAGE; code <= EX_CONFIG; code++) {
		struct err e = { .code = code };
		bool permanent = false;

		for (size_t i = 0; i < TABLE_COUNT(good); i++)
			permanent |= good[i] == code;
		ck_assert_msg(err_is_temporary(&e) != permanent, "%d", code);
	}
}
END_TEST

static const struct row {
	const char *name;
	int value;
} colours[] = {
	{ "relay", 1 }, { "helo", 2 }, { "sender", 3 }, { "password_file", 4 },
};

static const struct {
	const char *typed, *meant;
} typo[] = {
	{ "relay", "relay" },
	{ "realy", "relay" },		/* two that changed places */
	{ "erlya", NULL },		/* and twice so, in five */
	{ "ehlo", "helo" },
	{ "rebay", "relay" },
	{ "rebbay", "relay" },
	{ "rebby", NULL },
	{ "rela", "relay" },
	{ "hello", "helo" },
	{ "pasword_fiel", "password_file" },
	{ "x", NULL },
	{ "", NULL },
};

START_TEST(the_nearest_name_is_found)
{
	const char *got = TABLE_NEAREST(colours, str_of(typo[_i].typed));

	if (typo[_i].meant == NULL)
		ck_assert_msg(got == NULL, "%s: %s", typo[_i].typed, got);
	else
		ck_assert_str_eq(got, typo[_i].meant);
}
END_TEST

START_TEST(a_row_is_found_by_its_name)
{
	const struct row *r = TABLE_FIND(colours, STR("helo"));

	ck_assert(r != NULL && r->value == 2);
	ck_assert_ptr_null(TABLE_FIND(colours, STR("HELO")));
	r = TABLE_IFIND(colours, STR("HELO"));
	ck_assert(r != NULL && r->value == 2);
	ck_assert_ptr_null(TABLE_FIND(colours, STR("hel")));
	ck_assert_ptr_null(TABLE_FIND(colours, STR("helo ")));
	ck_assert_ptr_null(TABLE_FIND(colours, STR("helo\0")));
	ck_assert_ptr_null(TABLE_FIND(colours, STR("helo\0elo")));
	ck_assert_ptr_null(TABLE_FIND(colours, STR("")));
}
END_TEST

static const struct {
	const char *name;
	struct str plain;
	const char *code;
} encoding[] = {
	{ "nothing",   { "", 0 },             "" },
	{ "one byte",  { "f", 1 },            "Zg==" },
	{ "two",       { "fo", 2 },           "Zm8=" },
	{ "three",     { "foo", 3 },          "Zm9v" },
	{ "a NUL",     { "\0a", 2 },          "AGE=" },
	{ "high bits", { "\377\376\375", 3 }, "//79" },
};

START_TEST(base64_there_and_back)
{
	struct buf out = { 0 }, back = { 0 };

	base64_encode(&out, encoding[_i].plain);
	ck_assert_str_eq(buf_cstr(&out), encoding[_i].code);
	ck_assert(base64_decode(&back, buf_str(&out)));
	ck_assert_msg(str_eq(buf_str(&back), encoding[_i].plain), "%s",
	    encoding[_i].name);
	buf_free(&out);
	buf_free(&back);
}
END_TEST

static const char *const malformed[] = {
	"A", "AA", "AAA", "A===", "====", "AA=A", "AA==AAAA", "A A=", "AB==",
	"AAB=", "AA\n=", "AA-_",
};

START_TEST(malformed_base64_is_refused)
{
	struct buf out = { 0 };

	buf_puts(&out, "before");
	ck_assert_msg(!base64_decode(&out, str_of(malformed[_i])), "%s",
	    malformed[_i]);
	ck_assert_str_eq(buf_cstr(&out), "before");
	buf_free(&out);
}
END_TEST

static const struct {
	const char *foreign, *harmless;
} escape[] = {
	{ "plain \303\244 text", "plain \303\244 text" },
	{ "a\nb\r\tc",           "a\\nb\\r\\tc" },
	{ "\033[2J",             "\\e[2J" },
	{ "back\\slash",         "back\\\\slash" },
	{ "\001\177",            "\\x01\\x7f" },
	{ "\377\303",            "\\xff\\xc3" },
	{ "C1 \302\233 ends",    "C1 \\xc2\\x9b ends" },
	{ "overlong \300\257",   "overlong \\xc0\\xaf" },
	{ "\355\240\200",        "\\xed\\xa0\\x80" },
	{ "\364\220\200\200",    "\\xf4\\x90\\x80\\x80" },
};

START_TEST(foreign_text_becomes_one_harmless_line)
{
	struct buf out = { 0 };

	vis_add(&out, str_of(escape[_i].foreign));
	ck_assert_str_eq(buf_cstr(&out), escape[_i].harmless);
	buf_free(&out);
}
END_TEST

START_TEST(foreign_text_is_cut_with_a_mark)
{
	struct buf out = { 0 };

	vis_add_some(&out, STR("abcdef"), 6);
	ck_assert_str_eq(buf_cstr(&out), "abcdef");
	buf_reset(&out);
	vis_add_some(&out, STR("abcdefg"), 6);
	ck_assert_str_eq(buf_cstr(&out), "abcdef...");
	buf_free(&out);
}
END_TEST

START_TEST(a_list_owns_its_texts)
{
	struct strs list = { 0 };
	char text[8] = "one";

	for (int i = 0; i < 100; i++)
		strs_add(&list, str_of(text));
	text[0] = 'x';
	ck_assert_uint_eq(list.count, 100);
	ck_assert(str_eq(strs_at(&list, 99), STR("one")));
	ck_assert(strs_has(&list, STR("one")) && !strs_has(&list, STR("ONE")));
	ck_assert(strs_ihas(&list, STR("ONE")) && !strs_ihas(&list, STR("")));
	strs_free(&list);
	ck_assert_uint_eq(list.count, 0);
}
END_TEST

static const struct {
	const char *in, *out;
	bool found;
} pins[] = {
	{ "", "", false },
	{ "/etc/key.pem", "/etc/key.pem", false },
	{ "/etc/pin-value=1", "/etc/pin-value=1", false },
	{ "pkcs11:token=a;object=b", "pkcs11:token=a;object=b", false },
	{ "pkcs11:a?pin-value=2468", "pkcs11:a?pin-value=...", true },
	{ "PKCS11:a?PIN-VALUE=2468", "PKCS11:a?pin-value=...", true },
	{ "pkcs11:a?pin-value=2468&module-name=b", "pkcs11:a?pin-value=..."
	    "&module-name=b", true },
	{ "pkcs11:a?x=y&pin-value=", "pkcs11:a?x=y&pin-value=...", true },
	{ "pkcs11:?pin-value=1&pin-value=2", "pkcs11:?pin-value=...&"
	    "pin-value=...", true },
	{ "pkcs11:a?pin-source=/run/pin", "pkcs11:a?pin-source=/run/pin",
	    false },
};

START_TEST(a_pin_in_a_url_is_not_shown)
{
	struct buf out = { 0 };

	ck_assert_int_eq(secret_mask_pin(&out, str_of(pins[_i].in)),
	    pins[_i].found);
	ck_assert_str_eq(buf_cstr(&out), pins[_i].out);
	buf_free(&out);
}
END_TEST

START_TEST(a_secret_is_kept_whole_and_given_up_whole)
{
	struct secret s = { 0 };
	struct buf want = { 0 };

	ck_assert(!secret_is_set(&s));
	for (int i = 0; i < 3000; i++) {
		secret_add(&s, STR("pass"));
		buf_puts(&want, "pass");
	}
	ck_assert(str_eq(secret_reveal(&s), buf_str(&want)));
	secret_set(&s, STR(""));
	ck_assert(secret_is_set(&s));
	ck_assert_uint_eq(secret_reveal(&s).len, 0);
	secret_free(&s);
	ck_assert(!secret_is_set(&s));
	buf_free(&want);
}
END_TEST

#define TEXT(literal) (literal), sizeof(literal) - 1

static const struct {
	const char *text;
	size_t len;
	const char *json;
} json[] = {
	{ TEXT(""), "\"\"" },
	{ TEXT("a \"b\" \\c"), "\"a \\\"b\\\" \\\\c\"" },
	{ TEXT("1\n\0\x7f"), "\"1\\u000a\\u0000\\u007f\"" },
	{ TEXT("gr\xc3\xbc"), "\"gr\xc3\xbc\"" },
	{ TEXT("\xc3("), "\"\\ufffd(\"" },
	{ TEXT("\xed\xa0\x80"), "\"\\ufffd\\ufffd\\ufffd\"" },
};

START_TEST(any_text_is_a_text_of_json)
{
	struct buf out = { 0 };

	json_add(&out, (struct str){ json[_i].text, json[_i].len });
	ck_assert_str_eq(buf_cstr(&out), json[_i].json);
	buf_free(&out);
}
END_TEST

START_TEST(random_numbers_stay_below_their_bound)
{
	static const uint64_t bounds[] = { 1, 2, 3, 10, 62, UINT64_MAX };

	for (size_t i = 0; i < TABLE_COUNT(bounds); i++)
		for (int n = 0; n < 200; n++)
			ck_assert(rand_below(bounds[i]) < bounds[i]);
	rand_fix(7);
	uint64_t first = rand_u64();
	rand_fix(7);
	ck_assert(rand_u64() == first);
	ck_assert(rand_u64() != first);
	rand_fix(0);
}
END_TEST

/* NULL is the program itself, with its libc. */
START_TEST(a_library_is_mapped_once)
{
	__typeof__(strlen) *length = NULL;
	const struct library_part parts[] = { { "strlen", &length } };
	const struct library_part others[] = { { "strcmp", &length } };
	struct err e = { 0 };

	ck_assert_int_eq(library_load(NULL, parts, 1, &e), 0);
	ck_assert_uint_eq(length("four"), 4);
	ck_assert_int_eq(library_load(NULL, others, 1, &e), 0);
	ck_assert_uint_eq(length("four"), 4);
}
END_TEST

START_TEST(a_library_that_is_not_there_is_an_error)
{
	void *none = NULL;
	const struct library_part parts[] = { { "no_such_symbol", &none } };
	struct err e = { 0 };

	ck_assert_int_eq(library_load("no-such-library.so.0", parts, 1, &e),
	    -1);
	ck_assert_ptr_nonnull(strstr(buf_cstr(&e.text),
	    "no-such-library.so.0"));
	ck_assert(err_is_temporary(&e));
	err_clear(&e);
	ck_assert_int_eq(library_load(NULL, parts, 1, &e), -1);
	ck_assert_ptr_nonnull(strstr(buf_cstr(&e.text), "no_such_symbol"));
	ck_assert_ptr_null(none);
	err_clear(&e);
}
END_TEST

int
main(void)
{
	const struct test_row tests[] = {
		{ a_zeroed_buf_is_an_empty_text, 0 },
		{ a_buf_grows_by_any_step, 260 },
		{ a_buf_keeps_nuls, 0 },
		{ a_number_is_what_printf_makes_of_it,
		  TABLE_COUNT(numbers) },
		{ eating_until_a_byte, TABLE_COUNT(cut) },
		{ eating_a_number, TABLE_COUNT(number) },
		{ eating_digits_takes_exactly_that_many, 0 },
		{ lines_may_end_in_any_way, 0 },
		{ words_stand_between_blanks, 0 },
		{ comparing_and_cutting, 0 },
		{ an_error_tells_the_whole_story, 0 },
		{ the_class_of_a_reply_decides, TABLE_COUNT(refusal) },
		{ in_doubt_an_error_is_temporary, 0 },
		{ the_nearest_name_is_found, TABLE_COUNT(typo) },
		{ a_row_is_found_by_its_name, 0 },
		{ base64_there_and_back, TABLE_COUNT(encoding) },
		{ malformed_base64_is_refused, TABLE_COUNT(malformed) },
		{ foreign_text_becomes_one_harmless_line,
		  TABLE_COUNT(escape) },
		{ foreign_text_is_cut_with_a_mark, 0 },
		{ any_text_is_a_text_of_json, TABLE_COUNT(json) },
		{ a_list_owns_its_texts, 0 },
		{ a_pin_in_a_url_is_not_shown, TABLE_COUNT(pins) },
		{ a_secret_is_kept_whole_and_given_up_whole, 0 },
		{ a_library_is_mapped_once, 0 },
		{ a_library_that_is_not_there_is_an_error, 0 },
		{ random_numbers_stay_below_their_bound, 0 },
	};

	return RUN("base", tests);
}
