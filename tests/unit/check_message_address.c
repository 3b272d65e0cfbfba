// SPDX-License-Identifier: ISC
/*
 * check_message_address.c - addresses: read, made fit for the wire, extracted
 */
#include "run.h"

#include <string.h>
#include <sysexits.h>
#include <time.h>

#include "base/table.h"
#include "message/address.h"
#include "message/addresses.h"
#include "message/extract.h"

#define S(literal) { literal, sizeof(literal) - 1 }

/* "phrase|address" for each, with ';' between; then '!' and each position. */
static const struct {
	struct str in;
	const char *out;
} list[] = {
	/* plain forms */
	{ S(""), "" },
	{ S("  \t "), "" },
	{ S("a@b"), "|a@b" },
	{ S("a@x, b@y"), "|a@x;|b@y" },
	{ S("root"), "|root" },
	{ S("<root>"), "|root" },
	{ S("root (Cron Daemon)"), "Cron Daemon|root" },
	{ S("Name <a@b>"), "Name|a@b" },
	{ S("<a@b>,<c@d>"), "|a@b;|c@d" },
	{ S("J. R. Doe <a@b>"), "J. R. Doe|a@b" },
	{ S("\"Doe, Jane\" <j@x>"), "Doe, Jane|j@x" },
	{ S("\"a \\\"b\\\" \\\\ c\" <j@x>"), "a \"b\" \\ c|j@x" },
	{ S("\"\" <a@b>"), "|a@b" },
	{ S(",, a@b ,,c@d,"), "|a@b;|c@d" },
	{ S("a@b; c@d;"), "|a@b;|c@d" },
	{ S("far!user"), "|far!user" },
	{ S("a%b@c"), "|a%b@c" },
	{ S("-f@x, a@b"), "|-f@x;|a@b" },
	{ S("Doe, Jane <j@x>"), "|Doe;Jane|j@x" },
	{ S("<stable@k.example> # 4.19, c@d"), "|stable@k.example;|c@d" },
	/* comments, folds, obsolete blanks */
	{ S("(x) a (y) @ (z (zz) \\) z) b . c (Name)"), "Name|a@b.c" },
	{ S("a . b @ c"), "|a.b@c" },
	{ S("a@b,\r\n c@d,\n\te@f"), "|a@b;|c@d;|e@f" },
	{ S("\"a\r\n b\" <c@d>"), "a b|c@d" },
	{ S("()a@b"), "|a@b" },
	{ S("(one) a@b, (two) c@d"), "one|a@b;two|c@d" },
	{ S("a@b (one), c@d"), "one|a@b;|c@d" },
	/* quotes */
	{ S("\"a b\"@c"), "|\"a b\"@c" },
	{ S("\"ab\"@c"), "|ab@c" },
	{ S("\"a.b\"@c"), "|a.b@c" },
	{ S("\"a\".b.\"c\"@d"), "|a.b.c@d" },
	{ S("\"a@b\"@c"), "|\"a@b\"@c" },
	{ S("\"a\\b\"@c"), "|ab@c" },
	{ S("\"a\\\\b\"@c"), "|\"a\\\\b\"@c" },
	{ S("\"a\\\"b\"@c"), "|\"a\\\"b\"@c" },
	{ S("\"\"@c"), "|\"\"@c" },
	{ S("\"a<b>\"@c"), "|\"a<b>\"@c" },
	{ S("\\root"), "|root" },
	{ S("o\\'brien@x"), "|o'brien@x" },
	{ S("a\\ b@x"), "|\"a b\"@x" },
	{ S("a..b@x"), "|\"a..b\"@x" },
	{ S("a.@x"), "|\"a.\"@x" },
	{ S(".a@x"), "|\".a\"@x" },
	/* groups and routes */
	{ S("undisclosed-recipients:;"), "" },
	{ S("g: a, b@c ; d"), "|a;|b@c;|d" },
	{ S("my friends:Jo <a@b>, c;, g:;"), "Jo|a@b;|c" },
	{ S("<@x,@y.z:a@b>"), "|a@b" },
	{ S("<@x,,@y:a@b>"), "|a@b" },
	/* domains */
	{ S("a@b."), "|a@b" },
	{ S("a@[192.0.2.1]"), "|a@[192.0.2.1]" },
	{ S("a@[IPv6:2001:db8::1]"), "|a@[IPv6:2001:db8::1]" },
	{ S("a@B-c_d.Example"), "|a@B-c_d.Example" },
	{ S("a@b\xc3\xbc" "cher.example"), "|a@b\xc3\xbc" "cher.example" },
	{ S("\xc3\xa4@b"), "|\xc3\xa4@b" },
	/* encoded and raw words */
	{ S("=?utf-8?Q?J=C3=B6?= <a@b>"), "=?utf-8?Q?J=C3=B6?=|a@b" },
	{ S("=?utf-8?Q?Doe,_J_(x)?= <a@b>"), "=?utf-8?Q?Doe,_J_(x)?=|a@b" },
	{ S("=?utf-8?Q?a@b?= <c@d>"), "=?utf-8?Q?a@b?=|c@d" },
	{ S("=?x@y"), "|=?x@y" },
	{ S("=?a?b?c@d, e@f"), "|=?a?b?c@d;|e@f" },
	{ S("J\xf6rg <a@b>"), "J\xf6rg|a@b" },
	/* what is none, with the position of the mistake */
	{ S("John Doe"), "!6" },
	{ S("John Doe <"), "!11" },
	{ S("<>"), "!2" },
	{ S("a@"), "!3" },
	{ S("@b"), "!1" },
	{ S("a@@b"), "!3" },
	{ S("a@b@c"), "!4" },
	{ S("a@b c"), "!5" },
	{ S("a b@c"), "!3" },
	{ S("a\"b\"@c"), "!2" },
	{ S("<a@b> <c@d>"), "!7" },
	{ S("<a@b> c@d"), "!8" },
	{ S("<<a@b>>"), "!2" },
	{ S("a@b>"), "!4" },
	{ S("a@b..c"), "!3" },
	{ S("a@.b"), "!3" },
	{ S("a@b!c"), "!3" },
	{ S("a@\"b\""), "!3" },
	{ S("a@[1.2.3.4"), "!3" },
	{ S("a@[]"), "!3" },
	{ S("a@[1 2]"), "!3" },
	{ S("a@[1]b"), "!6" },
	{ S("[1.2.3.4]"), "!1" },
	{ S("a]@b"), "!2" },
	{ S("a)@b"), "!2" },
	{ S("a\\"), "!2" },
	{ S("..."), "!4" },
	{ S("a@b\rc@d"), "!4" },
	{ S("a@b\0c"), "!4" },
	{ S("\0"), "!1" },
	{ S("\"a\0b\"@c"), "!1" },
	{ S("\"a\rb\"@c"), "!1" },
	{ S("\"a\nb\"@c"), "!1" },
	{ S("a\x1b@c"), "!2" },
	{ S("a\x7f@c"), "!2" },
	{ S("a\xc2\x85@c"), "!1" },
	{ S("\xe4@b"), "!1" },
	{ S("a@\xe4"), "!3" },
	{ S("a\r\nb@c"), "!2" },
	{ S("a>\r\nRCPT TO:<b@c>"), "!2" },
	{ S("<@x:>"), "!5" },
	{ S("<@x a@b>"), "!5" },
	{ S("g: h: a;"), "!5" },
	{ S(": a"), "!1" },
	{ S("|cmd"), "!1" },
	{ S("\"|cmd arg\""), "!1" },
	{ S("\\|cmd"), "!1" },
	{ S("<|cmd>"), "!2" },
	{ S("/var/mail/x"), "!1" },
	{ S(":include:/etc/passwd"), "!1" },
	/* what is unbalanced takes the rest with it */
	{ S("<a@b"), "!1" },
	{ S("a@b, <c@d, e@f"), "|a@b!6" },
	{ S("a@b, \"c <d@e>, f@g"), "|a@b!6" },
	{ S("a@b, (c, d@e"), "|a@b!6" },
	{ S("a@b (c, d@e"), "!5" },
	{ S("a@b, g: c@d"), "|a@b;|c@d!6" },
	/* what is wrong takes nobody else with it */
	{ S("a@b, c@d e, f@g"), "|a@b;|f@g!10" },
	{ S("a@b, <c, d@e>, f@g"), "|a@b;|f@g!6" },
	{ S("\"x, y\" z, a@b"), "|a@b!8" },
	{ S("@, a@b, @, |x, c@d"), "|a@b;|c@d!1!9!12" },
	{ S("g: a@ b@, c@d; e@f"), "|c@d;|e@f!8" },
};

