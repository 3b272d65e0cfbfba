// SPDX-License-Identifier: ISC
/*
 * check_config.c - what the file says, and everything that is wrong with it
 */
#include "run.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sysexits.h>
#include <syslog.h>
#include <unistd.h>

#include "base/table.h"
#include "config.h"
#include "config/config.h"
#include "config/keys.h"

/* Files in memory: what can be included, and one variable. */
static const struct {
	const char *path, *text;
} files[] = {
	{ "etc/conf.d/10-a.conf", "domain = a.example\n" },
	{ "etc/conf.d/20-b.conf", "\n\npatience = 7s\n" },
	{ "etc/bad/x.conf", "# one\n\npatiense = 7s\n}\n" },
	{ "etc/open.conf", "account \"w\" {\n  relay = w.example\n" },
	{ "etc/loop.conf", "include loop2.conf\n" },
	{ "etc/loop2.conf", "include \"loop.conf\"\n" },
	{ "etc/work.conf", "user = w\npassword_file = /run/w\n" },
	{ "/abs/x.conf", "helo = abs.example\n" },
};

static int
memory_load(void *arg, struct str path, struct buf *out, struct err *e)
{
	(void)arg;
	for (size_t i = 0; i < TABLE_COUNT(files); i++) {
		if (str_eq(path, str_of(files[i].path))) {
			buf_puts(out, files[i].text);
			return 0;
		}
	}
	return err_set(e, EX_CONFIG, "no such file");
}

static int
memory_list(void *arg, struct str pattern, struct strs *out, struct err *e)
{
	struct str head, tail;

	(void)arg;
	if (str_eq(pattern, STR("etc/denied/*")))
		return err_set(e, EX_CONFIG, "cannot look for etc/denied/*");
	if (!str_cut_last(pattern, '*', &head, &tail)) {
		head = pattern;
		tail = STR("/");
	}
	for (size_t i = 0; i < TABLE_COUNT(files); i++) {
		struct str path = str_of(files[i].path);

		if (str_eq(path, pattern) || (
		    str_eat(&path, head) && str_ends(path, tail)))
			strs_add(out, str_of(files[i].path));
	}
	return 0;
}

static bool
memory_variable(void *arg, struct str name, struct buf *out)
{
	(void)arg;
	if (!str_eq(name, STR("HOME")))
		return false;
	buf_puts(out, "/home/\"a");
	return true;
}

static struct loader
memory(enum file_trust trust)
{
	return (struct loader){ NULL, trust, memory_load, memory_list,
	    memory_variable, false, NULL };
}

#define THREE "relay = smtp.example.com\n"

