// SPDX-License-Identifier: ISC
/*
 * check_message_compose.c - messages that are written here
 */
#include "run.h"

#include <string.h>
#include <sysexits.h>

#include "base/rand.h"
#include "base/table.h"
#include "message/compose.h"
#include "message/entity.h"
#include "message/heading.h"
#include "message/html.h"
#include "message/param.h"
#include "message/refer.h"
#include "message/sniff.h"
#include "message/survey.h"

static void
look(struct survey *s, struct str text)
{
	/* In two pieces: how it comes makes no difference. */
	survey_add(s, str_head(text, text.len / 2));
	survey_add(s, str_skip(text, text.len / 2));
	survey_end(s);
}

#define B(literal) { (literal), sizeof(literal) - 1 }

/* -- survey */

static const struct {
	struct str text;
	const char *hint, *charset;
	bool is_text;
	enum transfer_kind how;
} surveys[] = {
	{ B(""), "", "us-ascii", true, TRANSFER_NONE },
	{ B("plain\n"), "koi8-r", "us-ascii", true, TRANSFER_NONE },
	{ B("no end"), "", "us-ascii", true, TRANSFER_NONE },
	{ B("gr\xc3\xbc\xc3\x9f" "e, gr\xc3\xbc\xc3\x9f" "e an alle hier\n"),
	  "", "utf-8", true, TRANSFER_BASE64 },
	{ B("eine gr\xc3\xbc" "ne Wiese mit vielen Blumen und Gras\n"),
	    "", "utf-8", true, TRANSFER_QP },
	{ B("\xd0\x9f\xd1\x80\xd0\xb8\xd0\xb2\n"), "", "utf-8", true,
	    TRANSFER_BASE64 },
	{ B("\xf0\xd2\xc9\xd7\xc5\xd4\n"), "koi8-r", "koi8-r", true,
	    TRANSFER_BASE64 },
	{ B("\xf0\xd2\xc9\xd7\xc5\xd4\n"), "utf-8", "unknown-8bit", true,
	    TRANSFER_BASE64 },
	{ B("\xf0\xd2\xc9\xd7\xc5\xd4\n"), "", "unknown-8bit", true,
	    TRANSFER_BASE64 },
	{ B("\xff\xfe" "a\0\n\0"), "", "utf-16", true, TRANSFER_BASE64 },
	{ B("\xff\xfe\0\0" "a\0\0\0"), "", "utf-32", true,
	    TRANSFER_BASE64 },
	{ B("a\0b\n"), "", "us-ascii", false, TRANSFER_BASE64 },
	{ B("a\1b\n"), "", "us-ascii", false, TRANSFER_NONE },
	{ B("bare\rcr and more of it\n"), "", "us-ascii", true,
	    TRANSFER_QP },
	{ B("\033[1mbold\033[0m\n"), "", "us-ascii", true,
	    TRANSFER_NONE },
};

START_TEST(a_part_is_looked_through)
{
	struct survey s = { 0 };

	look(&s, surveys[_i].text);
	ck_assert(str_eq(survey_charset(&s, str_of(surveys[_i].hint)),
	    str_of(surveys[_i].charset)));
	ck_assert(survey_is_text(&s) == surveys[_i].is_text);
	ck_assert_int_eq((int)survey_transfer(&s, true), (int)surveys[_i].how);
	ck_assert_int_eq((int)survey_transfer(&s, false), TRANSFER_BASE64);
	ck_assert_uint_eq(s.bytes, surveys[_i].text.len);
	survey_free(&s);
}
END_TEST

START_TEST(a_long_line_is_not_sent_as_it_is)
{
	static const struct {
		size_t len;
		enum transfer_kind how;
	} lines[] = { { 998, TRANSFER_NONE }, { 999, TRANSFER_QP } };

	for (size_t i = 0; i < TABLE_COUNT(lines); i++) {
		struct survey s = { 0 };

		for (size_t n = 0; n < lines[i].len; n++)
			survey_add(&s, STR("x"));
		survey_add(&s, STR("\n"));
		survey_end(&s);
		ck_assert_int_eq((int)survey_transfer(&s, true),
		    (int)lines[i].how);
		survey_free(&s);
	}
}
END_TEST