static void
describe(struct buf *out, const struct addresses *l)
{
	for (size_t i = 0; i < l->count; i++) {
		if (i > 0)
			buf_putc(out, ';');
		buf_add(out, buf_str(&l->box[i].phrase));
		buf_putc(out, '|');
		mailbox_add(out, &l->box[i]);
	}
	for (size_t i = 0; i < l->bad.count; i++) {
		const char *at = strstr(buf_cstr(&l->bad.item[i]),
		    "\" at position ");

		ck_assert_ptr_nonnull(at);
		buf_printf(out, "!%d", (int)strtol(at + 14, NULL, 10));
	}
}

START_TEST(a_list_becomes_addresses)
{
	struct addresses l = { 0 };
	struct err e = { 0 };
	struct buf got = { 0 };
	int rc = addresses_add(&l, list[_i].in, &e);

	describe(&got, &l);
	ck_assert_str_eq(buf_cstr(&got), list[_i].out);
	ck_assert_int_eq(rc, l.bad.count > 0 ? -1 : 0);
	ck_assert_int_eq(e.code, rc < 0 ? EX_DATAERR : 0);
	for (size_t i = 0; i < l.count; i++) {
		struct buf wire = { 0 };
		bool smtputf8;

		mailbox_add(&wire, &l.box[i]);
		ck_assert_int_eq(address_check(buf_str(&wire), &smtputf8, &e),
		    0);
		buf_free(&wire);
	}
	buf_free(&got);
	err_clear(&e);
	addresses_free(&l);
}
END_TEST

