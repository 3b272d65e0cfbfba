// SPDX-License-Identifier: ISC
/*
 * check_relay.c - the relay room, where it is pure
 */
#include "run.h"
#include "scratch.h"

#include <fcntl.h>
#include <string.h>
#include <sysexits.h>

#include "base/table.h"
#include "message/reader.h"
#include "queue/draft.h"
#include "relay/content.h"
#include "relay/dsn.h"
#include "relay/fate.h"
#include "relay/fold.h"
#include "relay/quota.h"
#include "relay/route.h"
#include "relay/select.h"
#include "relay/state.h"
#include "relay/verdict.h"

static const struct fate_row {
	const char *name;
	enum rcpt_state state;
	int code, smtp;
	const char *text, *refusal, *reply;
	const char *status, *line;
	int exit;
} fates[] = {
	{ "accepted", RCPT_DONE, 0, 0, "", "", "250 2.0.0 Ok: queued",
	  "2.0.0", "ID: to=<a@b.example>, relay=mx[192.0.2.1]:587, delay=2.00, "
	  "dsn=2.0.0, status=sent (250 2.0.0 Ok: queued)", EX_OK },
	{ "accepted without a status", RCPT_DONE, 0, 0, "", "", "250 ok",
	  "2.0.0", NULL, EX_OK },
	{ "no such user", RCPT_FAILED, EX_UNAVAILABLE, 550,
	  "recipient <a@b.example> refused", "5.1.1 who?", "",
	  "5.1.1", "ID: to=<a@b.example>, relay=mx[192.0.2.1]:587, delay=2.00, "
	  "dsn=5.1.1, status=bounced (recipient <a@b.example> refused: "
	  "550 5.1.1 who?)", EX_NOUSER },
	{ "no such host", RCPT_FAILED, EX_UNAVAILABLE, 550, "refused",
	  "5.1.2 where?", "", "5.1.2", NULL, EX_NOHOST },
	{ "spam", RCPT_FAILED, EX_UNAVAILABLE, 554, "message refused",
	  "5.7.1 spam", "", "5.7.1", NULL, EX_UNAVAILABLE },
	{ "a status of the wrong class is not believed", RCPT_FAILED,
	  EX_UNAVAILABLE, 550, "refused", "2.0.0 haha", "", "5.0.0", NULL,
	  EX_UNAVAILABLE },
	{ "greylisted", RCPT_TODO, EX_TEMPFAIL, 451, "refused",
	  "4.7.1 later", "", "4.7.1", NULL, EX_TEMPFAIL },
	{ "no connection", RCPT_TODO, EX_TEMPFAIL, 0, "connection refused",
	  "", "", "4.4.1", NULL, EX_TEMPFAIL },
	{ "too large for us", RCPT_FAILED, EX_DATAERR, 0, "too large", "", "",
	  "5.3.0", NULL, EX_DATAERR },
	{ "evil words", RCPT_TODO, EX_TEMPFAIL, 451, "refused",
	  "\033[2J\r\nQUIT", "", "4.0.0",
	  "ID: to=<a@b.example>, relay=mx[192.0.2.1]:587, delay=2.00, "
	  "dsn=4.0.0, status=deferred (refused: 451 \\e[2J\\r\\nQUIT)",
	  EX_TEMPFAIL },
};

static void
make(struct envelope *env, const struct fate_row *row)
{
	struct rcpt *to = envelope_add(env, STR("a@b.example"));

	to->state = row->state;
	to->why.code = row->code;
	to->why.smtp = row->smtp;
	buf_puts(&to->why.text, row->text);
	buf_puts(&to->why.reply, row->refusal);
	buf_puts(&to->reply, row->reply);
}

START_TEST(a_fate_is_the_same_in_log_and_exit_status)
{
	const struct fate_row *row = &fates[_i];
	struct envelope env = { 0 };
	struct buf out = { 0 };

	make(&env, row);
	fate_status(&out, &env.rcpt[0]);
	ck_assert_msg(strcmp(buf_cstr(&out), row->status) == 0, "%s: %s",
	    row->name, buf_cstr(&out));
	buf_reset(&out);
	fate_log_line(&out, STR("ID"), &env.rcpt[0],
	    STR("mx[192.0.2.1]:587"), 2);
	if (row->line != NULL)
		ck_assert_str_eq(buf_cstr(&out), row->line);
	ck_assert_msg(verdict_code(&env.rcpt[0]) == row->exit, "%s: %d",
	    row->name, verdict_code(&env.rcpt[0]));
	envelope_free(&env);
	buf_free(&out);
}
END_TEST

