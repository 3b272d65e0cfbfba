// SPDX-License-Identifier: ISC
/*
 * check_config_policy.c - which account, which sender, and values of all kinds
 */
#include "run.h"

#include <string.h>
#include <sysexits.h>

#include "base/table.h"
#include "config/account.h"
#include "config/print.h"
#include "config/sender.h"
#include "config/value.h"
#include "config/word.h"

static const struct {
	const char *pattern, *address;
	bool matches;
} pattern[] = {
	{ "me@x.example", "me@x.example", true },
	{ "me@x.example", "ME@X.Example", true },
	{ "me@x.example", "me+tag@x.example", true },
	{ "me@x.example", "me+@x.example", true },
	{ "me+tag@x.example", "me@x.example", false },
	{ "me@x.example", "mee@x.example", false },
	{ "me@x.example", "me@x.example.org", false },
	{ "me@x.example", "", false },
	{ "me@x.example", "me", false },
	{ "+x@y.example", "+x@y.example", true },
	{ "*@x.example", "who@x.example", true },
	{ "*@x.example", "who@sub.x.example", false },
	{ "*@*.x.example", "who@sub.x.example", true },
	{ "*@*.x.example", "who@x.example", false },
	{ "@x.example", "who@x.example", true },
	{ "a*z@x.example", "abcz@x.example", true },
	{ "a*z@x.example", "abc@x.example", false },
	{ "a*b*c@x.example", "aXbYbZc@x.example", true },
	{ "*", "who@x.example", true },
	{ "*", "root", true },
	{ "*", "", false },
	{ "**@x.example", "a@x.example", true },
};

START_TEST(patterns_match_addresses)
{
	ck_assert_msg(account_matches(str_of(pattern[_i].pattern),
	    str_of(pattern[_i].address)) == pattern[_i].matches, "%s and %s",
	    pattern[_i].pattern, pattern[_i].address);
}
END_TEST

START_TEST(a_pattern_of_stars_takes_no_time)
{
	struct buf stars = { 0 }, text = { 0 };

	for (int i = 0; i < 10000; i++) {
		buf_puts(&stars, "a*");
		buf_puts(&text, "a");
	}
	buf_putc(&stars, 'b');
	ck_assert(!account_matches(buf_str(&stars), buf_str(&text)));
	buf_free(&stars);
	buf_free(&text);
}
END_TEST

static void
parse(struct config *c, const char *text)
{
	struct mistakes m = { 0 };
	struct err e = { 0 };

	ck_assert_msg(config_parse(c, "conf", str_of(text), NULL, &m, &e) == 0,
	    "%s", buf_cstr(&e.text));
	mistakes_free(&m);
}

static const char accounts[] = "relay = a.example\n"
    "account work {\n from = { '*@work.example', me@both.example }\n}\n"
    "account home {\n from = { me@home.example, '*@both.example' }\n}\n";

static const struct {
	const char *name, *sender, *from, *account, *why;
} choice[] = {
	{ "", "", "", "", "no account: none has a \"from\" that matches" },
	{ "home", "me@work.example", "", "home",
	    "account home: it was asked for" },
	{ "HOME", "", "", "home", "account HOME: it was asked for" },
	{ "default", "me@work.example", "", "",
	    "account default: it was asked for" },
	{ "", "me@work.example", "me@home.example", "work", "account work: its "
	    "\"*@work.example\" matches the envelope sender" },
	{ "", "", "me@home.example", "home",
	    "account home: its \"me@home.example\" matches From" },
	{ "", "x@y.example", "me@home.example", "home",
	    "account home: its \"me@home.example\" matches From" },
	{ "", "me@both.example", "", "work", "account work: its "
	    "\"me@both.example\" matches the envelope sender" },
	{ "", "you@both.example", "", "home", "account home: its "
	    "\"*@both.example\" matches the envelope sender" },
	{ "", "x@y.example", "x@y.example", "",
	    "no account: none has a \"from\" that matches" },
};

