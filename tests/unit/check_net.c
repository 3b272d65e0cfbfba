// SPDX-License-Identifier: ISC
/*
 * check_net.c - connections, and how they come about
 */
#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/rand.h"
#include "base/table.h"
#include "base/xmem.h"
#include "net/answer.h"
#include "net/dial.h"
#include "net/listed.h"
#include "net/lookup.h"
#include "net/proxy.h"
#include "net/race.h"
#include "run.h"

/* -- the connection itself */

static void
pair(struct conn *c, int *other)
{
	int ends[2];

	ck_assert_int_eq(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
	conn_init(c, ends[0]);
	buf_puts(&c->peer, "mx.test");
	*other = ends[1];
}

START_TEST(what_is_sent_arrives_and_the_end_is_seen)
{
	struct buf in = { 0 };
	struct err e = { 0 };
	struct conn c;
	char got[8];
	int other;

	pair(&c, &other);
	ck_assert_int_eq(fcntl(c.fd, F_GETFD) & FD_CLOEXEC, FD_CLOEXEC);
	ck_assert_int_eq(fcntl(c.fd, F_GETFL) & O_NONBLOCK, O_NONBLOCK);
	ck_assert_int_eq(conn_send(&c, STR("NOOP\r\n"),
	    clock_deadline(1000), &e), 0);
	ck_assert_int_eq(read(other, got, sizeof(got)), 6);
	ck_assert_int_eq(write(other, "250\r\n", 5), 5);
	close(other);
	ck_assert_int_eq(conn_recv(&c, &in, clock_deadline(1000), &e), 1);
	ck_assert_str_eq(buf_cstr(&in), "250\r\n");
	ck_assert_int_eq(conn_recv(&c, &in, clock_deadline(1000), &e), 0);
	conn_close(&c);
	conn_close(&c);
	buf_free(&in);
}
END_TEST

START_TEST(silence_ends_at_the_deadline)
{
	struct buf in = { 0 };
	struct err e = { 0 };
	struct conn c;
	int64_t begun = clock_ms();
	int other;

	pair(&c, &other);
	ck_assert_int_eq(conn_recv(&c, &in, clock_deadline(50), &e), -1);
	ck_assert_int_ge(clock_ms() - begun, 50);
	ck_assert_int_eq(e.code, EX_TEMPFAIL);
	ck_assert_str_eq(buf_cstr(&e.text), "mx.test: no answer in time");
	close(other);
	conn_close(&c);
	buf_free(&in);
	err_clear(&e);
}
END_TEST

/* There is always something to read, but the time is over. */
START_TEST(a_deadline_is_not_prolonged_by_dripping)
{
	struct buf in = { 0 };
	struct err e = { 0 };
	struct conn c;
	int other;

	pair(&c, &other);
	ck_assert_int_eq(write(other, "2", 1), 1);
	ck_assert_int_eq(conn_recv(&c, &in, clock_ms() - 1, &e), -1);
	close(other);
	conn_close(&c);
	buf_free(&in);
	err_clear(&e);
}
END_TEST

START_TEST(nobody_listening_ends_at_the_deadline)
{
	static char big[4 << 20];
	struct err e = { 0 };
	struct conn c;
	int other;

	pair(&c, &other);
	ck_assert_int_eq(conn_send(&c, (struct str){ big, sizeof(big) },
	    clock_deadline(50), &e), -1);
	ck_assert_int_eq(e.code, EX_TEMPFAIL);
	close(other);
	conn_close(&c);
	err_clear(&e);
}
END_TEST

/* The other side writes all of its own before it reads any of ours. */
START_TEST(two_full_buffers_do_not_wait_for_each_other)
{
	static char big[900 * 1024], sink[65536];
	struct str out = { big, sizeof(big) };
	struct buf in = { 0 };
	struct err e = { 0 };
	struct conn c;
	int other;
	pid_t pid;

	pair(&c, &other);
	pid = fork();
	if (pid == 0) {
		size_t n = 0;
		ssize_t got;

		close(c.fd);
		while (n < sizeof(big)) {
			got = write(other, big + n, sizeof(big) - n);
			if (got < 0)
				_exit(1);
			n += (size_t)got;
		}
		while (n > 0 && (got = read(other, sink, sizeof(sink))) > 0)
			n -= (size_t)got;
		_exit(n != 0);
	}
	close(other);
	ck_assert_int_eq(conn_exchange(&c, &out, &in, clock_deadline(10000),
	    &e), 1);
	ck_assert_uint_eq(out.len, 0);
	ck_assert_uint_gt(in.len, 100 * 1024);
	conn_close(&c);
	waitpid(pid, NULL, 0);
	buf_free(&in);
}
END_TEST

START_TEST(a_relay_that_only_talks_is_an_error)
{
	static char big[8 << 20];
	struct str out = { big, sizeof(big) };
	struct buf in = { 0 };
	struct err e = { 0 };
	struct conn c;
	int other;
	pid_t pid;

	pair(&c, &other);
	pid = fork();
	if (pid == 0) {
		close(c.fd);
		while (send(other, big, 65536, MSG_NOSIGNAL) > 0)
			;
		_exit(0);
	}
	close(other);
	ck_assert_int_eq(conn_exchange(&c, &out, &in, clock_deadline(10000),
	    &e), -1);
	ck_assert_int_eq(e.code, EX_PROTOCOL);
	ck_assert_uint_lt(in.len, 2 * CONN_AHEAD_MAX);
	conn_close(&c);
	waitpid(pid, NULL, 0);
	buf_free(&in);
	err_clear(&e);
}
END_TEST

/* -- addresses */

static const struct {
	const char *name, *before, *after;
} orders[] = {
	{ "none", "", "" },
	{ "one", "a", "a" },
	{ "the families take turns", "ABCabc", "AaBbCc" },
	{ "the first family stays first", "abAB", "aAbB" },
	{ "one family has more", "abcdA", "aAbcd" },
	{ "one family", "dcba", "dcba" },
};

/* Capitals are IPv6; the letter is the last byte of the address. */
START_TEST(races_begin_in_this_order)
{
	struct endpoints p = { .count = 0 };
	struct buf got = { 0 };

	for (const char *s = orders[_i].before; *s != '\0'; s++) {
		struct buf host = { 0 };
		struct endpoints one;

		buf_printf(&host, *s < 'a' ? "::%x" : "192.0.2.%d", *s);
		ck_assert(lookup_literal(buf_cstr(&host), 25, &one));
		p.item[p.count++] = one.item[0];
		buf_free(&host);
	}
	race_order(&p);
	for (size_t i = 0; i < p.count; i++) {
		const struct sockaddr_in *v4 =
		    (const struct sockaddr_in *)&p.item[i].addr;
		const struct sockaddr_in6 *v6 =
		    (const struct sockaddr_in6 *)&p.item[i].addr;

		buf_putc(&got, p.item[i].addr.ss_family == AF_INET ?
		    (char)(ntohl(v4->sin_addr.s_addr) & 255) :
		    (char)v6->sin6_addr.s6_addr[15]);
	}
	ck_assert_msg(strcmp(buf_cstr(&got), orders[_i].after) == 0,
	    "%s: %s", orders[_i].name, buf_cstr(&got));
	buf_free(&got);
}
END_TEST

static void
add_service(struct services *s, const char *host, int port,
    unsigned priority, unsigned weight)
{
	s->item = xgrow(s->item, s->count, sizeof(*s->item));
	s->item[s->count] = (struct service){ .priority = priority,
	    .weight = weight, .port = port };
	buf_puts(&s->item[s->count++].host, host);
}

START_TEST(services_go_by_priority_and_then_by_weight)
{
	unsigned heavy = 0, light = 0;

	rand_fix(7);
	for (int n = 0; n < 400; n++) {
		struct services s = { 0 };

		add_service(&s, "last", 1, 20, 65535);
		add_service(&s, "light", 1, 10, 10);
		add_service(&s, "never", 1, 10, 0);
		add_service(&s, "heavy", 1, 10, 30);
		services_order(&s);
		ck_assert_str_eq(buf_cstr(&s.item[3].host), "last");
		heavy += strcmp(buf_cstr(&s.item[0].host), "heavy") == 0;
		light += strcmp(buf_cstr(&s.item[0].host), "light") == 0;
		services_free(&s);
	}
	rand_fix(0);
	ck_assert_uint_gt(heavy, 250);
	ck_assert_uint_gt(light, 50);
}
END_TEST

/* -- dialling */

static int
listen_at(const char *host, int *port)
{
	struct endpoints p;
	struct sockaddr_in *v4 = (struct sockaddr_in *)&p.item[0].addr;
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	ck_assert(lookup_literal(host, *port, &p));
	ck_assert_int_eq(bind(fd, (struct sockaddr *)v4, p.item[0].len), 0);
	ck_assert_int_eq(listen(fd, 5), 0);
	ck_assert_int_eq(getsockname(fd, (struct sockaddr *)v4,
	    &p.item[0].len), 0);
	*port = ntohs(v4->sin_port);
	return fd;
}

START_TEST(a_host_is_reached)
{
	struct target t = { .kind = TARGET_HOST };
	struct dial_policy p = { 0 };
	struct dialed who = { 0 };
	struct buf literal = { 0 }, peer = { 0 };
	struct err e = { 0 };
	struct conn c;
	int fd = listen_at("127.0.0.1", &t.port);

	buf_puts(&t.name, "127.0.0.1");
	strs_add(&p.source, STR("2001:db8::1"));
	strs_add(&p.source, STR("127.0.0.1"));
	ck_assert_msg(dial(&t, &p, clock_deadline(5000), &c, &who, &e) == 0,
	    "%s", buf_cstr(&e.text));
	ck_assert(c.local);
	ck_assert(!c.secure);
	buf_printf(&peer, "127.0.0.1[127.0.0.1]:%d", t.port);
	ck_assert_str_eq(buf_cstr(&c.peer), buf_cstr(&peer));
	ck_assert_str_eq(buf_cstr(&who.cert_name), "127.0.0.1");
	ck_assert_int_eq(who.port, t.port);
	ck_assert(!who.implicit_tls);
	conn_literal(&c, &literal);
	ck_assert_str_eq(buf_cstr(&literal), "[127.0.0.1]");
	conn_close(&c);
	close(fd);
	buf_free(&literal);
	buf_free(&peer);
	strs_free(&p.source);
	dialed_free(&who);
	target_free(&t);
}
END_TEST

START_TEST(nobody_there_is_temporary_and_says_where)
{
	struct target t = { .kind = TARGET_HOST };
	struct dial_policy p = { 0 };
	struct dialed who = { 0 };
	struct err e = { 0 };
	struct conn c;

	close(listen_at("127.0.0.1", &t.port));
	buf_puts(&t.name, "127.0.0.1");
	ck_assert_int_eq(dial(&t, &p, clock_deadline(5000), &c, &who, &e),
	    -1);
	ck_assert(err_is_temporary(&e));
	ck_assert_ptr_nonnull(strstr(buf_cstr(&e.text),
	    "127.0.0.1: Connection refused"));
	err_clear(&e);
	strs_add(&p.source, STR("::1"));
	ck_assert_int_eq(dial(&t, &p, clock_deadline(5000), &c, &who, &e),
	    -1);
	ck_assert_ptr_nonnull(strstr(buf_cstr(&e.text), "family"));
	err_clear(&e);
	strs_free(&p.source);
	target_free(&t);
}
END_TEST

/* 127.0.0.2 refuses, so the next one must not wait for the delay to end. */
START_TEST(the_second_address_is_reached_if_the_first_refuses)
{
	struct endpoints p, other;
	struct strs none = { 0 };
	struct err e = { 0 };
	struct endpoint won;
	struct buf words = { 0 };
	int64_t begun = clock_ms();
	int port = 0, fd = listen_at("127.0.0.1", &port), got;

	ck_assert(lookup_literal("127.0.0.2", port, &p));
	ck_assert(lookup_literal("127.0.0.1", port, &other));
	p.item[p.count++] = other.item[0];
	got = race(&p, &none, clock_deadline(5000), &won, &e);
	ck_assert_msg(got >= 0, "%s", buf_cstr(&e.text));
	endpoint_words(&won, &words);
	ck_assert_str_eq(buf_cstr(&words), "127.0.0.1");
	ck_assert_int_lt(clock_ms() - begun, RACE_DELAY);
	close(got);
	close(fd);
	buf_free(&words);
}
END_TEST

/* A question for "a" of class IN, and the answers to it. */
#define HEAD(n) "\x12\x34\x81\x80\0\1\0" n "\0\0\0\0\1a\0\0\017\0\1"
#define MX "\xc0\x0c\0\017\0\1\0\0\1\x2c"	/* and the length of the data */
#define SRV "\xc0\x0c\0\041\0\1\0\0\1\x2c"
#define AT(literal) { (literal), sizeof(literal) - 1 }

static const struct {
	const char *name;
	struct str message;
	int type;
	bool good;
	const char *lines;
} answers[] = {
	{ "nothing", AT(""), 15, false, "" },
	{ "half a head", AT("\x12\x34\x81\x80\0\1\0\1\0\0\0"), 15, false, "" },
	{ "no question where there is to be one",
	  AT("\x12\x34\x81\x80\0\1\0\1\0\0\0\0"), 15, false, "" },
	{ "no answers", AT(HEAD("\0")), 15, true, "" },
	{ "a whole name", AT(HEAD("\1") MX "\0\5\0\012\1m\0"), 15,
	  true, "10 0 0 m\n" },
	{ "two", AT(HEAD("\2") MX "\0\4\0\012\xc0\x0c"
	  MX "\0\6\1\0\1m\xc0\x0c"), 15, true, "10 0 0 a\n256 0 0 m.a\n" },
	{ "another type before", AT(HEAD("\2") "\xc0\x0c\0\1\0\1\0\0\1\x2c"
	  "\0\4\x7f\0\0\1" MX "\0\4\0\1\xc0\x0c"), 15, true, "1 0 0 a\n" },
	{ "another class", AT(HEAD("\1") "\xc0\x0c\0\017\0\3\0\0\1\x2c"
	  "\0\4\0\1\xc0\x0c"), 15, true, "" },
	{ "a service", AT(HEAD("\1") SRV "\0\x8\0\1\0\5\1\xd1\xc0\x0c"), 33,
	  true, "1 5 465 a\n" },
	{ "there is no such service", AT(HEAD("\1")
	  SRV "\0\7\0\0\0\0\0\0\0"), 33, true, "0 0 0 \n" },
	{ "a service, but not asked for", AT(HEAD("\1")
	  SRV "\0\x8\0\1\0\5\1\xd1\xc0\x0c"), 15, true, "" },
	{ "too short for its numbers", AT(HEAD("\1") MX "\0\1\0"), 15, true,
	  "" },
	{ "no name", AT(HEAD("\1") MX "\0\2\0\1"), 15, true, "" },
	{ "a name that points to itself", AT(HEAD("\1")
	  MX "\0\4\0\1\xc0\x21"), 15, true, "" },
	{ "a name that points beyond the end", AT(HEAD("\1")
	  MX "\0\4\0\1\xc0\xff"), 15, true, "" },
	{ "fewer than it says", AT(HEAD("\3") MX "\0\4\0\1\xc0\x0c"), 15,
	  false, "1 0 0 a\n" },
	{ "data beyond the end", AT(HEAD("\1") MX "\1\0\0\1\xc0\x0c"), 15,
	  false, "" },
};

START_TEST(an_answer_of_a_name_server_is_taken_apart)
{
	struct buf out = { 0 };

	ck_assert_msg(answer_records(answers[_i].message, answers[_i].type,
	    &out) == answers[_i].good, "%s", answers[_i].name);
	ck_assert_msg(strcmp(buf_cstr(&out), answers[_i].lines) == 0,
	    "%s: %s", answers[_i].name, buf_cstr(&out));
	buf_free(&out);
}
END_TEST

#define LIST \
	"127.0.0.1 localhost # not: remark\n" \
	"# 192.0.2.9 gone\n\n" \
	"::1\tlocalhost ip6-localhost\r\n" \
	"192.0.2.1 mx.example.com mx\n192.0.2.2 mx\n" \
	"2001:db8::1 mx\n2001:db8::2 mx\n" \
	"fe80::1%eth0 near\n192.0.2.4 near\nwhat ever\n192.0.2.5 last"

static const struct {
	const char *order, *host, *found;
} listed[] = {
	{ "hosts: files dns\n", "localhost", "::1 127.0.0.1" },
	{ "hosts: files dns\n", "LocalHost", "::1 127.0.0.1" },
	{ "#\npasswd: files\nhosts:\tfiles", "mx.example.com", "192.0.2.1" },
	{ "hosts: files mdns4_minimal [NOTFOUND=return] dns\n", "mx",
	  "2001:db8::1 2001:db8::2 192.0.2.1 192.0.2.2" },
	{ "hosts: files\n", "last", "192.0.2.5" },
	{ "hosts: files\n", "remark", "" },
	{ "hosts: files\n", "gone", "" },
	{ "hosts: files\n", "192.0.2.1", "" },
	{ "hosts: files\n", "other.example.com", "" },
	{ "hosts: files\n", "near", "" },
	{ "hosts: files\n", "ever", "" },
	{ "hosts: dns files\n", "mx", "" },
	{ "hosts: files [SUCCESS=continue] dns\n", "mx", "" },
	{ "hosts:\n", "mx", "" },
	{ "passwd: files\n", "mx", "" },
	{ "", "mx", "" },
};

START_TEST(the_list_of_hosts_is_asked_first_where_it_is_first)
{
	struct endpoints p;
	struct buf got = { 0 };
	bool found = listed_find(str_of(listed[_i].order), STR(LIST),
	    listed[_i].host, 587, &p);

	for (size_t i = 0; found && i < p.count; i++) {
		if (i > 0)
			buf_putc(&got, ' ');
		endpoint_words(&p.item[i], &got);
	}
	ck_assert_str_eq(buf_cstr(&got), listed[_i].found);
	ck_assert(found == (listed[_i].found[0] != '\0'));
	buf_free(&got);
}
END_TEST

START_TEST(a_list_has_no_more_hosts_than_there_is_room)
{
	struct buf hosts = { 0 };
	struct endpoints p;

	for (int i = 0; i < LOOKUP_MAX; i++)
		buf_printf(&hosts, "192.0.2.%d mx\n", i);
	ck_assert(listed_find(STR("hosts: files\n"), buf_str(&hosts), "mx",
	    25, &p));
	ck_assert_uint_eq(p.count, LOOKUP_MAX);
	buf_puts(&hosts, "192.0.2.255 mx\n");
	ck_assert(!listed_find(STR("hosts: files\n"), buf_str(&hosts), "mx",
	    25, &p));
	buf_free(&hosts);
}
END_TEST

START_TEST(a_name_that_nobody_knows_is_temporary)
{
	struct endpoints p;
	struct err e = { 0 };

	ck_assert_int_eq(lookup_host("no-such-host.invalid", 587,
	    clock_deadline(20000), &p, &e), -1);
	ck_assert(err_is_temporary(&e));
	ck_assert_ptr_nonnull(strstr(buf_cstr(&e.text),
	    "no-such-host.invalid"));
	err_clear(&e);
}
END_TEST

START_TEST(the_name_service_has_no_more_time_than_we_have)
{
	struct endpoints p;
	struct err e = { 0 };

	ck_assert_int_eq(lookup_host("slow.invalid", 587, clock_deadline(0),
	    &p, &e), -1);
	ck_assert_str_eq(buf_cstr(&e.text),
	    "the name service did not answer in time");
	err_clear(&e);
}
END_TEST

START_TEST(a_unix_socket_is_reached)
{
	struct target t = { .kind = TARGET_UNIX };
	struct dial_policy p = { 0 };
	struct dialed who = { 0 };
	struct sockaddr_un un = { .sun_family = AF_UNIX };
	struct err e = { 0 };
	struct conn c;
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);

	buf_printf(&t.name, "check_net.%d.sock", (int)getpid());
	memcpy(un.sun_path, t.name.data, t.name.len + 1);
	ck_assert_int_eq(dial(&t, &p, clock_deadline(5000), &c, &who, &e),
	    -1);
	ck_assert(err_is_temporary(&e));
	ck_assert_int_eq(bind(fd, (struct sockaddr *)&un, sizeof(un)), 0);
	ck_assert_int_eq(listen(fd, 5), 0);
	ck_assert_int_eq(dial(&t, &p, clock_deadline(5000), &c, &who, &e), 0);
	ck_assert(c.local);
	ck_assert_str_eq(buf_cstr(&c.peer), buf_cstr(&t.name));
	conn_close(&c);
	close(fd);
	unlink(un.sun_path);
	for (int i = 0; i < 200; i++)
		buf_putc(&t.name, 'x');
	ck_assert_int_eq(dial(&t, &p, clock_deadline(5000), &c, &who, &e),
	    -1);
	ck_assert_int_eq(e.code, EX_CONFIG);
	dialed_free(&who);
	target_free(&t);
	err_clear(&e);
}
END_TEST

