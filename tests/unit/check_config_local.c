// SPDX-License-Identifier: ISC
/*
 * check_config_local.c - aliases, and who is meant by a bare name
 */
#include "run.h"

#include <fcntl.h>
#include <pwd.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/table.h"
#include "config/aliases.h"
#include "config/expand.h"
#include "config/forward.h"
#include "config/local.h"

/* A file of aliases, with what is in it and what is wrong with it. */
static const struct {
	const char *name, *text, *aliases, *mistakes;
} file[] = {
	{ "empty", "", "", "" },
	{ "one", "root: alice@example.com\n", "root=alice@example.com|;", "" },
	{ "no newline", "root: alice", "root=alice|;", "" },
	{ "CRLF", "root: alice\r\n\r\nbob: carol\r\n",
	    "bob=carol|;root=alice|;", "" },
	{ "a byte order mark", "\xef\xbb\xbfroot: a\n", "root=a|;", "" },
	{ "comments", "# one\n\n  # two\nroot: a # three\n   # four\n\tb\n",
	    "root=a|b|;", "" },
	{ "a # in a name", "root: a#b\n", "root=a#b|;", "" },
	{ "a list", "root: a, b ,c@d.example,,\n", "root=a|b|c@d.example|;",
	    "" },
	{ "continued", "root: a,\n b,\n\tc\n", "root=a|b|c|;", "" },
	{ "continued from nothing", "root:\n a\n", "root=a|;", "" },
	{ "nothing to continue", " a\nroot: b\n", "root=b|;",
	    "f:1: this line continues nothing\n" },
	{ "quoted names", "\"bob jones\": \"carol x\"@example.com, "
	    "\"a, b\"\n", "bob jones=\"carol x\"@example.com|a, b|;", "" },
	{ "a quoted colon", "\"a:b\": c\n", "a:b=c|;", "" },
	{ "an escaped quote", "\"a\\\"b\": c\n", "a\"b=c|;", "" },
	{ "sorted, any case", "b: 1\nA: 2\n", "A=2|;b=1|;", "" },
	{ "default and star", "default: a\n*: b\n", "*=b|;default=a|;", "" },
	{ "angle brackets", "root: <a@b.example>\n", "root=a@b.example|;",
	    "" },
	{ "a backslash", "root: \\root, a\n", "root=\\root|a|;", "" },
	{ "included", "x: :include:/etc/list\ny: \":include: /a b\"\n",
	    "x=:include:/etc/list|;y=:include: /a b|;", "" },
	{ "included from nowhere", "x: :include:list\n", "x=;",
	    "f:1: :include: wants a path from the root on\n"
	    "f:1: this alias stands for nobody\n" },
	{ "a program", "x: |/bin/vacation\ny: \"|/bin/a b, c\", z\n",
	    "x=;y=z|;", "f:1: no program is run for an alias\n"
	    "f:1: this alias stands for nobody\n"
	    "f:2: no program is run for an alias\n" },
	{ "a file", "x: /dev/null, \"/var/mail/x\"\n  , a\n", "x=a|;",
	    "f:1: no mail is written to a file\n"
	    "f:1: no mail is written to a file\n" },
	{ "twins", "a: b\nA: c\n", "a=b|;A=c|;",
	    "f:2: this alias is here for the second time, after line 1\n" },
	{ "no colon", "root alice\n x\nb: c\n", "b=c|;",
	    "f:1: an alias is a name, a colon, and addresses\n" },
	{ "no name", ": a\n", "", "f:1: a name is missing before the colon\n" },
	{ "a domain", "a@b.example: c\n", "", "f:1: an alias is a name on this "
	    "machine, without @domain\n" },
	{ "an open quote", "a: \"b, c\nd: e\n", "a=;d=e|;",
	    "f:1: a quote is not closed\n"
	    "f:1: this alias stands for nobody\n" },
	{ "an open quoted name", "\"a: b\n", "",
	    "f:1: a quote is not closed\n" },
	{ "no address", "a: b@, @c, d e, f@g@\n", "a=;",
	    "f:1: this is no address\nf:1: this is no address\n"
	    "f:1: this is neither an address nor a name\n"
	    "f:1: this is no address\nf:1: this alias stands for nobody\n" },
	{ "a control byte", "a: b\033c\nd\001: e\n", "a=;",
	    "f:1: there is a control byte in it\n"
	    "f:1: this alias stands for nobody\n"
	    "f:2: there is a control byte in the name\n" },
};

