// SPDX-License-Identifier: ISC
/*
 * check_front_send.c - what minismtp send is made of
 */
#include "run.h"

#include <string.h>
#include <sys/stat.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/fd.h"
#include "base/scratch.h"
#include "base/table.h"
#include "front/answers.h"
#include "front/attach.h"
#include "front/progress.h"
#include "front/typed.h"

/* -- progress */

static const struct {
	uint64_t done, total;
	int64_t ms;
	size_t columns;
	const char *line;
} bars[] = {
	{ 0, 1000000, 1000, 79, "sending   0% [>                          "
	    "             ] 0 B  0 B/s" },
	{ 500000, 1000000, 2000, 60, "sending  50% [========>       ] 500 kB  "
	    "250 kB/s  0:02 left" },
	{ 1000000, 1000000, 2000, 60, "sending 100% [================] 1.0 MB  "
	    "500 kB/s  0:00 left" },
	{ 1200000, 1000000, 2000, 60, "sending 100% [================] 1.2 MB  "
	    "600 kB/s  0:00 left" },
	{ 999, 1000000000, 1000, 40, "sending   0% 999 B  999 B/s  "
	    "278:03:20 l" },
	{ 12345678, 0, 1000, 79, "sending 12.3 MB  12.3 MB/s" },
	{ 1, 100000, 1000, 79, "sending   0% [>                          "
	    "          ] 1 B  "
	    "1 B/s  27:46:39 left" },
};

START_TEST(a_bar_has_bytes_rate_and_time)
{
	struct progress p = { .words = "sending", .done = bars[_i].done,
	    .total = bars[_i].total };
	struct buf line = { 0 };

	progress_line(&line, &p, bars[_i].ms, bars[_i].columns);
	ck_assert_uint_le(line.len, bars[_i].columns);
	ck_assert_str_eq(buf_cstr(&line), bars[_i].line);
	buf_free(&line);
}
END_TEST

/* -- answers */

static const struct {
	int (*check)(void *who, struct str answer, struct err *e);
	const char *answer, *words;	/* NULL: it is one */
} answers[] = {
	{ answer_host, "smtp.example.com", NULL },
	{ answer_host, "localhost", NULL },
	{ answer_host, "192.0.2.1", NULL },
	{ answer_host, "::1", NULL },
	{ answer_host, "[2001:db8::1]:25", NULL },
	{ answer_host, "smtp.example.com:465", NULL },
	{ answer_host, "unix:/run/relay", NULL },
	{ answer_host, "srv:example.com", NULL },
	{ answer_host, "b\xc3\xbc" "cher.example", NULL },
	{ answer_host, "a b", "that is no host" },
	{ answer_host, "user@example.com", "that is no host" },
	{ answer_host, "a\"b", "that is no host" },
	{ answer_port, "1", NULL },
	{ answer_port, "65535", NULL },
	{ answer_port, "0", "a port is a number from 1 to 65535" },
	{ answer_port, "65536", "a port is a number from 1 to 65535" },
	{ answer_port, "smtp", "a port is a number from 1 to 65535" },
	{ answer_port, "25 ", "a port is a number from 1 to 65535" },
	{ answer_one, "a@b.example", NULL },
	{ answer_one, "Ann <a@b.example>", NULL },
	{ answer_one, "a", "a whole address is wanted" },
	{ answer_one, "a@b.example, c@d.example", "one address is wanted" },
	{ answer_one, "a@@b", "bad address" },
	{ answer_list, "a@b, C <c@d>", NULL },
	{ answer_list, "a@b c@d", NULL },
	{ answer_list, "root", NULL },
	{ answer_list, "a@b, c@@d", "at position 8" },
	{ answer_list, "nobody:;", "an address is wanted" },
};

START_TEST(answers_are_judged)
{
	struct err e = { 0 };
	int rc = answers[_i].check(NULL, str_of(answers[_i].answer), &e);

	ck_assert_msg(rc == (answers[_i].words == NULL ? 0 : -1), "%s: %s",
	    answers[_i].answer, buf_cstr(&e.text));
	if (rc < 0)
		ck_assert_msg(strstr(buf_cstr(&e.text), answers[_i].words) !=
		    NULL, "%s", buf_cstr(&e.text));
	err_clear(&e);
}
END_TEST

static const struct {
	const char *host, *port, *relay;
} relays[] = {
	{ "smtp.example.com", "587", "smtp.example.com:587" },
	{ "smtp.example.com", "", "smtp.example.com" },
	{ "smtp.example.com:25", "", "smtp.example.com:25" },
	{ "::1", "25", "[::1]:25" },
	{ "[::1]", "25", "[::1]:25" },
	{ "[::1]:26", "", "[::1]:26" },
	{ "unix:/run/relay", "", "unix:/run/relay" },
	{ "srv:example.com", "", "srv:example.com" },
};

START_TEST(host_and_port_are_a_relay)
{
	struct buf out = { 0 };
	bool asked = relays[_i].port[0] != '\0';

	if (asked)
		ck_assert(!answer_has_port(str_of(relays[_i].host)));
	answer_relay(&out, str_of(relays[_i].host), str_of(relays[_i].port));
	ck_assert_str_eq(buf_cstr(&out), relays[_i].relay);
	buf_free(&out);
}
END_TEST

/* -- what is typed */

