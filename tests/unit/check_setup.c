// SPDX-License-Identifier: ISC
/*
 * check_setup.c - minismtp setup: providers, ways to a relay, and the plan
 *
 * The linker (--wrap) puts our own answers in place of DNS.
 */
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/table.h"
#include "config/provider.h"
#include "net/lookup.h"
#include "relay/plan.h"
#include "relay/trial.h"
#include "relay/ways.h"
#include "relay/wish.h"
#include "run.h"

/* -- the table */

START_TEST(each_provider_is_complete)
{
	const struct provider *p;
	struct str last = STR("");
	size_t i;

	for (i = 0; (p = provider_at(i)) != NULL; i++) {
		struct str where = str_of(p->where != NULL ? p->where :
		    "https://");

		ck_assert_msg(str_cmp(last, str_of(p->name)) < 0, "%s",
		    p->name);
		last = str_of(p->name);
		ck_assert_ptr_nonnull(p->title);
		ck_assert_ptr_nonnull(p->domains);
		ck_assert_ptr_nonnull(p->mx);
		ck_assert_msg(str_eat(&where, STR("https://")), "%s",
		    p->name);
		if (p->host == NULL) {
			ck_assert_ptr_nonnull(p->note);
			continue;
		}
		ck_assert_msg(p->port[0] > 0 && p->password != NULL, "%s",
		    p->name);
		ck_assert((p->user == USER_IS_FIXED ||
		    p->user == USER_IS_ASKED) == (p->user_words != NULL));
		ck_assert_ptr_eq(provider_find(str_of(p->name)), p);
	}
	ck_assert_uint_gt(i, 40);
	ck_assert_ptr_null(provider_find(STR("nosuch")));
	ck_assert_str_eq(provider_nearest(STR("gmial")), "gmail");
}
END_TEST

/* A domain or an end belongs to one provider, and is written small. */
START_TEST(nothing_is_said_twice)
{
	const struct provider *p;
	struct strs seen = { 0 };

	for (size_t i = 0; (p = provider_at(i)) != NULL; i++) {
		struct str list = str_of(p->domains), word;

		while (str_eat_word(&list, &word)) {
			ck_assert_msg(!strs_has(&seen, word), "%.*s",
			    STR_ARGS(word));
			strs_add(&seen, word);
			ck_assert_ptr_eq(provider_of_domain(word), p);
			for (size_t j = 0; j < word.len; j++)
				ck_assert(word.ptr[j] ==
				    str_lower(word.ptr[j]));
		}
	}
	strs_free(&seen);
	for (size_t i = 0; (p = provider_at(i)) != NULL; i++) {
		struct str list = str_of(p->mx), word;

		while (str_eat_word(&list, &word)) {
			ck_assert_msg(!strs_has(&seen, word), "%.*s",
			    STR_ARGS(word));
			strs_add(&seen, word);
			ck_assert_msg(provider_of_mx(word) == p, "%.*s",
			    STR_ARGS(word));
		}
	}
	strs_free(&seen);
}
END_TEST

static const struct {
	const char *domain, *name;
} domains[] = {
	{ "gmail.com", "gmail" }, { "GMail.Com", "gmail" },
	{ "googlemail.com", "gmail" }, { "outlook.com", "outlook" },
	{ "hotmail.co.uk", "outlook" }, { "yahoo.co.uk", "yahoo" },
	{ "aol.com", "aol" }, { "me.com", "icloud" },
	{ "fastmail.fm", "fastmail" }, { "gmx.de", "gmx" },
	{ "gmx.com", "gmx-com" }, { "ya.ru", "yandex" }, { "bk.ru", "mailru" },
	{ "lenta.ru", "rambler" }, { "zoho.eu", "zoho-eu" },
	{ "pm.me", "proton" }, { "tutanota.com", "tuta" },
	{ "example.com", NULL }, { "notgmail.com", NULL },
	{ "gmail.com.example", NULL }, { "", NULL }, { "com", NULL },
};

START_TEST(addresses_tell_the_provider)
{
	const struct provider *p = provider_of_domain(
	    str_of(domains[_i].domain));

	ck_assert_msg((p == NULL) == (domains[_i].name == NULL), "%s",
	    domains[_i].domain);
	if (p != NULL)
		ck_assert_str_eq(p->name, domains[_i].name);
}
END_TEST