/* A list within a list is one list: no state is left behind a comma. */
START_TEST(two_lists_are_the_sum_of_both)
{
	for (size_t k = 0; k < TABLE_COUNT(list); k++) {
		struct addresses one = { 0 }, both = { 0 };
		struct buf text = { 0 }, a = { 0 }, b = { 0 };
		struct err e = { 0 };

		if (strstr(list[_i].out, "!") != NULL)
			break;
		(void)addresses_add(&one, list[_i].in, &e);
		(void)addresses_add(&one, list[k].in, &e);
		buf_add(&text, list[_i].in);
		buf_puts(&text, ",");
		buf_add(&text, list[k].in);
		(void)addresses_add(&both, buf_str(&text), &e);
		strs_free(&one.bad);
		strs_free(&both.bad);
		describe(&a, &one);
		describe(&b, &both);
		ck_assert_str_eq(buf_cstr(&a), buf_cstr(&b));
		buf_free(&text);
		buf_free(&a);
		buf_free(&b);
		err_clear(&e);
		addresses_free(&one);
		addresses_free(&both);
	}
}
END_TEST

static const struct {
	const char *in, *span;
	bool angle;
} place[] = {
	{ "root", "root", false },
	{ " root (Cron Daemon)", "root", false },
	{ "Cron <root>", "root", true },
	{ "Cron < root >", "root", true },
	{ "<@x:root@y>", "root@y", true },
	{ "\\root, x", "\\root", false },
	{ "g: \"a b\" @ (c) [1.2.3.4] ;", "\"a b\" @ (c) [1.2.3.4]", false },
};

START_TEST(an_address_knows_its_place_in_the_text)
{
	struct str text = str_of(place[_i].in);
	struct addresses l = { 0 };
	struct err e = { 0 };
	struct str span;

	ck_assert_int_eq(addresses_add(&l, text, &e), 0);
	span = str_head(str_skip(text, l.box[0].at), l.box[0].len);
	ck_assert(str_eq(span, str_of(place[_i].span)));
	ck_assert(l.box[0].angle == place[_i].angle);
	addresses_free(&l);
}
END_TEST

