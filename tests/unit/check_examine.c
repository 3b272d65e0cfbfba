// SPDX-License-Identifier: ISC
/*
 * check_examine.c - what an examination finds, and how it is told
 */
#include "run.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/table.h"
#include "relay/finding.h"
#include "relay/mends.h"
#include "relay/sheet.h"
#include "relay/stamp.h"
#include "scratch.h"

/* -- a finding */

START_TEST(the_worst_is_the_line_and_the_rest_is_below)
{
	struct finding f = { 0 };

	finding_say(&f, FINDING_WARNING, "not so good");
	finding_say(&f, FINDING_GOOD, "fine otherwise");
	finding_say(&f, FINDING_BAD, "bad");
	finding_say(&f, FINDING_WARNING, "and that");
	ck_assert_int_eq(f.state, FINDING_BAD);
	ck_assert_str_eq(buf_cstr(&f.words), "bad");
	ck_assert_uint_eq(f.details.count, 2);
	ck_assert(strs_has(&f.details, STR("not so good")));
	ck_assert(strs_has(&f.details, STR("and that")));
	finding_free(&f);
}
END_TEST

START_TEST(what_was_well_is_not_told_of_what_is_not)
{
	struct finding f = { 0 };

	finding_say(&f, FINDING_GOOD, "well");
	finding_say(&f, FINDING_BAD, "bad");
	ck_assert_str_eq(buf_cstr(&f.words), "bad");
	ck_assert_uint_eq(f.details.count, 0);
	finding_free(&f);
}
END_TEST

static const struct {
	const char *said, *shown;
} texts[] = {
	{ "gr\xc3\xbc\xc3\x9f", "gr\xc3\xbc\xc3\x9f" },
	{ "554 \\e[31mred", "554 \\e[31mred" },	/* escaped before */
	{ "554 \033[31mred", "554 \\e[31mred" },
	{ "a\\b\n", "a\\\\b\\n" },
	{ "\xc2\x9b" "31m", "\\xc2\\x9b31m" },
	{ "\xff\\", "\\xff\\\\" },
	{ "\\", "\\" },
	{ "", "" },
};

START_TEST(foreign_text_is_escaped_and_only_once)
{
	struct finding f = { 0 };

	finding_say(&f, FINDING_BAD, "%s", texts[_i].said);
	ck_assert_str_eq(buf_cstr(&f.words), texts[_i].shown);
	finding_free(&f);
}
END_TEST

static const struct {
	const char *err, *words, *mend;
} errs[] = {
	{ "/a is open: chmod o-rwx /a", "/a is open", "chmod o-rwx /a" },
	{ "x: /a b: chown 0 /a", "x: /a b", "chown 0 /a" },
	{ "no such file", "no such file", NULL },
	{ "", "", NULL },
};

START_TEST(the_command_in_an_err_is_what_mends_it)
{
	struct finding f = { 0 };
	struct err e = { 0 };

	err_set(&e, 75, "%s", errs[_i].err);
	finding_err(&f, FINDING_BAD, &e);
	ck_assert_str_eq(buf_cstr(&f.words), errs[_i].words);
	ck_assert_uint_eq(f.mend.count, errs[_i].mend != NULL);
	if (errs[_i].mend != NULL)
		ck_assert(strs_has(&f.mend, str_of(errs[_i].mend)));
	finding_free(&f);
	err_clear(&e);
}
END_TEST

static struct finding
make(enum finding_state state)
{
	struct finding f = { 0 };

	buf_puts(&f.check, "setgid");
	buf_puts(&f.group, "This machine");
	finding_say(&f, state, "it \"says\" \033[31m");
	finding_add(&f, "one");
	finding_add(&f, "two");
	finding_mend(&f, "chmod %d /a", 755);
	finding_mend(&f, "chmod %d /a", 755);
	return f;
}

START_TEST(a_finding_goes_through_a_socket_as_it_is)
{
	struct finding f = make((enum finding_state)_i), g = { 0 };
	struct buf packet = { 0 };

	finding_pack(&packet, &f);
	ck_assert(finding_unpack(&g, buf_str(&packet)));
	ck_assert_int_eq(g.state, f.state);
	ck_assert_str_eq(buf_cstr(&g.check), "setgid");
	ck_assert_str_eq(buf_cstr(&g.group), "This machine");
	ck_assert_str_eq(buf_cstr(&g.words), "it \"says\" \\e[31m");
	ck_assert_uint_eq(g.details.count, 2);
	ck_assert_uint_eq(g.mend.count, 1);
	buf_cut(&packet, packet.len - 1);
	ck_assert(!finding_unpack(&g, buf_str(&packet)));
	ck_assert(!finding_unpack(&g, STR("state 1:9\n")));
	ck_assert(!finding_unpack(&g, STR("what 1:9\n")));
	ck_assert(!finding_unpack(&g, STR("")));
	finding_free(&f);
	finding_free(&g);
	buf_free(&packet);
}
END_TEST