/* Text with its mistakes, "" for none. */
static const struct {
	const char *name, *text, *mistakes;
} wrong[] = {
	{ "empty", "", "etc/m: no relay is said: relay = "
	    "\"smtp.example.com\"\n" },
	{ "three lines", "relay = smtp.example.com\nhelo = web1.example.com\n"
	    "sender = web1@example.com\n", "" },
	{ "comments of all kinds keep the lines", "# one\n// two\n/* three\n"
	    "four */ relay = smtp.example.com # five\n\n\nhulo = x // no\n",
	    "etc/m:7: there is no key 'hulo'; did you mean 'helo'?\n" },
	{ "a comment to the end of the file", THREE "# no newline", "" },
	{ "an open comment", THREE "/* and\nso on\nhelo = a.b\n",
	    "etc/m:2: the comment that begins here has no */\n" },
	{ "an open comment at the very end", THREE "/*",
	    "etc/m:2: the comment that begins here has no */\n" },
	{ "not closed by its own star", THREE "/*/\n",
	    "etc/m:2: the comment that begins here has no */\n" },
	{ "an open quote", THREE "helo = \"a.example\nsender = a@b.example\n",
	    "etc/m:2: the quote is not closed on its line\n" },
	{ "an open single quote", THREE "user = 'a\n",
	    "etc/m:2: the quote is not closed on its line\n" },
	{ "a backslash does not carry a quote on", THREE "user = \"a\\\nb\"\n",
	    "etc/m:2: the quote is not closed on its line\n"
	    "etc/m:3: a quote in the middle of a word: quote all of it\n"
	    "etc/m:3: there is no key 'b'\n" },
	{ "# glued", THREE "user = me\npassword = pa#ss\n", "etc/m:3: # in the "
	    "middle of a word: quote it, or put a blank before the "
	    "comment\n" },
	{ "// glued", THREE "user = a//b\n", "etc/m:2: // in the middle of a "
	    "word: quote it, or put a blank before the comment\n" },
	{ "/* glued", THREE "include conf.d/*.conf\n", "etc/m:2: /* in the "
	    "middle of a word: quote it, or put a blank before the "
	    "comment\n" },
	{ "# behind a quoted value", THREE "user = 'a'# fine?\n", "etc/m:2: "
	    "something is glued to the closing quote; inside of a quote it "
	    "is written \\'\n" },
	{ "# behind a blank", THREE "user = a # fine\n", "" },
	{ "# in quotes", THREE "user = 'pa#ss//x/*'\n", "" },
	{ "a byte order mark", "\xef\xbb\xbf" THREE, "" },
	{ "CRLF", "relay = smtp.example.com\r\nhelo = 'a.example'\r\n"
	    "# c\r\nfoo = 1\r\n", "etc/m:4: there is no key 'foo'\n" },
	{ "a lone CR", THREE "\rhelo = a.example\n", "etc/m:2: a carriage "
	    "return that ends no line\n" },
	{ "a control byte", THREE "user = 'a\tb'\n",
	    "etc/m:2: user = a\\tb: there is a control byte in it\n" },
	{ "a missing }", THREE "account a {\nrelay = b.example\n",
	    "etc/m:2: the { of this account is not closed\n" },
	{ "a } too many", THREE "}\nhelo = a.example\n",
	    "etc/m:2: this } closes nothing\n" },
	{ "the same account twice", THREE "account a { }\n\naccount A {\n"
	    "relay = '['\n}\n", "etc/m:4: this account is here for the second "
	    "time, after etc/m:2\netc/m:5: relay = [: a relay is host, "
	    "host:port, [v6]:port, srv:domain, mx:domain, unix:/path, "
	    "discard:, or lmtp: and one of these\n" },
	{ "the same key twice", THREE "relay = b.example\n", "etc/m:2: 'relay' "
	    "is here for the second time, after etc/m:1\n" },
	{ "the same key in two accounts", THREE "account a {\nuser = a\n}\n"
	    "account b {\nuser = a\n}\n", "" },
	{ "an account in an account", THREE "account a {\naccount b {\n"
	    "user = c\n}\n}\nhelo = a.example\n",
	    "etc/m:3: an account cannot stand in an account\n" },
	{ "an account without a name", THREE "account {\n user = a\n}\n",
	    "etc/m:2: an account is written account \"name\" { ... }\n" },
	{ "an account without {", THREE "account a\nhelo = a.example\n",
	    "etc/m:2: this account lacks its {\n" },
	{ "${VAR} in the system's", THREE "user = \"${HOME}\"\n"
	    "tls_priority = a${HOME}\n", "etc/m:2: ${...} is not expanded in "
	    "the configuration of a machine; 'single quotes' keep it as it "
	    "is\netc/m:3: ${...} is not expanded in the configuration of a "
	    "machine; 'single quotes' keep it as it is\n" },
	{ "${VAR} in single quotes", THREE "user = '${HOME}'\n", "" },
	{ "an unknown escape", THREE "user = \"DOMAIN\\user\"\n",
	    "etc/m:2: an unknown escape; a backslash is written \\\\ in "
	    "double quotes, or \\ in single ones\n" },
	{ "a NUL by escape", THREE "user = \"a\\x00b\"\n", "etc/m:2: an escape "
	    "that is no byte of text: \\x01 to \\xff, or \\001 to \\377\n" },
	{ "an octal too large", THREE "user = \"\\777\"\n", "etc/m:2: an "
	    "escape that is no byte of text: \\x01 to \\xff, or \\001 to "
	    "\\377\n" },
	{ "a key without =", THREE "helo a.example\nuser = a\nfo = b\n",
	    "etc/m:2: 'helo' lacks its =\netc/m:4: there is no key 'fo'\n" },
	{ "a key alone", THREE "helo\nuser = a\n",
	    "etc/m:2: 'helo' lacks its =\n" },
	{ "a key with nothing behind =", THREE "helo =\nuser = a\nfo = b\n",
	    "etc/m:2: 'helo' has no value\netc/m:4: there is no key 'fo'\n" },
	{ "a key at the end with nothing", THREE "helo =",
	    "etc/m:2: 'helo' has no value\n" },
	{ "+=", THREE "local_domains += { a.b }\n", "etc/m:2: 'local_domains' "
	    "takes all its values at once: = { a, b }\n" },
	{ "host and port with a blank", "relay = smtp.example.com 587\n",
	    "etc/m:1: something stands behind the value of 'relay': quote a "
	    "value with blanks or signs in it, and write one key on each "
	    "line\n" },
	{ "two keys on a line", THREE "user = a helo = b.example\n",
	    "etc/m:2: something stands behind the value of 'user': quote a "
	    "value with blanks or signs in it, and write one key on each "
	    "line\n" },
	{ "an = in a value", THREE "user = a=b\n",
	    "etc/m:2: something stands behind the value of 'user': quote a "
	    "value with blanks or signs in it, and write one key on each "
	    "line\n" },
	{ "a value before its key", THREE "= a\n'helo' = a\n",
	    "etc/m:2: here should be the name of a key\n"
	    "etc/m:3: here should be the name of a key\n" },
	{ "a list that is not closed", THREE "admin = { a@b.example,\n"
	    "c@b.example\nhelo = a.example\nfo = 1\n", "etc/m:2: the { of this "
	    "list is not closed\netc/m:5: there is no key 'fo'\n" },
	{ "a list without commas", THREE "admin = { a@b.example c@d.example }\n"
	    "fo = 1\n", "etc/m:2: values in a list stand between commas, and "
	    "its end is a }\netc/m:3: there is no key 'fo'\n" },
	{ "a list with a comma at its end", THREE "admin = {\na@b.example,\n"
	    "}\n", "" },
	{ "an empty list", THREE "admin = { }\n", "etc/m:2: 'admin' has an "
	    "empty list; \"\" says that there is none\n" },
	{ "a list for one value", THREE "helo = { a.example, b.example }\n",
	    "etc/m:2: helo takes one value\n" },
	{ "a block of an unknown key", THREE "smtp {\n relay = x\n foo = 1\n"
	    "}\nbar = 1\n", "etc/m:2: there is no key 'smtp'\n"
	    "etc/m:6: there is no key 'bar'\n" },
	{ "names of other programs", THREE "mailhub = x\n"
	    "passwordeval = \"pass\"\nPatience = 1s\n",
	    "etc/m:2: there is no key 'mailhub'; did you mean 'relay'?\n"
	    "etc/m:3: there is no key 'passwordeval'; did you mean "
	    "'password_command'?\n"
	    "etc/m:4: there is no key 'Patience'; did you mean 'patience'?\n" },
	{ "an escape sequence as a key", THREE "\033[2Jx = 1\n",
	    "etc/m:2: there is no key '\\e[2Jx'\n" },
	{ "a machine's key in an account", THREE "account a {\n"
	    "admin = a@b.example\n}\n", "etc/m:3: 'admin' is for the whole "
	    "machine and cannot stand in an account\n" },
	{ "from at the top level", THREE "from = a@b.example\n",
	    "etc/m:2: 'from' belongs into an account\n" },
	{ "all at once and by line", "patience = 2d\nrelay = ':1'\n"
	    "hello = a\ntls = maybe\n",
	    "etc/m:1: patience = 2d: it should be from 0 to 1h\n"
	    "etc/m:2: relay = :1: a relay is host, host:port, [v6]:port, "
	    "srv:domain, mx:domain, unix:/path, discard:, or lmtp: and one "
	    "of these\n"
	    "etc/m:3: there is no key 'hello'; did you mean 'helo'?\n"
	    "etc/m:4: tls = maybe: it should be one of starttls, implicit, "
	    "off\n" },
	{ "include", THREE "include \"conf.d/*.conf\"\nfo = 1\n",
	    "etc/m:3: there is no key 'fo'\n" },
	{ "include with mistakes", THREE "include \"bad/*.conf\"\n",
	    "etc/bad/x.conf:3: there is no key 'patiense'; did you mean "
	    "'patience'?\netc/bad/x.conf:4: this } closes nothing\n" },
	{ "include in an account", THREE "account w {\ninclude work.conf\n"
	    "}\n", "" },
	{ "include of half an account", THREE "include open.conf\n}\n",
	    "etc/open.conf:1: the { of this account is not closed\n"
	    "etc/m:3: this } closes nothing\n" },
	{ "include in a circle", THREE "include loop.conf\n",
	    "etc/loop2.conf:1: etc/loop.conf would include itself\n" },
	{ "include of nothing", THREE "include \"none/*.conf\"\n", "" },
	{ "include of what is missing", THREE "include none.conf\n",
	    "etc/m:2: there is no etc/none.conf\n" },
	{ "include of what is denied", THREE "include \"denied/*\"\n",
	    "etc/m:2: cannot look for etc/denied/*\n" },
	{ "include with =", THREE "include = work.conf\nfo = 1\n",
	    "etc/m:2: include \"FILE\" is written without a = or braces\n"
	    "etc/m:3: there is no key 'fo'\n" },
	{ "twice by include", THREE "domain = x.example\n"
	    "include \"conf.d/10*\"\n", "etc/conf.d/10-a.conf:1: 'domain' is "
	    "here for the second time, after etc/m:2\n" },
	{ "two passwords", THREE "user = a\npassword = b\n"
	    "password_file = /b\n", "etc/m: password, password_file, "
	    "password_command and credential exclude one another\n" },
	{ "a password without user", THREE "password = b\n",
	    "etc/m: there is a password, but no user\n" },
	{ "a password in clear", THREE "user = a\npassword = b\ntls = off\n",
	    "etc/m: with tls = off everybody on the way could read the "
	    "password; if that is meant: auth_without_tls = yes\n" },
	{ "a password to ourselves", "relay = '127.0.0.1:25'\nuser = a\n"
	    "password = b\ntls = off\n", "" },
	{ "pin without a pin", THREE "tls_verify = pin\n",
	    "etc/m: tls_verify = pin wants a tls_pin\n" },
#ifdef HAVE_DANE
	{ "DANE", THREE "tls_verify = dane\n", "" },
	{ "DANE for nobody in particular", "relay = mx:a.example\n"
	    "tls_verify = dane\n", "etc/m: tls_verify = dane wants the "
	    "relay's own name, not srv: or mx:\n" },
#else
	{ "DANE", THREE "tls_verify = dane\n", "etc/m: tls_verify = dane: this "
	    "program was built without libgnutls-dane\n" },
#endif
	{ "relay and command", THREE "command = \"ssh mx rsmtp\"\n",
	    "etc/m: relay and command exclude each other\n" },
	{ "discard with others", "relay = { a.example, discard: }\n",
	    "etc/m: discard: is no relay among others; it would throw mail "
	    "away when another is down\n" },
	{ "warned too late", THREE "lifetime = 2h\nwarn_after = 4h\n",
	    "etc/m: warn_after would come after the end of lifetime; 0 says "
	    "that nobody is warned\n" },
	{ "force without sender", THREE "force_sender = both\n",
	    "etc/m: force_sender wants a sender\n" },
	{ "retry upside down", THREE "retry = { 2h, 1h }\n",
	    "etc/m:2: retry = 1h: the longest wait is shorter than the "
	    "first\n" },
	{ "a header", THREE "header \"X-Site\" = \"a b\"\nheader X-A = b\n",
	    "" },
	{ "a header without a value", THREE "header X-A\nfo = 1\n",
	    "etc/m:2: 'header' lacks its =\netc/m:3: there is no key 'fo'\n" },
	{ "a header without a name", THREE "header = a\n", "etc/m:2: a header "
	    "is written header \"Name\" = \"value\"\n" },
	{ "a header with two values", THREE "header X-A = { a, b }\nfo = 1\n",
	    "etc/m:2: a header has one value, without braces\n"
	    "etc/m:3: there is no key 'fo'\n" },
	{ "a header with a newline", THREE "header X-A = \"a\\nBcc: b\"\n",
	    "etc/m:2: header = X-A: a field's value is one line of text\n" },
	{ "a header with a colon", THREE "header 'X-A:' = a\n", "etc/m:2: "
	    "header = X-A:: a field's name has no blank, colon or accent\n" },
};

