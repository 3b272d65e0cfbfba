// SPDX-License-Identifier: ISC
/*
 * check_smtp.c - replies, extensions, greetings and transactions
 */
#include <check.h>
#include <stdio.h>
#include <string.h>
#include <sysexits.h>

#include "base/clock.h"
#include "base/table.h"
#include "play.h"
#include "post.h"
#include "run.h"
#include "smtp/command.h"
#include "smtp/etrn.h"
#include "smtp/greet.h"
#include "smtp/probe.h"
#include "smtp/session.h"

/* -- replies, line by line */

static const struct {
	const char *name, *lines;
	int result, code;
	const char *text;
} replies[] = {
	{ "one line", "220 mx ready\n", 0, 220, "mx ready" },
	{ "a bare code", "250\n", 0, 250, "" },
	{ "many lines", "250-mx\n250-SIZE 9\n250 DSN\n", 0, 250,
	  "mx\nSIZE 9\nDSN" },
	{ "an empty last line", "250-mx\n250 \n", 0, 250, "mx\n" },
	{ "a bare last line", "250-mx\n250\n", 0, 250, "mx\n" },
	{ "an empty first line", "250-\n250 DSN\n", 0, 250, "\nDSN" },
	{ "unfinished", "250-mx\n", 1, 250, "mx" },
	{ "HTTP", "HTTP/1.1 400\n", -1, 0, "" },
	{ "two digits", "25 ok\n", -1, 0, "" },
	{ "four digits", "2500 ok\n", -1, 0, "" },
	{ "no separator", "250ok\n", -1, 0, "" },
	{ "a tab", "250\tok\n", -1, 0, "" },
	{ "199", "199 ok\n", -1, 0, "" },
	{ "560", "560 no\n", -1, 0, "" },
	{ "559", "559 no\n", 0, 559, "no" },
	{ "260", "260 ok\n", -1, 0, "" },
	{ "600", "600 no\n", -1, 0, "" },
	{ "a blank in front", " 250 ok\n", -1, 0, "" },
	{ "an empty line", "\n", -1, 0, "" },
	{ "the code changes", "250-a\n251 b\n", -1, 250, "a" },
	{ "the class changes", "250-a\n550 b\n", -1, 250, "a" },
};

static int
feed(struct reply *r, const char *lines, struct err *e)
{
	struct str rest = str_of(lines), line;
	int more = 1;

	while (more == 1 && str_eat_until(&rest, '\n', &line))
		more = reply_feed(r, line, e);
	return more;
}

START_TEST(replies_are_parsed)
{
	struct reply r = { 0 };
	struct err e = { 0 };

	ck_assert_msg(feed(&r, replies[_i].lines, &e) == replies[_i].result,
	    "%s: %s", replies[_i].name, buf_cstr(&e.text));
	ck_assert_int_eq(r.code, replies[_i].code);
	ck_assert_str_eq(buf_cstr(&r.text), replies[_i].text);
	ck_assert_int_eq(e.code, replies[_i].result < 0 ? EX_PROTOCOL : 0);
	reply_free(&r);
	err_clear(&e);
}
END_TEST

START_TEST(a_flood_of_lines_ends)
{
	struct reply r = { 0 };
	struct err e = { 0 };
	int more = 1, n = 0;

	while (more == 1 && n++ < 10000)
		more = reply_feed(&r, STR("250-x"), &e);
	ck_assert_int_eq(more, -1);
	ck_assert_int_eq(n, REPLY_LINES_MAX + 1);
	reply_free(&r);
	err_clear(&e);
}
END_TEST

START_TEST(a_flood_of_bytes_ends)
{
	static char line[4096] = "250-";
	struct reply r = { 0 };
	struct err e = { 0 };
	int more = 1, n = 0;

	memset(line + 4, 'x', sizeof(line) - 4);
	while (more == 1 && n++ < 10000)
		more = reply_feed(&r, (struct str){ line, sizeof(line) }, &e);
	ck_assert_int_eq(more, -1);
	ck_assert_uint_le(r.text.len, REPLY_BYTES_MAX);
	ck_assert_int_gt(n, 14);
	reply_free(&r);
	err_clear(&e);
}
END_TEST

static const struct {
	int code;
	const char *text, *status;	/* NULL: none */
} statuses[] = {
	{ 250, "2.0.0 ok", "2.0.0" },
	{ 452, "4.5.3 too many", "4.5.3" },
	{ 550, "5.7.606 blocked", "5.7.606" },
	{ 550, "5.1.1", "5.1.1" },
	{ 550, "5.1.1\n5.1.1 more", "5.1.1" },
	{ 550, "4.1.1 another class", NULL },
	{ 550, "5.1.1user", NULL },
	{ 550, "5.1", NULL },
	{ 550, "05.1.1 x", NULL },
	{ 550, "5.1.1000 x", NULL },
	{ 550, "", NULL },
};

START_TEST(status_codes_are_found)
{
	struct str status = STR("");
	bool found = reply_status(statuses[_i].code,
	    str_of(statuses[_i].text), &status);

	ck_assert_msg(found == (statuses[_i].status != NULL), "%s",
	    statuses[_i].text);
	ck_assert(!found || str_eq(status, str_of(statuses[_i].status)));
}
END_TEST

START_TEST(words_of_a_relay_are_one_harmless_line)
{
	struct buf out = { 0 };

	reply_words(550, STR("5.1.1 no\r\n\n5.1.1 \033[2Jsuch\0 user"), &out);
	ck_assert_str_eq(buf_cstr(&out),
	    "550 5.1.1 no 5.1.1 \\e[2Jsuch\\x00 user");
	buf_free(&out);
}
END_TEST

/* -- EHLO */

static const struct {
	const char *name, *line;
	unsigned has;
	uint64_t size, mails, rcpts, domains;
	const char *auth;
} offers[] = {
	{ "nothing", "", 0, 0, 0, 0, 0, "" },
	{ "PIPELINING", "PIPELINING", EHLO_PIPELINING, 0, 0, 0, 0, "" },
	{ "small letters", "pipelining", EHLO_PIPELINING, 0, 0, 0, 0, "" },
	{ "STARTTLS", "STARTTLS", EHLO_STARTTLS, 0, 0, 0, 0, "" },
	{ "STARTTLSX is nothing", "STARTTLSX", 0, 0, 0, 0, 0, "" },
	{ "XSTARTTLS is nothing", "XSTARTTLS", 0, 0, 0, 0, 0, "" },
	{ "STARTTLS=1 is nothing", "STARTTLS=1", 0, 0, 0, 0, 0, "" },
	{ "blotted out", "XXXXXXXA", 0, 0, 0, 0, 0, "" },
	{ "a blank in front", " STARTTLS", 0, 0, 0, 0, 0, "" },
	{ "SIZE", "SIZE", EHLO_SIZE, 0, 0, 0, 0, "" },
	{ "SIZE 0", "SIZE 0", EHLO_SIZE, 0, 0, 0, 0, "" },
	{ "SIZE 99", "SIZE 99", EHLO_SIZE, 99, 0, 0, 0, "" },
	{ "the largest SIZE", "SIZE 18446744073709551615", EHLO_SIZE,
	  UINT64_MAX, 0, 0, 0, "" },
	{ "larger", "SIZE 99999999999999999999", 0, 0, 0, 0, 0, "" },
	{ "a SIZE that is none", "SIZE 9k", 0, 0, 0, 0, 0, "" },
	{ "below 0", "SIZE -1", 0, 0, 0, 0, 0, "" },
	{ "AUTH", "AUTH PLAIN  LOGIN", EHLO_AUTH, 0, 0, 0, 0, "PLAIN LOGIN" },
	{ "AUTH without mechanisms", "AUTH", 0, 0, 0, 0, 0, "" },
	{ "AUTH= is nothing", "AUTH=PLAIN", 0, 0, 0, 0, 0, "" },
	{ "LIMITS", "LIMITS MAILMAX=5 RCPTMAX=20 RCPTDOMAINMAX=1 X=3",
	  EHLO_LIMITS, 0, 5, 20, 1, "" },
	{ "LIMITS that are none", "LIMITS MAILMAX=0 RCPTMAX=1234567 RCPTMAX=",
	  EHLO_LIMITS, 0, 0, 0, 0, "" },
	{ "8BITMIME", "8BITMIME", EHLO_8BITMIME, 0, 0, 0, 0, "" },
	{ "SMTPUTF8", "SMTPUTF8", EHLO_SMTPUTF8, 0, 0, 0, 0, "" },
	{ "DSN", "DSN", EHLO_DSN, 0, 0, 0, 0, "" },
	{ "status codes", "ENHANCEDSTATUSCODES", EHLO_STATUS, 0, 0, 0, 0,
	  "" },
	{ "CHUNKING", "CHUNKING", EHLO_CHUNKING, 0, 0, 0, 0, "" },
	{ "BINARYMIME", "BINARYMIME", EHLO_BINARYMIME, 0, 0, 0, 0, "" },
	{ "REQUIRETLS", "REQUIRETLS", EHLO_REQUIRETLS, 0, 0, 0, 0, "" },
	{ "ETRN", "ETRN", EHLO_ETRN, 0, 0, 0, 0, "" },
	{ "DELIVERBY", "DELIVERBY 240", EHLO_DELIVERBY, 0, 0, 0, 0, "" },
};