START_TEST(a_file_of_aliases_is_read_to_its_end)
{
	struct aliases a = { 0 };
	struct mistakes m = { 0 };
	struct buf all = { 0 }, words = { 0 };

	aliases_parse(&a, "f", str_of(file[_i].text), &m);
	for (size_t i = 0; i < a.count; i++) {
		buf_printf(&all, "%s=", buf_cstr(&a.item[i].name));
		for (size_t n = 0; n < a.item[i].target.count; n++)
			buf_printf(&all, "%s|",
			    buf_cstr(&a.item[i].target.item[n]));
		buf_putc(&all, ';');
	}
	mistakes_print(&m, &words);
	ck_assert_msg(strcmp(buf_cstr(&all), file[_i].aliases) == 0,
	    "%s: %s", file[_i].name, buf_cstr(&all));
	ck_assert_msg(strcmp(buf_cstr(&words), file[_i].mistakes) == 0,
	    "%s: %s", file[_i].name, buf_cstr(&words));
	buf_free(&all);
	buf_free(&words);
	mistakes_free(&m);
	aliases_free(&a);
}
END_TEST

START_TEST(aliases_are_found_in_any_case_and_quotes)
{
	struct aliases a = { 0 };
	struct mistakes m = { 0 };

	aliases_parse(&a, "f", STR("\"Bob Jones\": x\nroot: y\nRoot: z\n"),
	    &m);
	ck_assert_ptr_nonnull(aliases_find(&a, STR("bob jones")));
	ck_assert_ptr_nonnull(aliases_find(&a, STR("\"bob jones\"")));
	ck_assert_ptr_nonnull(aliases_find(&a, STR("\"bob\\ jones\"")));
	ck_assert_ptr_null(aliases_find(&a, STR("bob")));
	ck_assert_str_eq(buf_cstr(&aliases_find(&a, STR("ROOT"))->
	    target.item[0]), "y");
	mistakes_free(&m);
	aliases_free(&a);
	ck_assert_ptr_null(aliases_find(&a, STR("root")));
}
END_TEST

/* The world of these tests. */
static const char the_aliases[] =
    "root: admin, carol@example.org\n"
    "admin: alice@example.com\n"
    "self: self, other@example.com\n"
    "selfhost: selfhost@localhost, other@example.com\n"
    "back: \\back\n"
    "a: b\nb: c@web1.example.com\nc: a\n"
    "diamond: left, right\nleft: admin\nright: admin\n"
    "list: :include:/list\n"
    "lost: :include:/none\n"
    "round: :include:/round\n"
    "prog: |/bin/x\n"
    "nobody: ghost\n"
    "\"bob jones\": bob\n"
    "bob: \"bob jones\"@example.com\n"
    "tagged+x: just@example.com\n"
    "tagged: all@example.com\n";

static const struct {
	const char *path, *text;
} included[] = {
	{ "/list", "# people\nadmin\nx@example.com, y@example.com\n|/bin/z\n" },
	{ "/round", ":include:/round2\n" },
	{ "/round2", "z@example.com\n:include:/round\n" },
};

static int
include(void *arg, struct str path, struct buf *out, struct err *e)
{
	(void)arg;
	for (size_t i = 0; i < TABLE_COUNT(included); i++) {
		if (str_eq(path, str_of(included[i].path))) {
			buf_puts(out, included[i].text);
			return 0;
		}
	}
	return err_set(e, EX_CONFIG, "cannot open %.*s", STR_ARGS(path));
}

static int
forward(void *arg, struct str login, struct buf *out, struct err *e)
{
	(void)arg;
	if (str_eq(login, STR("fred")))
		buf_puts(out, "fred@example.net\n\\fred, :include:/list\n");
	else if (str_eq(login, STR("frida")))
		buf_puts(out, "|/usr/bin/procmail\n");
	else if (str_eq(login, STR("felix")))
		return err_set(e, EX_TEMPFAIL, "an I/O error");
	else
		return 0;
	return 1;
}

struct scene {
	struct config config;
	struct here here;
	struct aliases aliases;
	struct loader loader;
	struct local local;
};