static const struct {
	const char *in, *out, *span;
} login[] = {
	{ "-f, Backup Service, a@b", "|-f;|Backup;|a@b", "Backup Service" },
	{ "a, Backup Service (x)", "|a;x|Backup", "Backup Service" },
	{ "a, b c.d", "|a;|b", "b c.d" },
	{ "a, \"John\" Doe", "|a!11", NULL },
	{ "a, =?a?q?John?= Doe", "|a!17", NULL },
	{ "a, |b c", "|a!4", NULL },
	{ "a, b c@d", "|a!6", NULL },
	{ "a, <b c>", "|a!7", NULL },
};

START_TEST(a_recipient_may_be_a_login_and_words)
{
	struct str text = str_of(login[_i].in);
	struct addresses l = { 0 };
	struct buf got = { 0 };
	struct err e = { 0 };
	int rc = addresses_recipients(&l, text, &e);

	describe(&got, &l);
	ck_assert_str_eq(buf_cstr(&got), login[_i].out);
	ck_assert_int_eq(rc, login[_i].span == NULL ? -1 : 0);
	if (rc == 0)
		ck_assert(str_eq(str_head(str_skip(text, l.box[1].at),
		    l.box[1].len), str_of(login[_i].span)));
	buf_free(&got);
	err_clear(&e);
	addresses_free(&l);
}
END_TEST

static const struct {
	const char *in, *out;
} operand[] = {
	{ "a@x b@y", "|a@x;|b@y" },
	{ " a@x\tb@y  c@z ", "|a@x;|b@y;|c@z" },
	{ "a@x b@", "!5" },
	{ "a@x, b@y", "|a@x;|b@y" },
	{ "Name <a@b>", "Name|a@b" },
	{ "root alice", "!6" },
	{ "John Doe, a@b", "|a@b!6" },
	{ "a @ b", "|a@b" },
	{ "a@b..c d@e", "|d@e!3" },
	{ "d@e a@b..c", "|d@e!7" },
	{ "a@b\nc@d", "!4" },
	{ "a@b\r\n", "!4" },
	{ "\x1b", "!1" },
	{ "", "" },
};

START_TEST(an_operand_may_name_several)
{
	struct addresses l = { 0 };
	struct buf got = { 0 };
	struct err e = { 0 };
	int rc = addresses_operand(&l, str_of(operand[_i].in), &e);

	for (size_t i = 0; i < l.count; i++)
		ck_assert_int_eq(operand[_i].in[l.box[i].at],
		    l.box[i].local.data[0]);
	describe(&got, &l);
	ck_assert_str_eq(buf_cstr(&got), operand[_i].out);
	ck_assert_int_eq(rc, l.bad.count > 0 ? -1 : 0);
	buf_free(&got);
	err_clear(&e);
	addresses_free(&l);
}
END_TEST

static const struct {
	const char *in, *out;	/* NULL: refused */
} sender[] = {
	{ "", "" },
	{ "<>", "" },
	{ " < > ", "" },
	{ "a@b", "a@b" },
	{ "<a@b>", "a@b" },
	{ "Name <a@b>", "a@b" },
	{ "root", "root" },
	{ "far!user", "far!user" },
	{ "\"a b\"@c", "\"a b\"@c" },
	{ "a@b, c@d", NULL },
	{ "a@b, <>", NULL },
	{ "a@b c@d", NULL },
	{ "a@b\n", NULL },
	{ "a>\r\nRCPT TO:<b", NULL },
	{ "|x", NULL },
};

START_TEST(there_is_one_sender_or_none)
{
	struct buf got = { 0 };
	struct err e = { 0 };
	int rc = address_sender(&got, str_of(sender[_i].in), &e);

	ck_assert_int_eq(rc, sender[_i].out == NULL ? -1 : 0);
	ck_assert_str_eq(buf_cstr(&got),
	    sender[_i].out == NULL ? "" : sender[_i].out);
	buf_free(&got);
	err_clear(&e);
}
END_TEST