START_TEST(the_first_account_that_matches_is_chosen)
{
	struct config c = { 0 };
	struct buf why = { 0 };
	struct err e = { 0 };
	const struct account *a;

	parse(&c, accounts);
	a = account_choose(&c, str_of(choice[_i].name),
	    str_of(choice[_i].sender), str_of(choice[_i].from), &why, &e);
	ck_assert_ptr_nonnull(a);
	ck_assert_str_eq(buf_cstr(&a->name), choice[_i].account);
	ck_assert_str_eq(buf_cstr(&why), choice[_i].why);
	buf_free(&why);
	config_free(&c);
}
END_TEST

START_TEST(an_account_that_does_not_exist_is_no_other)
{
	struct config c = { 0 };
	struct err e = { 0 };

	parse(&c, accounts);
	ck_assert_ptr_null(account_choose(&c, STR("wrk\033"), STR(""),
	    STR(""), NULL, &e));
	ck_assert_int_eq(e.code, EX_CONFIG);
	ck_assert(err_is_temporary(&e));
	ck_assert_str_eq(buf_cstr(&e.text), "there is no account \"wrk\\e\"");
	err_clear(&e);
	config_free(&c);
}
END_TEST

#define OWN "relay = a.example\nsender = \"%u-%h@%f\"\n"

static const struct {
	const char *conf, *login;
	bool said;
	const char *sender, *envelope, *from;	/* "" from: untouched */
} sender[] = {
	{ "relay = a.example\n", "bob", false, "", "bob@host42.example.org",
	    "" },
	{ "relay = a.example\n", "bob", true, "x@y.example", "x@y.example",
	    "" },
	{ "relay = a.example\n", "bob", true, "x", "x@host42.example.org",
	    "" },
	{ "relay = a.example\n", "bob", true, "", "", "" },
	{ "relay = a.example\n", "", false, "", "uid7@host42.example.org",
	    "" },
	{ "relay = a.example\n", "..b\n@c", false, "",
	    "--b--c@host42.example.org", "" },
	{ "relay = a.example\ndomain = d.example\n", "bob", false, "",
	    "bob@d.example", "" },
	{ OWN, "bob", false, "", "bob-host42@host42.example.org", "" },
	{ OWN, "bob", true, "x@y.example", "bob-host42@host42.example.org",
	    "" },
	{ OWN, "bob", true, "", "", "" },
	{ OWN "force_sender = no\n", "bob", true, "x@y.example",
	    "x@y.example", "" },
	{ OWN "force_sender = no\n", "bob", false, "",
	    "bob-host42@host42.example.org", "" },
	{ OWN "force_sender = envelope\n", "bob", true, "x@y.example",
	    "bob-host42@host42.example.org", "" },
	{ OWN "force_sender = header\n", "bob", true, "x@y.example",
	    "x@y.example", "bob-host42@host42.example.org" },
	{ OWN "force_sender = both\n", "bob", true, "x@y.example",
	    "bob-host42@host42.example.org",
	    "bob-host42@host42.example.org" },
	{ OWN "force_sender = both\n", "bob", true, "", "",
	    "bob-host42@host42.example.org" },
	{ "relay = a.example\nsender = \"a%%b@c.example\"\n", "bob", false,
	    "", "a%b@c.example", "" },
};

/* Where mail is handed in; h only has what f lacks. */
static void
handed_in(struct facts *f, struct here *h, const char *login)
{
	*f = (struct facts){ .uid = 7 };
	*h = (struct here){ 0 };
	buf_puts(&f->login, login);
	buf_puts(&f->host, "host42.example.org");
	buf_puts(&h->host, "host42.example.org");
}

static void
drop_policy(struct policy *p)
{
	buf_free(&p->domain);
	strs_free(&p->local);
	buf_free(&p->from);
	buf_free(&p->from_name);
	strs_free(&p->add);
	strs_free(&p->remove);
	strs_free(&p->original_to);
	buf_free(&p->mailer);
}