/* -- the sheet */

static void
set_locale(const char *all, const char *ctype, const char *lang)
{
	setenv("LC_ALL", all, 1);
	setenv("LC_CTYPE", ctype, 1);
	setenv("LANG", lang, 1);
	setenv("NO_COLOR", "1", 1);
}

static const struct {
	const char *all, *ctype, *lang;
	bool utf8;
} locales[] = {
	{ "", "", "", false },
	{ "C", "", "de_DE.UTF-8", false },
	{ "", "C.UTF-8", "C", true },
	{ "", "", "de_DE.utf8", true },
	{ "", "", "de_DE.UTF-8@euro", true },
	{ "de_DE.ISO-8859-1", "C.UTF-8", "C.UTF-8", false },
};

START_TEST(marks_are_ascii_where_the_locale_is)
{
	struct finding f = make(FINDING_BAD);
	struct buf out = { 0 };
	struct sheet s;

	set_locale(locales[_i].all, locales[_i].ctype, locales[_i].lang);
	sheet_begin(&s, false);
	sheet_add(&s, &f, &out);
	ck_assert_str_eq(buf_cstr(&out), locales[_i].utf8 ?
	    "This machine\n  \xe2\x9c\x97 setgid       it \"says\" \\e[31m\n"
	    "      one\n      two\n      \xe2\x86\x92 chmod 755 /a\n" :
	    "This machine\n  XX setgid       it \"says\" \\e[31m\n"
	    "      one\n      two\n      => chmod 755 /a\n");
	sheet_free(&s);
	finding_free(&f);
	buf_free(&out);
}
END_TEST

static const struct {
	size_t count[4];	/* good, unknown, warnings, failures */
	int status;
	const char *sum;
} sums[] = {
	{ { 0, 0, 0, 0 }, 0, "no failure, no warning\n" },
	{ { 3, 1, 0, 0 }, 0, "no failure, no warning, 1 unknown\n" },
	{ { 3, 0, 2, 0 }, 1, "2 warnings\n" },
	{ { 0, 2, 1, 1 }, 2, "1 failure, 1 warning, 2 unknown\n" },
	{ { 1, 0, 0, 3 }, 2, "3 failures\n" },
};

START_TEST(the_status_is_that_of_the_worst)
{
	struct buf out = { 0 };
	struct sheet s;

	sheet_begin(&s, false);
	for (int state = 0; state < 4; state++)
		for (size_t i = 0; i < sums[_i].count[state]; i++) {
			struct finding f = make((enum finding_state)state);

			sheet_add(&s, &f, &out);
			finding_free(&f);
		}
	buf_reset(&out);
	sheet_end(&s, &out);
	ck_assert_str_eq(buf_cstr(&out), sums[_i].sum);
	ck_assert_int_eq(sheet_status(&s), sums[_i].status);
	sheet_free(&s);
	buf_free(&out);
}
END_TEST

START_TEST(for_programs_it_is_one_object)
{
	struct finding f = make(FINDING_WARNING);
	struct buf out = { 0 };
	struct sheet s;

	sheet_begin(&s, true);
	sheet_end(&s, &out);
	ck_assert_str_eq(buf_cstr(&out), "{\"checks\": [\n"
	    "], \"status\": 0}\n");
	sheet_free(&s);
	buf_reset(&out);
	sheet_begin(&s, true);
	sheet_add(&s, &f, &out);
	sheet_add(&s, &f, &out);
	sheet_end(&s, &out);
#define ONE "  {\"check\": \"setgid\", \"group\": \"This machine\", " \
    "\"state\": \"warning\", \"words\": \"it \\\"says\\\" \\\\e[31m\", " \
    "\"details\": [\"one\", \"two\"], \"mend\": [\"chmod 755 /a\"]}"
	ck_assert_str_eq(buf_cstr(&out), "{\"checks\": [\n" ONE ",\n" ONE
	    "\n], \"status\": 1}\n");
	sheet_free(&s);
	finding_free(&f);
	buf_free(&out);
}
END_TEST

/* -- what mends trouble with a relay */

