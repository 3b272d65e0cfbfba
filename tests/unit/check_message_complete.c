// SPDX-License-Identifier: ISC
/*
 * check_message_complete.c - the completed header and the walk through parts
 */
#include "run.h"

#include <string.h>
#include <sysexits.h>

#include "base/table.h"
#include "message/complete.h"
#include "message/from.h"

#define DATE "Date: Sat, 21 Nov 2026 05:30:50 +0100\r\n"
#define FROM "From: Alice Liddell <alice@lab.example>\r\n"
#define TO "To: ops@example.net\r\n"
#define ID "Message-ID: <20261121043050.4kXa9.3006c7ea@vault.lab.example>\r\n"
#define MIME "MIME-Version: 1.0\r\n"
#define ASCII "Content-Type: text/plain; charset=us-ascii\r\n" \
    "Content-Transfer-Encoding: 7bit\r\n"
#define UTF8 "Content-Type: text/plain; charset=utf-8\r\n" \
    "Content-Transfer-Encoding: 8bit\r\n"
#define WHOLE DATE FROM TO ID MIME ASCII

/* Names and addresses of the one machine that all rows are about. */
static void
set_up(struct facts *f, struct policy *p)
{
	*f = (struct facts){ .time = 1795235450, .zone = 60 };
	buf_puts(&f->id, "4kXa9");
	buf_puts(&f->login, "alice");
	buf_puts(&f->gecos, "& Liddell,,,");
	buf_puts(&f->host, "vault.lab.example");
	*p = (struct policy){ .no_received = true };
	buf_puts(&p->domain, "lab.example");
	strs_add(&p->local, STR("vault"));
	strs_add(&p->local, STR("localhost"));
}

static int
run(const char *header, const char *body, const struct policy *policy,
    const struct facts *facts, const char *sender, bool eight_bit,
    struct completed *out, struct err *e)
{
	struct offer offer = { .eight_bit = eight_bit };
	struct source_text text;
	struct body_facts bf;
	struct header h = { 0 };
	struct handed handed = { .facts = facts, .sender = str_of(sender),
	    .header = &h, .body = &bf };
	int rc;

	source_text_init(&text, str_of(body));
	ck_assert_int_eq(scan_source(&text.source, &bf, e), 0);
	header_parse(&h, str_of(header));
	rc = complete(&handed, policy, &offer, out, e);
	header_free(&h);
	return rc;
}