/* -- what the name service says, put in its mouth */

static struct services srv, mx;
static const char *asked_for;

int __wrap_lookup_srv(const char *name, int64_t deadline, struct services *s,
    struct err *e);
int __wrap_lookup_mx(const char *name, int64_t deadline, struct services *s,
    struct err *e);

int
__wrap_lookup_srv(const char *name, int64_t deadline, struct services *s,
    struct err *e)
{
	(void)deadline;
	if (asked_for == NULL)
		return err_set(e, EX_TEMPFAIL, "not now");
	if (strcmp(name, asked_for) != 0)
		return 0;
	*s = srv;
	srv = (struct services){ 0 };
	return 0;
}

int
__wrap_lookup_mx(const char *name, int64_t deadline, struct services *s,
    struct err *e)
{
	(void)name;
	(void)deadline;
	(void)e;
	*s = mx;
	mx = (struct services){ 0 };
	return 0;
}

static const struct {
	const char *name;
	enum target_kind kind;
	const char *service;	/* the one that exists, or NULL: no answer */
	const char *domain, *host;	/* NULL: no host at all */
	int result;
	const char *cert_name;
	bool implicit;
} services[] = {
	{ "submissions", TARGET_SRV, "_submissions._tcp.0.0.1", "0.0.1",
	  "127.0.0.1", 0, "127.0.0.1", true },
	{ "submission", TARGET_SRV, "_submission._tcp.0.0.1", "0.0.1",
	  "127.0.0.1", 0, "127.0.0.1", false },
	{ "a host elsewhere must have the domain's certificate", TARGET_SRV,
	  "_submission._tcp.x.test", "x.test", "127.0.0.1", 0, "x.test",
	  false },
	{ "not within, though it looks so", TARGET_SRV,
	  "_submission._tcp.27.0.0.1", "27.0.0.1", "127.0.0.1", 0, "27.0.0.1",
	  false },
	{ "no such service", TARGET_SRV, "_other", "x.test", NULL, -1, "",
	  false },
	{ "a service that is a dot", TARGET_SRV, "_submissions._tcp.x.test",
	  "x.test", "", -1, "", false },
	{ "no answer", TARGET_SRV, NULL, "x.test", NULL, -1, "", false },
	{ "an exchanger", TARGET_MX, "", "x.test", "127.0.0.1", 0, "x.test",
	  false },
	{ "no exchanger but the domain", TARGET_MX, "", "127.0.0.1", NULL, 0,
	  "127.0.0.1", false },
	{ "null MX", TARGET_MX, "", "x.test", "", -1, "", false },
};