START_TEST(a_fate_survives_the_packet)
{
	const struct fate_row *row = &fates[_i];
	struct envelope env = { 0 }, other = { 0 };
	struct buf packet = { 0 }, again = { 0 };
	struct err e = { 0 };
	struct str in;
	size_t i = 99;

	make(&env, row);
	envelope_add(&other, STR("a@b.example"));
	fate_pack(&packet, &env, 0);
	in = buf_str(&packet);
	ck_assert_int_eq(fate_unpack(&in, &other, &i, &e), 0);
	ck_assert_uint_eq(in.len, 0);
	ck_assert_uint_eq(i, 0);
	fate_pack(&again, &other, 0);
	ck_assert_str_eq(buf_cstr(&again), buf_cstr(&packet));
	envelope_free(&env);
	envelope_free(&other);
	buf_free(&packet);
	buf_free(&again);
}
END_TEST

/* The courier speaks with strangers: his word counts only where it fits. */
static const char *const nonsense[] = {
	"", "rcpt 9:1 2 0 0 0\n",
	"rcpt 9:0 9 0 0 0\ntext 0:\nrefusal 0:\nreply 0:\n",
	"rcpt 11:0 2 999 0 0\ntext 0:\nrefusal 0:\nreply 0:\n",
	"rcpt 12:0 2 0 1000 0\ntext 0:\nrefusal 0:\nreply 0:\n",
	"rcpt 9:1 2 0 0 0\ntext 0:\nrefusal 0:\nreply 0:\n",
	"rcpt 9:0 2 0 0 0\nreply 0:\nrefusal 0:\ntext 0:\n",
	"rcpt 9:0 2 0 0 2\ntext 0:\nrefusal 0:\nreply 0:\n",
	"rcpt 7:0 2 0 0\ntext 0:\nrefusal 0:\nreply 0:\n",
};

START_TEST(nonsense_of_a_courier_is_refused)
{
	struct envelope env = { 0 };
	struct err e = { 0 };
	struct str in = str_of(nonsense[_i]);
	size_t i;

	envelope_add(&env, STR("a@b.example"));
	ck_assert_int_eq(fate_unpack(&in, &env, &i, &e), -1);
	ck_assert_int_eq(e.code, EX_SOFTWARE);
	ck_assert_int_eq(env.rcpt[0].state, RCPT_TODO);
	envelope_free(&env);
	err_clear(&e);
}
END_TEST

/* One recorded recipient stands for a and b, another for b alone. */
static const struct {
	const char *name;
	enum rcpt_state a, b, first, second;
} forks[] = {
	{ "all done", RCPT_DONE, RCPT_DONE, RCPT_DONE, RCPT_DONE },
	{ "one waits", RCPT_TODO, RCPT_DONE, RCPT_TODO, RCPT_DONE },
	{ "one fails", RCPT_DONE, RCPT_FAILED, RCPT_FAILED, RCPT_FAILED },
	{ "waiting counts more than failing", RCPT_FAILED, RCPT_TODO,
	  RCPT_TODO, RCPT_TODO },
};

/* A bit for each recorded one about whom the verdict of "to" decides. */
static unsigned
decided_by(const struct route *r, size_t to, const struct envelope *wire,
    const bool *known, struct envelope *said)
{
	unsigned bits = 0;

	for (size_t i = route_first(r, to); i != ROUTE_END; i = r->hop[i].next)
		if (route_decides(r, i, wire, known, said))
			bits |= 1U << r->hop[i].from;
	return bits;
}

START_TEST(a_recipient_is_done_when_all_who_stand_for_him_are)
{
	struct envelope said = { 0 }, wire = { 0 };
	struct route r = { 0 };
	bool known[2] = { false, false };

	envelope_add(&said, STR("root"));
	envelope_add(&said, STR("b@x.example"));
	route_add(&r, &said, 0, &wire, STR("a@x.example"));
	route_add(&r, &said, 0, &wire, STR("b@X.example"));
	route_add(&r, &said, 1, &wire, STR("b@x.example"));
	ck_assert_uint_eq(wire.count, 2);
	ck_assert_str_eq(buf_cstr(&wire.rcpt[0].orcpt), "rfc822;root");

	wire.rcpt[1].state = forks[_i].b;
	known[1] = true;
	ck_assert(route_is_part(&r, 0) && route_is_part(&r, 1));
	ck_assert_uint_eq(decided_by(&r, 1, &wire, known, &said), 1U << 1);
	wire.rcpt[0].state = forks[_i].a;
	known[0] = true;
	ck_assert_uint_eq(decided_by(&r, 0, &wire, known, &said), 1U << 0);
	ck_assert_msg(said.rcpt[0].state == forks[_i].first, "%s",
	    forks[_i].name);
	ck_assert_msg(said.rcpt[1].state == forks[_i].second, "%s",
	    forks[_i].name);
	route_free(&r);
	envelope_free(&said);
	envelope_free(&wire);
}
END_TEST

