// SPDX-License-Identifier: ISC
/*
 * check_front.c - the front's options: what each caller means
 *
 * A case is a command line and what came of it, in one line: first a letter
 * for the mode, the flags, then what has a value, then " :" and the operands.
 * In the command line ~ is a blank and '' an empty word.
 */
#include <string.h>
#include <sysexits.h>

#include "base/table.h"
#include "front/help.h"
#include "front/options.h"
#include "run.h"

#define WORDS_MAX 40

static void
split(const char *line, struct strs *words)
{
	struct str rest = str_of(line), word;

	while (str_eat_word(&rest, &word)) {
		struct buf *b = strs_add(words,
		    str_eq(word, STR("''")) ? STR("") : word);

		for (size_t i = 0; i < b->len; i++)
			if (b->data[i] == '~')
				b->data[i] = ' ';
	}
}

static void
add(struct buf *out, const char *key, const struct buf *value)
{
	if (value->len > 0)
		buf_printf(out, " %s=%s", key, buf_cstr(value));
}

static void
describe(const struct options *o, struct buf *out)
{
	static const char waits[] = { '-', 'i', 'b', 'q' };

	buf_putc(out, "msp#avCqdDtn?!"[o->mode]);
	if (o->extract)
		buf_putc(out, 't');
	if (o->ignore_dots)
		buf_putc(out, 'i');
	if (o->verbose)
		buf_putc(out, 'v');
	if (o->sender_given)
		buf_printf(out, " f=%s", buf_cstr(&o->sender));
	add(out, "F", &o->name);
	add(out, "V", &o->envid);
	if (o->notify != 0)
		buf_printf(out, " N=%u", o->notify);
	if (o->ret != RET_UNSAID)
		buf_printf(out, " R=%s", o->ret == RET_FULL ? "full" : "hdrs");
	if (o->body != BODY_UNSAID)
		buf_printf(out, " B=%c", o->body == BODY_7BIT ? '7' : '8');
	if (o->wait != WAIT_PATIENCE)
		buf_printf(out, " d=%c", waits[o->wait]);
	if (o->errors != '\0')
		buf_printf(out, " e=%c", o->errors);
	add(out, "X", &o->trace);
	add(out, "C", &o->config);
	add(out, "A", &o->account);
	for (size_t i = 0; i < o->select.count; i++)
		add(out, "q", &o->select.item[i]);
	if (o->operands.count > 0)
		buf_puts(out, " :");
	for (size_t i = 0; i < o->operands.count; i++)
		buf_printf(out, " %s", buf_cstr(&o->operands.item[i]));
}

/* 0 and a description, or an exit code and the words. */
static int
parse(const char *argv0, const char *line, struct buf *out)
{
	struct options o = { 0 };
	struct strs words = { 0 };
	struct err e = { 0 };
	char *argv[WORDS_MAX] = { (char *)argv0 };
	int rc;

	split(line, &words);
	ck_assert_uint_lt(words.count + 1, WORDS_MAX);
	for (size_t i = 0; i < words.count; i++)
		argv[i + 1] = words.item[i].data != NULL ?
		    words.item[i].data : (char *)"";
	options_name(&o, argv0);
	rc = options_parse(&o, (int)words.count + 1, argv, &e);
	if (rc == 0)
		describe(&o, out);
	else
		buf_add(out, buf_str(&e.text));
	rc = rc == 0 ? 0 : e.code;
	options_free(&o);
	strs_free(&words);
	err_clear(&e);
	return rc;
}

/* As the real programs of a Debian system call us. */
static const struct {
	const char *name, *line, *expect;
} clients[] = {
#include "front_clients.h"
};

START_TEST(real_callers_are_understood)
{
	struct buf got = { 0 };
	int rc = parse("/usr/sbin/sendmail", clients[_i].line, &got);

	ck_assert_msg(rc == 0 &&
	    strcmp(buf_cstr(&got), clients[_i].expect) == 0,
	    "%s: %d %s", clients[_i].name, rc, buf_cstr(&got));
	buf_free(&got);
}
END_TEST