START_TEST(services_lead_to_hosts)
{
	struct target t = { .kind = services[_i].kind };
	struct dial_policy p = { 0 };
	struct dialed who = { 0 };
	struct err e = { 0 };
	struct conn c = { .fd = -1 };
	int port = 0, fd = listen_at("127.0.0.1", &port);
	struct services *s = t.kind == TARGET_SRV ? &srv : &mx;

	asked_for = services[_i].service;
	buf_puts(&t.name, services[_i].domain);
	t.port = t.kind == TARGET_MX ? port : 0;
	if (services[_i].host != NULL)
		add_service(s, services[_i].host, port, 1, 1);
	ck_assert_msg(dial(&t, &p, clock_deadline(5000), &c, &who, &e) ==
	    services[_i].result, "%s: %s", services[_i].name,
	    buf_cstr(&e.text));
	ck_assert_str_eq(buf_cstr(&who.cert_name), services[_i].cert_name);
	ck_assert(who.implicit_tls == services[_i].implicit);
	ck_assert(services[_i].result == 0 ||
	    (e.text.len > 0 && err_is_temporary(&e)));
	services_free(s);
	conn_close(&c);
	close(fd);
	dialed_free(&who);
	target_free(&t);
	err_clear(&e);
}
END_TEST

/* -- SOCKS5: what the proxy says in one go, and what came of it */