START_TEST(every_mistake_is_named_with_its_line)
{
	struct config c = { 0 };
	struct mistakes m = { 0 };
	struct err e = { 0 };
	struct buf all = { 0 };
	struct loader r = memory(FILE_SYSTEM);
	int rc = config_parse(&c, "etc/m", str_of(wrong[_i].text), &r, &m, &e);

	mistakes_print(&m, &all);
	ck_assert_msg(strcmp(buf_cstr(&all), wrong[_i].mistakes) == 0,
	    "%s:\n%s", wrong[_i].name, buf_cstr(&all));
	ck_assert_int_eq(rc, m.count > 0 ? -1 : 0);
	if (rc < 0)
		ck_assert_int_eq(e.code, EX_CONFIG);
	buf_free(&all);
	err_clear(&e);
	mistakes_free(&m);
	config_free(&c);
}
END_TEST

static void
parse(struct config *c, const char *text, enum file_trust trust)
{
	struct mistakes m = { 0 };
	struct err e = { 0 };
	struct loader r = memory(trust);
	struct buf all = { 0 };
	int rc = config_parse(c, "etc/m", str_of(text), &r, &m, &e);

	mistakes_print(&m, &all);
	ck_assert_msg(rc == 0, "%s", buf_cstr(&all));
	mistakes_free(&m);
	buf_free(&all);
}