START_TEST(extensions_are_exactly_these_words)
{
	struct reply r = { .code = 250 };
	struct ehlo caps = { 0 };

	buf_printf(&r.text, "mx.test hello\n%s\nHELP", offers[_i].line);
	ehlo_parse(&caps, &r);
	ck_assert_msg(caps.has == offers[_i].has, "%s", offers[_i].name);
	ck_assert(caps.size == offers[_i].size);
	ck_assert(caps.mail_max == offers[_i].mails);
	ck_assert(caps.rcpt_max == offers[_i].rcpts);
	ck_assert(caps.rcpt_domain_max == offers[_i].domains);
	ck_assert_str_eq(buf_cstr(&caps.auth), offers[_i].auth);
	ck_assert_str_eq(buf_cstr(&caps.name), "mx.test");
	ehlo_free(&caps);
	reply_free(&r);
}
END_TEST

START_TEST(the_relays_own_name_is_no_extension)
{
	struct reply r = { .code = 250 };
	struct ehlo caps = { 0 };

	buf_puts(&r.text, "STARTTLS");
	ehlo_parse(&caps, &r);
	ck_assert_uint_eq(caps.has, 0);
	ehlo_free(&caps);
	reply_free(&r);
}
END_TEST

/* -- a relay with a script: replies by '\n', their lines by '|', '!' closes */

struct script {
	const char *rest;
};

static void
recite(struct play *p, struct str command, struct buf *out)
{
	struct script *s = p->who;
	struct str rest = str_of(s->rest), one, line;

	(void)command;
	if (!str_eat_until(&rest, '\n', &one)) {
		one = rest;
		rest = STR("");
	}
	s->rest = rest.len > 0 ? rest.ptr : "";
	if (one.len == 0)
		return;
	while (one.len > 0 && one.ptr[0] != '!') {
		if (!str_eat_until(&one, '|', &line)) {
			line = one;
			one = STR("");
		}
		buf_add(out, line);
		buf_puts(out, "\r\n");
	}
	p->hangs_up = one.len > 0;
}

/* -- greetings */

static int tls_result;
static struct play *tls_play;

/* In place of GnuTLS. */
int
tls_start(struct conn *c, const struct tls_policy *p, struct tls_trust *trust,
    int64_t deadline, struct err *e)
{
	(void)p;
	(void)trust;
	(void)deadline;
	buf_puts(&tls_play->dialogue, "(TLS)\n");
	if (tls_result < 0)
		return err_set(e, EX_PROTOCOL, "the certificate is not his");
	c->secure = true;
	return 0;
}

/* In place of SASL. */
int
auth_login(struct wire *w, struct str offered, const struct login *login,
    struct err *e)
{
	struct secret line = { 0 };
	struct reply r = { 0 };
	int rc;

	(void)offered;
	secret_set(&line, STR("AUTH PLAIN "));
	secret_add(&line, secret_reveal(&login->password));
	wire_say_secret(w, &line);
	rc = wire_hear(w, &r, e);
	if (rc == 0 && reply_class(&r) != 2)
		rc = reply_refusal(&r, e, "login refused");
	secret_free(&line);
	reply_free(&r);
	return rc;
}

#define OFFER "250-mx|250-STARTTLS|250 AUTH PLAIN"

enum {
	LOGIN = 1, LOCAL = 2, WITHOUT_TLS = 4, LMTP = 8, BAD_TLS = 16,
	NO_NAME = 32, BAD_NAME = 64
};