#define LONG_LIST 20000

/* If each of them were looked for among all, this would take hours. */
START_TEST(a_long_list_takes_no_time)
{
	struct envelope said = { 0 }, wire = { 0 };
	struct route r = { 0 };
	bool *known = calloc(LONG_LIST, sizeof(*known));
	struct buf address = { 0 };

	for (size_t i = 0; i < LONG_LIST; i++) {
		buf_reset(&address);
		buf_printf(&address, "u%zu@x.example", i);
		envelope_add(&said, buf_str(&address));
		route_add(&r, &said, i, &wire, buf_str(&address));
	}
	for (size_t i = 0; i < LONG_LIST; i++) {
		wire.rcpt[i].state = RCPT_DONE;
		known[i] = true;
		ck_assert(!route_is_part(&r, i));
		ck_assert(route_decides(&r, route_first(&r, i), &wire, known,
		    &said));
	}
	ck_assert_uint_eq(envelope_count(&said, RCPT_DONE), LONG_LIST);
	free(known);
	buf_free(&address);
	route_free(&r);
	envelope_free(&said);
	envelope_free(&wire);
}
END_TEST

START_TEST(a_refusal_is_what_a_caller_hears_first)
{
	struct envelope env = { 0 };
	struct verdict v = { 0 };
	bool open[3] = { true, true, true };

	make(&env, &fates[0]);
	make(&env, &fates[6]);
	make(&env, &fates[2]);
	verdict_note(&v, &env, open);
	ck_assert_int_eq(v.code, EX_NOUSER);
	ck_assert_str_eq(buf_cstr(&v.words),
	    "recipient <a@b.example> refused: 550 5.1.1 who?");
	verdict_free(&v);
	envelope_free(&env);
}
END_TEST

START_TEST(a_report_tells_who_why_and_what_to_do)
{
	struct envelope env = { 0 };
	const bool about[2] = { false, true };
	struct dsn d = { .kind = DSN_FAILED, .env = &env, .about = about,
	    .id = STR("ID"), .arrived = 0, .host = STR("web1.example"),
	    .from = STR("MAILER-DAEMON"), .to = STR("alice"),
	    .message_id = STR("<1@x>"), .boundary = STR("=_b") };
	struct buf out = { 0 };

	make(&env, &fates[0]);
	make(&env, &fates[2]);
	buf_puts(&env.envid, "E1");
	dsn_begin(&out, &d);
	dsn_end(&out, &d);
	ck_assert_ptr_nonnull(strstr(buf_cstr(&out),
	    "\nFinal-Recipient: rfc822; a@b.example\nAction: failed\n"
	    "Status: 5.1.1\nDiagnostic-Code: smtp; recipient "));
	ck_assert_ptr_nonnull(strstr(buf_cstr(&out),
	    "\nReporting-MTA: dns; web1.example\nOriginal-Envelope-Id: E1\n"
	    "Arrival-Date: Thu, 1 Jan 1970 00:00:00 +0000\n"));
	ck_assert_ptr_nonnull(strstr(buf_cstr(&out),
	    "\nIn-Reply-To: <1@x>\n"));
	ck_assert_ptr_nonnull(strstr(buf_cstr(&out), "\n--=_b--\n"));
	ck_assert_ptr_null(strstr(buf_cstr(&out), "Ok: queued"));
	envelope_free(&env);
	buf_free(&out);
}
END_TEST