static const struct {
	const char *line, *expect;
} good[] = {
	{ "", "m" },
	{ "a@x", "m : a@x" },
	{ "-t", "mt" },
	{ "-ti", "mti" },
	{ "-it", "mti" },
	{ "-toi", "mti" },
	{ "-tif a@x", "mti f=a@x" },
	{ "-tifa@x", "mti f=a@x" },
	{ "-i -i -t -i", "mti" },
	{ "-oi", "mi" },
	{ "-o i", "mi" },
	{ "-oiTrue", "mi" },
	{ "-oifalse", "m" },
	{ "-oi0", "m" },
	{ "-i -oif", "m" },
	/* two readings of one word: -t where nobody else is named */
	{ "-oit", "mti" },
	{ "-oit a@x", "mi : a@x" },
	/* the sender */
	{ "-f a@x", "m f=a@x" },
	{ "-fa@x", "m f=a@x" },
	{ "-r a@x b@x", "m f=a@x : b@x" },
	{ "-f a@x -f b@x", "m f=b@x" },
	{ "-f a@x -r b@x", "m f=b@x" },
	{ "-f '' a@x", "m f= : a@x" },
	{ "-f <> a@x", "m f=<> : a@x" },
	{ "-f Al~<a@x>", "m f=Al <a@x>" },
	{ "-f-odd@x", "m f=-odd@x" },
	{ "-f - a@x", "m f=- : a@x" },
	{ "-f A -t B -i", "mti f=A : B" },
	{ "-F Al~Bo -f a@x c@x", "m f=a@x F=Al Bo : c@x" },
	{ "-FAl a@x", "m F=Al : a@x" },
	{ "-F '' a@x", "m : a@x" },
	{ "-F -t a@x", "m F=-t : a@x" },
	{ "-F A -F B", "m F=B" },
	/* where options end */
	{ "a@x -t -i", "mti : a@x" },
	{ "a@x b@x -oi c@x", "mi : a@x b@x c@x" },
	{ "-t -- -i", "mt : -i" },
	{ "-- -- a@x", "m : -- a@x" },
	{ "-i -- -f --help", "mi : -f --help" },
	{ "--", "m" },
	{ "- a@x", "m : - a@x" },
	{ "'' a@x", "m :  a@x" },
	{ "-f -- a@x", "64 looks like an option" },
	/* words of RFC 3461 and 6152 */
	{ "-N never", "m N=1" },
	{ "-Nnever", "m N=1" },
	{ "-N success", "m N=2" },
	{ "-N failure,delay", "m N=12" },
	{ "-N SUCCESS,Failure,DELAY", "m N=14" },
	{ "-N failure,failure", "m N=4" },
	{ "-N never,delay", "64 never" },
	{ "-N ''", "64 -N" },
	{ "-N ,", "64 -N" },
	{ "-N root", "64 'root'" },
	{ "-N", "64 argument" },
	{ "-R full", "m R=full" },
	{ "-RHDRS", "m R=hdrs" },
	{ "-R headers", "64 -R" },
	{ "-V abc", "m V=abc" },
	{ "-V a+2Bb", "m V=a+b" },
	{ "-V a+b", "m V=a+b" },
	{ "-V a=b", "m V=a=b" },
	{ "-V a+0Ab", "m V=a+0Ab" },
	{ "-V ''", "64 envelope id" },
	{ "-V \xc3\xa4", "64 ASCII" },
	{ "-B 8BITMIME", "m B=8" },
	{ "-B8bitmime", "m B=8" },
	{ "-B7BIT", "m B=7" },
	{ "-B BINARYMIME", "64 body type" },
	/* how long to wait, whom to tell */
	{ "-odi", "m d=i" },
	{ "-odb", "m d=b" },
	{ "-odq", "m d=q" },
	{ "-odd", "m d=q" },
	{ "-o db", "m d=b" },
	{ "-odinteractive", "m d=i" },
	{ "-odx", "64 delivery" },
	{ "-od", "64 delivery" },
	{ "-O DeliveryMode=queueonly", "m d=q" },
	{ "-O deliverymode=i", "m d=i" },
	{ "-ODeliveryMode=b", "m d=b" },
	{ "-oem", "m e=m" },
	{ "-oep", "m e=p" },
	{ "-oeq", "m e=q" },
	{ "-oew", "m e=w" },
	{ "-oee", "m e=e" },
	{ "-em", "m e=m" },
	{ "-e q", "m e=q" },
	{ "-oex", "64 error mode" },
	{ "-oe", "64 error mode" },
	{ "-e root", "64 error mode" },
	{ "-O ErrorMode=berknet", "m e=e" },
	{ "-O ErrorMode=print", "m e=p" },
	{ "-v", "mv" },
	{ "-ov", "mv" },
	{ "-ovf", "m" },
	{ "-O IgnoreDots=true", "mi" },
	{ "-O IgnoreDots", "mi" },
	{ "-OIgnoreDots=false", "m" },
	/* accepted, and without effect */
	{ "-om -oo -om a@x", "m : a@x" },
	{ "-oQ/tmp/q -oA/etc/aliases -oT3d a@x", "m : a@x" },
	{ "-o7 -o8", "m" },
	{ "-O QueueDirectory=/tmp a@x", "m : a@x" },
	{ "-O Timeout.queuereturn=5d", "m" },
	{ "-ODontBlameSendmail", "m" },
	{ "-n -m -s -T -c -x -U -G -E -J", "m" },
	{ "-GUncx a@x", "m : a@x" },
	{ "-Ac -Am a@x", "m : a@x" },
	{ "-A c a@x", "m : a@x" },
	{ "-A x", "64 c or m" },
	{ "-L tag a@x", "m : a@x" },
	{ "-Ltag a@x", "m : a@x" },
	{ "-p UUCP:far a@x", "m : a@x" },
	{ "-pSMTP a@x", "m : a@x" },
	{ "-h 3 a@x", "m : a@x" },
	{ "-h3", "m" },
	{ "-h", "64 argument" },
	{ "-help", "64 number" },
	{ "-h x", "64 number" },
	{ "-d a@x", "m : a@x" },
	{ "-d0-99.1 a@x", "m : a@x" },
	{ "-D /tmp/log a@x", "m : a@x" },
	{ "-DMACRO=x a@x", "m : a@x" },
	{ "-Mxvalue a@x", "m : a@x" },
	{ "-Qreason a@x", "m : a@x" },
	{ "-Q a@x", "m : a@x" },
	/* files of the caller's own */
	{ "-X /tmp/x a@x", "m X=/tmp/x : a@x" },
	{ "-X/tmp/x", "m X=/tmp/x" },
	{ "-X ''", "64 file" },
	{ "-X", "64 argument" },
	{ "-C f.conf -t", "mt C=f.conf" },
	{ "-Cf.conf", "m C=f.conf" },
	{ "-C", "64 argument" },
	{ "--config f.conf", "m C=f.conf" },
	{ "--config=f.conf", "m C=f.conf" },
	{ "--config=", "64 file" },
	{ "--account work a@x", "m A=work : a@x" },
	{ "--account=work", "m A=work" },
	{ "-a work -t", "mt A=work" },
	{ "-tawork a@x", "mt A=work : a@x" },
	/* modes */
	{ "-bm a@x", "m : a@x" },
	{ "-b m a@x", "m : a@x" },
	{ "-bs", "s" },
	{ "-bs -i", "si" },
	{ "-bs -odb -oem -om", "s d=b e=m" },
	{ "-b s", "s" },
	{ "-bp", "p" },
	{ "-bP", "#" },
	{ "-bi", "a" },
	{ "-I", "a" },
	{ "-bv a@x root", "v : a@x root" },
	{ "-bv", "64 -bv" },
	{ "-bC", "C" },
	{ "-bt", "t" },
	{ "-bh", "n" },
	{ "-bH", "n" },
	{ "-bd", "d" },
	{ "-bd -q15m", "d" },
	{ "-q15m -bd", "d" },
	{ "-bD", "D" },
	{ "-bD -q1h30m", "D" },
	{ "-bz", "64 no mode" },
	{ "-bmx", "64 no mode" },
	{ "-b", "64 argument" },
	{ "-bs -bm", "m" },
	{ "-bp -v", "pv" },
	{ "-Ac -bp", "p" },
	{ "-bp -q", "p" },
	/* the queue */
	{ "-q", "q" },
	{ "-qf", "q" },
	{ "-q -v", "qv" },
	{ "-q15m", "d" },
	{ "-qp30s", "d" },
	{ "-qp", "d" },
	{ "-q1x", "64 time" },
	{ "-qIabc", "q q=I=abc" },
	{ "-q!Rexample.org", "q q=!R=example.org" },
	{ "-qSroot -qRx", "q q=S=root q=R=x" },
	{ "-qI", "64 selection" },
	{ "-q!", "64 selection" },
	{ "-q!x", "64 selection" },
	{ "-qGmain", "q" },
	{ "-qQ", "n" },
	{ "-qQspam", "n" },
	{ "-q!Qspam", "n" },
	{ "-qL", "n" },
	{ "-qz", "64 -q" },
	/* a run of the queue must not swallow a message */
	{ "-q a@x", "64 recipients" },
	{ "-q -t", "64 recipients" },
	{ "-bd a@x", "64 recipients" },
	{ "-bD -t", "64 recipients" },
	{ "-q15m -t", "64 recipients" },
	/* the human side */
	{ "--help", "?" },
	{ "--version", "!" },
	{ "--help=x", "64 no argument" },
	{ "--versoin", "64 --version?" },
	{ "--account", "64 argument" },
	/* unknown */
	{ "-Z", "64 -Z: unknown" },
	{ "-tZ", "64 -tZ: unknown" },
	{ "-be", "64 no mode" },
	{ "-z a@x", "64 unknown" },
	{ "-1", "64 unknown" },
	{ "--frobnicate", "64 --frobnicate: unknown" },
	{ "-\x1b[2J", "64 -\\e[2J: unknown" },
	{ "-o", "64 argument" },
	{ "-o ''", "64 setting" },
	{ "-o-t", "64 setting" },
	{ "-O", "64 argument" },
	{ "-O =x", "64 setting" },
	{ "-O -t", "64 setting" },
	{ "-f", "64 argument" },
	{ "-t -i -f", "64 argument" },
	{ "-f -t a@x", "64 looks like an option" },
	{ "-r -oi", "64 looks like an option" },
};