START_TEST(a_survey_keeps_no_more_than_the_beginning)
{
	char block[4096];
	struct survey s = { 0 };

	memset(block, 'x', sizeof(block));
	for (int i = 0; i < 100; i++)
		survey_add(&s, (struct str){ block, sizeof(block) });
	ck_assert_uint_eq(s.head.len, SURVEY_HEAD);
	ck_assert_uint_eq(s.bytes, 100 * sizeof(block));
	survey_free(&s);
}
END_TEST

/* -- sniff */

static const struct {
	struct str bytes;
	const char *name, *said, *type;
} kinds[] = {
	{ B(""), "", "", "application/octet-stream" },
	{ B(""), "empty.txt", "inode/x-empty", "text/plain" },
	{ B(""), "empty", "inode/x-empty", "application/octet-stream" },
	{ B("hello\n"), "README", "", "text/plain" },
	{ B("hello\n"), "hello.txt", "text/plain", "text/plain" },
	{ B("a,b\n"), "table.CSV", "text/plain", "text/csv" },
	{ B("a,b\n"), "table.csv", "", "text/csv" },
	{ B("<p>a\n"), "a.html", "", "text/html" },
	{ B("hello\n"), "a.png", "text/plain", "text/plain" },
	{ B("hello\n"), "a.png", "", "text/plain" },
	{ B("<svg/>\n"), "a.svg", "text/plain", "image/svg+xml" },
	{ B("\x89PNG\r\n\x1a\n\0"), "a.txt", "", "image/png" },
	{ B("\x89PNG\r\n\x1a\n\0"), "a", "image/png", "image/png" },
	{ B("\xff\xd8\xff\xe0\0"), "photo.png", "", "image/jpeg" },
	{ B("PK\3\4\0"), "a.zip", "", "application/zip" },
	{ B("PK\3\4\0"), "a.docx", "application/zip",
	    "application/vnd.openxmlformats-officedocument."
	    "wordprocessingml.document" },
	{ B("PK\3\4\0"), "a.jpg", "", "application/zip" },
	{ B("PK\3\4\0"), "a.html", "", "application/zip" },
	{ B("%PDF-1.7\n\0"), "scan", "", "application/pdf" },
	{ B("\0\1\2\3"), "blob", "", "application/octet-stream" },
	{ B("\0\1\2\3"), "blob.txt", "", "application/octet-stream" },
	{ B("\0\1\2\3"), "song.mp3", "", "audio/mpeg" },
	{ B("\0\0\0\x18" "ftypmp42"), "a", "", "video/mp4" },
	{ B("Subject: a\n\nb\n"), "a.eml", "", "message/rfc822" },
	{ B("Subject: a\n\n\xe4\n"), "a.eml", "message/rfc822",
	    "text/plain" },
	{ B("hello\n"), "a", "multipart/mixed", "text/plain" },
	{ B("hello\n"), "a", "no type", "text/plain" },
	{ B("hello\n"), "a", "text/plain; charset=x", "text/plain" },
	{ B("\0\1"), "a", "text/plain", "application/octet-stream" },
	{ B("{\\rtf1}\n"), "a", "text/rtf", "text/rtf" },
};

START_TEST(a_file_has_a_type)
{
	struct survey s = { 0 };
	struct str type;

	look(&s, kinds[_i].bytes);
	type = sniff(&s, str_of(kinds[_i].name), str_of(kinds[_i].said));
	ck_assert_msg(str_eq(type, str_of(kinds[_i].type)), "%s: %.*s",
	    kinds[_i].name, STR_ARGS(type));
	survey_free(&s);
}
END_TEST

/* -- parameters */

#define T "abcdefghijklmnopqrstuvwxyz"