/* One to alice, one to bob who has it already; from carol. */
static const struct select_row {
	const char *word[3];
	bool valid, fits;
} selects[] = {
	{ { NULL }, true, true },
	{ { "R=alice" }, true, true },
	{ { "R=ALICE@B" }, true, true },
	{ { "R=bob" }, true, false },
	{ { "!R=bob" }, true, true },
	{ { "!R=alice" }, true, false },
	{ { "R=dave", "R=alice" }, true, true },
	{ { "R=alice", "S=carol" }, true, true },
	{ { "R=alice", "S=alice" }, true, false },
	{ { "I=xyz" }, true, true },
	{ { "I=0" }, true, false },
	{ { "R=alice@b.example, and more than there is" }, true, false },
	{ { "" }, false, true },
	{ { "R" }, false, true },
	{ { "R=" }, false, true },
	{ { "r=alice" }, false, true },
	{ { "Ralice" }, false, true },
	{ { "!!R=alice" }, false, true },
	{ { "Q=alice" }, false, true },
};

/* Each relay has to take it, and nobody may encode that part. */
START_TEST(a_report_is_about_any_address)
{
	struct envelope env = { 0 };
	const bool about[1] = { true };
	struct dsn d = { .kind = DSN_FAILED, .env = &env, .about = about,
	    .id = STR("ID"), .host = STR("web1.example"),
	    .from = STR("MAILER-DAEMON"), .to = STR("alice"),
	    .boundary = STR("=_b") };
	struct rcpt *to = envelope_add(&env, STR("j\xc3\xb6+1@\xe2\x82\xac."
	    "example"));
	struct buf out = { 0 };
	const char *status;

	to->state = RCPT_FAILED;
	buf_puts(&to->orcpt, "rfc822;\xf0\x9f\x98\x80@b");
	(void)err_set(&to->why, 69, "no \xc3\xb6");
	dsn_begin(&out, &d);
	status = strstr(buf_cstr(&out), "message/delivery-status");
	ck_assert_ptr_nonnull(status);
	ck_assert_ptr_nonnull(strstr(status, "\nFinal-Recipient: utf-8; "
	    "j\\x{F6}\\x{2B}1@\\x{20AC}.example\n"));
	ck_assert_ptr_nonnull(strstr(status, "\nOriginal-Recipient: utf-8; "
	    "\\x{1F600}@b\n"));
	ck_assert_ptr_nonnull(strstr(status, "no \\x{F6}\n"));
	for (const char *p = status; *p != '\0'; p++)
		ck_assert_uint_lt((unsigned char)*p, 128);
	envelope_free(&env);
	buf_free(&out);
}
END_TEST

START_TEST(a_selection_is_what_sendmail_would_select)
{
	const struct select_row *row = &selects[_i];
	struct record r = { 0 };
	struct strs list = { 0 };
	bool valid = true;

	envelope_add(&r.env, STR("alice@b.example"));
	envelope_add(&r.env, STR("bob@b.example"))->state = RCPT_DONE;
	buf_puts(&r.env.sender, "carol@c.example");
	buf_puts(&r.facts.id, "XyZ1");
	for (size_t i = 0; row->word[i] != NULL; i++) {
		strs_add(&list, str_of(row->word[i]));
		valid &= select_is_valid(str_of(row->word[i]));
	}
	ck_assert_int_eq(valid, row->valid);
	ck_assert_int_eq(select_fits(&list, &r), row->fits);
	ck_assert(select_fits(NULL, &r));
	strs_free(&list);
	record_free(&r);
}
END_TEST

/* Four messages at once: when is whose turn? */
static const struct {
	const char *name;
	struct rate rate;
	uint64_t bytes;
	int64_t turn[4];	/* of messages that come at once, at 1000 */
} quotas[] = {
	{ "two a minute", { 2, 0, 60 }, 9, { 0, 0, 1030, 1060 } },
	{ "one a second", { 1, 0, 1 }, 9, { 0, 1001, 1002, 1003 } },
	{ "bytes", { 0, 100, 60 }, 50, { 0, 0, 1030, 1060 } },
	{ "too large for the rate", { 0, 100, 60 }, 5000,
	  { 0, 1060, 1120, 1180 } },
	{ "one in a very long time", { 1, 0, 30 * 86400 }, 9,
	  { 0, 519400, 519400, 519400 } },
};

START_TEST(what_is_too_much_gets_its_turn)
{
	struct quota_mark mark = { .rate = quotas[_i].rate };

	for (int n = 0; n < 4; n++)
		ck_assert_msg(quota_take(&mark, 1, quotas[_i].bytes, 1000) ==
		    quotas[_i].turn[n], "%s, %d", quotas[_i].name, n);
	/* After two periods of quiet, all of it is there again. */
	ck_assert_int_eq(quota_take(&mark, 1, 1, 1000 +
	    6 * quotas[_i].rate.seconds), 0);
}
END_TEST