static const struct {
	const char *name, *in, *body, *out;
} rows[] = {
	{ "nothing", "", "x\n", DATE FROM "To: undisclosed-recipients:;\r\n"
	    ID MIME ASCII },
	{ "a whole one", WHOLE, "x\n", WHOLE },
	{ "8 bits", DATE FROM TO ID, "\xc3\xa4\n", DATE FROM TO ID MIME UTF8 },
	{ "latin", DATE FROM TO ID, "\xe4\n", DATE FROM TO ID MIME
	    "Content-Type: text/plain; charset=unknown-8bit\r\n"
	    "Content-Transfer-Encoding: 8bit\r\n" },
	{ "no version", DATE FROM TO ID UTF8, "\xc3\xa4\n",
	    DATE FROM TO ID UTF8 MIME },
	{ "a lie", DATE FROM TO ID MIME ASCII, "\xc3\xa4\n",
	    DATE FROM TO ID MIME "Content-Type: text/plain; charset=us-ascii"
	    "\r\nContent-Transfer-Encoding: 8bit\r\n" },
	{ "secrets", "Bcc: a@b,\n c@d\nReturn-Path: <x>\nBCC : y\n"
	    "Resent-Bcc: z\nContent-Length: 5\n" WHOLE, "x\n",
	    "Resent-Date: Sat, 21 Nov 2026 05:30:50 +0100\r\n"
	    "Resent-From: Alice Liddell <alice@lab.example>\r\n"
	    "Resent-Message-ID: <20261121043050.4kXa9-resent.3006c7ea@"
	    "vault.lab.example>\r\n" WHOLE },
	{ "a resending that says nothing", "Resent-From:\nResent-To: a@b.c\n"
	    "Resent-Date: \nResent-Message-ID:\n" WHOLE, "x\n",
	    "Resent-Date: Sat, 21 Nov 2026 05:30:50 +0100\r\n"
	    "Resent-From: Alice Liddell <alice@lab.example>\r\n"
	    "Resent-Message-ID: <20261121043050.4kXa9-resent.3006c7ea@"
	    "vault.lab.example>\r\nResent-To: a@b.c\r\n" WHOLE },
	{ "a bad date", "Date: today\n" FROM TO ID MIME ASCII, "x\n",
	    DATE "X-Original-Date: today\r\n" FROM TO ID MIME ASCII },
	{ "an empty id", DATE FROM TO "Message-ID:\n" MIME ASCII, "x\n",
	    DATE FROM TO ID MIME ASCII },
	{ "an empty from", DATE "From: \n" TO ID MIME ASCII, "x\n",
	    DATE FROM TO ID MIME ASCII },
	{ "two dates", DATE WHOLE, "x\n", DATE "X-Original-"
	    DATE FROM TO ID MIME ASCII },
	{ "cron", DATE "From: root (Cron Daemon)\nTo: root\nCc: a@vault, "
	    "\"b c\" <d>\n" ID MIME ASCII, "x\n", DATE
	    "From: root@lab.example (Cron Daemon)\r\nTo: root@lab.example"
	    "\r\nCc: a@lab.example, \"b c\" <d@lab.example>\r\n"
	    ID MIME ASCII },
	{ "a login and what he is", DATE FROM "To: Backup Service, -f,\n"
	    " a@b.example\n" ID MIME ASCII, "x\n", DATE FROM
	    "To: Backup@lab.example, -f@lab.example,\r\n a@b.example\r\n"
	    ID MIME ASCII },
	{ "8-bit subject", WHOLE "Subject: \xc3\xa4\n", "x\n",
	    WHOLE "Subject: =?utf-8?B?w6Q=?=\r\n" },
	{ "a name without an address", DATE FROM "To: J\xc3\xb6rg M\n" ID MIME
	    ASCII, "x\n", DATE FROM "To: =?utf-8?B?SsO2cmc=?= M\r\n" ID
	    MIME ASCII },
	{ "no address at all", DATE FROM "To: (K\xc3\xa4se\n" ID MIME ASCII,
	    "x\n", DATE FROM "To: =?utf-8?B?KEvDpHNl?=\r\n" ID MIME ASCII },
	{ "and in From", DATE "From: J\xc3\xb6rg\n" TO ID MIME ASCII, "x\n",
	    DATE FROM "X-Original-From: =?utf-8?B?SsO2cmc=?=\r\n" TO ID MIME
	    ASCII },
	{ "an empty to", DATE FROM ID MIME ASCII "To:\n", "x\n", DATE FROM
	    ID MIME ASCII "To: undisclosed-recipients:;\r\n" },
	{ "CRs", WHOLE "Subject: a\rBcc: b@c\nX-A: v\r\r\nX-B: 1\r\n 2\r3\n",
	    "x\n", WHOLE "Subject: a Bcc: b@c\r\nX-A: v\r\nX-B: 1\r\n 2 3"
	    "\r\n" },
	{ "blanks before the colon", WHOLE "Subject : x\n", "x\n",
	    WHOLE "Subject: x\r\n" },
	{ "order and folds", "X-B:  1\nX-A: 2\n\t3\n" WHOLE, "x\n",
	    "X-B:  1\r\nX-A: 2\r\n\t3\r\n" WHOLE },
};

START_TEST(what_is_missing_is_added_and_the_rest_stays)
{
	struct facts f;
	struct policy p;
	struct completed out;
	struct buf want = { 0 };
	struct err e = { 0 };

	set_up(&f, &p);
	ck_assert_int_eq(run(rows[_i].in, rows[_i].body, &p, &f, "", true,
	    &out, &e), 0);
	buf_printf(&want, "%s\r\n", rows[_i].out);
	ck_assert_str_eq(buf_cstr(&out.header), buf_cstr(&want));
	ck_assert_uint_eq(out.size, out.header.len +
	    strlen(rows[_i].body) + 1);
	completed_free(&out);
	buf_free(&want);
	facts_free(&f);
	policy_free(&p);
}
END_TEST