static const struct {
	struct str value;
	const char *charset, *text;
} params[] = {
	{ B("a.txt"), "", ";\r\n\tname=a.txt" },
	{ B(""), "", ";\r\n\tname=\"\"" },
	{ B("my file.txt"), "", ";\r\n\tname=\"my file.txt\"" },
	{ B("a\"b\\c"), "", ";\r\n\tname=\"a\\\"b\\\\c\"" },
	{ B("a;b"), "", ";\r\n\tname=\"a;b\"" },
	{ B("a\nb"), "", ";\r\n\tname*=utf-8''a%0Ab" },
	{ B("\xc3\xa4 b"), "", ";\r\n\tname*=utf-8''%C3%A4%20b" },
	{ B("\xe4"), "iso-8859-1", ";\r\n\tname*=iso-8859-1''%E4" },
	{ B("\xe4"), "", ";\r\n\tname*=unknown-8bit''%E4" },
	{ B(T T ".txt"), "", ";\r\n\tname=" T T ".txt" },
	{ B(T T T ".txt"), "", ";\r\n\tname*0*=us-ascii''" T
	    "abcdefghijklmnopqrstuv;\r\n\tname*1*=wxyz" T ".txt" },
};

START_TEST(parameters_are_written)
{
	struct buf b = { 0 };

	param_add(&b, "name", params[_i].value, str_of(params[_i].charset));
	ck_assert_str_eq(buf_cstr(&b), params[_i].text);
	buf_free(&b);
}
END_TEST

/* -- HTML */

static const struct {
	const char *html, *plain;
} pages[] = {
	{ "", "" },
	{ "hello", "hello\n" },
	{ "  hello\n  there  ", "hello there\n" },
	{ "<p>One</p><p>Two</p>", "One\n\nTwo\n" },
	{ "One<br>Two<br/>Three", "One\nTwo\nThree\n" },
	{ "<b>b</b>old", "bold\n" },
	{ "a &lt;b&gt; &amp; c&nbsp;d", "a <b> & c d\n" },
	{ "&#65;&#x42;&#228;", "AB\xc3\xa4\n" },
	{ "&unknown; &; & a &#0; &#xd800;",
	    "&unknown; &; & a &#0; &#xd800;\n" },
	{ "<ul><li>a<li>b</ul>c", "* a\n* b\nc\n" },
	{ "<a href=\"http://x.example/\">here</a>.",
	    "here <http://x.example/>.\n" },
	{ "<a href='http://x.example/?a&amp;b'>x</a>",
	    "x <http://x.example/?a&b>\n" },
	{ "<a href=mailto:a@b.example>a@b.example</a>", "a@b.example\n" },
	{ "<a href='#top'>top</a>", "top\n" },
	{ "<a href='javascript:x()'>x</a>", "x\n" },
	{ "<style>p { a>b }</style><p>a", "a\n" },
	{ "<script>if (a<b) { x = '</p>'; }</script>a", "a\n" },
	{ "<title>T</title>a", "a\n" },
	{ "a<!-- <p> -- > b -->c", "ac\n" },
	{ "<img src=x alt='a cat'>", "[a cat]\n" },
	{ "<img src=x alt=''>b", "b\n" },
	{ "<img alt='a>b'>c", "[a>b]c\n" },
	{ "<pre>a\n  b\n</pre>c", "a\n  b\n\nc\n" },
	{ "<table><tr><td>a<td>b<tr><td>c</table>", "a b\nc\n" },
	{ "1 < 2", "1 < 2\n" },
	{ "<", "<\n" },
	{ "a<p", "a\n" },
	{ "<!-- no end", "" },
	{ "<script>no end", "" },
	{ "<a href=\"no end", "" },
	{ "a<hr>b", "a\n\n----\n\nb\n" },
	{ "<P>One</P>", "One\n" },
};