START_TEST(the_sender_is_who_the_relay_wants_it_to_be)
{
	struct config c = { 0 };
	struct facts f;
	struct here h;
	struct buf out = { 0 }, why = { 0 };
	struct policy p;

	parse(&c, sender[_i].conf);
	handed_in(&f, &h, sender[_i].login);
	sender_envelope(&c.account[0], &h, &f, sender[_i].said,
	    str_of(sender[_i].sender), &out, &why);
	ck_assert_str_eq(buf_cstr(&out), sender[_i].envelope);
	ck_assert_uint_gt(why.len, 0);
	sender_policy(&c, &c.account[0], &h, &f, NULL, &p);
	ck_assert_str_eq(buf_cstr(&p.from), sender[_i].from);
	drop_policy(&p);
	buf_free(&out);
	buf_free(&why);
	facts_free(&f);
	here_free(&h);
	config_free(&c);
}
END_TEST

START_TEST(the_policy_is_what_the_configuration_says)
{
	struct config c = { 0 };
	struct facts f;
	struct here h;
	struct strs to = { 0 };
	struct policy p;

	handed_in(&f, &h, "root");
	strs_add(&to, STR("x@y.example"));
	parse(&c, "relay = a.example\ndomain = d.example\nmailer = yes\n"
	    "redirect = dev@example.com\nheader X-Site = 'a b'\n"
	    "remove_headers = { X-Mailer }\nreceived = 0\n"
	    "undisclosed = no\n");
	sender_policy(&c, &c.account[0], &h, &f, &to, &p);
	ck_assert_str_eq(buf_cstr(&p.domain), "d.example");
	ck_assert(strs_ihas(&p.local, STR("host42")));
	ck_assert_str_eq(buf_cstr(&p.add.item[0]), "X-Site: a b");
	ck_assert_str_eq(buf_cstr(&p.remove.item[0]), "X-Mailer");
	ck_assert_str_eq(buf_cstr(&p.original_to.item[0]), "x@y.example");
	ck_assert_int_eq(strncmp(buf_cstr(&p.mailer), "minismtp/", 9), 0);
	ck_assert(p.auto_submitted && p.no_received && p.disclosed);
	drop_policy(&p);
	config_free(&c);
	f.uid = 1000;
	parse(&c, "relay = a.example\n");
	sender_policy(&c, &c.account[0], &h, &f, &to, &p);
	ck_assert(!p.auto_submitted && !p.no_received && !p.disclosed);
	ck_assert(p.auto_if_cron);
	ck_assert_uint_eq(p.original_to.count, 0);
	ck_assert_uint_eq(p.mailer.len, 0);
	drop_policy(&p);
	strs_free(&to);
	facts_free(&f);
	here_free(&h);
	config_free(&c);
}
END_TEST