#define BYTES(literal) { (literal), sizeof(literal) - 1 }

static const struct {
	const char *name, *user;
	struct str says, heard;
	int result;
} proxies[] = {
	{ "yes", "", BYTES("\5\0\5\0\0\1\1\2\3\4\0\31" "220 hi"),
	  BYTES("\5\1\0\5\1\0\3\4mx.t\2\113"), 0 },
	{ "yes, with a name", "", BYTES("\5\0\5\0\0\3\2ab\0\31" "220 hi"),
	  BYTES("\5\1\0\5\1\0\3\4mx.t\2\113"), 0 },
	{ "with login", "me",
	  BYTES("\5\2\1\0\5\0\0\1\1\2\3\4\0\31" "220 hi"),
	  BYTES("\5\2\0\2\1\2me\2pw\5\1\0\3\4mx.t\2\113"), 0 },
	{ "wrong login", "me", BYTES("\5\2\1\1"),
	  BYTES("\5\2\0\2\1\2me\2pw"), -1 },
	{ "wants a login that we have not", "", BYTES("\5\2"), BYTES("\5\1\0"),
	  -1 },
	{ "refused", "", BYTES("\5\0\5\5\0\1\0\0\0\0\0\0"),
	  BYTES("\5\1\0\5\1\0\3\4mx.t\2\113"), -1 },
	{ "an unknown refusal", "", BYTES("\5\0\5\377\0\1\0\0\0\0\0\0"),
	  BYTES("\5\1\0\5\1\0\3\4mx.t\2\113"), -1 },
	{ "closed", "", BYTES("\5\0\5\0\0\1\1"),
	  BYTES("\5\1\0\5\1\0\3\4mx.t\2\113"), -1 },
	{ "something else", "", BYTES("HTTP/1.1 400"), BYTES("\5\1\0"), -1 },
};