START_TEST(html_becomes_text)
{
	struct buf b = { 0 };

	html_plain(&b, str_of(pages[_i].html), true);
	ck_assert_str_eq(buf_cstr(&b), pages[_i].plain);
	buf_free(&b);
}
END_TEST

START_TEST(without_utf_8_no_letter_beyond_ascii_is_made)
{
	struct buf b = { 0 };

	html_plain(&b, STR("&euro; &#228; &mdash; \xe4"), false);
	ck_assert_str_eq(buf_cstr(&b), "EUR &#228; -- \xe4\n");
	buf_free(&b);
}
END_TEST

static const struct {
	const char *html, *after;
	bool used;
} refers[] = {
	{ "", "", false },
	{ "<img src=\"cid:my cat.png\">", "<img src=\"cid:1@x\">", true },
	{ "<img src='CID:my%20cat.png'>", "<img src='cid:1@x'>", true },
	{ "url(cid:my%20cat.png)", "url(cid:1@x)", true },
	{ "cid:other.png", "cid:other.png", false },
	{ "cid:my cat.pngs", "cid:my cat.pngs", false },
	{ "cid:", "cid:", false },
	{ "cid:my%2", "cid:my%2", false },
	{ "\"cid:my cat.png\" \"cid:my cat.png\"", "\"cid:1@x\" \"cid:1@x\"",
	    true },
};

START_TEST(pictures_are_found_by_their_file_name)
{
	struct refer r = { STR("my cat.png"), STR("1@x"), false };
	struct buf b = { 0 };

	refer_all(&b, str_of(refers[_i].html), &r, 1);
	ck_assert_str_eq(buf_cstr(&b), refers[_i].after);
	ck_assert(r.used == refers[_i].used);
	buf_free(&b);
}
END_TEST

/* -- the header */

static const struct {
	struct str line;
	const char *words;	/* NULL: it is taken */
} mores[] = {
	{ B("X-A: b"), NULL },
	{ B("X-A:"), NULL },
	{ B("X-A: b\nBcc: c"), "a line break at position 7" },
	{ B("X-A: b\rc"), "a line break at position 7" },
	{ B("X-A: b\0c"), "a control byte at position 7" },
	{ B("X A: b"),
	    "it wants 'Name: value', the name without blanks" },
	{ B(""), "it wants 'Name: value', the name without blanks" },
	{ B("X-A"), "it wants 'Name: value', the name without blanks" },
	{ B("bcc: a@b"), "Bcc is not set so; say --bcc" },
	{ B("Content-Type: a/b"), "Content-Type is not set so; say "
	    "--charset, --html or --attach" },
};

START_TEST(a_field_of_ones_own_is_one_line)
{
	struct heading h = { 0 };
	struct err e = { 0 };
	int rc = heading_more(&h, mores[_i].line, &e);

	ck_assert_int_eq(rc, mores[_i].words == NULL ? 0 : -1);
	if (rc < 0)
		ck_assert_str_eq(buf_cstr(&e.text), mores[_i].words);
	ck_assert_uint_eq(h.more.count, rc == 0);
	err_clear(&e);
	heading_free(&h);
}
END_TEST

START_TEST(a_subject_is_one_line)
{
	struct heading h = { 0 };
	struct err e = { 0 };

	ck_assert_int_eq(heading_subject(&h, STR("a\r\nBcc: x@y"), &e), -1);
	ck_assert_str_eq(buf_cstr(&e.text), "a line break at position 2");
	ck_assert_int_eq(e.code, EX_DATAERR);
	ck_assert_int_eq(heading_subject(&h, STR(" a\tb "), &e), 0);
	ck_assert_str_eq(buf_cstr(&h.subject), "a\tb");
	err_clear(&e);
	heading_free(&h);
}
END_TEST

static void
add(struct addresses *list, const char *text)
{
	struct err e = { 0 };

	ck_assert_int_eq(addresses_add(list, str_of(text), &e), 0);
}