static void
begin(struct scene *s, const char *conf, const char *aliases)
{
	struct mistakes m = { 0 };
	struct err e = { 0 };

	*s = (struct scene){ 0 };
	ck_assert_msg(config_parse(&s->config, "conf", str_of(conf), NULL, &m,
	    &e) == 0, "%s", buf_cstr(&e.text));
	buf_puts(&s->here.host, "web1.example.com");
	buf_puts(&s->here.mailname, "mail.example.com");
	aliases_parse(&s->aliases, "aliases", str_of(aliases), &m);
	s->loader = (struct loader){ .load = include };
	s->local = (struct local){ &s->config, &s->config.account[0],
	    &s->here, &s->aliases, &s->loader, forward };
	mistakes_free(&m);
}

static void
end(struct scene *s)
{
	config_free(&s->config);
	here_free(&s->here);
	aliases_free(&s->aliases);
}

#define RELAY "relay = smtp.example.com\n"
#define DOMAIN RELAY "domain = corp.example\n"
#define ADMIN DOMAIN "admin = { boss@corp.example, vice@corp.example }\n"

/* A recipient in a configuration, and where the mail goes. */
static const struct {
	const char *conf, *rcpt, *to;
} chain[] = {
	/* Not ours */
	{ ADMIN, "x@example.com", "x@example.com|" },
	{ ADMIN, "root@example.com", "root@example.com|" },
	/* Every local form of a name with an alias */
	{ ADMIN, "root", "alice@example.com|carol@example.org|" },
	{ ADMIN, "ROOT", "alice@example.com|carol@example.org|" },
	{ ADMIN, "root@", "alice@example.com|carol@example.org|" },
	{ ADMIN, "root@localhost", "alice@example.com|carol@example.org|" },
	{ ADMIN, "root@localhost.", "alice@example.com|carol@example.org|" },
	{ ADMIN, "root@localhost.localdomain",
	    "alice@example.com|carol@example.org|" },
	{ ADMIN, "root@web1", "alice@example.com|carol@example.org|" },
	{ ADMIN, "root@WEB1.example.COM",
	    "alice@example.com|carol@example.org|" },
	{ ADMIN, "root@mail.example.com",
	    "alice@example.com|carol@example.org|" },
	{ ADMIN "local_domains = lan.example\n", "root@lan.example",
	    "alice@example.com|carol@example.org|" },
	{ ADMIN, "root@lan.example", "root@lan.example|" },
	{ ADMIN, "root+cron@localhost",
	    "alice@example.com|carol@example.org|" },
	{ ADMIN, "tagged+x", "just@example.com|" },
	{ ADMIN, "tagged+y", "all@example.com|" },
	/* The mailname is where people live, not this machine */
	{ RELAY "sender = web1@mail.example.com\n", "x@mail.example.com",
	    "x@mail.example.com|" },
	/* Nobody is known: admin, or the name itself */
	{ ADMIN, "ghost", "boss@corp.example|vice@corp.example|" },
	{ ADMIN, "ghost@web1", "boss@corp.example|vice@corp.example|" },
	{ DOMAIN, "ghost", "ghost@corp.example|" },
	{ DOMAIN, "ghost@localhost", "ghost@corp.example|" },
	{ DOMAIN, "ghost@localhost.localdomain", "ghost@corp.example|" },
	{ DOMAIN, "ghost@web1", "ghost@corp.example|" },
	{ DOMAIN, "ghost@web1.example.com", "ghost@web1.example.com|" },
	{ DOMAIN, "\"a b\"", "\"a b\"@corp.example|" },
	{ DOMAIN, "\"a@b\"", "\"a@b\"@corp.example|" },
	{ DOMAIN, "\"a b\"@localhost", "\"a b\"@corp.example|" },
	/* Aliases of all forms */
	{ ADMIN, "nobody", "boss@corp.example|vice@corp.example|" },
	{ DOMAIN, "nobody", "ghost@corp.example|" },
	{ ADMIN, "self",
	    "other@example.com|boss@corp.example|vice@corp.example|" },
	{ DOMAIN, "self", "other@example.com|self@corp.example|" },
	{ DOMAIN, "selfhost", "other@example.com|selfhost@corp.example|" },
	{ DOMAIN, "back", "back@corp.example|" },
	{ DOMAIN, "diamond", "alice@example.com|" },
	{ DOMAIN, "\"bob jones\"@localhost",
	    "\"bob jones\"@example.com|" },
	{ DOMAIN, "prog", "prog@corp.example|" },
	{ ADMIN, "prog", "boss@corp.example|vice@corp.example|" },
	{ DOMAIN, "list", "alice@example.com|x@example.com|y@example.com|" },
	{ DOMAIN, "a", "!the aliases run in a circle: a -> b -> c -> a" },
	{ DOMAIN, "lost", "!cannot open /none" },
	{ DOMAIN, "round", "!the aliases run in a circle: round -> /round -> "
	    "/round2 -> /round" },
	/* ~/.forward */
	{ DOMAIN, "fred", "fred@corp.example|" },
	{ DOMAIN "forward = yes\n", "fred",
	    "fred@example.net|fred@corp.example|" },
	{ DOMAIN "forward = yes\n", "frida", "frida@corp.example|" },
	{ DOMAIN "forward = yes\n", "felix", "!an I/O error" },
	{ DOMAIN "forward = yes\n", "admin", "alice@example.com|" },
	/* What bare names are qualified with */
	{ RELAY "sender = a@s.example\nhelo = h.example\n", "ghost",
	    "ghost@s.example|" },
	{ RELAY "sender = \"a@%f\"\nhelo = h.example\n", "ghost",
	    "ghost@h.example|" },
	{ RELAY "helo = '[192.0.2.1]'\n", "ghost",
	    "ghost@web1.example.com|" },
	{ RELAY, "ghost", "ghost@web1.example.com|" },
};