static const struct {
	const char *name;
	enum greet_tls tls;
	unsigned flags;
	const char *script, *dialogue;
	enum greet_step step;		/* READY: it worked */
	int code;
} greetings[] = {
	{ "plain", GREET_PLAIN, 0, "220 hi\n250 mx", "EHLO me.test\n",
	  GREET_READY, 0 },
	{ "no name", GREET_PLAIN, NO_NAME, "220 hi\n250 mx",
	  "EHLO [127.0.0.1]\n", GREET_READY, 0 },
	{ "a name with a second line", GREET_PLAIN, BAD_NAME, "220 hi", "",
	  GREET_EHLO, EX_CONFIG },
	{ "LMTP", GREET_PLAIN, LMTP, "220 hi\n250 mx", "LHLO me.test\n",
	  GREET_READY, 0 },
	{ "LMTP has no HELO", GREET_PLAIN, LMTP, "220 hi\n500 what",
	  "LHLO me.test\n", GREET_EHLO, EX_TEMPFAIL },
	{ "busy", GREET_PLAIN, 0, "421 busy", "", GREET_BANNER,
	  EX_TEMPFAIL },
	{ "never", GREET_PLAIN, 0, "554 go away", "", GREET_BANNER,
	  EX_TEMPFAIL },
	{ "gone", GREET_PLAIN, 0, "!", "", GREET_BANNER, EX_TEMPFAIL },
	{ "garbage", GREET_PLAIN, 0, "HTTP/1.1 400 bad", "", GREET_BANNER,
	  EX_PROTOCOL },
	{ "354", GREET_PLAIN, 0, "354 go", "", GREET_BANNER, EX_TEMPFAIL },
	{ "HELO", GREET_PLAIN, 0, "220 hi\n500 what\n250 mx",
	  "EHLO me.test\nHELO me.test\n", GREET_READY, 0 },
	{ "HELO for 501", GREET_PLAIN, 0, "220 hi\n501 what\n250 mx",
	  "EHLO me.test\nHELO me.test\n", GREET_READY, 0 },
	{ "HELO for 504", GREET_PLAIN, 0, "220 hi\n504 what\n250 mx",
	  "EHLO me.test\nHELO me.test\n", GREET_READY, 0 },
	{ "HELO for 550", GREET_PLAIN, 0, "220 hi\n550 what\n250 mx",
	  "EHLO me.test\nHELO me.test\n", GREET_READY, 0 },
	{ "no HELO for 554", GREET_PLAIN, 0, "220 hi\n554 no\n250 mx",
	  "EHLO me.test\n", GREET_EHLO, EX_TEMPFAIL },
	{ "no HELO for 421", GREET_PLAIN, 0, "220 hi\n421 no\n250 mx",
	  "EHLO me.test\n", GREET_EHLO, EX_TEMPFAIL },
	{ "HELO is refused too", GREET_PLAIN, 0,
	  "220 hi\n502 no\n502 no", "EHLO me.test\nHELO me.test\n",
	  GREET_EHLO, EX_TEMPFAIL },
	{ "not said, near by", GREET_LOCAL_PLAIN, LOCAL | LOGIN,
	  "220 hi\n250-mx|250 AUTH PLAIN\n235 welcome",
	  "EHLO me.test\nAUTH PLAIN pw\n", GREET_READY, 0 },
	{ "not said, far away", GREET_LOCAL_PLAIN, LOGIN,
	  "220 hi\n" OFFER "\n220 go\n" OFFER "\n235 welcome",
	  "EHLO me.test\nSTARTTLS\n(TLS)\nEHLO me.test\nAUTH PLAIN pw\n",
	  GREET_READY, 0 },
	{ "not said, far away, not offered", GREET_LOCAL_PLAIN, LOGIN,
	  "220 hi\n250-mx|250 AUTH PLAIN", "EHLO me.test\n", GREET_TLS,
	  EX_TEMPFAIL },
	{ "not said, far away, no login", GREET_LOCAL_PLAIN, 0,
	  "220 hi\n250 mx", "EHLO me.test\n", GREET_TLS, EX_TEMPFAIL },
	{ "STARTTLS and login", GREET_STARTTLS, LOGIN,
	  "220 hi\n" OFFER "\n220 go\n" OFFER "\n235 welcome",
	  "EHLO me.test\nSTARTTLS\n(TLS)\nEHLO me.test\nAUTH PLAIN pw\n",
	  GREET_READY, 0 },
	{ "implicit TLS", GREET_IMPLICIT, LOGIN,
	  "220 hi\n" OFFER "\n235 welcome",
	  "(TLS)\nEHLO me.test\nAUTH PLAIN pw\n", GREET_READY, 0 },
	{ "the wrong certificate", GREET_STARTTLS, LOGIN | BAD_TLS,
	  "220 hi\n" OFFER "\n220 go", "EHLO me.test\nSTARTTLS\n(TLS)\n",
	  GREET_TLS, EX_PROTOCOL },
	{ "the wrong certificate at once", GREET_IMPLICIT, LOGIN | BAD_TLS,
	  "220 hi", "(TLS)\n", GREET_TLS, EX_PROTOCOL },
	{ "STARTTLS stripped", GREET_STARTTLS, LOGIN,
	  "220 hi\n250-mx|250 AUTH PLAIN", "EHLO me.test\n", GREET_TLS,
	  EX_TEMPFAIL },
	{ "STARTTLS spoilt", GREET_STARTTLS, LOGIN,
	  "220 hi\n250-mx|250-STARTTLSX|250 AUTH PLAIN", "EHLO me.test\n",
	  GREET_TLS, EX_TEMPFAIL },
	{ "STARTTLS refused for good", GREET_STARTTLS, LOGIN,
	  "220 hi\n" OFFER "\n554 no", "EHLO me.test\nSTARTTLS\n", GREET_TLS,
	  EX_TEMPFAIL },
	{ "text behind STARTTLS", GREET_STARTTLS, LOGIN,
	  "220 hi\n" OFFER "\n220 go|250 mx", "EHLO me.test\nSTARTTLS\n",
	  GREET_TLS, EX_PROTOCOL },
	{ "one byte behind STARTTLS", GREET_STARTTLS, LOGIN,
	  "220 hi\n" OFFER "\n220 go|", "EHLO me.test\nSTARTTLS\n(TLS)\n"
	  "EHLO me.test\n", GREET_EHLO, EX_TEMPFAIL },
	{ "AUTH forgotten after TLS", GREET_STARTTLS, LOGIN,
	  "220 hi\n" OFFER "\n220 go\n250 mx",
	  "EHLO me.test\nSTARTTLS\n(TLS)\nEHLO me.test\n", GREET_AUTH,
	  EX_TEMPFAIL },
	{ "no password in clear", GREET_PLAIN, LOGIN, "220 hi\n" OFFER,
	  "EHLO me.test\n", GREET_AUTH, EX_CONFIG },
	{ "a password in clear where it is said", GREET_PLAIN,
	  LOGIN | WITHOUT_TLS, "220 hi\n" OFFER "\n235 welcome",
	  "EHLO me.test\nAUTH PLAIN pw\n", GREET_READY, 0 },
	{ "a password to this machine", GREET_LOCAL_PLAIN, LOGIN | LOCAL,
	  "220 hi\n" OFFER "\n235 welcome", "EHLO me.test\nAUTH PLAIN pw\n",
	  GREET_READY, 0 },
	{ "another machine needs TLS", GREET_LOCAL_PLAIN, LOGIN,
	  "220 hi\n250-mx|250 AUTH PLAIN", "EHLO me.test\n", GREET_TLS,
	  EX_TEMPFAIL },
	{ "this machine with TLS", GREET_STARTTLS, LOCAL,
	  "220 hi\n" OFFER "\n220 go\n250 mx",
	  "EHLO me.test\nSTARTTLS\n(TLS)\nEHLO me.test\n", GREET_READY, 0 },
	{ "the wrong password", GREET_IMPLICIT, LOGIN,
	  "220 hi\n" OFFER "\n535 wrong",
	  "(TLS)\nEHLO me.test\nAUTH PLAIN pw\n", GREET_AUTH, EX_NOPERM },
	{ "no login now", GREET_IMPLICIT, LOGIN,
	  "220 hi\n" OFFER "\n454 later",
	  "(TLS)\nEHLO me.test\nAUTH PLAIN pw\n", GREET_AUTH, EX_TEMPFAIL },
};

START_TEST(relays_are_greeted)
{
	unsigned flags = greetings[_i].flags;
	struct script script = { greetings[_i].script };
	struct login login = { 0 };
	struct greet_policy policy = { .tls = greetings[_i].tls,
	    .login = flags & LOGIN ? &login : NULL, .lmtp = flags & LMTP,
	    .auth_without_tls = flags & WITHOUT_TLS };
	enum greet_step step = GREET_BANNER;
	struct play p = { 0 };
	struct wire w = { 0 };
	struct ehlo caps = { 0 };
	struct err e = { 0 };
	int rc;

	buf_puts(&policy.helo, flags & NO_NAME ? "" :
	    flags & BAD_NAME ? "me.test\r\nRSET" : "me.test");
	buf_puts(&login.user, "me");
	secret_set(&login.password, STR("pw"));
	play_start(&p, recite, &script);
	p.conn.local = flags & LOCAL;
	tls_play = &p;
	tls_result = flags & BAD_TLS ? -1 : 0;
	w.conn = &p.conn;
	rc = greet(&w, &policy, &caps, &step, &e);
	ck_assert_msg((rc == 0) == (greetings[_i].step == GREET_READY),
	    "%s: %s", greetings[_i].name, buf_cstr(&e.text));
	ck_assert_msg(step == greetings[_i].step, "%s", greetings[_i].name);
	ck_assert_msg(e.code == greetings[_i].code, "%s: %d",
	    greetings[_i].name, e.code);
	ck_assert(rc == 0 || err_is_temporary(&e));
	ck_assert_str_eq(buf_cstr(&p.dialogue), greetings[_i].dialogue);
	ck_assert(!p.talked_on);
	wire_free(&w);
	play_free(&p);
	ehlo_free(&caps);
	buf_free(&policy.helo);
	buf_free(&login.user);
	secret_free(&login.password);
	err_clear(&e);
}
END_TEST

/* -- the trace: what is secret never gets there */

static void
note_line(void *who, struct str line)
{
	buf_add(who, line);
	buf_putc(who, '\n');
}

START_TEST(the_trace_shows_no_secret)
{
	struct script script = { "220 hi\n" OFFER "\n235 welcome" };
	struct login login = { 0 };
	struct greet_policy policy = { .tls = GREET_IMPLICIT,
	    .login = &login };
	enum greet_step step;
	struct play p = { 0 };
	struct buf seen = { 0 };
	struct wire w = { .trace = { .line = note_line, .who = &seen } };
	struct ehlo caps = { 0 };
	struct err e = { 0 };

	buf_puts(&policy.helo, "me.test");
	buf_puts(&login.user, "me");
	secret_set(&login.password, STR("pw"));
	play_start(&p, recite, &script);
	tls_play = &p;
	tls_result = 0;
	w.conn = &p.conn;
	ck_assert_int_eq(greet(&w, &policy, &caps, &step, &e), 0);
	trace_said(&w.trace, STR("BDAT 1002113"));
	trace_body(&w.trace, 1002113);
	trace_said(&w.trace, STR("QUIT"));
	trace_listen(&w.trace);
	trace_heard(&w.trace, STR("250 a\033b"));
	trace_end(&w.trace);
	ck_assert_str_eq(buf_cstr(&seen),
	    "< 220 hi\n> EHLO me.test\n< 250-mx\n< 250-STARTTLS\n"
	    "< 250 AUTH PLAIN\n> ...\n< 235 welcome\n"
	    "> BDAT 1002113\n> ... (1,002,113 bytes)\n< 250 a\\eb\n"
	    "> QUIT\n");
	ck_assert_uint_eq(w.waits, 2);
	wire_free(&w);
	play_free(&p);
	ehlo_free(&caps);
	buf_free(&policy.helo);
	buf_free(&login.user);
	secret_free(&login.password);
	buf_free(&seen);
}
END_TEST