START_TEST(a_header_is_written)
{
	struct heading h = { .time = 1795235450, .zone = 60 };
	struct err e = { 0 };
	struct buf b = { 0 };

	add(&h.from, "J\xc3\xb6rg <joerg@example.org>");
	add(&h.to, "bob@example.net, \"Smith, A.\" <a@example.net>");
	add(&h.cc, "c@example.net");
	ck_assert_int_eq(heading_subject(&h, STR("Gr\xc3\xbc\xc3\x9f" "e"),
	    &e), 0);
	ck_assert_int_eq(heading_more(&h, STR("X-A: \xc3\xa4"), &e), 0);
	ck_assert_int_eq(heading_more(&h, STR("x-mailer: mine"), &e), 0);
	buf_puts(&h.mailer, "minismtp/1");
	buf_puts(&h.id, "<1@example.org>");
	heading_write(&b, &h, STR(""));
	ck_assert_str_eq(buf_cstr(&b),
	    "Date: Sat, 21 Nov 2026 05:30:50 +0100\r\n"
	    "From: =?utf-8?B?SsO2cmc=?= <joerg@example.org>\r\n"
	    "To: bob@example.net, \"Smith, A.\" <a@example.net>\r\n"
	    "Cc: c@example.net\r\n"
	    "Subject: =?utf-8?B?R3LDvMOfZQ==?=\r\n"
	    "Message-ID: <1@example.org>\r\n"
	    "X-A: =?utf-8?B?w6Q=?=\r\n"
	    "x-mailer: mine\r\n");
	buf_free(&b);
	heading_free(&h);
}
END_TEST

/* -- the whole */

struct file {
	struct source_text source;
	struct part part;
};

static void
make(struct file *f, struct str text, const char *type, const char *name)
{
	struct survey s = { 0 };

	source_text_init(&f->source, text);
	f->part.from = &f->source.source;
	buf_puts(&f->part.name, name);
	look(&s, text);
	part_judge(&f->part, &s, str_of(type), STR(""));
	survey_free(&s);
}

static void
write_out(struct buf *out, const struct composition *what)
{
	struct compose c = { 0 };
	struct err e = { 0 };
	struct str piece;

	rand_fix(1);
	compose_init(&c, what);
	while (source_pull(&c.source, &piece, &e) > 0)
		buf_add(out, piece);
	ck_assert_int_eq(e.code, 0);
	compose_free(&c);
	rand_fix(0);
}

/* Boundaries by their order, so that a person can read what is expected. */
static void
name_boundaries(struct buf *out, struct str text)
{
	struct strs seen = { 0 };

	while (text.len > 0) {
		struct str ahead = text;
		size_t i = 0;

		if (!str_eat(&ahead, STR("=_"))) {
			if (text.ptr[0] != '\r')
				buf_putc(out, text.ptr[0]);
			text = str_skip(text, 1);
			continue;
		}
		while (i < seen.count && !str_eq(strs_at(&seen, i),
		    str_head(ahead, 32)))
			i++;
		if (i == seen.count)
			strs_add(&seen, str_head(ahead, 32));
		buf_printf(out, "B%zu", i);
		text = str_skip(ahead, 32);
	}
	strs_free(&seen);
}

#define EXPECT(what, text) do { \
	struct buf is_ = { 0 }, shown_ = { 0 }; \
	write_out(&is_, (what)); \
	name_boundaries(&shown_, buf_str(&is_)); \
	ck_assert_str_eq(buf_cstr(&shown_), (text)); \
	buf_free(&is_); \
	buf_free(&shown_); \
} while (0)

START_TEST(nothing_is_a_message_too)
{
	struct composition what = { 0 };

	EXPECT(&what, "MIME-Version: 1.0\n\n");
}
END_TEST

START_TEST(a_text_alone_has_no_parts)
{
	struct file text = { 0 };
	struct composition what = { .plain = &text.part };

	make(&text, STR("Hello\nthere"), "text/plain", "");
	buf_puts(&what.header, "Subject: a\r\n");
	EXPECT(&what, "Subject: a\n"
	    "MIME-Version: 1.0\n"
	    "Content-Type: text/plain; charset=us-ascii\n"
	    "Content-Transfer-Encoding: 7bit\n"
	    "\n"
	    "Hello\nthere\n");
	part_free(&text.part);
	buf_free(&what.header);
}
END_TEST

