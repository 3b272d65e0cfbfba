// SPDX-License-Identifier: ISC
/*
 * check_base.c - the base room
 */
#include "run.h"

#include "base/base64.h"
#include "base/buf.h"
#include "base/table.h"
#include "base/vis.h"

static const struct {
	const char *name;
	struct str plain;
	const char *code;
} encoding[] = {
	{ "nothing",   { "", 0 },          "" },
	{ "one byte",  { "f", 1 },         "Zg==" },
	{ "two",       { "fo", 2 },        "Zm8=" },
	{ "three",     { "foo", 3 },       "Zm9v" },
	{ "a NUL",     { "\0a", 2 },       "AGE=" },
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
};

START_TEST(foreign_text_becomes_one_harmless_line)
{
	struct buf out = { 0 };

	vis_add(&out, str_of(escape[_i].foreign));
	ck_assert_str_eq(buf_cstr(&out), escape[_i].harmless);
	buf_free(&out);
}
END_TEST

int
main(void)
{
	const struct test_row tests[] = {
		{ base64_there_and_back, TABLE_COUNT(encoding) },
		{ malformed_base64_is_refused, TABLE_COUNT(malformed) },
		{ foreign_text_becomes_one_harmless_line,
		  TABLE_COUNT(escape) },
	};

	return RUN("base", tests);
}