static const struct {
	const char *gecos, *name, *sender, *from;
} froms[] = {
	{ "", "", "", "alice@lab.example" },
	{ "& L.", "", "", "\"Alice L.\" <alice@lab.example>" },
	{ "x", "Cron, D", "bob", "\"Cron, D\" <bob@lab.example>" },
	{ "x,y", "", "bob@example.org", "x <bob@example.org>" },
	{ "\xc3\x85ke", "", "", "=?utf-8?Q?=C3=85ke?= <alice@lab.example>" },
	{ "a\nBcc: b", "", "", "\"a Bcc: b\" <alice@lab.example>" },
	{ "x", "", "a b c <<", "x <alice@lab.example>" },
};

/* Once it was cut short what an address is, at 64 kB. */
START_TEST(a_long_list_is_a_list)
{
	struct facts f;
	struct policy p;
	struct completed out;
	struct err e = { 0 };
	struct buf list = { 0 };

	set_up(&f, &p);
	buf_puts(&list, "To: a@b.example");
	for (int i = 0; i < 5000; i++)
		buf_printf(&list, ",\n \"J\xc3\xb6rg, %d\" <j%d>", i, i);
	buf_putc(&list, '\n');
	ck_assert_int_eq(run(buf_cstr(&list), "x", &p, &f, "", true, &out,
	    &e), 0);
	ck_assert_ptr_nonnull(strstr(buf_cstr(&out.header),
	    "<j4999@lab.example>"));
	ck_assert(!str_has(buf_str(&out.header), '"'));
	completed_free(&out);
	buf_free(&list);
	facts_free(&f);
	policy_free(&p);
}
END_TEST

START_TEST(who_it_is_from)
{
	struct facts f;
	struct policy p;
	struct buf b = { 0 };

	set_up(&f, &p);
	buf_set(&f.gecos, str_of(froms[_i].gecos));
	buf_set(&f.name, str_of(froms[_i].name));
	from_default(&b, &f, str_of(froms[_i].sender), &p);
	ck_assert_str_eq(buf_cstr(&b), froms[_i].from);
	buf_free(&b);
	facts_free(&f);
	policy_free(&p);
}
END_TEST

/* One address for many machines: who it was, and where. */
START_TEST(a_from_of_ours_names_the_machine)
{
	struct facts f;
	struct policy p;
	struct buf b = { 0 };

	set_up(&f, &p);
	buf_puts(&p.from, "alerts@lab.example");
	from_default(&b, &f, STR("alerts@LAB.example"), &p);
	ck_assert_str_eq(buf_cstr(&b),
	    "Alice Liddell on vault <alerts@LAB.example>");
	buf_reset(&b);
	buf_reset(&f.gecos);
	from_default(&b, &f, STR("alerts@lab.example"), &p);
	ck_assert_str_eq(buf_cstr(&b), "alice on vault <alerts@lab.example>");
	buf_free(&b);
	facts_free(&f);
	policy_free(&p);
}
END_TEST

static const struct {
	const char *in, *out;
} forced[] = {
	{ "From: root\n", "From: root on vault <alerts@lab.example>\r\n"
	    "X-Original-From: root@lab.example\r\n" },
	{ "From: Bob <bob@far.example>\n", "From: Bob <alerts@lab.example>"
	    "\r\nReply-To: Bob <bob@far.example>\r\n" },
	{ "Reply-To: x@y\nFrom: bob@far.example\n", "Reply-To: x@y\r\n"
	    "From: \"bob@far.example\" <alerts@lab.example>\r\n"
	    "X-Original-From: bob@far.example\r\n" },
	{ "From: a <alerts@LAB.example>\n",
	    "From: a <alerts@LAB.example>\r\n" },
	{ "From: =?utf-8?Q?a?= <root>\n", "From: =?utf-8?Q?a?= on vault "
	    "<alerts@lab.example>\r\nX-Original-From: =?utf-8?Q?a?= "
	    "<root@lab.example>\r\n" },
};

START_TEST(a_forced_sender_keeps_the_original_in_sight)
{
	struct facts f;
	struct policy p;
	struct completed out;
	struct err e = { 0 };

	set_up(&f, &p);
	buf_puts(&p.from, "alerts@lab.example");
	ck_assert_int_eq(run(forced[_i].in, "x", &p, &f, "", true, &out,
	    &e), 0);
	ck_assert_str_eq(buf_cstr(&out.header) + strlen(forced[_i].out),
	    strstr(buf_cstr(&out.header), "Date:"));
	buf_cut(&out.header, strlen(forced[_i].out));
	ck_assert_str_eq(buf_cstr(&out.header), forced[_i].out);
	completed_free(&out);
	facts_free(&f);
	policy_free(&p);
}
END_TEST