/* -- what was heard on the way, for whoever explains it */

static void
note_step(void *who, enum greet_step step, const struct reply *r)
{
	static const char *const steps[] = {
		[GREET_BANNER] = "banner", [GREET_EHLO] = "ehlo",
		[GREET_TLS] = "tls", [GREET_AUTH] = "auth",
		[GREET_READY] = "ready"
	};

	buf_printf(who, "%s %d;", steps[step], r != NULL ? r->code : 0);
}

START_TEST(each_step_of_a_greeting_is_heard)
{
	static const char *const scripts[] = {
		"220 hi\n" OFFER "\n220 go\n" OFFER "\n535 wrong",
		"220 hi\n500 what\n250 mx", "554 no"
	}, *const steps[] = {
		"banner 220;ehlo 250;tls 0;ehlo 250;auth 0;",
		"banner 220;ehlo 250;", "banner 554;"
	};
	struct script script = { scripts[_i] };
	struct login login = { 0 };
	struct buf seen = { 0 };
	struct greet_policy policy = { .tls = _i == 0 ? GREET_STARTTLS :
	    GREET_PLAIN, .login = _i == 0 ? &login : NULL,
	    .heard = note_step, .who = &seen };
	enum greet_step step;
	struct play p = { 0 };
	struct wire w = { 0 };
	struct ehlo caps = { 0 };
	struct err e = { 0 };

	buf_puts(&policy.helo, "me.test");
	buf_puts(&login.user, "me");
	secret_set(&login.password, STR("pw"));
	play_start(&p, recite, &script);
	tls_play = &p;
	tls_result = 0;
	w.conn = &p.conn;
	(void)greet(&w, &policy, &caps, &step, &e);
	ck_assert_str_eq(buf_cstr(&seen), steps[_i]);
	wire_free(&w);
	play_free(&p);
	ehlo_free(&caps);
	buf_free(&policy.helo);
	buf_free(&login.user);
	secret_free(&login.password);
	buf_free(&seen);
	err_clear(&e);
}
END_TEST

START_TEST(keywords_are_explained_in_any_case)
{
	ck_assert_ptr_nonnull(ehlo_explain(STR("pipelining")));
	ck_assert_ptr_nonnull(ehlo_explain(STR("AUTH")));
	ck_assert_ptr_null(ehlo_explain(STR("AUTH=LOGIN")));
	ck_assert_ptr_null(ehlo_explain(STR("")));
}
END_TEST

/* -- would it take a message? */

static const struct {
	const char *script, *dialogue, *words;
	enum probe_step step;
} probes[] = {
	{ "250 ok\n250 for him\n250 reset",
	  "MAIL FROM:<me@a.test>\nRCPT TO:<you@b.test>\nRSET\n",
	  "250 for him", PROBE_DONE },
	{ "553 5.7.1 not you\n250 reset",
	  "MAIL FROM:<me@a.test>\nRSET\n", "553 5.7.1 not you",
	  PROBE_MAIL },
	{ "250 ok\n450 later\n250 reset",
	  "MAIL FROM:<me@a.test>\nRCPT TO:<you@b.test>\nRSET\n",
	  "450 later", PROBE_RCPT },
	{ "250 ok\n250 ok\n502 what",
	  "MAIL FROM:<me@a.test>\nRCPT TO:<you@b.test>\nRSET\n", "250 ok",
	  PROBE_RSET },
	{ "421 bye", "MAIL FROM:<me@a.test>\n", "421 bye", PROBE_MAIL },
	{ "250 ok\n!", "MAIL FROM:<me@a.test>\nRCPT TO:<you@b.test>\n", "",
	  PROBE_RCPT },
};

START_TEST(a_message_is_asked_for_and_not_sent)
{
	struct buf text = { 0 }, words = { 0 };
	enum probe_step step;
	struct script script;
	struct play p = { 0 };
	struct wire w = { 0 };
	struct ehlo caps = { 0 };
	struct err e = { 0 };
	int rc;

	buf_printf(&text, "\n%s", probes[_i].script);
	script.rest = buf_cstr(&text);
	play_start(&p, recite, &script);
	w.conn = &p.conn;
	rc = probe(&w, &caps, STR("me@a.test"), STR("you@b.test"), &words,
	    &step, &e);
	ck_assert_int_eq(step, probes[_i].step);
	ck_assert_int_eq(rc, step == PROBE_DONE ? 0 : -1);
	ck_assert_str_eq(buf_cstr(&words), probes[_i].words);
	ck_assert_str_eq(buf_cstr(&p.dialogue), probes[_i].dialogue);
	ck_assert(!p.talked_on);
	wire_free(&w);
	play_free(&p);
	buf_free(&words);
	buf_free(&text);
	err_clear(&e);
}
END_TEST

/* -- ETRN */

static const struct {
	const char *reply, *words;	/* NULL: an error */
	int code;
} queues[] = {
	{ "250 ok", "the relay has begun to send: 250 ok", 0 },
	{ "251 none", "the relay holds no mail for this name: 251 none", 0 },
	{ "253 3 pending", "the relay has begun to send so many messages: "
	  "253 3 pending", 0 },
	{ "458 later", NULL, EX_TEMPFAIL },
	{ "459 not you", NULL, EX_TEMPFAIL },
	{ "501 what", NULL, EX_UNAVAILABLE },
	{ "!", NULL, EX_TEMPFAIL },
};

START_TEST(queues_are_asked_for)
{
	struct buf text = { 0 }, words = { 0 };
	struct script script;
	struct play p = { 0 };
	struct wire w = { 0 };
	struct ehlo caps = { .has = EHLO_ETRN };
	struct err e = { 0 };
	int rc;

	buf_printf(&text, "\n%s", queues[_i].reply);
	script.rest = buf_cstr(&text);
	play_start(&p, recite, &script);
	w.conn = &p.conn;
	ck_assert_int_eq(etrn(&w, &caps, STR("a b"), &words, &e), -1);
	ck_assert_int_eq(e.code, EX_USAGE);
	err_clear(&e);
	rc = etrn(&w, &caps, STR("me.test"), &words, &e);
	ck_assert_int_eq(rc, queues[_i].words != NULL ? 0 : -1);
	ck_assert_str_eq(buf_cstr(&words), queues[_i].words != NULL ?
	    queues[_i].words : "");
	ck_assert_int_eq(e.code, queues[_i].code);
	ck_assert_str_eq(buf_cstr(&p.dialogue), "ETRN me.test\n");
	wire_free(&w);
	play_free(&p);
	buf_free(&words);
	buf_free(&text);
	err_clear(&e);
}
END_TEST

/* -- commands */

START_TEST(parameters_go_where_they_are_understood)
{
	struct envelope env = { .ret = RET_HDRS, .size = 2113,
	    .eight_bit = true, .require_tls = true };
	struct ehlo caps = { .has = EHLO_DSN | EHLO_SIZE | EHLO_8BITMIME |
	    EHLO_SMTPUTF8 | EHLO_REQUIRETLS };
	struct buf line = { 0 };
	struct err e = { 0 };
	struct rcpt *to = envelope_add(&env, STR("b@y.test"));

	buf_puts(&env.sender, "a@x.test");
	buf_puts(&env.envid, "id+1=\r\n");
	to->notify = NOTIFY_SUCCESS | NOTIFY_DELAY;
	buf_puts(&to->orcpt, "rfc822;b+c@y.test");
	ck_assert_int_eq(command_mail(&line, &env, &caps, &e), 0);
	ck_assert_str_eq(buf_cstr(&line), "MAIL FROM:<a@x.test> SIZE=2113 "
	    "BODY=8BITMIME REQUIRETLS RET=HDRS ENVID=id+2B1+3D+0D+0A");
	buf_reset(&line);
	ck_assert_int_eq(command_rcpt(&line, to, &caps, &e), 0);
	ck_assert_str_eq(buf_cstr(&line), "RCPT TO:<b@y.test> "
	    "NOTIFY=SUCCESS,DELAY ORCPT=rfc822;b+2Bc@y.test");
	to->notify |= NOTIFY_NEVER;
	buf_set(&to->orcpt, STR("rfc822 X=1;b@y.test"));
	buf_reset(&line);
	ck_assert_int_eq(command_rcpt(&line, to, &caps, &e), 0);
	ck_assert_str_eq(buf_cstr(&line),
	    "RCPT TO:<b@y.test> NOTIFY=NEVER");
	caps.has = 0;
	env.eight_bit = env.require_tls = false;
	buf_reset(&line);
	buf_reset(&env.sender);
	ck_assert_int_eq(command_mail(&line, &env, &caps, &e), 0);
	ck_assert_str_eq(buf_cstr(&line), "MAIL FROM:<>");
	buf_reset(&line);
	ck_assert_int_eq(command_rcpt(&line, to, &caps, &e), 0);
	ck_assert_str_eq(buf_cstr(&line), "RCPT TO:<b@y.test>");
	buf_free(&line);
	envelope_free(&env);
}
END_TEST