START_TEST(command_lines)
{
	struct buf got = { 0 };
	const char *expect = good[_i].expect;
	int rc = parse("sendmail", good[_i].line, &got);

	if (strncmp(expect, "64 ", 3) == 0)
		ck_assert_msg(rc == EX_USAGE &&
		    strstr(buf_cstr(&got), expect + 3) != NULL,
		    "%s: %d %s", good[_i].line, rc, buf_cstr(&got));
	else
		ck_assert_msg(rc == 0 && strcmp(buf_cstr(&got), expect) == 0,
		    "%s: %d %s", good[_i].line, rc, buf_cstr(&got));
	buf_free(&got);
}
END_TEST

static const struct {
	const char *argv0, *expect;
} names[] = {
	{ "sendmail", "m" },
	{ "/usr/lib/sendmail", "m" },
	{ "send-mail", "m" },
	{ "minismtp", "m" },
	{ "anything", "m" },
	{ "", "m" },
	{ "mailq", "p" },
	{ "/usr/bin/mailq", "p" },
	{ "newaliases", "a" },
	{ "smtpd", "s" },
	{ "hoststat", "n" },
	{ "purgestat", "n" },
};

START_TEST(a_name_is_a_mode)
{
	struct buf got = { 0 };

	ck_assert_int_eq(parse(names[_i].argv0, "", &got), 0);
	ck_assert_str_eq(buf_cstr(&got), names[_i].expect);
	buf_free(&got);
}
END_TEST