START_TEST(a_nul_is_told_once)
{
	static const char text[] = "relay = a.example\n\0\0user = 'a\0b'\n";
	struct config c = { 0 };
	struct mistakes m = { 0 };
	struct err e = { 0 };

	ck_assert_int_eq(config_parse(&c, "m",
	    (struct str){ text, sizeof(text) - 1 }, NULL, &m, &e), -1);
	ck_assert_str_eq(buf_cstr(&e.text),
	    "m:2: a NUL byte: this is not a text file");
	ck_assert_uint_eq(m.count, 1);
	err_clear(&e);
	mistakes_free(&m);
	config_free(&c);
}
END_TEST

START_TEST(three_lines_are_enough)
{
	struct config c = { 0 };
	const struct account *a;

	parse(&c, "relay = smtp.example.com\nhelo = web1.example.com\n"
	    "sender = web1@example.com\n", FILE_SYSTEM);
	a = &c.account[0];
	ck_assert_uint_eq(c.accounts, 1);
	ck_assert_uint_eq(a->relays, 1);
	ck_assert_str_eq(buf_cstr(&a->relay[0].host), "smtp.example.com");
	ck_assert_int_eq(a->relay[0].port, 0);
	ck_assert_int_eq(account_force(a), FORCE_ENVELOPE);
	ck_assert_int_eq(a->tls, TLS_BY_PORT);
	ck_assert_int_eq(a->tls_verify, VERIFY_YES);
	ck_assert(a->received && a->undisclosed && a->tls_resume);
	ck_assert(!a->mailer && !a->hold && !a->trace);
	ck_assert_int_eq(c.patience, 10);
	ck_assert_int_eq(c.retry_min, 60);
	ck_assert_int_eq(c.retry_max, 3600);
	ck_assert_int_eq(c.lifetime, 5 * 86400);
	ck_assert_int_eq(c.warn_after, 4 * 3600);
	ck_assert_int_eq(c.syslog_facility, LOG_MAIL);
	ck_assert_int_eq(a->window, 16);
	ck_assert_int_eq(a->connections, 3);
	ck_assert_str_eq(buf_cstr(&a->auth), "auto");
	ck_assert_str_eq(buf_cstr(&a->tls_min), "1.2");
	ck_assert_str_eq(buf_cstr(&c.aliases), "/etc/aliases");
	config_free(&c);
}
END_TEST