#define BOOKS "b\xc3\xbc" "cher.test"

/* Only the part before the @ may need the extension (RFC 6531). */
static const struct {
	const char *address;
	bool utf8;
	const char *mail, *rcpt;	/* NULL: refused */
} labels[] = {
	{ "a@" BOOKS, false, "MAIL FROM:<a@xn--bcher-kva.test>",
	    "RCPT TO:<a@xn--bcher-kva.test>" },
	{ "a@" BOOKS, true, "MAIL FROM:<a@xn--bcher-kva.test>",
	    "RCPT TO:<a@xn--bcher-kva.test>" },
	{ "\xc3\xa4@" BOOKS, true,
	    "MAIL FROM:<\xc3\xa4@xn--bcher-kva.test> SMTPUTF8",
	    "RCPT TO:<\xc3\xa4@xn--bcher-kva.test>" },
	{ "\xc3\xa4@" BOOKS, false, NULL, NULL },
	{ "\xc3\xa4@y.test", false, NULL, NULL },
	{ "a@\xff.test", true, NULL, NULL },
	{ "a@\xe3\x80\x82.test", true, NULL, NULL },
};

START_TEST(a_domain_goes_in_ascii)
{
	struct ehlo caps = { .has = labels[_i].utf8 ? EHLO_SMTPUTF8 : 0 };
	struct envelope env = { 0 };
	struct rcpt *to = envelope_add(&env, STR("b@y.test"));
	struct buf mail = { 0 }, rcpt = { 0 };
	struct err e = { 0 };
	int rc;

	buf_puts(&env.sender, labels[_i].address);
	rc = command_mail(&mail, &env, &caps, &e);
	ck_assert_int_eq(rc, labels[_i].mail != NULL ? 0 : -1);
	if (rc == 0)
		ck_assert_str_eq(buf_cstr(&mail), labels[_i].mail);
	err_clear(&e);
	buf_set(&to->address, str_of(labels[_i].address));
	rc = command_rcpt(&rcpt, to, &caps, &e);
	ck_assert_int_eq(rc, labels[_i].rcpt != NULL ? 0 : -1);
	if (rc == 0)
		ck_assert_str_eq(buf_cstr(&rcpt), labels[_i].rcpt);
	else
		ck_assert(!err_is_temporary(&e));
	err_clear(&e);
	buf_free(&mail);
	buf_free(&rcpt);
	envelope_free(&env);
}
END_TEST

static const char *const smuggled[] = {
	"a>\r\nRCPT TO:<b", "a@x.test> SIZE=1", "a\nb@x.test", "a b@x.test",
	"a@x.test\r", "<a@x.test>", "a@x.test>", "\001@x.test",
};

START_TEST(an_address_is_only_an_address)
{
	struct rcpt to = { 0 };
	struct ehlo caps = { 0 };
	struct buf line = { 0 };
	struct err e = { 0 };

	buf_puts(&to.address, smuggled[_i]);
	ck_assert_msg(command_rcpt(&line, &to, &caps, &e) < 0, "%s",
	    smuggled[_i]);
	ck_assert(!err_is_temporary(&e));
	for (size_t i = 0; i < e.text.len; i++)
		ck_assert(!str_is_control(e.text.data[i]));
	buf_free(&line);
	buf_free(&to.address);
	err_clear(&e);
}
END_TEST

static const struct {
	const char *name;
	struct envelope env;
	struct ehlo caps;
	bool secure, possible;
} possibilities[] = {
	{ "nothing special", { .size = 0 }, { .size = 0 }, false, true },
	{ "small enough", { .size = 99 }, { .size = 99 }, false, true },
	{ "too big", { .size = 100 }, { .size = 99 }, false, false },
	{ "no limit", { .size = 100 }, { .size = 0 }, false, true },
	{ "UTF-8", { .smtputf8 = true }, { .has = EHLO_SMTPUTF8 }, false,
	  true },
	{ "no UTF-8", { .smtputf8 = true }, { .has = EHLO_8BITMIME }, false,
	  false },
	{ "8 bits", { .eight_bit = true }, { .has = EHLO_8BITMIME }, false,
	  true },
	{ "7 bits", { .eight_bit = true }, { .has = EHLO_SMTPUTF8 }, false,
	  false },
	{ "TLS all the way", { .require_tls = true },
	  { .has = EHLO_REQUIRETLS }, true, true },
	{ "not even here", { .require_tls = true },
	  { .has = EHLO_REQUIRETLS }, false, false },
	{ "only here", { .require_tls = true }, { .has = 0 }, true, false },
};

START_TEST(what_cannot_go_is_not_tried)
{
	struct err e = { 0 };
	int rc = command_possible(&possibilities[_i].env,
	    &possibilities[_i].caps, possibilities[_i].secure, &e);

	ck_assert_msg((rc == 0) == possibilities[_i].possible, "%s",
	    possibilities[_i].name);
	ck_assert(rc == 0 || !err_is_temporary(&e));
	err_clear(&e);
}
END_TEST

/* -- transactions */

#define P EHLO_PIPELINING
#define C EHLO_CHUNKING
#define M "MAIL FROM:<s0@x.test>\n"
#define R(n) "RCPT TO:<r" #n "@y.test>\n"
#define B "BDAT 22 LAST\n"
#define TEXT "Subject: x\r\n\r\n.hello\r\n"