/* One kind of mail, fold = 600, and what comes when. */
static const struct {
	int64_t now;
	char id;
	enum fold fate;
	int64_t until;
} comers[] = {
	{ 1000, 'a', FOLD_GO, 1600 },		/* the first */
	{ 1001, 'b', FOLD_KEEP, 1600 },
	{ 1001, 'b', FOLD_KEEP, 1600 },		/* asked again */
	{ 1002, 'c', FOLD_JOIN, 1600 },
	{ 1599, 'd', FOLD_JOIN, 1600 },
	{ 1600, 'e', FOLD_KEEP, 2200 },		/* b goes now: anew */
	{ 2199, 'f', FOLD_JOIN, 2200 },
	{ 2800, 'g', FOLD_GO, 3400 },		/* long enough after e */
	{ 3400, 'h', FOLD_GO, 4000 },
	{ 3399, 'i', FOLD_KEEP, 4000 },
	{ 1000, 'j', FOLD_GO, 1600 },		/* the clock was set back */
	{ 1001, 'k', FOLD_KEEP, 1600 },
};

START_TEST(the_next_of_its_kind_waits_and_the_others_join)
{
	struct fold_mark mark = { 0 };

	for (size_t i = 0; i < TABLE_COUNT(comers); i++) {
		struct id id = { "" };

		memset(id.text, comers[i].id, ID_LEN);
		ck_assert_msg(fold_decide(&mark, &id, 600, comers[i].now) ==
		    comers[i].fate, "%c", comers[i].id);
		ck_assert_msg(mark.until == comers[i].until, "%c",
		    comers[i].id);
	}
}
END_TEST

/* What is said at which time, with an hour of quiet. */
static const struct {
	const char *words;
	int64_t now;
	bool news;
} words[] = {
	{ "conf:4: x", 10000, true },
	{ "conf:4: x", 10001, false },
	{ "conf:4: x", 13599, false },
	{ "conf:4: x", 13600, true },
	{ "conf:4: y", 13601, true },
	{ "conf:4: x", 13602, true },
	{ "conf:4: x", 13601, true },		/* the clock was set back */
	{ "", 13602, true },
	{ "", 13603, false },
};