START_TEST(html_has_a_plain_sister)
{
	struct file text = { 0 }, html = { 0 };
	struct composition what = { .plain = &text.part, .html = &html.part };

	make(&text, STR("Hello\n"), "text/plain", "");
	make(&html, STR("<p>Hello</p>\n"), "text/html", "");
	EXPECT(&what, "MIME-Version: 1.0\n"
	    "Content-Type: multipart/alternative;\n"
	    "\tboundary=\"B0\"\n"
	    "\n"
	    "--B0\n"
	    "Content-Type: text/plain; charset=us-ascii\n"
	    "Content-Transfer-Encoding: 7bit\n"
	    "\n"
	    "Hello\n"
	    "\n"
	    "--B0\n"
	    "Content-Type: text/html; charset=us-ascii\n"
	    "Content-Transfer-Encoding: 7bit\n"
	    "\n"
	    "<p>Hello</p>\n"
	    "\n"
	    "--B0--\n");
	part_free(&text.part);
	part_free(&html.part);
}
END_TEST

START_TEST(pictures_and_files_have_their_places)
{
	struct file text = { 0 }, html = { 0 }, cat = { 0 }, note = { 0 };
	struct composition what = { .plain = &text.part, .html = &html.part,
	    .related = &cat.part, .relateds = 1, .attached = &note.part,
	    .attacheds = 1 };

	make(&text, STR("Hello"), "text/plain", "");
	make(&html, STR("<img src=\"cid:1@x\">"), "text/html", "");
	make(&cat, STR("GIF89a"), "image/gif", "cat.gif");
	cat.part.is_inline = true;
	buf_puts(&cat.part.cid, "1@x");
	make(&note, STR("no end"), "text/plain", "a note");
	EXPECT(&what, "MIME-Version: 1.0\n"
	    "Content-Type: multipart/mixed;\n"
	    "\tboundary=\"B0\"\n"
	    "\n"
	    "--B0\n"
	    "Content-Type: multipart/alternative;\n"
	    "\tboundary=\"B1\"\n"
	    "\n"
	    "--B1\n"
	    "Content-Type: text/plain; charset=us-ascii\n"
	    "Content-Transfer-Encoding: 7bit\n"
	    "\n"
	    "Hello\n"
	    "--B1\n"
	    "Content-Type: multipart/related; type=\"text/html\";\n"
	    "\tboundary=\"B2\"\n"
	    "\n"
	    "--B2\n"
	    "Content-Type: text/html; charset=us-ascii\n"
	    "Content-Transfer-Encoding: 7bit\n"
	    "\n"
	    "<img src=\"cid:1@x\">\n"
	    "--B2\n"
	    "Content-Type: image/gif;\n"
	    "\tname=cat.gif\n"
	    "Content-Transfer-Encoding: base64\n"
	    "Content-Disposition: inline;\n"
	    "\tfilename=cat.gif\n"
	    "Content-ID: <1@x>\n"
	    "\n"
	    "R0lGODlh\n"
	    "--B2--\n"
	    "--B1--\n"
	    "--B0\n"
	    "Content-Type: text/plain; charset=us-ascii;\n"
	    "\tname=\"a note\"\n"
	    "Content-Transfer-Encoding: 7bit\n"
	    "Content-Disposition: attachment;\n"
	    "\tfilename=\"a note\"\n"
	    "\n"
	    "no end\n"
	    "--B0--\n");
	part_free(&text.part);
	part_free(&html.part);
	part_free(&cat.part);
	part_free(&note.part);
}
END_TEST