static const struct talk {
	const char *name;
	unsigned has;
	bool lmtp;
	size_t rcpts;
	const char *script, *dialogue, *states;	/* Done Failed Todo */
	int result;
	unsigned waits;
	bool twice;
} talks[] = {
	{ "one round trip for all", P | C, false, 2,
	  "250 a\n250 b\n250 c\n250 2.0.0 d", M R(0) R(1) B, "DD", 0, 1,
	  false },
	{ "two with DATA", P, false, 2,
	  "250 a\n250 b\n250 c\n354 go\n250 d", M R(0) R(1) "DATA\n.\n",
	  "DD", 0, 2, false },
	{ "one by one", 0, false, 2,
	  "250 a\n250 b\n250 c\n354 go\n250 d", M R(0) R(1) "DATA\n.\n",
	  "DD", 0, 5, false },
	{ "20 recipients, one round trip", P | C, false, 20,
	  "250 a\n250\n250\n250\n250\n250\n250\n250\n250\n250\n250\n250\n"
	  "250\n250\n250\n250\n250\n250\n250\n250\n250\n250 d",
	  NULL, "DDDDDDDDDDDDDDDDDDDD", 0, 1, false },
	{ "one unknown, one for later, one taken", P | C, false, 3,
	  "250 a\n550 no\n450 later\n250 c\n250 d", M R(0) R(1) R(2) B,
	  "FTD", 0, 1, false },
	{ "nobody is taken: no text, one by one", 0, false, 2,
	  "250 a\n550 no\n450 later", M R(0) R(1), "FT", 0, 3, false },
	{ "354 for nobody: a dot and no text", P, false, 1,
	  "250 a\n550 no\n354 go\n250 taken", M R(0) "DATA\n.\n", "F", 0, 2,
	  false },
	{ "354 for nobody, one for later", P, false, 2,
	  "250 a\n550 no\n451 later\n354 go\n554 no",
	  M R(0) R(1) "DATA\n.\n", "FT", 0, 2, false },
	{ "503 after a refused MAIL is about nobody", P | C, false, 2,
	  "451 later\n503 MAIL first\n503 MAIL first\n503 RCPT first",
	  M R(0) R(1) B, "TT", 0, 1, false },
	{ "MAIL refused for good", P, false, 2,
	  "550 not you\n503 MAIL first\n503 MAIL first\n503 RCPT first",
	  M R(0) R(1) "DATA\n", "FF", 0, 1, false },
	{ "MAIL refused, one by one", 0, false, 2, "550 not you", M, "FF", 0,
	  1, false },
	{ "503 is never for good", 0, false, 1, "250 a\n503 what", M R(0),
	  "T", 0, 2, false },
	{ "530 is about the login", 0, false, 1, "530 5.7.0 login first", M,
	  "T", 0, 1, false },
	{ "DATA refused for now", P, false, 2,
	  "250 a\n250 b\n550 no\n451 busy", M R(0) R(1) "DATA\n", "TF", 0, 1,
	  false },
	{ "DATA answered with 250", P, false, 1, "250 a\n250 b\n250 c",
	  M R(0) "DATA\n", "T", -1, 1, false },
	{ "RCPT answered with 354", P, false, 1, "250 a\n354 b\n354 c",
	  M R(0) "DATA\n", "T", -1, 1, false },
	{ "RCPT answered with 354, and the text is out", P | C, false, 2,
	  "250 a\n250 b\n354 c\n250 d", M R(0) R(1) B, "TT", -1, 1, true },
	{ "the text answered with 354", P | C, false, 1,
	  "250 a\n250 b\n354 c", M R(0) B, "T", -1, 1, true },
	{ "refused for good at the end", P | C, false, 2,
	  "250 a\n250 b\n250 c\n554 spam", M R(0) R(1) B, "FF", 0, 1, false },
	{ "refused for now at the end", P | C, false, 2,
	  "250 a\n250 b\n250 c\n452 disk", M R(0) R(1) B, "TT", 0, 1, false },
	{ "lost after the text", P, false, 1, "250 a\n250 b\n354 c\n!",
	  M R(0) "DATA\n.\n", "T", -1, 2, true },
	{ "lost after the chunk", P | C, false, 1, "250 a\n250 b\n!",
	  M R(0) B, "T", -1, 1, true },
	{ "lost before the text", P, false, 1, "250 a\n250 b\n!",
	  M R(0) "DATA\n", "T", -1, 1, false },
	{ "taken, and then gone", P | C, false, 1, "250 a\n250 b\n250 c|!",
	  M R(0) B, "D", 0, 1, false },
	{ "421 at once", P | C, false, 1, "421 bye", M R(0) B,
	  "T", -1, 1, false },
	{ "421 to the text", P | C, false, 1, "250 a\n250 b\n421 bye",
	  M R(0) B, "T", -1, 1, false },
	{ "half a reply is none", P | C, false, 1,
	  "250 a\n250 b\n250-c|!", M R(0) B, "T", -1, 1, true },
	{ "codes are mixed", P | C, false, 1, "250 a\n250 b\n250-c|550 d",
	  M R(0) B, "T", -1, 1, true },
	{ "garbage", 0, false, 1, "250 a\nHTTP/1.1 200 OK", M R(0), "T", -1,
	  2, false },
	{ "a reply too many", 0, false, 1, "250 a|250 b\n550 no", M, "T", -1,
	  1, false },
	{ "the verdict before the text", P, false, 1,
	  "250 a\n250 b\n354 c|250 d", M R(0) "DATA\n", "T", -1, 1, false },
	{ "too many recipients: the rest in another", P | C, false, 3,
	  "250 a\n250 b\n452 4.5.3 enough\n452 4.5.3 enough\n250 d\n"
	  "250 a\n250 b\n250 d\n250 r\n250 a\n250 b\n250 d",
	  M R(0) R(1) R(2) B M R(1) B "RSET\n" M R(2) B, "DDD", 0, 2, false },
	{ "too many, and none was taken", P | C, false, 1,
	  "250 a\n452 4.5.3 enough\n503 d", M R(0) B, "T", 0, 1, false },
	{ "552 5.5.3 is the old name for it", 0, false, 2,
	  "250 a\n250 b\n552 5.5.3 enough\n354 c\n250 d\n"
	  "250 a\n250 b\n354 c\n250 d",
	  M R(0) R(1) "DATA\n.\n" M R(1) "DATA\n.\n", "DD", 0, 9, false },
	{ "452 for a full disk is for later", 0, false, 2,
	  "250 a\n250 b\n452 4.3.1 full\n354 c\n250 d",
	  M R(0) R(1) "DATA\n.\n", "DT", 0, 5, false },
	{ "LMTP: a reply for each", P, true, 3,
	  "250 a\n250 b\n550 no\n250 c\n354 go\n250 ok|550 full",
	  M R(0) R(1) R(2) "DATA\n.\n", "DFF", 0, 2, false },
	{ "LMTP with chunks", P | C, true, 3,
	  "250 a\n250 b\n550 no\n250 c\n450 later|250 ok",
	  M R(0) R(1) R(2) B, "TFD", 0, 1, false },
	{ "LMTP, lost between two replies", P | C, true, 2,
	  "250 a\n250 b\n250 c\n250 ok|!", M R(0) R(1) B, "DT", -1, 1, true },
};

static void
check_states(const struct envelope *env, const char *states, const char *name)
{
	static const char letters[] = { 'T', '?', 'D', 'F' };

	for (size_t i = 0; i < env->count; i++)
		ck_assert_msg(letters[env->rcpt[i].state] == states[i],
		    "%s: r%zu is %c: %s", name, i,
		    letters[env->rcpt[i].state],
		    buf_cstr(&env->rcpt[i].why.text));
}

static void
check_talk(const struct talk *t, size_t piece)
{
	struct buf text = { 0 };
	struct script script;
	struct post post, *at = &post;
	struct play p = { .piece = piece };
	struct session s = { .lmtp = t->lmtp };
	struct err e = { 0 };

	buf_printf(&text, "\n%s", t->script);
	script.rest = buf_cstr(&text);
	post_init(&post, 0, t->rcpts, TEXT);
	play_start(&p, recite, &script);
	s.wire.conn = &p.conn;
	s.caps.has = t->has;
	ck_assert_msg(session_send(&s, post_next, &at, &e) == t->result,
	    "%s: %s", t->name, buf_cstr(&e.text));
	ck_assert(t->result == 0 || (e.code != 0 && err_is_temporary(&e)));
	ck_assert_msg(t->dialogue == NULL ||
	    strcmp(buf_cstr(&p.dialogue), t->dialogue) == 0, "%s:\n%s",
	    t->name, buf_cstr(&p.dialogue));
	check_states(&post.env, t->states, t->name);
	ck_assert_msg(piece > 0 || s.wire.waits == t->waits, "%s: %u waits",
	    t->name, s.wire.waits);
	ck_assert_msg(post.letter.twice == t->twice, "%s", t->name);
	ck_assert_uint_eq(post.settled, 1);
	ck_assert_uint_eq(post.opened, post.closed);
	for (size_t i = 0; i < t->rcpts; i++)
		ck_assert_uint_eq(post.verdicts[i], 1);
	ck_assert(!p.waited_in_vain && !p.talked_on);
	post_free(&post);
	session_free(&s);
	play_free(&p);
	buf_free(&text);
	err_clear(&e);
}

START_TEST(transactions_end_with_verdicts)
{
	check_talk(&talks[_i], 0);
}
END_TEST

/* But where a relay hangs up, it depends on the pieces what it has heard. */
START_TEST(transactions_do_not_mind_small_pieces)
{
	if (talks[_i].result == 0)
		check_talk(&talks[_i], 1);
}
END_TEST