START_TEST(the_same_is_no_news_for_a_while)
{
	int dir = open(scratch_path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	ck_assert_int_gt(dir, 0);
	for (size_t i = 0; i < TABLE_COUNT(words); i++) {
		ck_assert_msg(state_is_news(dir, "broken",
		    str_of(words[i].words), words[i].now, 3600) ==
		    words[i].news, "%zu", i);
		ck_assert(state_is_news(0, "broken", str_of(words[i].words),
		    words[i].now, 3600));
	}
	close(dir);
}
END_TEST

START_TEST(somebody_on_the_lock_is_not_waited_for)
{
	int dir = open(scratch_path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int fd = state_open(dir, "fold", 7);

	ck_assert_int_gt(fd, 0);
	ck_assert_int_lt(state_open(dir, "fold", 7), 0);
	close(fd);
	fd = state_open(dir, "fold", 7);
	ck_assert_int_gt(fd, 0);
	close(fd);
	close(dir);
}
END_TEST

static int
make_message(struct str head, size_t heads, struct str body, size_t bodies)
{
	struct err e = { 0 };
	struct draft d;
	int fd;

	draft_begin_loose(&d, getuid());
	ck_assert_int_eq(draft_field(&d, STR("rcpt"), STR("b"), &e), 0);
	for (; heads > 0; heads--)
		ck_assert_int_eq(draft_data(&d, head, &e), 0);
	for (; bodies > 0; bodies--)
		ck_assert_int_eq(draft_data(&d, body, &e), 0);
	fd = draft_seal(&d, &e);
	draft_abort(&d);
	ck_assert_int_gt(fd, 2);
	return fd;
}

static const struct {
	const char *name;
	struct str head;
	size_t heads;
	struct str body;
	size_t bodies;
	uint64_t size, lines;
} messages[] = {
	{ "empty", { "", 0 }, 0, { "", 0 }, 0, 0, 0 },
	{ "a header", { "A: b\n", 5 }, 1, { "", 0 }, 0, 0, 0 },
	{ "a body", { "", 0 }, 0, { "text\n", 5 }, 1, 6, 1 },
	{ "both", { "A: b\n", 5 }, 3, { "\ntext\n", 6 }, 1, 6, 1 },
	{ "no header", { "text:\n", 6 }, 0, { "what\n\nis", 8 }, 1, 12, 3 },
	{ "long", { "A: b\n", 5 }, 30000, { "\n123456789", 10 }, 100001,
	    1100011, 100001 },
};

/* Changes a byte of the message, which is what a tear comes to. */
static void
spoil(int fd, const struct record *r)
{
	ck_assert_int_eq(pwrite(fd, "\001", 1, r->body + (off_t)r->size - 1),
	    1);
}

START_TEST(a_message_is_looked_at_and_compared_at_once)
{
	int fd = make_message(messages[_i].head, messages[_i].heads,
	    messages[_i].body, messages[_i].bodies);
	struct record r = { 0 };
	struct content c = { 0 }, again = { 0 };
	struct err e = { 0 };

	ck_assert_int_eq(record_read(&r, fd, &e), 0);
	ck_assert_int_eq(content_verify(&c, &r, fd, &e), 0);
	ck_assert_int_eq(content_read(&again, &r, fd, &e), 0);
	ck_assert_uint_eq(c.header.count, messages[_i].heads);
	ck_assert_uint_eq(again.header.count, messages[_i].heads);
	ck_assert_int_eq(c.body, again.body);
	ck_assert_int_eq(c.len, r.body + (off_t)r.size - c.body);
	ck_assert_msg(c.facts.size == messages[_i].size &&
		c.facts.lines == messages[_i].lines &&
		again.facts.size == c.facts.size,
	    "%s: %llu bytes, %llu lines", messages[_i].name,
	    (unsigned long long)c.facts.size,
	    (unsigned long long)c.facts.lines);
	content_free(&c);
	if (r.size > 0) {
		spoil(fd, &r);
		ck_assert_int_eq(content_verify(&c, &r, fd, &e), 1);
		ck_assert_int_eq(e.code, EX_DATAERR);
		content_free(&c);
	}
	content_free(&again);
	record_free(&r);
	err_clear(&e);
	close(fd);
}
END_TEST

/* No verdict on anybody, if that is only what the tear has made of it. */
START_TEST(a_header_without_end_may_be_a_tear)
{
	static char block[1024 * 1024];
	struct record r = { 0 };
	struct content c = { 0 };
	struct err e = { 0 };
	int fd;

	memset(block, 'x', sizeof(block));
	memcpy(block, "X: ", 3);
	fd = make_message((struct str){ block, sizeof(block) },
	    READER_HEADER_MAX / sizeof(block) + 1, STR("\n"), 1);
	ck_assert_int_eq(record_read(&r, fd, &e), 0);
	ck_assert_int_eq(content_verify(&c, &r, fd, &e), -1);
	ck_assert_int_eq(e.code, EX_DATAERR);
	content_free(&c);
	spoil(fd, &r);
	ck_assert_int_eq(content_verify(&c, &r, fd, &e), 1);
	content_free(&c);
	record_free(&r);
	err_clear(&e);
	close(fd);
}
END_TEST

int
main(void)
{
	const struct test_row tests[] = {
		{ a_fate_is_the_same_in_log_and_exit_status,
		  TABLE_COUNT(fates) },
		{ a_fate_survives_the_packet, TABLE_COUNT(fates) },
		{ nonsense_of_a_courier_is_refused, TABLE_COUNT(nonsense) },
		{ a_recipient_is_done_when_all_who_stand_for_him_are,
		  TABLE_COUNT(forks) },
		{ a_long_list_takes_no_time, 0 },
		{ somebody_on_the_lock_is_not_waited_for, 0 },
		{ the_same_is_no_news_for_a_while, 0 },
		{ the_next_of_its_kind_waits_and_the_others_join, 0 },
		{ what_is_too_much_gets_its_turn, TABLE_COUNT(quotas) },
		{ a_refusal_is_what_a_caller_hears_first, 0 },
		{ a_report_tells_who_why_and_what_to_do, 0 },
		{ a_report_is_about_any_address, 0 },
		{ a_selection_is_what_sendmail_would_select,
		  TABLE_COUNT(selects) },
		{ a_message_is_looked_at_and_compared_at_once,
		  TABLE_COUNT(messages) },
		{ a_header_without_end_may_be_a_tear, 0 },
	};

	int rc = EXIT_FAILURE;

	if (scratch_make() == 0)
		rc = RUN("relay", tests);
	scratch_remove();
	return rc;
}