/*
 * Each way to write the name n of somebody here ...
 */
static const char *const forms[] = {
	"n", "N", "n@", "n@localhost", "n@LOCALHOST.",
	"n@localhost.localdomain", "n@web1", "n@Web1.example.com",
	"n@web1.example.com.",
	"n@mail.example.com", "n@lan.example", "n@LAN.example", "n+tag",
	"n+tag@web1", "\"n\"", "\"n\"@localhost",
};

/* ... leads to what each form of its alias says. */
static const struct {
	const char *name, *aliases, *to;
} meanings[] = {
	{ "an address", "n: a@x.example\n", "a@x.example|" },
	{ "in brackets, with a name in any case", "N: <a@X.example>\n",
	    "a@X.example|" },
	{ "a list", "n: a@x.example, b@x.example\n",
	    "a@x.example|b@x.example|" },
	{ "continued", "n: a@x.example,\n\tb@x.example\n",
	    "a@x.example|b@x.example|" },
	{ "quoted", "\"n\": \"a b\"@x.example\n", "\"a b\"@x.example|" },
	{ "another alias", "n: m\nm: a@x.example\n", "a@x.example|" },
	{ "another in a local form", "n: m@localhost\nm: a@x.example\n",
	    "a@x.example|" },
	{ "itself and another", "n: \\n, a@x.example\n",
	    "a@x.example|boss@corp.example|vice@corp.example|" },
	{ "nobody that is known", "n: m\n",
	    "boss@corp.example|vice@corp.example|" },
	{ "a list of its own", "n: :include:/list\nadmin: a@x.example\n",
	    "a@x.example|x@example.com|y@example.com|" },
	{ "default", "default: a@x.example\n", "a@x.example|" },
	{ "a star", "*: a@x.example\n", "a@x.example|" },
	{ "default, and its own", "default: a@x.example\nn: b@x.example\n",
	    "b@x.example|" },
	{ "a program, and an address", "n: |/bin/true, a@x.example\n",
	    "a@x.example|" },
	{ "a file alone", "n: /var/mail/n\n",
	    "boss@corp.example|vice@corp.example|" },
	{ "of somebody else", "m: a@x.example\n",
	    "boss@corp.example|vice@corp.example|" },
	{ "none", "", "boss@corp.example|vice@corp.example|" },
	{ "a circle", "n: m\nm: n\n",
	    "!the aliases run in a circle" },
};