START_TEST(policy_adds_and_removes)
{
	struct facts f;
	struct policy p;
	struct completed out;
	struct err e = { 0 };

	set_up(&f, &p);
	p.no_received = false;
	p.auto_submitted = true;
	buf_puts(&p.mailer, "minismtp/1");
	strs_add(&p.original_to, STR("bob@lab.example"));
	strs_add(&p.remove, STR("x-cron-env"));
	strs_add(&p.add, STR("X-Site: 7"));
	strs_add(&p.add, STR("Subject: no"));
	ck_assert_int_eq(run("X-Cron-Env: a\nSubject: yes\n" WHOLE, "x\n",
	    &p, &f, "", true, &out, &e), 0);
	ck_assert_str_eq(buf_cstr(&out.header),
	    "Received: by vault.lab.example (minismtp) id 4kXa9;"
	    " Sat, 21 Nov 2026 05:30:50\r\n +0100\r\n"
	    "Subject: yes\r\n" WHOLE "X-Original-To: bob@lab.example\r\n"
	    "X-Mailer: minismtp/1\r\nAuto-Submitted: auto-generated\r\n"
	    "X-Site: 7\r\n\r\n");
	completed_free(&out);
	facts_free(&f);
	policy_free(&p);
}
END_TEST

static const struct {
	const char *in;
	unsigned folded;
	const char *out;
} counts[] = {
	{ "Subject: hi\n" WHOLE, 0, "Subject: hi\r\n" WHOLE },
	{ "Subject: hi\n" WHOLE, 1, "Subject: hi\r\n" WHOLE },
	{ "Subject: hi\n" WHOLE, 2, "Subject: hi (2 times)\r\n" WHOLE },
	{ "Subject:\n" WHOLE, 12, "Subject: (12 times)\r\n" WHOLE },
	{ "Subject: \303\244\n" WHOLE, 2,
	  "Subject: =?utf-8?B?w6Q=?= (2 times)\r\n" WHOLE },
	{ WHOLE, 2, WHOLE "Subject: (2 times)\r\n" },
};

START_TEST(one_that_stands_for_many_says_so)
{
	struct buf want = { 0 };
	struct facts f;
	struct policy p;
	struct completed out;
	struct err e = { 0 };

	set_up(&f, &p);
	p.folded = counts[_i].folded;
	ck_assert_int_eq(run(counts[_i].in, "x\n", &p, &f, "", true, &out,
	    &e), 0);
	buf_printf(&want, "%s\r\n", counts[_i].out);
	ck_assert_str_eq(buf_cstr(&out.header), buf_cstr(&want));
	buf_free(&want);
	completed_free(&out);
	facts_free(&f);
	policy_free(&p);
}
END_TEST

static const struct {
	const char *in;
	bool job;
} jobs[] = {
	{ WHOLE, false },
	{ "X-Cron-Env: <HOME=/>\n" WHOLE, true },
	{ "From: alice (cron daemon)\n" TO, true },
	{ "From: \"(Cron Daemon)\" <alice>\n" TO, true },
	{ "From: Cron Daemo\n" TO, false },
	{ "Subject: Cron Daemon\n" WHOLE, false },
	{ "", false },
	{ "Auto-Submitted: no\nX-Cron-Env: x\n" WHOLE, false },
};

START_TEST(a_job_of_cron_is_no_person)
{
	struct facts f;
	struct policy p;
	struct completed out;
	struct err e = { 0 };

	set_up(&f, &p);
	for (int asked = 0; asked < 2; asked++) {
		p.auto_if_cron = asked == 1;
		ck_assert_int_eq(run(jobs[_i].in, "x", &p, &f, "", true, &out,
		    &e), 0);
		ck_assert_int_eq(strstr(buf_cstr(&out.header),
		    "Auto-Submitted: auto-generated") != NULL,
		    jobs[_i].job && p.auto_if_cron);
		completed_free(&out);
	}
	facts_free(&f);
	policy_free(&p);
}
END_TEST