static const struct {
	const char *host, *name;
} exchangers[] = {
	{ "aspmx.l.google.com", "gmail" }, { "smtp.google.com.", "gmail" },
	{ "example-com.mail.protection.outlook.com", "microsoft365" },
	{ "outlook-com.olc.protection.outlook.com", "outlook" },
	{ "in1-smtp.messagingengine.com", "fastmail" },
	{ "mx.yandex.net", "yandex" }, { "emx.mail.ru", "mailru" },
	{ "MX.ZOHO.EU", "zoho-eu" }, { "mail.protonmail.ch", "proton" },
	{ "mx00.kundenserver.de", "ionos-de" },
	{ "mygoogle.com", NULL }, { "google.com.example", NULL },
	{ "", NULL }, { ".", NULL },
};

START_TEST(exchangers_tell_the_provider)
{
	const struct provider *p = provider_of_mx(
	    str_of(exchangers[_i].host));

	ck_assert_msg((p == NULL) == (exchangers[_i].name == NULL), "%s",
	    exchangers[_i].host);
	if (p != NULL)
		ck_assert_str_eq(p->name, exchangers[_i].name);
}
END_TEST

/* -- ways; what DNS says is a line of "name host port" each */

static const char *dns = "";
static bool dns_is_down;

static int
answer(const char *name, struct services *s, struct err *e)
{
	struct str rest = str_of(dns), line, word, host;

	if (dns_is_down)
		return err_set(e, EX_TEMPFAIL, "no name server answers");
	while (str_eat_line(&rest, &line)) {
		struct service found = { 0 };
		uint64_t port = 0;

		if (!str_eat_word(&line, &word) ||
		    !str_eq(word, str_of(name)))
			continue;
		if (str_eat_word(&line, &host) && !str_eq(host, STR(".")))
			buf_set(&found.host, host);
		(void)str_eat_number(&line, &port);
		found.port = (int)port;
		s->item = realloc(s->item, (s->count + 1) * sizeof(*s->item));
		s->item[s->count++] = found;
	}
	return 0;
}

int __wrap_lookup_srv(const char *, int64_t, struct services *, struct err *);
int
__wrap_lookup_srv(const char *name, int64_t deadline, struct services *s,
    struct err *e)
{
	(void)deadline;
	return answer(name, s, e);
}

int __wrap_lookup_mx(const char *, int64_t, struct services *, struct err *);
int
__wrap_lookup_mx(const char *name, int64_t deadline, struct services *s,
    struct err *e)
{
	(void)deadline;
	return answer(name, s, e);
}

static void
describe(const struct ways *w, struct buf *out)
{
	if (w->provider != NULL)
		buf_printf(out, "(%s)", w->provider->name);
	for (size_t i = 0; i < w->count; i++)
		buf_printf(out, " %s%s%s%s", buf_cstr(&w->item[i].relay),
		    w->item[i].tls != NULL ? "/" : "",
		    w->item[i].tls != NULL ? w->item[i].tls : "",
		    w->item[i].foreign ? "!" : "");
}