static const struct {
	const char *keys, *text;
	enum said said;
} typed[] = {
	{ "", "", SAID_IT },
	{ ".\n", "", SAID_IT },
	{ "a\n.\nb\n", "a\n", SAID_IT },
	{ "a\nb", "a\nb\n", SAID_IT },
	{ "..\n", "..\n", SAID_IT },
	{ " .\n.\n", " .\n", SAID_IT },
	{ "quit\n", "", SAID_QUIT },
	{ " QUIT \n", "", SAID_QUIT },
	{ "\nquit\n", "\nquit\n", SAID_IT },
	{ "quite\n", "quite\n", SAID_IT },
};

START_TEST(a_message_is_typed)
{
	struct buf text = { 0 };
	struct err e = { 0 };
	int in = scratch_open(&e), out = scratch_open(&e);
	const struct prompt p = { in, out, NULL, NULL };

	ck_assert_int_eq(fd_write(in, str_of(typed[_i].keys), &e), 0);
	ck_assert_int_eq(lseek(in, 0, SEEK_SET), 0);
	ck_assert_int_eq(typed_read(&p, &text), typed[_i].said);
	ck_assert_str_eq(buf_cstr(&text), typed[_i].text);
	buf_free(&text);
	close(in);
	close(out);
}
END_TEST

/* -- files */

struct copy {
	char path[32];
	int fd;
	struct attach attach;
	struct err e;
};

static void
open_copy(struct copy *c, const char *text)
{
	*c = (struct copy){ .path = "/tmp/minismtp-test.XXXXXX" };
	c->fd = mkstemp(c->path);
	ck_assert_int_gt(c->fd, 0);
	ck_assert_int_eq(fd_write(c->fd, str_of(text), &c->e), 0);
	ck_assert_int_eq(attach_open(&c->attach, str_of(c->path), &c->e), 0);
}

/* All of it as the message would have it: 0, or -1 with c->e. */
static int
read_copy(struct copy *c, struct buf *out)
{
	struct str piece;
	int rc;

	while ((rc = source_pull(&c->attach.source, &piece, &c->e)) > 0)
		buf_add(out, piece);
	return rc;
}

static void
close_copy(struct copy *c)
{
	attach_free(&c->attach);
	unlink(c->path);
	close(c->fd);
	err_clear(&c->e);
}

START_TEST(a_file_is_read_as_it_was_looked_through)
{
	struct buf out = { 0 };
	struct copy c;

	open_copy(&c, "hello\n");
	ck_assert_int_eq(read_copy(&c, &out), 0);
	ck_assert_str_eq(buf_cstr(&out), "hello\n");
	buf_free(&out);
	close_copy(&c);
}
END_TEST

static const struct {
	const char *text;	/* over what was there */
	off_t at, len;
	const char *words;
} changes[] = {
	{ "more", 6, 10, "it has grown while it was read" },
	{ "", 0, 3, "it has become shorter while it was read" },
	{ "J", 0, 6, "it was changed while it was read" },
};

START_TEST(a_file_that_changes_stops_the_message)
{
	const struct timespec later[2] = { { 1, 0 }, { 1, 0 } };
	struct str text = str_of(changes[_i].text);
	struct buf out = { 0 };
	struct copy c;

	open_copy(&c, "hello\n");
	ck_assert_int_eq(fd_pwrite(c.fd, text, changes[_i].at, &c.e), 0);
	ck_assert_int_eq(ftruncate(c.fd, changes[_i].len), 0);
	/* Clocks of file systems are slow, and this is no time to wait. */
	ck_assert_int_eq(futimens(c.fd, later), 0);
	ck_assert_int_eq(read_copy(&c, &out), -1);
	ck_assert_msg(strstr(buf_cstr(&c.e.text), changes[_i].words) != NULL,
	    "%s", buf_cstr(&c.e.text));
	ck_assert_int_eq(c.e.code, EX_DATAERR);
	buf_free(&out);
	close_copy(&c);
}
END_TEST

START_TEST(what_is_no_file_is_copied)
{
	struct attach a = { 0 };
	struct err e = { 0 };
	struct buf out = { 0 }, path = { 0 };
	int ends[2];

	ck_assert_int_eq(pipe(ends), 0);
	ck_assert_int_eq(fd_write(ends[1], STR("hello\n"), &e), 0);
	close(ends[1]);
	buf_printf(&path, "/proc/self/fd/%d", ends[0]);
	ck_assert_int_eq(attach_open(&a, buf_str(&path), &e), 0);
	ck_assert_int_eq(attach_read(&a, &out, 100, &e), 0);
	ck_assert_str_eq(buf_cstr(&out), "hello\n");
	close(ends[0]);
	attach_free(&a);
	buf_free(&out);
	buf_free(&path);
}
END_TEST

START_TEST(a_part_that_must_be_held_has_a_limit)
{
	struct buf out = { 0 };
	struct copy c;

	open_copy(&c, "hello\n");
	ck_assert_int_eq(attach_read(&c.attach, &out, 5, &c.e), -1);
	err_clear(&c.e);
	ck_assert_int_eq(attach_read(&c.attach, &out, 6, &c.e), 0);
	buf_free(&out);
	close_copy(&c);
}
END_TEST

int
main(void)
{
	const struct test_row tests[] = {
		{ a_bar_has_bytes_rate_and_time, TABLE_COUNT(bars) },
		{ answers_are_judged, TABLE_COUNT(answers) },
		{ host_and_port_are_a_relay, TABLE_COUNT(relays) },
		{ a_message_is_typed, TABLE_COUNT(typed) },
		{ a_file_is_read_as_it_was_looked_through, 0 },
		{ a_file_that_changes_stops_the_message,
		    TABLE_COUNT(changes) },
		{ what_is_no_file_is_copied, 0 },
		{ a_part_that_must_be_held_has_a_limit, 0 },
	};

	return RUN("front", tests);
}