START_TEST(proxies_are_asked)
{
	struct dial_policy p = { 0 };
	struct err e = { 0 };
	struct str says = proxies[_i].says, heard = proxies[_i].heard;
	char got[64];
	int ends[2];

	ck_assert_int_eq(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0,
	    ends), 0);
	buf_puts(&p.proxy, "proxy.test");
	buf_puts(&p.proxy_user, proxies[_i].user);
	secret_set(&p.proxy_password, STR("pw"));
	ck_assert_int_eq(write(ends[1], says.ptr, says.len),
	    (ssize_t)says.len);
	shutdown(ends[1], SHUT_WR);
	ck_assert_msg(proxy_ask(ends[0], &p, STR("mx.t"), 587,
	    clock_deadline(1000), &e) == proxies[_i].result, "%s: %s",
	    proxies[_i].name, buf_cstr(&e.text));
	ck_assert(proxies[_i].result == 0 || err_is_temporary(&e));
	ck_assert_int_eq(read(ends[1], got, sizeof(got)),
	    (ssize_t)heard.len);
	ck_assert_msg(memcmp(got, heard.ptr, heard.len) == 0, "%s",
	    proxies[_i].name);
	if (proxies[_i].result == 0) {
		ck_assert_int_eq(read(ends[0], got, sizeof(got)), 6);
		ck_assert(memcmp(got, "220 hi", 6) == 0);
	}
	close(ends[0]);
	close(ends[1]);
	buf_free(&p.proxy);
	buf_free(&p.proxy_user);
	secret_free(&p.proxy_password);
	err_clear(&e);
}
END_TEST