/* The last gate: 0 passes, 8 passes by SMTPUTF8, -1 does not. */
static const struct {
	struct str in;
	int passes;
} gate[] = {
	{ S("a@b"), 0 },
	{ S("root"), 0 },
	{ S("a+b=c.d@e.f"), 0 },
	{ S("a..b@c"), 0 },
	{ S("\"a b\"@c"), 0 },
	{ S("\"a<b>\"@c"), 0 },
	{ S("\"a\\\"b\"@c"), 0 },
	{ S("\"a@b\""), 0 },
	{ S("a@[IPv6:::1]"), 0 },
	{ S("\xc3\xa4@b"), 8 },
	{ S("a@\xc3\xa4"), 8 },
	{ S(""), -1 },
	{ S("@"), -1 },
	{ S("@b"), -1 },
	{ S("a@"), -1 },
	{ S("a@b@c"), -1 },
	{ S("<a@b>"), -1 },
	{ S("a b@c"), -1 },
	{ S("a@b c"), -1 },
	{ S("a@b SIZE=1"), -1 },
	{ S("a@b> SIZE=1"), -1 },
	{ S("a@b\r\nRCPT TO:<c@d>"), -1 },
	{ S("a\n@b"), -1 },
	{ S("a\r@b"), -1 },
	{ S("a\0@b"), -1 },
	{ S("a@b\0"), -1 },
	{ S("a\t@b"), -1 },
	{ S("a\x7f@b"), -1 },
	{ S("\"a\nb\"@c"), -1 },
	{ S("\"a\\\rb\"@c"), -1 },
	{ S("\"a@c"), -1 },
	{ S("\"a\"b@c"), -1 },
	{ S("\"a\\\"@c"), -1 },
	{ S("a\"b@c"), -1 },
	{ S("a\\b@c"), -1 },
	{ S("a,b@c"), -1 },
	{ S("a:b@c"), -1 },
	{ S("a@b,c"), -1 },
	{ S("a@b."), -1 },
	{ S("a@[1.2.3.4"), -1 },
	{ S("a@[1]x"), -1 },
	{ S("a@[1>2]"), -1 },
	{ S("\xff@b"), -1 },
	{ S("a@\xc0\x80"), -1 },
	{ S("a\xc2\x9b@c"), -1 },
};

START_TEST(nothing_else_reaches_the_wire)
{
	bool smtputf8 = false;
	struct err e = { 0 };
	int rc = address_check(gate[_i].in, &smtputf8, &e);

	ck_assert_int_eq(rc, gate[_i].passes < 0 ? -1 : 0);
	ck_assert_int_eq(smtputf8, gate[_i].passes == 8);
	ck_assert_int_eq(e.code, rc < 0 ? EX_DATAERR : 0);
	err_clear(&e);
}
END_TEST

static void
add_many(struct buf *b, size_t n, char c)
{
	for (size_t i = 0; i < n; i++)
		buf_putc(b, c);
}

/* Labels of at most 63, and the lengths of the parts around their limits. */
START_TEST(an_address_is_not_endless)
{
	static const struct {
		size_t local, label, labels;
		bool fits;
	} size[] = {
		{ 255, 1, 1, true }, { 256, 1, 1, false },
		{ 1, 63, 1, true }, { 1, 64, 1, false },
		{ 1, 62, 4, true }, { 1, 63, 4, true }, { 1, 50, 5, true },
		{ 1, 51, 5, false },
		{ 245, 50, 5, true }, { 246, 50, 5, false },
	};
	struct buf b = { 0 };
	struct err e = { 0 };
	bool smtputf8;

	add_many(&b, size[_i].local, 'l');
	buf_putc(&b, '@');
	for (size_t i = 0; i < size[_i].labels; i++) {
		if (i > 0)
			buf_putc(&b, '.');
		add_many(&b, size[_i].label, 'd');
	}
	ck_assert_int_eq(address_check(buf_str(&b), &smtputf8, &e),
	    size[_i].fits ? 0 : -1);
	err_clear(&e);
	buf_free(&b);
}
END_TEST

static const struct {
	const char *in, *out;	/* NULL: refused */
} idn[] = {
	{ "a@Example.ORG", "a@Example.ORG" },
	{ "root", "root" },
	{ "\"a@b\"", "\"a@b\"" },
	{ "a@[1.2.3.4]", "a@[1.2.3.4]" },
	{ "a@b\xc3\xbc" "cher.example", "a@xn--bcher-kva.example" },
	{ "a@B\xc3\x9c" "CHER.example", "a@xn--bcher-kva.example" },
	{ "a@bu\xcc\x88" "cher.example", "a@xn--bcher-kva.example" },
	{ "a@fa\xc3\x9f.example", "a@xn--fa-hia.example" },
	{ "\xc3\xa4@\xc3\xa4.example", "\xc3\xa4@xn--4ca.example" },
	{ "a@\xe2\x98\xba\xef\xbf\xbf.example", NULL },
	{ "a@b c", NULL },
};