START_TEST(a_body_in_base64_has_the_line_ends_of_mail)
{
	struct file text = { 0 };
	struct composition what = { .attached = &text.part, .attacheds = 1 };

	make(&text, STR("\xd0\x9f\n"), "text/plain", "");
	EXPECT(&what, "MIME-Version: 1.0\n"
	    "Content-Type: multipart/mixed;\n"
	    "\tboundary=\"B0\"\n"
	    "\n"
	    "--B0\n"
	    "Content-Type: text/plain; charset=utf-8\n"
	    "Content-Transfer-Encoding: base64\n"
	    "\n"
	    "0J8NCg==\n"
	    "\n"
	    "--B0--\n");
	part_free(&text.part);
}
END_TEST

static const struct {
	const char *text;
	bool found;
} froms[] = {
	{ "From x\n", true }, { "a\nFrom x\n", true },
	{ "a From x\n", false }, { "From\n", false }, { "from x\n", false },
	{ " From x\n", false }, { "FFrom x\n", false },
	{ "From:\nFro\nFrom ", true }, { "", false },
};

START_TEST(a_line_that_a_mailbox_would_change_is_encoded)
{
	struct file text = { 0 };
	struct survey s = { 0 };

	look(&s, str_of(froms[_i].text));
	ck_assert(s.from_line == froms[_i].found);
	survey_free(&s);
	make(&text, str_of(froms[_i].text), "text/x-diff", "a.patch");
	ck_assert_int_eq(text.part.how, froms[_i].found ? TRANSFER_QP :
	    TRANSFER_NONE);
	part_free(&text.part);
	/* But for a message: that is not encoded as a whole. */
	make(&text, str_of(froms[_i].text), "message/rfc822", "a.eml");
	ck_assert_int_eq(text.part.how, TRANSFER_NONE);
	part_free(&text.part);
}
END_TEST

static int
break_off(struct source *s, struct str *piece, struct err *e)
{
	(void)s;
	(void)piece;
	return err_set(e, EX_IOERR, "the disk is on fire");
}

START_TEST(a_part_that_cannot_be_read_fails_the_message)
{
	struct source broken = { break_off };
	struct part part = { .from = &broken, .how = TRANSFER_BASE64 };
	struct composition what = { .attached = &part, .attacheds = 1 };
	struct compose c = { 0 };
	struct err e = { 0 };
	struct str piece;
	int rc;

	buf_puts(&part.type, "image/png");
	compose_init(&c, &what);
	while ((rc = source_pull(&c.source, &piece, &e)) > 0)
		;
	ck_assert_int_eq(rc, -1);
	ck_assert_int_eq(e.code, EX_IOERR);
	err_clear(&e);
	compose_free(&c);
	part_free(&part);
}
END_TEST

int
main(void)
{
	const struct test_row tests[] = {
		{ a_part_is_looked_through, TABLE_COUNT(surveys) },
		{ a_long_line_is_not_sent_as_it_is, 0 },
		{ a_survey_keeps_no_more_than_the_beginning, 0 },
		{ a_file_has_a_type, TABLE_COUNT(kinds) },
		{ parameters_are_written, TABLE_COUNT(params) },
		{ html_becomes_text, TABLE_COUNT(pages) },
		{ without_utf_8_no_letter_beyond_ascii_is_made, 0 },
		{ pictures_are_found_by_their_file_name,
		    TABLE_COUNT(refers) },
		{ a_field_of_ones_own_is_one_line, TABLE_COUNT(mores) },
		{ a_subject_is_one_line, 0 },
		{ a_header_is_written, 0 },
		{ nothing_is_a_message_too, 0 },
		{ a_text_alone_has_no_parts, 0 },
		{ html_has_a_plain_sister, 0 },
		{ pictures_and_files_have_their_places, 0 },
		{ a_body_in_base64_has_the_line_ends_of_mail, 0 },
		{ a_line_that_a_mailbox_would_change_is_encoded,
		    TABLE_COUNT(froms) },
		{ a_part_that_cannot_be_read_fails_the_message, 0 },
	};

	return RUN("message", tests);
}