/* One key with a value: what comes out of it again, or "!" and why not. */
static const struct {
	const char *line, *printed;
} value[] = {
	{ "patience = 90s", "patience = 1m30s" },
	{ "patience = 0", "patience = 0" },
	{ "patience = off", "patience = 0" },
	{ "patience = 1h", "patience = 1h" },
	{ "patience = 3601s", "!it should be from 0 to 1h" },
	{ "patience = 5", "patience = 5s" },
	{ "patience = 3601", "!it should be from 0 to 1h" },
	{ "patience = 5x", "!a time has a number and a unit: 90s, 5m, 4h, 5d" },
	{ "lifetime = 5", "!it should be from 1m to 52w2d" },
	{ "patience = -1s", "!a time has a number and a unit: 90s, 5m, 4h, "
	    "5d" },
	{ "patience = 1m1h", "!a time has a number and a unit: 90s, 5m, 4h, "
	    "5d" },
	{ "lifetime = 1w2d", "lifetime = 1w2d" },
	{ "lifetime = 99999999999999999999d",
	    "!a time has a number and a unit: 90s, 5m, 4h, 5d" },
	{ "lifetime = 59s", "!it should be from 1m to 52w2d" },
	{ "size_limit = 25M", "size_limit = 25M" },
	{ "size_limit = 25MB", "size_limit = 25M" },
	{ "size_limit = 1024", "size_limit = 1k" },
	{ "size_limit = 1000", "size_limit = 1000" },
	{ "size_limit = 99999999T", "!a size is a number, maybe with k, M or "
	    "G" },
	{ "size_limit = many", "!a size is a number, maybe with k, M or G" },
	{ "limit = { 100/h, 25M/d }", "limit = { \"100/h\", \"25M/d\" }" },
	{ "limit = 1000b/h", "limit = { \"1000b/h\" }" },
	{ "limit = 100", "!a limit is messages or bytes in a time: 100/h, "
	    "25M/d" },
	{ "limit = 0/h", "!a limit is messages or bytes in a time: 100/h, "
	    "25M/d" },
	{ "connections = 50", "connections = 50" },
	{ "connections = 51", "!it should be from 1 to 50" },
	{ "connections = 0", "!it should be from 1 to 50" },
	{ "connections = two", "!this is no number" },
	{ "trace = 1", "trace = yes" },
	{ "trace = TRUE", "trace = yes" },
	{ "trace = on", "trace = yes" },
	{ "trace = 0", "trace = no" },
	{ "trace = maybe", "!it should be yes or no" },
	{ "sandbox = 1", "sandbox = yes" },
	{ "sandbox = strict", "sandbox = strict" },
	{ "sandbox = 2", "!it should be one of yes, no, strict" },
	{ "tls = off", "tls = off" },
	{ "tls = ''", "tls = \"\"" },
	{ "tls_min = 1.3", "tls_min = \"1.3\"" },
	{ "tls_min = 1.1", "!there is 1.2 and 1.3" },
	{ "auth = ''", "!a mechanism's name has 1 to 20 bytes" },
	{ "auth = SCRAM-SHA-256", "auth = \"SCRAM-SHA-256\"" },
	{ "aliases = ''", "aliases = \"\"" },
	{ "aliases = aliases", "!a path is said from the root on" },
	{ "helo = '[192.0.2.1]'", "helo = \"[192.0.2.1]\"" },
	{ "helo = '[IPv6:2001:db8::1]'", "helo = \"[IPv6:2001:db8::1]\"" },
	{ "helo = '[2001:db8::1]'", "!an address is written [192.0.2.1] or "
	    "[IPv6:2001:db8::1]" },
	{ "helo = 192.0.2.1", "!an address is written [192.0.2.1] or "
	    "[IPv6:2001:db8::1]" },
	{ "helo = localhost", "!every machine is localhost; relays refuse "
	    "that" },
	{ "helo = a..b", "!this is no host name" },
	{ "helo = -a.example", "!this is no host name" },
	{ "helo = a.example.", "!a host name has no dot at its end here" },
	{ "domain = b\xc3\xbc" "cher.example",
	    "domain = \"b\xc3\xbc" "cher.example\"" },
	{ "domain = b\xfc" "cher.example", "!this host name is not UTF-8" },
	{ "admin = root", "!an address needs its @domain here" },
	{ "admin = '<a@b.example>'", "!only the address stands here, without "
	    "name and <>" },
	{ "admin = 'a b@c.example'", "!what stands before the @ is no part of "
	    "an address" },
	{ "admin = '\"a b\"@c.example'",
	    "admin = { \"\\\"a b\\\"@c.example\" }" },
	{ "admin = a..b@c.example", "!what stands before the @ is no part of "
	    "an address" },
	{ "sender = '%x@a.example'", "!behind a % stands u (login), h (host), "
	    "f (full host name) or a second %" },
	{ "sender = '%u@%f'", "sender = \"%u@%f\"" },
	{ "sender = '%u'", "!an address needs its @domain here" },
	{ "proxy = localhost", "proxy = \"localhost:1080\"" },
	{ "proxy = 'socks5://[::1]:9050'", "proxy = \"[::1]:9050\"" },
	{ "proxy = 'a:99999'", "!a proxy is host or host:port" },
	{ "source_address = { 192.0.2.1, '2001:db8::1' }",
	    "source_address = { \"192.0.2.1\", \"2001:db8::1\" }" },
	{ "source_address = eth0", "!this is no IP address" },
	{ "tls_pin = sha256:abc", "!SHA-256 has 32 bytes: 64 hex digits, or "
	    "44 bytes of base64" },
	{ "tls_pin = 'sha256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA='",
	    "tls_pin = { \"sha256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
	    "AAA=\" }" },
	{ "tls_pin = md5:abc", "!a pin is sha256: and a digest in hex or "
	    "base64" },
	{ "tls_cert = 'pkcs11:token=x'", "tls_cert = \"pkcs11:token=x\"" },
	{ "credential = ../x", "!a name without slashes stands here" },
	{ "remove_headers = { X-A, 'X B' }", "!a field's name has no blank, "
	    "colon or accent" },
	{ "retry = 5m", "retry = { \"5m\", \"1h\" }" },
	{ "retry = 2h", "retry = { \"2h\", \"2h\" }" },
	{ "retry = { 5m, 6h }", "retry = { \"5m\", \"6h\" }" },
	{ "syslog_facility = local3", "syslog_facility = local3" },
	{ "auto_submitted = no", "auto_submitted = no" },
	{ "tls_priority = \"NORMAL:%COMPAT\"",
	    "tls_priority = \"NORMAL:%COMPAT\"" },
};