START_TEST(a_reply_is_kept_as_it_was_said)
{
	struct script script = { "" };
	struct post post, *at = &post;
	struct play p = { 0 };
	struct session s = { .caps = { .has = P | C } };
	struct err e = { 0 };

	script.rest = "\n250 a\n250 b\n550-5.1.1 no|550 5.1.1 way\n250 2.0 ok";
	post_init(&post, 0, 2, TEXT);
	play_start(&p, recite, &script);
	s.wire.conn = &p.conn;
	ck_assert_int_eq(session_send(&s, post_next, &at, &e), 0);
	ck_assert_str_eq(buf_cstr(&post.env.rcpt[0].reply), "250 2.0 ok");
	ck_assert_int_eq(post.env.rcpt[1].why.smtp, 550);
	ck_assert_str_eq(buf_cstr(&post.env.rcpt[1].why.reply),
	    "5.1.1 no\n5.1.1 way");
	ck_assert_str_eq(buf_cstr(&post.env.rcpt[1].why.text), "recipient "
	    "<r1@y.test> refused: 550 5.1.1 no 5.1.1 way");
	post_free(&post);
	session_free(&s);
	play_free(&p);
}
END_TEST

/* -- whole sessions with a relay that says yes */

struct yes {
	size_t mails;
	const char *bdat;	/* the answer to chunks that are not LAST */
};

static void
say_yes(struct play *p, struct str command, struct buf *out)
{
	const struct yes *yes = p->who;

	if (command.len == 0)
		return;
	if (str_eq(command, STR("DATA")))
		buf_puts(out, "354 go\r\n");
	else if (str_eat(&command, STR("BDAT")) &&
	    !str_ends(command, STR("LAST")) && yes->bdat != NULL)
		buf_printf(out, "%s\r\n", yes->bdat);
	else
		buf_puts(out, "250 ok\r\n");
}

static size_t
count_lines(const struct buf *text, const char *prefix)
{
	struct str rest = buf_str(text), line;
	size_t n = 0;

	while (str_eat_line(&rest, &line))
		n += str_eat(&line, str_of(prefix));
	return n;
}

static const struct {
	const char *name;
	struct ehlo caps;
	size_t messages, rcpts, window;
	size_t mails, done;
	unsigned waits;
} many[] = {
	{ "a window", { .has = P | C }, 16, 3, 0, 16, 16, 1 },
	{ "more than a window", { .has = P | C }, 40, 1, 0, 40, 40, 3 },
	{ "a window of one", { .has = P | C }, 5, 1, 1, 5, 5, 5 },
	{ "DATA: the dot travels with the next", { .has = P }, 10, 1, 0, 10,
	  10, 11 },
	{ "one by one", { .has = 0 }, 3, 1, 0, 3, 3, 12 },
	{ "chunks one by one", { .has = C }, 3, 1, 0, 3, 3, 9 },
	{ "RCPTMAX", { .has = P | C, .rcpt_max = 2 }, 2, 5, 0, 6, 2, 1 },
	{ "RCPTMAX larger than ours", { .has = P | C, .rcpt_max = 999 }, 1,
	  250, 0, 3, 1, 2 },
	{ "RCPTDOMAINMAX", { .has = P | C, .rcpt_domain_max = 1 }, 1, 5, 0,
	  1, 1, 1 },
	{ "MAILMAX", { .has = P | C, .mail_max = 3 }, 5, 1, 0, 3, 3, 1 },
	{ "no messages", { .has = P | C }, 0, 1, 0, 0, 0, 0 },
	{ "a message for nobody", { .has = P | C }, 1, 0, 0, 0, 0, 0 },
};

START_TEST(many_messages_go_in_one_session)
{
	struct yes yes = { 0 };
	static struct post post[64];
	struct post *at = many[_i].messages > 0 ? &post[0] : NULL;
	struct play p = { 0 };
	struct session s = { .caps = many[_i].caps,
	    .window = many[_i].window };
	struct err e = { 0 };
	size_t done = 0, settled = 0;

	for (size_t m = 0; m < many[_i].messages; m++) {
		post_init(&post[m], m, many[_i].rcpts, TEXT);
		if (m > 0)
			post[m - 1].next = &post[m];
	}
	play_start(&p, say_yes, &yes);
	s.wire.conn = &p.conn;
	ck_assert_msg(session_send(&s, post_next, &at, &e) == 0, "%s: %s",
	    many[_i].name, buf_cstr(&e.text));
	for (size_t m = 0; m < many[_i].messages; m++) {
		settled += post[m].settled;
		done += many[_i].rcpts > 0 && envelope_count(&post[m].env,
		    RCPT_DONE) == many[_i].rcpts;
		post_free(&post[m]);
	}
	ck_assert_msg(done == many[_i].done, "%s: %zu", many[_i].name, done);
	ck_assert_uint_eq(settled, done + (many[_i].rcpts == 0));
	ck_assert_uint_eq(count_lines(&p.dialogue, "MAIL"), many[_i].mails);
	ck_assert_msg(s.wire.waits == many[_i].waits, "%s: %u waits",
	    many[_i].name, s.wire.waits);
	ck_assert_int_eq(session_takes_more(&s),
	    many[_i].caps.mail_max == 0);
	/* No half flight, whose answer the other half would wait for. */
	ck_assert_msg(p.writes == many[_i].waits, "%s: %zu writes",
	    many[_i].name, p.writes);
	session_quit(&s);
	ck_assert_uint_eq(count_lines(&p.dialogue, "QUIT"), 1);
	session_free(&s);
	play_free(&p);
}
END_TEST

/* The third is handed in when the first has its answer. */
static struct letter *
next_in_time(void *who)
{
	struct post *post = *(struct post **)who;

	if (post[0].letter.way == NULL && post[0].settled == 0)
		return &post[0].letter;
	if (post[1].letter.way == NULL && post[1].settled == 0)
		return &post[1].letter;
	if (post[0].settled == 0 || post[2].opened > 0)
		return NULL;
	ck_assert_uint_eq(post[1].settled, 0);
	return &post[2].letter;
}

START_TEST(who_comes_late_does_not_wait_for_all_that_is_in_the_air)
{
	struct yes yes = { 0 };
	struct post post[3], *at = post;
	struct play p = { .piece = 8 };
	struct session s = { .caps = { .has = P | C } };
	struct err e = { 0 };

	for (size_t m = 0; m < TABLE_COUNT(post); m++)
		post_init(&post[m], m, 1, TEXT);
	play_start(&p, say_yes, &yes);
	s.wire.conn = &p.conn;
	ck_assert_int_eq(session_send(&s, next_in_time, &at, &e), 0);
	for (size_t m = 0; m < TABLE_COUNT(post); m++) {
		ck_assert_int_eq(post[m].env.rcpt[0].state, RCPT_DONE);
		post_free(&post[m]);
	}
	session_free(&s);
	play_free(&p);
}
END_TEST

/* A text of n lines; with DATA each of them begins with a dot. */
static char *
long_text(size_t lines)
{
	struct buf text = { 0 };

	for (size_t i = 0; i < lines; i++)
		buf_puts(&text, ".23456789 123456789 123456789 123456789\r\n");
	return text.data;
}

START_TEST(a_long_text_arrives_as_it_was)
{
	static const unsigned has[] = { 0, P, C, P | C };
	struct yes yes = { 0 };
	char *words = long_text(40000);
	struct post post, *at = &post;
	struct play p = { 0 };
	struct session s = { .caps = { .has = has[_i] } };
	struct err e = { 0 };
	struct buf plain = { 0 };
	struct str rest, line;

	post_init(&post, 0, 1, words);
	play_start(&p, say_yes, &yes);
	s.wire.conn = &p.conn;
	ck_assert_int_eq(session_send(&s, post_next, &at, &e), 0);
	ck_assert_int_eq(post.env.rcpt[0].state, RCPT_DONE);
	rest = buf_str(&p.text);
	while (has[_i] & C ? false : str_eat_line(&rest, &line)) {
		ck_assert(str_eat(&line, STR(".")));
		buf_add(&plain, line);
		buf_puts(&plain, "\r\n");
	}
	if (has[_i] & C)
		buf_add(&plain, buf_str(&p.text));
	ck_assert(str_eq(buf_str(&plain), str_of(words)));
	post_free(&post);
	session_free(&s);
	play_free(&p);
	buf_free(&plain);
	free(words);
}
END_TEST