START_TEST(no_argv_at_all_is_no_crash)
{
	struct options o = { 0 };
	struct err e = { 0 };
	char *argv[] = { NULL };

	options_name(&o, NULL);
	ck_assert_int_eq(options_parse(&o, 0, argv, &e), 0);
	ck_assert_int_eq(o.mode, MODE_SUBMIT);
	options_free(&o);
}
END_TEST

START_TEST(the_help_has_every_row)
{
	struct buf help = { 0 }, spelling = { 0 };
	struct str words;
	size_t i = 0;

	help_all(&help);
	for (; options_row(i, &spelling, &words); i++) {
		ck_assert_msg(strstr(buf_cstr(&help), buf_cstr(&spelling)) !=
		    NULL, "%s", buf_cstr(&spelling));
		ck_assert_uint_gt(words.len, 0);
	}
	ck_assert_uint_gt(i, 50);
	buf_free(&help);
	buf_free(&spelling);
}
END_TEST

START_TEST(an_envelope_id_has_an_end)
{
	struct buf line = { 0 }, got = { 0 };

	buf_puts(&line, "-V ");
	for (int i = 0; i < 100; i++)
		buf_putc(&line, 'x');
	ck_assert_int_eq(parse("sendmail", buf_cstr(&line), &got), 0);
	buf_putc(&line, 'x');
	ck_assert_int_eq(parse("sendmail", buf_cstr(&line), &got), EX_USAGE);
	buf_free(&line);
	buf_free(&got);
}
END_TEST

int
main(void)
{
	const struct test_row tests[] = {
		{ real_callers_are_understood, TABLE_COUNT(clients) },
		{ command_lines, TABLE_COUNT(good) },
		{ a_name_is_a_mode, TABLE_COUNT(names) },
		{ no_argv_at_all_is_no_crash, 0 },
		{ the_help_has_every_row, 0 },
		{ an_envelope_id_has_an_end, 0 },
	};

	return RUN("front", tests);
}