START_TEST(nobody_is_named_where_that_is_not_wanted)
{
	struct facts f;
	struct policy p;
	struct completed out;
	struct err e = { 0 };

	set_up(&f, &p);
	p.disclosed = true;
	ck_assert_int_eq(run("To:\n", "x", &p, &f, "", true, &out, &e), 0);
	ck_assert_ptr_null(strstr(buf_cstr(&out.header), "To:"));
	completed_free(&out);
	facts_free(&f);
	policy_free(&p);
}
END_TEST

static const struct {
	const char *header, *body;
	int code;
} refused[] = {
	{ "DKIM-Signature: x\n" WHOLE, "\xc3\xa4\n", EX_UNAVAILABLE },
	{ "Content-Type: multipart/signed; boundary=x\n", "\xc3\xa4\n",
	    EX_UNAVAILABLE },
	{ "To: j\xc3\xb6@b\n", "a", EX_UNAVAILABLE },
	{ NULL, "a", EX_UNAVAILABLE },
};

START_TEST(what_cannot_go_is_refused_with_words)
{
	struct buf loop = { 0 };
	struct facts f;
	struct policy p;
	struct completed out;
	struct err e = { 0 };

	set_up(&f, &p);
	for (int i = 0; i <= COMPLETE_HOPS; i++)
		buf_puts(&loop, "Received: by x\n");
	ck_assert_int_eq(run(refused[_i].header != NULL ? refused[_i].header :
	    buf_cstr(&loop), refused[_i].body, &p, &f, "", false, &out, &e),
	    -1);
	ck_assert_int_eq(e.code, refused[_i].code);
	ck_assert_uint_gt(e.text.len, 20);
	err_clear(&e);
	buf_free(&loop);
	facts_free(&f);
	policy_free(&p);
}
END_TEST

#define MIXED "multipart/mixed; boundary=b"

static const struct {
	const char *type, *cte, *in, *out;
} walks[] = {
	{ "text/plain", "", "\xe4\n", "=E4\r\n" },
	{ "image/png", "8bit", "a\n", "YQo=\r\n" },
	{ "text/plain", "base64", "YQ\n==\n", "YQ\r\n==\r\n" },
	{ "text/plain", "x-uu", "\xe4\n", "\xe4\n" },
	{ MIXED, "", "p\n--b\n\n\xe4\n--b--\ne\n", "p\n--b\nContent-Transfer-"
	    "Encoding: quoted-printable\r\n\r\n=E4\r\n--b--\ne\n" },
	{ MIXED, "", "--b\n\na\n\n--b--\n", "--b\nContent-Transfer-Encoding: "
	    "quoted-printable\r\n\r\na\r\n\r\n--b--\n" },
	{ MIXED, "", "--b\n\n--b--\n", "--b\nContent-Transfer-Encoding: "
	    "quoted-printable\r\n\r\n--b--\n" },
	{ MIXED, "", "--b\r\nContent-Type: a/b\r\n\r\nxy\r\n--b--\r\n",
	    "--b\r\nContent-Type: a/b\r\nContent-Transfer-Encoding: base64"
	    "\r\n\r\neHk=\r\n--b--\r\n" },
	{ MIXED, "", "--b\nContent-Type: multipart/alternative; boundary=c\n"
	    "Content-Transfer-Encoding: 8bit\n\n--c\n\n=\n--c--\n--b--\n",
	    "--b\nContent-Type: multipart/alternative; boundary=c\n"
	    "Content-Transfer-Encoding: 7bit\r\n\r\n--c\nContent-Transfer-"
	    "Encoding: quoted-printable\r\n\r\n=3D\r\n--c--\n--b--\n" },
	{ MIXED, "", "--b\nContent-Type: multipart/signed; boundary=c\n\n"
	    "--c\n\n\xe4\n--c--\n--b\n\n\xe4\n--b--\n",
	    "--b\nContent-Type: multipart/signed; boundary=c\n\r\n--c\n\n"
	    "\xe4\n--c--\n--b\nContent-Transfer-Encoding: quoted-printable"
	    "\r\n\r\n=E4\r\n--b--\n" },
	{ MIXED, "", "--b\nno header\n\n\xe4\n--b--\n",
	    "--b\nno header\n\n\xe4\n--b--\n" },
	{ MIXED, "", "--b\nX: y\n--b--\n", "--b\nX: y\n--b--\n" },
	{ MIXED, "", "--bb\n--b x\n\xe4\n", "--bb\n--b x\n\xe4\n" },
	{ MIXED, "", "--b \n\n--\n--bb\n--b-- ", "--b \nContent-Transfer-"
	    "Encoding: quoted-printable\r\n\r\n--\r\n--bb\r\n--b-- " },
	{ "multipart/digest; boundary=b", "", "--b\n\nSubject: x\n\n\xe4\n"
	    "--b--\n", "--b\n\r\nSubject: x\nMIME-Version: 1.0\r\n"
	    "Content-Transfer-Encoding: quoted-printable\r\n\r\n=E4\r\n"
	    "--b--\n" },
	{ "message/rfc822", "", "Subject: \xc3\xa4\n\n\xe4\n",
	    "Subject: =?utf-8?B?w6Q=?=\r\nMIME-Version: 1.0\r\n"
	    "Content-Transfer-Encoding: quoted-printable\r\n\r\n=E4\r\n" },
	{ "multipart/mixed", "", "--b\n\n\xe4\n", "--b\n\n\xe4\n" },
};