/* Pieces of one line, so that there are many chunks. */
static void
check_broken(unsigned has, size_t pieces, const char *bdat, size_t texts,
    enum rcpt_state state, int result)
{
	struct yes yes = { .bdat = bdat };
	struct post post, *at = &post;
	struct play p = { 0 };
	struct session s = { .caps = { .has = has } };
	struct err e = { 0 };

	post_init(&post, 0, 1, NULL);
	post.breaks = pieces;
	play_start(&p, say_yes, &yes);
	s.wire.conn = &p.conn;
	ck_assert_int_eq(session_send(&s, post_next, &at, &e), result);
	ck_assert_int_eq(post.env.rcpt[0].state, state);
	ck_assert_uint_eq(p.texts, texts);
	ck_assert(!post.letter.twice);
	session_quit(&s);
	ck_assert_uint_eq(count_lines(&p.dialogue, "QUIT"), result == 0);
	ck_assert_uint_eq(p.texts, texts);
	post_free(&post);
	session_free(&s);
	play_free(&p);
	err_clear(&e);
}

START_TEST(a_torn_text_is_never_completed)
{
	static const unsigned has[] = { 0, P, C, P | C };

	/* Before anything was said, it costs no session. */
	check_broken(has[_i], 100, NULL, 0, RCPT_TODO, 0);
	check_broken(has[_i], 30000, NULL, 0, RCPT_TODO, -1);
}
END_TEST

START_TEST(a_chunk_that_is_refused_ends_the_message_not_the_session)
{
	static const unsigned has[] = { C, P | C };

	check_broken(has[_i], 90000, "552 too big", 0, RCPT_FAILED,
	    has[_i] & P ? -1 : 0);
	check_broken(has[_i], 90000, "452 full", 0, RCPT_TODO,
	    has[_i] & P ? -1 : 0);
}
END_TEST

/* The chunks are answered twice, so the last one has its reply too early. */
START_TEST(a_verdict_before_the_end_of_the_text_is_none)
{
	struct yes yes = { .bdat = "250 ok\r\n250 ok" };
	char *words = long_text(7000);
	struct post post, *at = &post;
	struct play p = { 0 };
	struct session s = { .caps = { .has = C } };
	struct err e = { 0 };

	post_init(&post, 0, 1, words);
	play_start(&p, say_yes, &yes);
	s.wire.conn = &p.conn;
	ck_assert_int_eq(session_send(&s, post_next, &at, &e), -1);
	ck_assert_int_eq(post.env.rcpt[0].state, RCPT_TODO);
	post_free(&post);
	session_free(&s);
	play_free(&p);
	err_clear(&e);
	free(words);
}
END_TEST

/* The relay hangs up at MAIL, and the text never leaves us. */
START_TEST(what_has_not_gone_out_cannot_arrive_twice)
{
	struct script script = { "\n!" };
	struct post post, *at = &post;
	struct play p = { .piece = 1 };
	struct session s = { .caps = { .has = P | C } };
	struct err e = { 0 };

	post_init(&post, 0, 1, TEXT);
	play_start(&p, recite, &script);
	s.wire.conn = &p.conn;
	ck_assert_int_eq(session_send(&s, post_next, &at, &e), -1);
	ck_assert_int_eq(post.env.rcpt[0].state, RCPT_TODO);
	ck_assert(!post.letter.twice);
	post_free(&post);
	session_free(&s);
	play_free(&p);
	err_clear(&e);
}
END_TEST

/* -- what a hostile relay may try, in place of the reply to MAIL */

static const struct {
	const char *name;
	size_t count;
	const char *unit;
	int code;
} floods[] = {
	{ "one line without an end", 1 << 20, "x", EX_PROTOCOL },
	{ "a long line", 60000, "250 ", EX_PROTOCOL },
	{ "lines without an end", 100000, "250-x\r\n", EX_PROTOCOL },
	{ "NULs", 1 << 20, "\0", EX_PROTOCOL },
	{ "empty lines", 1, "\r\n", EX_PROTOCOL },
};

static void
flood(struct play *p, struct str command, struct buf *out)
{
	size_t row = *(size_t *)p->who;
	size_t len = floods[row].unit[0] == '\0' ? 1 : strlen(floods[row].unit);

	if (command.len == 0)
		return;
	for (size_t i = 0; i < floods[row].count; i++)
		buf_add(out, (struct str){ floods[row].unit, len });
	p->hangs_up = true;
}

START_TEST(floods_end_in_an_error)
{
	size_t row = (size_t)_i;
	struct post post, *at = &post;
	struct play p = { 0 };
	struct session s = { 0 };
	struct err e = { 0 };

	post_init(&post, 0, 1, TEXT);
	play_start(&p, flood, &row);
	s.wire.conn = &p.conn;
	ck_assert_int_eq(session_send(&s, post_next, &at, &e), -1);
	ck_assert_msg(e.code == floods[_i].code, "%s: %s", floods[_i].name,
	    buf_cstr(&e.text));
	ck_assert_uint_lt(s.wire.in.cap, 512 * 1024);
	ck_assert_uint_lt(e.text.len, 1000);
	ck_assert_int_eq(post.env.rcpt[0].state, RCPT_TODO);
	post_free(&post);
	session_free(&s);
	play_free(&p);
	err_clear(&e);
}
END_TEST

START_TEST(a_long_line_is_cut_and_still_a_reply)
{
	struct play p = { 0 };
	struct script script = { "" };
	struct wire w = { .conn = &p.conn };
	struct reply r = { 0 };
	struct err e = { 0 };

	play_start(&p, recite, &script);
	buf_puts(&p.out, "250 ");
	for (int i = 0; i < 9000; i++)
		buf_putc(&p.out, 'x');
	buf_puts(&p.out, "\n250 ok\n");
	ck_assert_int_eq(wire_hear(&w, &r, &e), 0);
	ck_assert_uint_eq(r.text.len, WIRE_LINE_MAX - 4);
	ck_assert(wire_has_reply(&w));
	ck_assert_int_eq(wire_hear(&w, &r, &e), 0);
	ck_assert_str_eq(buf_cstr(&r.text), "ok");
	reply_free(&r);
	wire_free(&w);
	play_free(&p);
}
END_TEST

int
main(void)
{
	const struct test_row tests[] = {
		{ replies_are_parsed, TABLE_COUNT(replies) },
		{ a_flood_of_lines_ends, 0 },
		{ a_flood_of_bytes_ends, 0 },
		{ status_codes_are_found, TABLE_COUNT(statuses) },
		{ words_of_a_relay_are_one_harmless_line, 0 },
		{ extensions_are_exactly_these_words, TABLE_COUNT(offers) },
		{ the_relays_own_name_is_no_extension, 0 },
		{ relays_are_greeted, TABLE_COUNT(greetings) },
		{ the_trace_shows_no_secret, 0 },
		{ each_step_of_a_greeting_is_heard, 3 },
		{ keywords_are_explained_in_any_case, 0 },
		{ a_message_is_asked_for_and_not_sent, TABLE_COUNT(probes) },
		{ queues_are_asked_for, TABLE_COUNT(queues) },
		{ parameters_go_where_they_are_understood, 0 },
		{ a_domain_goes_in_ascii, TABLE_COUNT(labels) },
		{ an_address_is_only_an_address, TABLE_COUNT(smuggled) },
		{ what_cannot_go_is_not_tried, TABLE_COUNT(possibilities) },
		{ transactions_end_with_verdicts, TABLE_COUNT(talks) },
		{ transactions_do_not_mind_small_pieces, TABLE_COUNT(talks) },
		{ a_reply_is_kept_as_it_was_said, 0 },
		{ many_messages_go_in_one_session, TABLE_COUNT(many) },
		{ who_comes_late_does_not_wait_for_all_that_is_in_the_air, 1 },
		{ a_long_text_arrives_as_it_was, 4 },
		{ a_torn_text_is_never_completed, 4 },
		{ a_chunk_that_is_refused_ends_the_message_not_the_session,
		  2 },
		{ a_verdict_before_the_end_of_the_text_is_none, 0 },
		{ what_has_not_gone_out_cannot_arrive_twice, 0 },
		{ floods_end_in_an_error, TABLE_COUNT(floods) },
		{ a_long_line_is_cut_and_still_a_reply, 0 },
	};
	return RUN("smtp", tests);
}