START_TEST(all_that_is_included_counts)
{
	struct config c = { 0 };

	parse(&c, THREE "include \"conf.d/*.conf\"\ninclude /abs/x.conf\n"
	    "account w {\n include work.conf\n}\n", FILE_SYSTEM);
	ck_assert_str_eq(buf_cstr(&c.account[0].domain), "a.example");
	ck_assert_str_eq(buf_cstr(&c.account[0].helo), "abs.example");
	ck_assert_int_eq(c.patience, 7);
	ck_assert_str_eq(buf_cstr(&c.account[1].password_file), "/run/w");
	ck_assert_uint_eq(c.account[0].user.len, 0);
	config_free(&c);
}
END_TEST

START_TEST(an_account_inherits_what_is_no_secret_of_another_relay)
{
	struct config c = { 0 };
	const struct account *a;

	parse(&c, THREE "user = top\npassword = 'pw'\ntls_verify = no\n"
	    "helo = h.example\nwindow = 3\nheader A = b\n"
	    "account same {\n trace = 1\n}\n"
	    "account user {\n user = other\n}\n"
	    "account relay {\n relay = other.example\n window = 4\n"
	    " header C = d\n}\n", FILE_SYSTEM);
	ck_assert_uint_eq(c.accounts, 4);
	a = config_account(&c, STR("SAME"));
	ck_assert_ptr_eq(a, &c.account[1]);
	ck_assert_str_eq(buf_cstr(&a->user), "top");
	ck_assert(str_eq(secret_reveal(&a->password), STR("pw")));
	ck_assert_int_eq(a->tls_verify, VERIFY_NO);
	ck_assert(a->trace);
	a = &c.account[2];
	ck_assert_str_eq(buf_cstr(&a->user), "other");
	ck_assert(!secret_is_set(&a->password));
	ck_assert_int_eq(a->tls_verify, VERIFY_NO);
	a = &c.account[3];
	ck_assert_uint_eq(a->user.len, 0);
	ck_assert(!secret_is_set(&a->password));
	ck_assert_int_eq(a->tls_verify, VERIFY_YES);
	ck_assert_str_eq(buf_cstr(&a->helo), "h.example");
	ck_assert_int_eq(a->window, 4);
	ck_assert_uint_eq(a->header.count, 1);
	ck_assert_str_eq(buf_cstr(&a->header.item[0]), "C: d");
	ck_assert_ptr_null(config_account(&c, STR("none")));
	ck_assert(config_has_password(&c));
	config_free(&c);
}
END_TEST