static const struct {
	const char *check, *words;
	int smtp;
	const char *mend;
} troubles[] = {
	{ "connect", "cannot reach h:1: 192.0.2.1: Connection refused", 0,
	  "relay = \"h.test:587\"" },
	{ "greeting", "h[192.0.2.1]:465: no answer in time", 0,
	  "tls = implicit" },
	{ "greeting", "the relay takes no mail now: 451 busy", 451, "flush" },
	{ "tls", "the relay does not offer STARTTLS, and", 0,
	  "relay = \"h.test:465\"" },
	{ "tls", "TLS: what the relay says is no TLS: x", 0,
	  "tls = starttls" },
	{ "certificate", "it is not for this name but for a.test", 0,
	  "relay = \"name.test:25\"" },
	{ "certificate", "nobody we trust has issued it", 0,
	  "tls_pin = \"sha256:pin\"" },
	{ "auth", "the relay offers AUTH X: there is no password", 0,
	  "password_file = \"/etc/minismtp.password\"" },
	{ "login", "535 wrong", 535, "${EDITOR:-vi} /etc/c" },
	{ "mail", "MAIL refused: 553 5.7.1 not yours", 553,
	  "sender = \"me@h.test\"" },
	{ "mail", "MAIL refused: 530 Authentication required", 530,
	  "user = \"me@example.com\"" },
	{ "rcpt", "RCPT refused: 450 greylisted", 450, "flush" },
	{ "rcpt", "RCPT refused: 550 unknown", 550,
	  "admin = \"you@example.com\"" },
};

START_TEST(each_trouble_has_its_mend)
{
	const struct mend_facts facts = { .host = STR("h.test"),
	    .port = STR("25"), .config = STR("/etc/c"),
	    .pin = STR("sha256:pin"), .name = STR("name.test"),
	    .user = STR("me@h.test"), .flush = STR("flush") };
	struct finding f = { 0 };

	finding_say(&f, FINDING_BAD, "%s", troubles[_i].words);
	mends_add(&f, troubles[_i].check, troubles[_i].smtp, &facts);
	ck_assert_msg(strs_has(&f.mend, str_of(troubles[_i].mend)), "%s: %s",
	    troubles[_i].words, f.mend.count > 0 ?
	    buf_cstr(&f.mend.item[0]) : "nothing");
	finding_free(&f);
}
END_TEST

/* -- who ran the queue */

static int
open_scratch(void)
{
	return open(scratch_path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

START_TEST(a_run_leaves_a_stamp)
{
	int dir = open_scratch(), held = 0;
	struct stamp s;

	unlinkat(dir, "run", 0);
	stamp_read(dir, &s);
	ck_assert_int_eq(s.time, 0);
	clock_fix(1700000000, 1);
	stamp_note(dir, (enum stamp_by)_i, _i == 1, &held);
	stamp_read(dir, &s);
	ck_assert_int_eq(s.time, 1700000000);
	ck_assert_int_eq(s.by, _i);
	ck_assert_uint_eq(s.uid, getuid());
	ck_assert_int_eq(s.left, _i == 1);
	ck_assert_int_eq(s.watched, _i == STAMP_WATCH);
	ck_assert_int_eq(held > 0, _i == STAMP_WATCH);
	if (held > 0)
		close(held);
	stamp_read(dir, &s);
	ck_assert(!s.watched);
	clock_fix(-1, -1);
	close(dir);
}
END_TEST

static const char *const no_stamps[] = { "", "by 3:run", "what 1:1\n",
    "time 1:x\n", "by 3:run\ntime 2:12\nrubbish" };

START_TEST(what_is_no_stamp_is_none)
{
	int dir = open_scratch(), fd, held = 0;
	struct stamp s;

	unlinkat(dir, "run", 0);
	fd = openat(dir, "run", O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
	ck_assert_int_ge(write(fd, no_stamps[_i], strlen(no_stamps[_i])), 0);
	close(fd);
	stamp_read(dir, &s);
	ck_assert_int_eq(s.time, 0);
	stamp_note(dir, STAMP_RUN, false, &held);
	stamp_read(dir, &s);
	ck_assert_int_gt(s.time, 0);
	close(dir);
}
END_TEST

START_TEST(no_directory_is_no_stamp)
{
	struct stamp s;
	int held = 0;

	stamp_note(0, STAMP_WATCH, false, &held);
	stamp_read(0, &s);
	ck_assert_int_eq(held, 0);
	ck_assert_int_eq(s.time, 0);
}
END_TEST

int
main(void)
{
	const struct test_row tests[] = {
		{ the_worst_is_the_line_and_the_rest_is_below, 0 },
		{ what_was_well_is_not_told_of_what_is_not, 0 },
		{ foreign_text_is_escaped_and_only_once, TABLE_COUNT(texts) },
		{ the_command_in_an_err_is_what_mends_it, TABLE_COUNT(errs) },
		{ a_finding_goes_through_a_socket_as_it_is, 4 },
		{ marks_are_ascii_where_the_locale_is, TABLE_COUNT(locales) },
		{ the_status_is_that_of_the_worst, TABLE_COUNT(sums) },
		{ for_programs_it_is_one_object, 0 },
		{ each_trouble_has_its_mend, TABLE_COUNT(troubles) },
		{ a_run_leaves_a_stamp, 3 },
		{ what_is_no_stamp_is_none, TABLE_COUNT(no_stamps) },
		{ no_directory_is_no_stamp, 0 },
	};
	int failed;

	if (scratch_make() < 0)
		return EXIT_FAILURE;
	failed = RUN("examine", tests);
	scratch_remove();
	return failed;
}