START_TEST(values_are_checked_and_come_back)
{
	struct config c = { 0 };
	struct mistakes m = { 0 };
	struct err e = { 0 };
	struct buf text = { 0 }, out = { 0 };

	buf_printf(&text, "relay = a.example\n%s\n", value[_i].line);
	if (config_parse(&c, "conf", buf_str(&text), NULL, &m, &e) == 0) {
		print_config(&c, &out);
		ck_assert_msg(strstr(buf_cstr(&out), value[_i].printed) !=
		    NULL, "%s", value[_i].line);
	} else {
		const char *why = strrchr(value[_i].printed, '!');

		ck_assert_uint_eq(m.count, 1);
		ck_assert_msg(why != NULL && str_ends(
		    buf_str(&m.item[0].words), str_of(why + 1)), "%s",
		    buf_cstr(&m.item[0].words));
	}
	buf_free(&text);
	buf_free(&out);
	mistakes_free(&m);
	err_clear(&e);
	config_free(&c);
}
END_TEST

static const struct {
	const char *text;
	enum relay_kind kind;
	bool lmtp;
	const char *host;	/* NULL: it is none */
	int port;
} relay[] = {
	{ "smtp.example.com", RELAY_HOST, false, "smtp.example.com", 0 },
	{ "smtp.example.com:587", RELAY_HOST, false, "smtp.example.com", 587 },
	{ "192.0.2.1:25", RELAY_HOST, false, "192.0.2.1", 25 },
	{ "[2001:db8::1]:25", RELAY_HOST, false, "2001:db8::1", 25 },
	{ "[2001:db8::1]", RELAY_HOST, false, "2001:db8::1", 0 },
	{ "2001:db8::1", RELAY_HOST, false, "2001:db8::1", 0 },
	{ "srv:example.com", RELAY_SRV, false, "example.com", 0 },
	{ "mx:example.com", RELAY_MX, false, "example.com", 0 },
	{ "unix:/run/mta.sock", RELAY_UNIX, false, "/run/mta.sock", 0 },
	{ "lmtp:unix:/run/lmtp", RELAY_UNIX, true, "/run/lmtp", 0 },
	{ "lmtp:[::1]:24", RELAY_HOST, true, "::1", 24 },
	{ "discard:", RELAY_DISCARD, false, "", 0 },
	{ "", RELAY_HOST, false, NULL, 0 },
	{ "a:0", RELAY_HOST, false, NULL, 0 },
	{ "a:65536", RELAY_HOST, false, NULL, 0 },
	{ "a:", RELAY_HOST, false, NULL, 0 },
	{ "a b", RELAY_HOST, false, NULL, 0 },
	{ "[a]:25", RELAY_HOST, false, NULL, 0 },
	{ "[::1]25", RELAY_HOST, false, NULL, 0 },
	{ "unix:run/x", RELAY_UNIX, false, NULL, 0 },
	{ "srv:example.com:25", RELAY_SRV, false, NULL, 0 },
	{ "lmtp:mx:a", RELAY_HOST, true, NULL, 0 },
	{ "discard:x", RELAY_HOST, false, NULL, 0 },
	{ "smtp://a", RELAY_HOST, false, NULL, 0 },
};