START_TEST(each_form_of_a_name_means_the_same)
{
	struct scene s;

	begin(&s, ADMIN "local_domains = lan.example\n",
	    meanings[_i].aliases);
	for (size_t n = 0; n < TABLE_COUNT(forms); n++) {
		struct strs out = { 0 };
		struct buf all = { 0 };
		struct err e = { 0 };

		if (local_resolve(&s.local, str_of(forms[n]), &out, NULL,
		    &e) < 0)
			buf_printf(&all, "!%.27s", buf_cstr(&e.text));
		for (size_t i = 0; i < out.count; i++)
			buf_printf(&all, "%s|", buf_cstr(&out.item[i]));
		ck_assert_msg(strcasecmp(buf_cstr(&all), meanings[_i].to) ==
		    0, "%s: %s: %s", meanings[_i].name, forms[n],
		    buf_cstr(&all));
		buf_free(&all);
		strs_free(&out);
		err_clear(&e);
	}
	end(&s);
}
END_TEST

START_TEST(a_recipient_goes_where_it_is_meant_to_go)
{
	struct scene s;
	struct strs out = { 0 };
	struct buf all = { 0 };
	struct err e = { 0 };

	begin(&s, chain[_i].conf, the_aliases);
	if (local_resolve(&s.local, str_of(chain[_i].rcpt), &out, NULL, &e) <
	    0) {
		buf_printf(&all, "!%s", buf_cstr(&e.text));
		ck_assert_int_eq(e.code, EX_TEMPFAIL);
	}
	for (size_t i = 0; i < out.count; i++)
		buf_printf(&all, "%s|", buf_cstr(&out.item[i]));
	ck_assert_msg(strcmp(buf_cstr(&all), chain[_i].to) == 0, "%s: %s",
	    chain[_i].rcpt, buf_cstr(&all));
	buf_free(&all);
	strs_free(&out);
	err_clear(&e);
	end(&s);
}
END_TEST

START_TEST(the_default_is_for_whom_nobody_else_is_known)
{
	struct scene s;
	struct strs out = { 0 };
	struct err e = { 0 };

	begin(&s, ADMIN, "default: ghost2, x@example.com\nroot: ghost\n");
	ck_assert_int_eq(local_resolve(&s.local, STR("who"), &out, NULL, &e),
	    0);
	ck_assert_uint_eq(out.count, 3);
	ck_assert_str_eq(buf_cstr(&out.item[0]), "x@example.com");
	ck_assert_str_eq(buf_cstr(&out.item[1]), "boss@corp.example");
	strs_free(&out);
	ck_assert_int_eq(local_resolve(&s.local, STR("root"), &out, NULL, &e),
	    0);
	ck_assert_uint_eq(out.count, 2);
	strs_free(&out);
	end(&s);
	begin(&s, ADMIN, "*: x@example.com\n");
	ck_assert_int_eq(local_resolve(&s.local, STR("who"), &out, NULL, &e),
	    0);
	ck_assert_uint_eq(out.count, 1);
	strs_free(&out);
	end(&s);
}
END_TEST

START_TEST(each_step_is_told)
{
	struct scene s;
	struct strs out = { 0 };
	struct buf why = { 0 };
	struct err e = { 0 };

	begin(&s, DOMAIN, "root: admin\nadmin: a@example.com, ghost\n");
	ck_assert_int_eq(local_resolve(&s.local, STR("root"), &out, &why, &e),
	    0);
	ck_assert_str_eq(buf_cstr(&why), "root -> admin\n"
	    "admin -> a@example.com\nadmin -> ghost\n"
	    "ghost: local, nobody else is known, so ghost@corp.example\n");
	strs_free(&out);
	buf_free(&why);
	end(&s);
}
END_TEST

START_TEST(depth_and_number_have_a_bound)
{
	struct scene s;
	struct strs out = { 0 };
	struct buf text = { 0 };
	struct err e = { 0 };

	for (int i = 0; i < 30; i++)
		buf_printf(&text, "a%d: a%d\n", i, i + 1);
	buf_puts(&text, "all:");
	for (int i = 0; i < 10001; i++)
		buf_printf(&text, " u%d@example.com,", i);
	begin(&s, DOMAIN, buf_cstr(&text));
	ck_assert_int_eq(local_resolve(&s.local, STR("a0"), &out, NULL, &e),
	    -1);
	ck_assert_ptr_nonnull(strstr(buf_cstr(&e.text), "too many aliases"));
	err_clear(&e);
	ck_assert_int_eq(local_resolve(&s.local, STR("a10"), &out, NULL, &e),
	    0);
	ck_assert_int_eq(local_resolve(&s.local, STR("all"), &out, NULL, &e),
	    -1);
	ck_assert_str_eq(buf_cstr(&e.text),
	    "too many aliases: there are over ten thousand addresses");
	strs_free(&out);
	buf_free(&text);
	err_clear(&e);
	end(&s);
}
END_TEST