static const struct {
	const char *name, *domain, *dns, *ways;
} found[] = {
	{ "a provider", "gmail.com", "_submissions._tcp.gmail.com x 1\n",
	    "(gmail) smtp.gmail.com:465 smtp.gmail.com:587" },
	{ "one without a relay", "tuta.com", "", "(tuta)" },
	{ "one on this machine", "proton.me", "", "(proton) 127.0.0.1:1025" },
	{ "guesses", "x.example", "", " smtp.x.example:465 smtp.x.example:587"
	    " mail.x.example:465 mail.x.example:587" },
	{ "both services", "x.example",
	    "_submissions._tcp.x.example out.x.example. 465\n"
	    "_submission._tcp.x.example out.x.example 587\n",
	    " out.x.example:465 out.x.example:587" },
	{ "the order of DNS", "x.example",
	    "_submission._tcp.x.example b.x.example 587\n"
	    "_submission._tcp.x.example a.x.example 587\n",
	    " b.x.example:587 a.x.example:587" },
	{ "other ports", "x.example",
	    "_submissions._tcp.x.example out.x.example 4650\n"
	    "_submission._tcp.x.example out.x.example 465\n",
	    " out.x.example:4650/implicit out.x.example:465/starttls" },
	{ "another domain", "x.example",
	    "_submission._tcp.x.example mx.y.example 587\n"
	    "_submission._tcp.x.example x.example 587\n"
	    "_submission._tcp.x.example notx.example 587\n",
	    " mx.y.example:587! x.example:587 notx.example:587!" },
	{ "it says that there is none", "x.example",
	    "_submission._tcp.x.example . 0\n"
	    "_submissions._tcp.x.example . 0\n"
	    "x.example mx.x.example\n",
	    " smtp.x.example:465 smtp.x.example:587 mail.x.example:465"
	    " mail.x.example:587" },
	{ "only one service", "x.example",
	    "_submission._tcp.x.example . 0\n"
	    "_submissions._tcp.x.example out.x.example 465\n",
	    " out.x.example:465" },
	{ "by its exchanger", "x.example", "x.example mx.x.example\n"
	    "x.example aspmx.l.google.com\n",
	    "(gmail) smtp.gmail.com:465 smtp.gmail.com:587" },
	{ "SRV before MX", "x.example", "x.example aspmx.l.google.com\n"
	    "_submissions._tcp.x.example out.x.example 465\n",
	    " out.x.example:465" },
	{ "no more than eight", "x.example",
	    "_submission._tcp.x.example a.x.example 1\n"
	    "_submission._tcp.x.example a.x.example 2\n"
	    "_submission._tcp.x.example a.x.example 3\n"
	    "_submission._tcp.x.example a.x.example 4\n"
	    "_submission._tcp.x.example a.x.example 5\n"
	    "_submission._tcp.x.example a.x.example 6\n"
	    "_submission._tcp.x.example a.x.example 7\n"
	    "_submission._tcp.x.example a.x.example 8\n"
	    "_submission._tcp.x.example a.x.example 9\n",
	    " a.x.example:1/starttls a.x.example:2/starttls"
	    " a.x.example:3/starttls a.x.example:4/starttls"
	    " a.x.example:5/starttls a.x.example:6/starttls"
	    " a.x.example:7/starttls a.x.example:8/starttls" },
};

START_TEST(a_domain_has_ways)
{
	struct ways w = { 0 };
	struct buf is = { 0 };

	dns = found[_i].dns;
	ways_of_domain(&w, str_of(found[_i].domain), 0);
	describe(&w, &is);
	ck_assert_msg(strcmp(buf_cstr(&is), found[_i].ways) == 0,
	    "%s: %s", found[_i].name, buf_cstr(&is));
	ck_assert_ptr_nonnull(w.source);
	ways_free(&w);
	buf_free(&is);
}
END_TEST

START_TEST(without_dns_there_are_guesses)
{
	struct ways w = { 0 };

	dns_is_down = true;
	ways_of_domain(&w, STR("x.example"), 0);
	ck_assert_uint_eq(w.count, 4);
	dns_is_down = false;
	ways_free(&w);
}
END_TEST

static const struct {
	const char *relay, *ways;
} typed[] = {
	{ "mx", " mx:465 mx:587 mx:25" },
	{ "192.0.2.1", " 192.0.2.1:465 192.0.2.1:587 192.0.2.1:25" },
	{ "mx:2525", " mx:2525" },
	{ "[2001:db8::1]", " [2001:db8::1]:465 [2001:db8::1]:587" },
	{ "[2001:db8::1]:25", " [2001:db8::1]:25" },
	{ "unix:/run/smtp", " unix:/run/smtp" },
	{ "srv:x.example", " srv:x.example" },
};

START_TEST(what_is_typed_is_a_way)
{
	struct ways w = { 0 };
	struct buf is = { 0 };

	ways_of_relay(&w, str_of(typed[_i].relay));
	describe(&w, &is);
	ck_assert_str_eq(buf_cstr(&is), typed[_i].ways);
	ways_free(&w);
	buf_free(&is);
}
END_TEST

/* -- the plan */

/* Whatever the table says, the file that comes of it has no mistake. */
START_TEST(each_provider_makes_a_configuration)
{
	const struct provider *p;

	for (size_t i = 0; (p = provider_at(i)) != NULL; i++) {
		struct plan plan = { .provider = p };
		struct config c = { 0 };
		struct secret secret = { 0 };
		struct err e = { 0 };

		if (p->host == NULL)
			continue;
		secret_set(&secret, STR("sesame"));
		buf_printf(&plan.relay, "%s:%d", p->host, p->port[0]);
		buf_puts(&plan.sender, "me@x.example");
		buf_puts(&plan.user, "me");
		buf_puts(&plan.password_file, "/nowhere");
		ck_assert_msg(plan_config(&c, &plan, &secret, &e) == 0,
		    "%s: %s", p->name, buf_cstr(&e.text));
		ck_assert(str_eq(secret_reveal(&c.account[0].password),
		    STR("sesame")));
		ck_assert_uint_eq(c.account[0].password_file.len, 0);
		config_free(&c);
		secret_free(&secret);
		plan_free(&plan);
	}
}
END_TEST