/* What a quoted or bare word comes to, by way of user. */
static const struct {
	const char *text, *value;
} word[] = {
	{ "plain", "plain" },
	{ "a+b@c.example", "a+b@c.example" },
	{ "a:b", "a:b" },
	{ "'it\\'s'", "it's" },
	{ "'a\\b'", "a\\b" },
	{ "'a\\\\'", "a\\" },
	{ "\"a\\\\b\"", "a\\b" },
	{ "\"a\\\"b\"", "a\"b" },
	{ "\"\\x41\\102c\"", "ABc" },
	{ "'#x # y'", "#x # y" },
	{ "'${HOME}'", "${HOME}" },
	{ "\"\\${HOME}\"", "${HOME}" },
	{ "'$HOME'", "$HOME" },
	{ "\"p\xc3\xa4ss\"", "p\xc3\xa4ss" },
	{ "'{}=,+='", "{}=,+=" },
	{ "''", "" },
};

START_TEST(words_and_quotes_mean_what_they_look_like)
{
	struct config c = { 0 };
	struct buf text = { 0 };

	buf_printf(&text, THREE "user = %s\n", word[_i].text);
	parse(&c, buf_cstr(&text), FILE_SYSTEM);
	ck_assert_str_eq(buf_cstr(&c.account[0].user), word[_i].value);
	buf_free(&text);
	config_free(&c);
}
END_TEST

START_TEST(a_password_goes_through_the_same_quotes)
{
	struct config c = { 0 };

	parse(&c, THREE "user = u\npassword = 'a\\'b\\\\c\"#${X}'\n",
	    FILE_SYSTEM);
	ck_assert(str_eq(secret_reveal(&c.account[0].password),
	    STR("a'b\\c\"#${X}")));
	config_free(&c);
}
END_TEST

START_TEST(variables_are_for_personal_use)
{
	struct config c = { 0 };

	parse(&c, THREE "user = \"x${HOME}y\"\npassword_file = ${NO:-/d}/f\n",
	    FILE_PERSONAL);
	ck_assert_str_eq(buf_cstr(&c.account[0].user), "x/home/\"ay");
	ck_assert_str_eq(buf_cstr(&c.account[0].password_file), "/d/f");
	config_free(&c);
}
END_TEST

START_TEST(a_variable_that_is_not_set_is_a_mistake)
{
	struct config c = { 0 };
	struct mistakes m = { 0 };
	struct err e = { 0 };
	struct loader r = memory(FILE_PERSONAL);

	ck_assert_int_eq(config_parse(&c, "m", STR(THREE "user = \"${NO}\"\n"
	    "helo = \"${NO\"\n"), &r, &m, &e), -1);
	ck_assert_uint_eq(m.count, 2);
	ck_assert_str_eq(buf_cstr(&m.item[0].words),
	    "this variable is not set in the environment");
	ck_assert_str_eq(buf_cstr(&m.item[1].words), "${ without its }");
	err_clear(&e);
	mistakes_free(&m);
	config_free(&c);
}
END_TEST