int
main(void)
{
	const struct test_row tests[] = {
		{ what_is_sent_arrives_and_the_end_is_seen, 0 },
		{ silence_ends_at_the_deadline, 0 },
		{ a_deadline_is_not_prolonged_by_dripping, 0 },
		{ nobody_listening_ends_at_the_deadline, 0 },
		{ two_full_buffers_do_not_wait_for_each_other, 0 },
		{ a_relay_that_only_talks_is_an_error, 0 },
		{ races_begin_in_this_order, TABLE_COUNT(orders) },
		{ services_go_by_priority_and_then_by_weight, 0 },
		{ a_host_is_reached, 0 },
		{ nobody_there_is_temporary_and_says_where, 0 },
		{ the_second_address_is_reached_if_the_first_refuses, 0 },
		{ an_answer_of_a_name_server_is_taken_apart,
		  TABLE_COUNT(answers) },
		{ the_list_of_hosts_is_asked_first_where_it_is_first,
		  TABLE_COUNT(listed) },
		{ a_list_has_no_more_hosts_than_there_is_room, 0 },
		{ a_name_that_nobody_knows_is_temporary, 0 },
		{ the_name_service_has_no_more_time_than_we_have, 0 },
		{ a_unix_socket_is_reached, 0 },
		{ services_lead_to_hosts, TABLE_COUNT(services) },
		{ proxies_are_asked, TABLE_COUNT(proxies) },
	};
	return RUN("net", tests);
}