START_TEST(relays_have_many_forms)
{
	struct relay r;
	const char *why;
	bool good = value_relay(str_of(relay[_i].text), &r, &why);

	ck_assert_msg(good == (relay[_i].host != NULL), "%s", relay[_i].text);
	ck_assert_int_eq(r.kind, relay[_i].kind);
	ck_assert_int_eq(r.lmtp, relay[_i].lmtp);
	ck_assert_str_eq(buf_cstr(&r.text), relay[_i].text);
	if (good) {
		ck_assert_str_eq(buf_cstr(&r.host), relay[_i].host);
		ck_assert_int_eq(r.port, relay[_i].port);
	} else {
		ck_assert_uint_gt(strlen(why), 10);
	}
	buf_free(&r.host);
	buf_free(&r.text);
}
END_TEST

START_TEST(secrets_are_not_printed)
{
	struct config c = { 0 };
	struct buf out = { 0 };

	parse(&c, "relay = a.example\nuser = u\npassword = 'hunter2'\n"
	    "account b {\n password = 'hunter3'\n}\n");
	print_config(&c, &out);
	print_json(&c, &out);
	ck_assert_ptr_null(strstr(buf_cstr(&out), "hunter"));
	ck_assert_ptr_nonnull(strstr(buf_cstr(&out), "password = \"...\""));
	ck_assert_ptr_nonnull(strstr(buf_cstr(&out), "\"password\": \"...\""));
	buf_free(&out);
	config_free(&c);
}
END_TEST

START_TEST(the_defaults_are_a_configuration_without_a_relay)
{
	struct config c = { 0 }, empty = { 0 };
	struct mistakes m = { 0 };
	struct err e = { 0 };
	struct buf text = { 0 }, out = { 0 }, out2 = { 0 };

	buf_puts(&text, "relay = a.example\n");
	print_defaults(&text);
	ck_assert_int_eq(config_parse(&c, "d", buf_str(&text), NULL, &m, &e),
	    0);
	parse(&empty, "relay = a.example\n");
	print_config(&c, &out);
	print_config(&empty, &out2);
	ck_assert_str_eq(buf_cstr(&out), buf_cstr(&out2));
	buf_free(&text);
	buf_free(&out);
	buf_free(&out2);
	config_free(&c);
	config_free(&empty);
}
END_TEST

START_TEST(json_says_the_same_in_its_own_way)
{
	struct config c = { 0 };
	struct buf out = { 0 };

	parse(&c, "relay = { a.example, '[::1]:25' }\nuser = 'a\"b\\c'\n"
	    "account w { from = '*@w.example' }\n");
	print_json(&c, &out);
	ck_assert_ptr_nonnull(strstr(buf_cstr(&out),
	    "  \"relay\": [\"a.example\", \"[::1]:25\"],\n"));
	ck_assert_ptr_nonnull(strstr(buf_cstr(&out),
	    "  \"user\": \"a\\\"b\\\\c\",\n"));
	ck_assert_ptr_nonnull(strstr(buf_cstr(&out), "  \"trace\": false,\n"));
	ck_assert_ptr_nonnull(strstr(buf_cstr(&out),
	    "  \"account\": [{\n    \"name\": \"w\",\n"));
	ck_assert_ptr_nonnull(strstr(buf_cstr(&out),
	    "    \"from\": [\"*@w.example\"]\n  }]\n}\n"));
	buf_free(&out);
	config_free(&c);
}
END_TEST

int
main(void)
{
	const struct test_row tests[] = {
		{ patterns_match_addresses, TABLE_COUNT(pattern) },
		{ a_pattern_of_stars_takes_no_time, 0 },
		{ the_first_account_that_matches_is_chosen,
		    TABLE_COUNT(choice) },
		{ an_account_that_does_not_exist_is_no_other, 0 },
		{ the_sender_is_who_the_relay_wants_it_to_be,
		    TABLE_COUNT(sender) },
		{ the_policy_is_what_the_configuration_says, 0 },
		{ values_are_checked_and_come_back, TABLE_COUNT(value) },
		{ relays_have_many_forms, TABLE_COUNT(relay) },
		{ secrets_are_not_printed, 0 },
		{ the_defaults_are_a_configuration_without_a_relay, 0 },
		{ json_says_the_same_in_its_own_way, 0 },
	};

	return RUN("config_policy", tests);
}