START_TEST(an_exposed_password_is_refused)
{
	struct config c = { 0 };
	struct mistakes m = { 0 };
	struct err e = { 0 };
	struct loader r = memory(FILE_SYSTEM);

	r.exposed = true;
	ck_assert_int_eq(config_parse(&c, "m", STR(THREE), &r, &m, &e), 0);
	config_free(&c);
	ck_assert_int_eq(config_parse(&c, "m", STR(THREE "user = a\n"
	    "password = b\n"), &r, &m, &e), -1);
	ck_assert_str_eq(buf_cstr(&e.text),
	    "m: everybody can read the password in it: chmod o-rwx m");
	err_clear(&e);
	mistakes_free(&m);
	config_free(&c);
	ck_assert_int_eq(config_parse(&c, "m", STR(THREE "tls_cert = /c\n"
	    "tls_key = 'pkcs11:a?pin-value=1'\n"), &r, &m, &e), -1);
	ck_assert_ptr_nonnull(strstr(buf_cstr(&e.text), "everybody can read"));
	err_clear(&e);
	mistakes_free(&m);
	config_free(&c);
}
END_TEST

/* The file itself, in a directory of the test's own. */
static struct buf dir;

static const char *
at(const char *name)
{
	static struct buf path;

	buf_reset(&path);
	buf_printf(&path, "%s/%s", buf_cstr(&dir), name);
	return buf_cstr(&path);
}

static void
put(const char *name, const char *text, mode_t mode)
{
	int fd = open(at(name), O_WRONLY | O_CREAT | O_TRUNC, 0600);

	ck_assert_int_ge(fd, 0);
	ck_assert_int_eq((int)write(fd, text, strlen(text)),
	    (int)strlen(text));
	ck_assert_int_eq(fchmod(fd, mode), 0);
	close(fd);
}

static void
in_a_directory(void)
{
	char name[] = "check-config-XXXXXX";

	ck_assert_ptr_nonnull(mkdtemp(name));
	buf_set(&dir, str_of(name));
}

static void
no_directory(void)
{
	static const char *names[] = { "c", "d/b.conf", "d/a.conf", "p" };

	for (size_t i = 0; i < TABLE_COUNT(names); i++)
		unlink(at(names[i]));
	rmdir(at("d"));
	rmdir(buf_cstr(&dir));
	buf_free(&dir);
}

static void
load_and_fail(const char *name, const char *words)
{
	struct config c = { 0 };
	struct mistakes m = { 0 };
	struct err e = { 0 };

	ck_assert_int_eq(config_load(&c, at(name), FILE_SYSTEM, &m, &e), -1);
	ck_assert_msg(strstr(buf_cstr(&e.text), words) != NULL, "%s",
	    buf_cstr(&e.text));
	ck_assert_int_eq(e.code, EX_CONFIG);
	ck_assert_uint_eq(m.count, 0);
	err_clear(&e);
	config_free(&c);
}

START_TEST(a_file_that_cannot_be_trusted_is_refused_with_the_mend)
{
	in_a_directory();
	put("c", THREE, 0666);
	load_and_fail("c", "can be written by everybody: chmod go-w check-");
	put("c", THREE, 0660);
	load_and_fail("c", "can be written by its group: chmod g-w check-");
	if (geteuid() == 0) {
		put("c", THREE, 0600);
		ck_assert_int_eq(chown(at("c"), 4711, 0), 0);
		load_and_fail("c", "belongs to uid 4711, who could change it: "
		    "chown 0 check-");
		ck_assert_int_eq(chown(at("c"), 0, 0), 0);
	}
	load_and_fail("none", "cannot open check-");
	ck_assert_int_eq(mkdir(at("d"), 0700), 0);
	load_and_fail("d", "is a directory, not a file");
	ck_assert_int_eq(mkfifo(at("p"), 0600), 0);
	load_and_fail("p", "is a pipe, not a file");
	if (geteuid() != 0) {
		put("c", THREE, 0000);
		load_and_fail("c", "Permission denied");
	}
	no_directory();
}
END_TEST