struct bits {
	struct source source;
	struct str rest;
	size_t size;
	char copy[16];
};

static int
pull_bits(struct source *source, struct str *piece, struct err *e)
{
	struct bits *b = (struct bits *)source;

	(void)e;
	*piece = str_head(b->rest, b->size);
	memcpy(b->copy, piece->ptr, piece->len);
	piece->ptr = b->copy;
	b->rest = str_skip(b->rest, b->size);
	return piece->len > 0 ? 1 : 0;
}

START_TEST(parts_are_encoded_by_the_book)
{
	struct encode_plan plan;
	struct err e = { 0 };

	encode_plan(&plan, str_of(walks[_i].type), str_of(walks[_i].cte),
	    false);
	for (size_t size = 1; size <= 16; size++) {
		struct bits from = { .source.pull = pull_bits,
		    .rest = str_of(walks[_i].in), .size = size };
		struct encode *enc = encode_new(&plan, &from.source);
		struct buf out = { 0 };
		struct str piece;

		while (source_pull(encode_source(enc), &piece, &e) > 0)
			buf_add(&out, piece);
		ck_assert_str_eq(buf_cstr(&out), walks[_i].out);
		encode_free(enc);
		buf_free(&out);
	}
	encode_plan_free(&plan);
}
END_TEST

static const struct {
	const char *type, *in;
} whole[] = {
	{ "text/plain; charset=utf-8", "a\n-b\n\nc" },
	{ "multipart/signed; boundary=b", "--b\n\n\xe4\n--b--\n" },
};

/* What is not changed must not be copied. */
START_TEST(what_is_left_alone_passes_as_a_view)
{
	struct encode_plan plan = { 0 };
	struct source_text from;
	struct encode *enc;
	struct str piece;
	struct err e = { 0 };

	if (_i > 0)
		encode_plan(&plan, str_of(whole[_i].type), STR(""), false);
	source_text_init(&from, str_of(whole[_i].in));
	enc = encode_new(&plan, &from.source);
	ck_assert_int_eq(source_pull(encode_source(enc), &piece, &e), 1);
	ck_assert_ptr_eq(piece.ptr, whole[_i].in);
	ck_assert_uint_eq(piece.len, strlen(piece.ptr));
	ck_assert_int_eq(source_pull(encode_source(enc), &piece, &e), 0);
	encode_free(enc);
	encode_plan_free(&plan);
}
END_TEST

int
main(void)
{
	const struct test_row tests[] = {
		{ what_is_missing_is_added_and_the_rest_stays,
		    TABLE_COUNT(rows) },
		{ a_long_list_is_a_list, 0 },
		{ who_it_is_from, TABLE_COUNT(froms) },
		{ a_from_of_ours_names_the_machine, 0 },
		{ a_forced_sender_keeps_the_original_in_sight,
		    TABLE_COUNT(forced) },
		{ policy_adds_and_removes, 0 },
		{ one_that_stands_for_many_says_so, TABLE_COUNT(counts) },
		{ a_job_of_cron_is_no_person, TABLE_COUNT(jobs) },
		{ nobody_is_named_where_that_is_not_wanted, 0 },
		{ what_cannot_go_is_refused_with_words, TABLE_COUNT(refused) },
		{ parts_are_encoded_by_the_book, TABLE_COUNT(walks) },
		{ what_is_left_alone_passes_as_a_view, TABLE_COUNT(whole) },
	};

	return RUN("message-complete", tests);
}