static bool
bare(void *arg, struct str address, struct str *name)
{
	(void)arg;
	*name = address;
	return !str_has(address, '@');
}

START_TEST(every_circle_is_found_before_mail_is)
{
	const struct alias_world world = { NULL, bare, NULL, NULL };
	struct aliases a = { 0 };
	struct mistakes m = { 0 };
	struct buf words = { 0 };

	aliases_parse(&a, "f", STR("ok: x@y.example\na: b\n\nb: a\n"), &m);
	aliases_check(&a, &world, &m);
	mistakes_print(&m, &words);
	ck_assert_str_eq(buf_cstr(&words),
	    "f:2: the aliases run in a circle: a -> b -> a\n"
	    "f:4: the aliases run in a circle: b -> a -> b\n");
	buf_free(&words);
	mistakes_free(&m);
	aliases_free(&a);
}
END_TEST

START_TEST(the_names_of_here_are_listed_once)
{
	struct scene s;
	struct strs hosts = { 0 };

	begin(&s, DOMAIN "local_domains = { lan.example, WEB1 }\n", "");
	local_hosts(&s.config, &s.here, &hosts);
	ck_assert_uint_eq(hosts.count, 6);
	ck_assert(strs_ihas(&hosts, STR("web1")));
	ck_assert(strs_ihas(&hosts, STR("mail.example.com")));
	strs_free(&hosts);
	end(&s);
}
END_TEST

START_TEST(this_machine_has_names_or_none_but_never_bad_ones)
{
	struct here h;

	here_load(&h);
	ck_assert(!str_has(buf_str(&h.host), ' '));
	ck_assert(!str_has(buf_str(&h.mailname), '\n'));
	here_free(&h);
}
END_TEST

/* Only the home of whoever runs the test can be tried. */
START_TEST(a_forward_must_be_its_users_own)
{
	struct buf text = { 0 };
	struct err e = { 0 };

	ck_assert_int_eq(forward_load(NULL, STR("no such user at all"), &text,
	    &e), 0);
	ck_assert_int_eq(forward_load(NULL, STR("../../etc/passwd"), &text,
	    &e), 0);
	ck_assert_uint_eq(text.len, 0);
	err_clear(&e);
}
END_TEST

START_TEST(missing_aliases_are_none)
{
	struct scene s;
	struct aliases a = { 0 };
	struct mistakes m = { 0 };
	struct err e = { 0 };

	begin(&s, RELAY "aliases = /nonexistent/aliases\n", "");
	ck_assert_int_eq(local_aliases(&s.config, &a, &m, &e), 0);
	ck_assert_uint_eq(a.count, 0);
	ck_assert_int_eq(e.code, 0);
	end(&s);
	begin(&s, RELAY "aliases = /\n", "");
	ck_assert_int_eq(local_aliases(&s.config, &a, &m, &e), -1);
	ck_assert_str_eq(buf_cstr(&e.text), "/ is a directory, not a file");
	err_clear(&e);
	end(&s);
}
END_TEST

int
main(void)
{
	const struct test_row tests[] = {
		{ a_file_of_aliases_is_read_to_its_end, TABLE_COUNT(file) },
		{ aliases_are_found_in_any_case_and_quotes, 0 },
		{ each_form_of_a_name_means_the_same, TABLE_COUNT(meanings) },
		{ a_recipient_goes_where_it_is_meant_to_go,
		    TABLE_COUNT(chain) },
		{ the_default_is_for_whom_nobody_else_is_known, 0 },
		{ each_step_is_told, 0 },
		{ depth_and_number_have_a_bound, 0 },
		{ every_circle_is_found_before_mail_is, 0 },
		{ the_names_of_here_are_listed_once, 0 },
		{ this_machine_has_names_or_none_but_never_bad_ones, 0 },
		{ a_forward_must_be_its_users_own, 0 },
		{ missing_aliases_are_none, 0 },
	};

	return RUN("config_local", tests);
}