START_TEST(a_file_has_a_largest_size)
{
	int fd;

	in_a_directory();
	put("c", THREE, 0600);
	fd = open(at("c"), O_WRONLY);
	ck_assert_int_eq(ftruncate(fd, (off_t)FILE_MAX + 1), 0);
	close(fd);
	load_and_fail("c", "is larger than 1048576 bytes");
	no_directory();
}
END_TEST

START_TEST(files_are_included_in_the_order_of_their_names)
{
	struct config c = { 0 };
	struct mistakes m = { 0 };
	struct err e = { 0 };
	struct buf all = { 0 };

	in_a_directory();
	ck_assert_int_eq(mkdir(at("d"), 0700), 0);
	put("c", THREE "include \"d/*.conf\"\n", 0600);
	put("d/b.conf", "fo = 1\n", 0600);
	put("d/a.conf", "\nbar = 1\n", 0600);
	ck_assert_int_eq(config_load(&c, at("c"), FILE_SYSTEM, &m, &e), -1);
	ck_assert_uint_eq(m.count, 2);
	ck_assert_str_eq(buf_cstr(&m.item[0].file), at("d/a.conf"));
	ck_assert_uint_eq(m.item[0].line, 2);
	ck_assert_str_eq(buf_cstr(&m.item[1].file), at("d/b.conf"));
	err_clear(&e);
	mistakes_free(&m);
	config_free(&c);
	put("d/a.conf", "helo = a.example\n", 0666);
	put("d/b.conf", "user = a\npassword = b\n", 0644);
	ck_assert_int_eq(config_load(&c, at("c"), FILE_SYSTEM, &m, &e), -1);
	mistakes_print(&m, &all);
	ck_assert_ptr_nonnull(strstr(buf_cstr(&all), "/c:2: "));
	ck_assert_ptr_nonnull(strstr(buf_cstr(&all), "chmod go-w"));
	ck_assert_ptr_nonnull(strstr(buf_cstr(&all), "everybody can read"));
	buf_free(&all);
	err_clear(&e);
	mistakes_free(&m);
	config_free(&c);
	no_directory();
}
END_TEST

START_TEST(a_circle_is_found_by_any_name)
{
	static const char *const names[] = { "c", "d/../c", "link" };
	struct config c = { 0 };
	struct mistakes m = { 0 };
	struct err e = { 0 };
	struct buf text = { 0 };

	in_a_directory();
	ck_assert_int_eq(mkdir(at("d"), 0700), 0);
	ck_assert_int_eq(symlink("c", at("link")), 0);
	buf_printf(&text, THREE "include \"%s\"\n", names[_i]);
	put("c", buf_cstr(&text), 0600);
	ck_assert_int_eq(config_load(&c, at("c"), FILE_SYSTEM, &m, &e), -1);
	ck_assert_uint_eq(m.count, 1);
	ck_assert_uint_eq(m.item[0].line, 2);
	ck_assert_ptr_nonnull(strstr(buf_cstr(&m.item[0].words),
	    "would include itself"));
	buf_free(&text);
	err_clear(&e);
	mistakes_free(&m);
	config_free(&c);
	(void)unlink(at("link"));
	no_directory();
}
END_TEST

int
main(void)
{
	const struct test_row tests[] = {
		{ every_mistake_is_named_with_its_line, TABLE_COUNT(wrong) },
		{ a_circle_is_found_by_any_name, 3 },
		{ a_nul_is_told_once, 0 },
		{ three_lines_are_enough, 0 },
		{ all_that_is_included_counts, 0 },
		{ an_account_inherits_what_is_no_secret_of_another_relay, 0 },
		{ words_and_quotes_mean_what_they_look_like,
		    TABLE_COUNT(word) },
		{ a_password_goes_through_the_same_quotes, 0 },
		{ variables_are_for_personal_use, 0 },
		{ a_variable_that_is_not_set_is_a_mistake, 0 },
		{ an_exposed_password_is_refused, 0 },
		{ a_file_that_cannot_be_trusted_is_refused_with_the_mend, 0 },
		{ a_file_has_a_largest_size, 0 },
		{ files_are_included_in_the_order_of_their_names, 0 },
	};

	return RUN("config", tests);
}