START_TEST(what_is_not_planned_is_not_there)
{
	struct plan plan = { 0 };
	struct buf text = { 0 };

	buf_puts(&plan.relay, "mx.x.example");
	buf_puts(&plan.password_file, "/of/nobody");
	plan_text(&text, &plan);
	ck_assert_str_eq(buf_cstr(&text), "# minismtp.conf - made by "
	    "\"minismtp setup\"; minismtp.conf(5) explains it\n\n"
	    "relay = \"mx.x.example\"\n");
	buf_reset(&text);
	buf_puts(&plan.helo, "a\"b");
	plan_text(&text, &plan);
	ck_assert_ptr_nonnull(strstr(buf_cstr(&text), "helo = \"a\\\"b\"\n"));
	plan_free(&plan);
	buf_free(&text);
}
END_TEST

/* -- the words */

START_TEST(words_are_taken)
{
	struct strs words = { 0 };
	struct wish w = { 0 };
	struct err e = { 0 };

	strs_add(&words, STR("address=me@x.example"));
	strs_add(&words, STR("user=a=b"));
	strs_add(&words, STR("yes=yes"));
	ck_assert_int_eq(wish_parse(&w, &words, &e), 0);
	ck_assert_str_eq(buf_cstr(&w.address), "me@x.example");
	ck_assert_str_eq(buf_cstr(&w.user), "a=b");
	ck_assert_uint_gt(w.yes.len, 0);
	wish_free(&w);
	strs_free(&words);
}
END_TEST

static const char *const refused[] = { "", "address", "nosuch=1", "=x",
	"address=a\nb", "user=a\x7f" "b" };

START_TEST(other_words_are_refused)
{
	struct strs words = { 0 };
	struct wish w = { 0 };
	struct err e = { 0 };

	strs_add(&words, str_of(refused[_i]));
	ck_assert_int_eq(wish_parse(&w, &words, &e), -1);
	ck_assert_int_eq(e.code, EX_USAGE);
	wish_free(&w);
	strs_free(&words);
	err_clear(&e);
}
END_TEST

/* -- what a child says that a relay may have taken over */

static const struct {
	const char *said;
	int code;
	const char *why;
} failures[] = {
	{ "code 2:75\nwhy 4:slow\n", EX_TEMPFAIL, "slow" },
	{ "code 1:0\nwhy 4:slow\n", EX_SOFTWARE, "slow" },
	{ "code 3:256\nwhy 4:slow\n", EX_SOFTWARE, "slow" },
	{ "why 5:\033[2J\n\n", EX_SOFTWARE, "\\e[2J\\n" },
	{ "", EX_SOFTWARE, "the trial ended without a word" },
};

START_TEST(a_failed_trial_has_a_code_and_words)
{
	struct trial t = { 0 };
	int ends[2];

	ck_assert_int_eq(pipe(ends), 0);
	t.fd = ends[0];
	t.pid = fork();
	if (t.pid == 0)
		_exit(write(ends[1], failures[_i].said,
		    strlen(failures[_i].said)) < 0);
	close(ends[1]);
	trial_end(&t);
	ck_assert(!t.works);
	ck_assert_int_eq(t.why.code, failures[_i].code);
	ck_assert_str_eq(buf_cstr(&t.why.text), failures[_i].why);
	trial_free(&t);
}
END_TEST

int
main(void)
{
	const struct test_row tests[] = {
		{ each_provider_is_complete, 0 },
		{ nothing_is_said_twice, 0 },
		{ addresses_tell_the_provider, TABLE_COUNT(domains) },
		{ exchangers_tell_the_provider, TABLE_COUNT(exchangers) },
		{ a_domain_has_ways, TABLE_COUNT(found) },
		{ without_dns_there_are_guesses, 0 },
		{ what_is_typed_is_a_way, TABLE_COUNT(typed) },
		{ each_provider_makes_a_configuration, 0 },
		{ what_is_not_planned_is_not_there, 0 },
		{ words_are_taken, 0 },
		{ other_words_are_refused, TABLE_COUNT(refused) },
		{ a_failed_trial_has_a_code_and_words, TABLE_COUNT(failures) },
	};

	return RUN("setup", tests);
}