START_TEST(domains_become_a_labels)
{
	struct buf got = { 0 };
	struct err e = { 0 };
	int rc = address_to_ascii(&got, str_of(idn[_i].in), &e);

	ck_assert_int_eq(rc, idn[_i].out == NULL ? -1 : 0);
	if (rc == 0)
		ck_assert_str_eq(buf_cstr(&got), idn[_i].out);
	else
		ck_assert_uint_eq(got.len, 0);
	buf_free(&got);
	err_clear(&e);
}
END_TEST

START_TEST(who_is_named_twice_gets_it_once)
{
	struct str text = STR("b@x, a@x, B@x, b@X, \"b\"@x., root, Root, root, "
	    "a@B\xc3\xbc" "cher.example, a@xn--bcher-kva.EXAMPLE, "
	    "Bee <b@x>, c@\xc3\xa4..");
	struct addresses l = { 0 };
	struct buf got = { 0 };
	struct err e = { 0 };

	(void)addresses_add(&l, text, &e);
	strs_free(&l.bad);
	addresses_unique(&l);
	describe(&got, &l);
	ck_assert_str_eq(buf_cstr(&got), "|b@x;|a@x;|B@x;|root;|Root;"
	    "|a@B\xc3\xbc" "cher.example");
	addresses_free(&l);
	addresses_unique(&l);
	buf_free(&got);
	err_clear(&e);
}
END_TEST

static const struct {
	const char *operands, *header, *out;
} sent[] = {
	{ "", "To: a\nCc: b@c\nBcc: d, a\nSubject: x@y\n", "|a;|b@c;|d" },
	{ "", "From: x\nSender: y\nReply-To: z\n", "" },
	{ "", "TO : a\nto: b\n", "|a;|b" },
	{ "", "To: a,\n b,\r\n\tc\n", "|a;|b;|c" },
	{ "", "To: undisclosed-recipients:;\nBcc: a\n", "|a" },
	{ "x@y, a", "To: a\nCc: x@Y\n", "|x@y;|a" },
	{ "x", "Subject: y\n", "|x" },
	{ "", "", "" },
	{ "", "Bcc:\nTo: a\n", "|a" },
	{ "", "To: a b\nCc: c@d, e@\n", "|a;|c@d!9" },
	{ "", "To: a\rCc: b\n", "!3" },
	/* resent: the newest block and nothing else */
	{ "", "Resent-From: r\nResent-To: a\nTo: b\nBcc: c\n", "|a" },
	{ "", "RESENT-BCC: a\nResent-Cc: b\nTo: c\n", "|a;|b" },
	{ "", "Resent-Date: x\nTo: c\n", "" },
	{ "x", "Resent-Date: x\nTo: c\n", "|x" },
	{ "", "Resent-From: r\nResent-To: a\nReceived: x\n"
	    "Resent-From: q\nResent-To: b\nTo: c\n", "|a" },
	{ "", "Received: y\nResent-From: r\nResent-To: a\nReceived: x\n"
	    "Resent-Cc: b\n", "|a" },
	{ "", "Resent-From: r\nResent-Date: 1\nResent-To: a\n"
	    "Resent-From: q\nResent-Date: 2\nResent-Cc: d\nTo: c\n", "|a" },
	{ "", "Resent-To: a\nResent-To: b\nTo: c\n", "|a;|b" },
	{ "", "Resent-To: a\nSubject: x\nResent-Cc: b\nTo: c\n", "|a;|b" },
	{ "", "From: x\nTo: c\nResent-To: a\n", "|a" },
	{ "", "Resent-X: 1\nResent-To: a\nResent-X: 2\nResent-Cc: b\n",
	    "|a;|b" },
};

START_TEST(a_header_names_recipients)
{
	struct addresses l = { 0 };
	struct header h = { 0 };
	struct buf got = { 0 };
	struct err e = { 0 };
	int rc;

	ck_assert_int_eq(addresses_operand(&l, str_of(sent[_i].operands), &e),
	    0);
	header_parse(&h, str_of(sent[_i].header));
	rc = extract(&l, &h, &e);
	describe(&got, &l);
	ck_assert_str_eq(buf_cstr(&got), sent[_i].out);
	ck_assert_int_eq(rc, l.bad.count > 0 ? -1 : 0);
	buf_free(&got);
	err_clear(&e);
	header_free(&h);
	addresses_free(&l);
}
END_TEST

START_TEST(a_bad_address_names_its_field_and_position)
{
	struct str block = STR("To: a@b, <c@d\nCC: @e f\n");
	struct addresses l = { 0 };
	struct header h = { 0 };
	struct err e = { 0 };

	header_parse(&h, block);
	ck_assert_int_eq(extract(&l, &h, &e), -1);
	ck_assert_str_eq(buf_cstr(&e.text), "To: bad address \"<c@d\" at "
	    "position 7: the '<' is never closed");
	ck_assert_str_eq(buf_cstr(&l.bad.item[1]), "CC: bad address \"@e f\" "
	    "at position 2: there is nothing before the @");
	err_clear(&e);
	header_free(&h);
	addresses_free(&l);
}
END_TEST

static double
seconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* Text that begins many things; in time that grows with its length only. */
START_TEST(no_list_takes_for_ever)
{
	static const char *const unit[] = { "(", "\"", "<", "\\", ",@", "a:",
	    "a@b,", "=?", "=?a?q?", "a b,", "()", ";a", "a.", "<@a:", "[", "",
	    "u@\xc3\xa4.de," };
	double start = seconds();
	struct addresses l = { 0 };
	struct buf text = { 0 };
	struct err e = { 0 };

	for (size_t i = 0; i < 20000; i++)
		buf_puts(&text, unit[_i]);
	(void)addresses_add(&l, buf_str(&text), &e);
	addresses_unique(&l);
	ck_assert_uint_le(l.count, ADDRESSES_MAX);
	ck_assert(seconds() - start < 5);
	buf_free(&text);
	err_clear(&e);
	addresses_free(&l);
}
END_TEST

START_TEST(there_are_not_endless_addresses)
{
	struct addresses l = { 0 };
	struct buf text = { 0 };
	struct err e = { 0 };

	for (size_t i = 0; i < ADDRESSES_MAX; i++)
		buf_printf(&text, "u%zu@x,", i);
	ck_assert_int_eq(addresses_add(&l, buf_str(&text), &e), 0);
	ck_assert_uint_eq(l.count, ADDRESSES_MAX);
	addresses_unique(&l);
	ck_assert_uint_eq(l.count, ADDRESSES_MAX);
	ck_assert_int_eq(addresses_add(&l, STR(" , "), &e), 0);
	ck_assert_int_eq(addresses_add(&l, STR("one@more"), &e), -1);
	ck_assert_uint_eq(l.count, ADDRESSES_MAX);
	buf_free(&text);
	err_clear(&e);
	addresses_free(&l);
}
END_TEST

int
main(void)
{
	const struct test_row tests[] = {
		{ a_list_becomes_addresses, TABLE_COUNT(list) },
		{ two_lists_are_the_sum_of_both, TABLE_COUNT(list) },
		{ an_address_knows_its_place_in_the_text,
		    TABLE_COUNT(place) },
		{ a_recipient_may_be_a_login_and_words,
		    TABLE_COUNT(login) },
		{ an_operand_may_name_several, TABLE_COUNT(operand) },
		{ there_is_one_sender_or_none, TABLE_COUNT(sender) },
		{ nothing_else_reaches_the_wire, TABLE_COUNT(gate) },
		{ an_address_is_not_endless, 10 },
		{ domains_become_a_labels, TABLE_COUNT(idn) },
		{ who_is_named_twice_gets_it_once, 0 },
		{ a_header_names_recipients, TABLE_COUNT(sent) },
		{ a_bad_address_names_its_field_and_position, 0 },
		{ no_list_takes_for_ever, 17 },
		{ there_are_not_endless_addresses, 0 },
	};

	return RUN("message, addresses", tests);
}
