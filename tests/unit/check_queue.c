// SPDX-License-Identifier: ISC
/*
 * check_queue.c - the queue room, what is pure: fields, IDs, sums, records
 */
#include "run.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/rand.h"
#include "base/table.h"
#include "queue/field.h"
#include "queue/id.h"
#include "queue/record.h"
#include "queue/report.h"
#include "queue/retry.h"
#include "queue/said.h"
#include "queue/sum.h"

static const struct {
	const char *name, *in;
	int result;
	const char *key, *value, *rest;
} fields[] = {
	{ "one", "sender 3:a@b\n", 1, "sender", "a@b", "" },
	{ "one and more", "a 1:x\nb", 1, "a", "x", "b" },
	{ "an empty value", "end 0:\n", 1, "end", "", "" },
	{ "a value with fields in it", "x 8:y 1:z\n\n\n\n", 1, "x",
	  "y 1:z\n\n\n", "" },
	{ "a value with a colon", "x 2:::\n", 1, "x", "::", "" },
	{ "a dash in the key", "a-b 0:\n", 1, "a-b", "", "" },
	{ "a key of 16", "abcdefghijklmnop 0:\n", 1, "abcdefghijklmnop", "",
	  "" },
	{ "the limit", "x 20:01234567890123456789\n", 1, "x",
	  "01234567890123456789", "" },
	{ "nothing", "", 0, "", "", "" },
	{ "half a key", "send", 0, "", "", "" },
	{ "no length yet", "x ", 0, "", "", "" },
	{ "half a length", "x 1", 0, "", "", "" },
	{ "no value yet", "x 1:", 0, "", "", "" },
	{ "no line feed yet", "x 1:y", 0, "", "", "" },
	{ "a key of 17", "abcdefghijklmnopq 0:\n", -1, "", "", "" },
	{ "a key of 17, unfinished", "abcdefghijklmnopq", -1, "", "", "" },
	{ "no key", " 1:x\n", -1, "", "", "" },
	{ "a capital", "X 1:x\n", -1, "", "", "" },
	{ "an empty line", "\n", -1, "", "", "" },
	{ "no length", "x :y\n", -1, "", "", "" },
	{ "no colon", "x 1y\n", -1, "", "", "" },
	{ "two blanks", "x  1:y\n", -1, "", "", "" },
	{ "a sign", "x +1:y\n", -1, "", "", "" },
	{ "a minus", "x -1:y\n", -1, "", "", "" },
	{ "a zero in front", "x 01:y\n", -1, "", "", "" },
	{ "too short", "x 1:yz\n", -1, "", "", "" },
	{ "too long: another field is eaten", "x 3:y\na 1:b\n", -1, "", "",
	  "" },
	{ "the limit + 1", "x 21:", -1, "", "", "" },
	{ "a length beyond 64 bits", "x 99999999999999999999999:", -1, "", "",
	  "" },
	{ "CR LF", "x 1:y\r\n", -1, "", "", "" },
};

START_TEST(a_field_is_whole_or_none)
{
	struct str in = str_of(fields[_i].in), key = STR(""), value = STR("");
	int rc = field_eat(&in, 20, &key, &value);

	ck_assert_msg(rc == fields[_i].result, "%s: %d", fields[_i].name, rc);
	ck_assert_msg(str_eq(key, str_of(fields[_i].key)), "%s: key",
	    fields[_i].name);
	ck_assert_msg(str_eq(value, str_of(fields[_i].value)), "%s: value",
	    fields[_i].name);
	if (rc > 0)
		ck_assert_msg(str_eq(in, str_of(fields[_i].rest)), "%s: rest",
		    fields[_i].name);
	else
		ck_assert_ptr_eq(in.ptr, fields[_i].in);
}
END_TEST

/* Exact for each beginning of it, as soon as the length is there. */
START_TEST(a_field_says_what_is_missing)
{
	struct str whole = STR("data 12:twelve bytes\nend 0:\n"), key, value;
	size_t len = whole.len - strlen("end 0:\n");

	for (size_t n = 0; n <= whole.len; n++) {
		struct str in = str_head(whole, n);
		size_t missing = field_missing(in, 20);

		ck_assert_uint_eq(missing, n < strlen("data 12:") || n > len ?
		    0 : len - n);
		ck_assert_int_eq(field_eat(&in, 20, &key, &value), n >= len);
	}
	ck_assert_uint_eq(field_missing(STR("data 21:"), 20), 0);
	ck_assert_uint_eq(field_missing(STR("data x:"), 20), 0);
}
END_TEST

START_TEST(a_field_may_hold_any_byte)
{
	struct buf b = { 0 };
	struct str in, key, value;

	field_add(&b, "x", STR("a\0b\nc"));
	field_addf(&b, "y", "%d", 7);
	field_add_number(&b, "n", 1234567890123);
	field_add_number(&b, "n", 0);
	field_add_pair(&b, "p", STR("a"), STR(""));
	in = buf_str(&b);
	ck_assert_int_eq(field_eat(&in, 10, &key, &value), 1);
	ck_assert(str_eq(value, STR("a\0b\nc")));
	ck_assert_int_eq(field_eat(&in, 10, &key, &value), 1);
	ck_assert(str_eq(value, STR("7")));
	ck_assert(str_eq(in, STR("n 13:1234567890123\nn 1:0\np 2:a \n")));
	buf_free(&b);
}
END_TEST

START_TEST(ids_sort_by_time)
{
	struct id a = id_at(1789012345, 999999, UINT64_MAX);
	struct id b = id_at(1789012346, 0, 0);
	struct id c = id_at(1789012346, 1, 0);

	ck_assert_int_lt(strcmp(a.text, b.text), 0);
	ck_assert_int_lt(strcmp(b.text, c.text), 0);
	ck_assert_int_eq(id_time(&a), 1789012345);
	ck_assert_uint_eq(strlen(a.text), ID_LEN);
}
END_TEST

START_TEST(two_ids_at_once_differ)
{
	clock_fix(1789012345, 0);
	for (int i = 0; i < 1000; i++) {
		struct id a = id_make(), b = id_make(), c;

		ck_assert_str_ne(a.text, b.text);
		ck_assert(id_parse(str_of(a.text), &c));
		ck_assert_str_eq(a.text, c.text);
	}
}
END_TEST

static const char *const no_ids[] = {
	"", "1", "1xUd702Gji6Hu8", "1xUd702Gji6Hu8zz", "1xUd702Gji6Hu8,",
	"../../../../etc", "1xUd702Gji6Hu8/", "1xUd702Gji6Hu8\n",
	"1xUd702Gji6Hu8 ", ".xUd702Gji6Hu8z", "1xUd702Gji6Hu8\xc3",
};

START_TEST(what_is_no_id)
{
	struct id id;

	ck_assert_msg(!id_parse(str_of(no_ids[_i]), &id), "%s", no_ids[_i]);
}
END_TEST

/* -- the sum */

static uint64_t
sum_of(struct str s)
{
	struct sum sum;

	sum_init(&sum);
	sum_add(&sum, s);
	return sum_end(&sum);
}

START_TEST(a_sum_does_not_depend_on_the_pieces)
{
	char text[300];
	struct str all = { text, sizeof(text) };

	for (size_t i = 0; i < sizeof(text); i++)
		text[i] = (char)(i * 37);
	for (size_t piece = 1; piece < 100; piece++) {
		struct str rest = all;
		struct sum s;

		sum_init(&s);
		for (; rest.len > 0; rest = str_skip(rest, piece))
			sum_add(&s, str_head(rest, piece));
		ck_assert_uint_eq(sum_end(&s), sum_of(all));
	}
}
END_TEST

START_TEST(a_sum_sees_every_bit_and_every_length)
{
	char text[97] = { 0 };
	struct str s = { text, sizeof(text) };
	uint64_t was = sum_of(s);

	for (size_t bit = 0; bit < sizeof(text) * 8; bit++) {
		text[bit / 8] = (char)(1 << bit % 8);
		ck_assert_uint_ne(sum_of(s), was);
		text[bit / 8] = 0;
	}
	for (size_t n = 0; n < sizeof(text); n++)
		for (size_t m = n + 1; m <= sizeof(text); m++)
			ck_assert_uint_ne(sum_of(str_head(s, n)),
			    sum_of(str_head(s, m)));
}
END_TEST

START_TEST(a_sum_sees_blocks_that_changed_places)
{
	static char text[8192], other[8192];

	for (size_t i = 0; i < 8192; i++)
		text[i] = (char)(i / 7 ^ i / 4096);
	memcpy(other, text + 4096, 4096);
	memcpy(other + 4096, text, 4096);
	ck_assert_uint_ne(sum_of((struct str){ text, 8192 }),
	    sum_of((struct str){ other, 8192 }));
}
END_TEST

/* What is on disk somewhere must still be right after an update. */
START_TEST(a_sum_stays_what_it_was)
{
	ck_assert_uint_eq(sum_of(STR("")), UINT64_C(2736857765303479197));
	ck_assert_uint_eq(sum_of(STR("To: bob@example.net\n\nHello, Bob.\n")),
	    UINT64_C(2774118539163301773));
}
END_TEST

/* -- what may be said */

static const struct {
	const char *name, *key, *value, *words;	/* NULL: it is taken */
} sayings[] = {
	{ "a sender", "sender", "a@b", NULL },
	{ "the null sender", "sender", "", NULL },
	{ "UTF-8", "sender", "j\xc3\xb6rg@example.com", NULL },
	{ "no rcpt", "rcpt", "", "field rcpt: no such value" },
	{ "LF", "rcpt", "a@b\nrcpt", "field rcpt: a control character" },
	{ "CR", "sender", "a@b\r", "field sender: a control character" },
	{ "ESC", "name", "\033[2J", "field name: a control character" },
	{ "DEL", "name", "\177", "field name: a control character" },
	{ "never", "notify", "never", NULL },
	{ "all", "notify", "success,failure,delay", NULL },
	{ "never and", "notify", "never,delay",
	  "field notify: no such value" },
	{ "twice", "notify", "delay,delay", "field notify: no such value" },
	{ "a comma", "notify", "delay,", "field notify: no such value" },
	{ "nothing", "notify", "", "field notify: no such value" },
	{ "orcpt", "orcpt", "rfc822;a@b", NULL },
	{ "no orcpt", "orcpt", "", "field orcpt: no such value" },
	{ "ret", "ret", "hdrs", NULL },
	{ "no ret", "ret", "head", "field ret: no such value" },
	{ "body", "body", "8bitmime", NULL },
	{ "no body", "body", "8BIT", "field body: no such value" },
	{ "yes", "hold", "yes", NULL },
	{ "no", "hold", "no", "field hold: no such value" },
	{ "zone", "zone", "-330", NULL },
	{ "west of the world", "zone", "-1441", "field zone: no such value" },
	{ "no zone", "zone", "CET", "field zone: no such value" },
	{ "wait", "wait", "none", NULL },
	{ "wait for nothing", "wait", "godot", "field wait: no such value" },
	{ "oe", "oe", "m", NULL },
	{ "no oe", "oe", "x", "field oe: no such value" },
	{ "two oe", "oe", "mp", "field oe: no such value" },
	{ "unknown", "from", "x", "field from: not known" },
	{ "the drop's own", "uid", "0", "field uid: not known" },
	{ "the drop's own sum", "sum", "0", "field sum: not known" },
};

START_TEST(what_may_be_said)
{
	struct record r = { 0 };
	struct err e = { 0 };
	int rc;

	if (strcmp(sayings[_i].key, "rcpt") != 0)
		ck_assert_int_eq(said_take(&r, STR("rcpt"), STR("a"), &e), 0);
	rc = said_take(&r, str_of(sayings[_i].key), str_of(sayings[_i].value),
	    &e);
	ck_assert_msg((rc == 0) == (sayings[_i].words == NULL), "%s",
	    sayings[_i].name);
	if (rc < 0) {
		ck_assert_int_eq(e.code, EX_DATAERR);
		ck_assert_str_eq(buf_cstr(&e.text), sayings[_i].words);
	}
	record_free(&r);
	err_clear(&e);
}
END_TEST

static int
say(struct record *r, const char *key, const char *value, struct err *e)
{
	return said_take(r, str_of(key), str_of(value), e);
}

START_TEST(nothing_is_said_twice_but_recipients)
{
	struct record r = { 0 };
	struct err e = { 0 };

	ck_assert_int_eq(say(&r, "notify", "never", &e), -1);
	ck_assert_int_eq(say(&r, "rcpt", "a", &e), 0);
	ck_assert_int_eq(say(&r, "notify", "never", &e), 0);
	ck_assert_int_eq(say(&r, "notify", "never", &e), -1);
	ck_assert_int_eq(say(&r, "rcpt", "a", &e), 0);
	ck_assert_int_eq(say(&r, "notify", "delay", &e), 0);
	ck_assert_int_eq(say(&r, "sender", "s", &e), 0);
	ck_assert_int_eq(say(&r, "sender", "s", &e), -1);
	ck_assert_str_eq(buf_cstr(&e.text), "field sender: not here");
	ck_assert_uint_eq(r.env.count, 2);
	ck_assert_uint_eq(r.env.rcpt[0].notify, NOTIFY_NEVER);
	ck_assert_uint_eq(r.env.rcpt[1].notify, NOTIFY_DELAY);
	record_free(&r);
	err_clear(&e);
}
END_TEST

START_TEST(a_value_has_a_limit)
{
	struct buf long_one = { 0 };
	struct record r = { 0 };
	struct err e = { 0 };

	for (int i = 0; i < FIELD_VALUE_MAX; i++)
		buf_putc(&long_one, 'x');
	ck_assert_int_eq(say(&r, "rcpt", buf_cstr(&long_one), &e), 0);
	buf_putc(&long_one, 'x');
	ck_assert_int_eq(say(&r, "rcpt", buf_cstr(&long_one), &e), -1);
	ck_assert_str_eq(buf_cstr(&e.text),
	    "field rcpt: longer than 16384 bytes");
	buf_free(&long_one);
	record_free(&r);
	err_clear(&e);
}
END_TEST

/* -- the record */

#define HEAD "spool 1:1\nsize 20:00000000000000000003\n" \
    "sum 16:0123456789abcdef\nid 15:1xUd702Gji6Hu8z\n" \
    "time 10:1795236846\nuid 4:1000\n"
#define RCPT "rcpt 5:T a@b\n"

static const struct {
	const char *name, *text;
	int result;
	const char *words;
} records[] = {
	{ "the least", HEAD RCPT "\nabc", 1, "" },
	{ "everything", HEAD "sender 0:\nlogin 1:x\ngecos 1:x\nname 1:x\n"
	  "host 1:x\ncharset 1:x\naccount 1:x\nzone 2:60\nenvid 1:x\n"
	  "ret 4:full\nbody 4:7bit\nsmtputf8 3:yes\nrequiretls 3:yes\n"
	  "wait 3:end\ntrace 3:yes\noe 1:q\nhold 3:yes\n" RCPT
	  "notify 5:never\norcpt 1:x\nrcpt 3:D x\nrcpt 3:F y\nrcpt 3:R z\n\n",
	  1, "" },
	{ "nothing", "", 0, "" },
	{ "half of it", HEAD, 0, "" },
	{ "no empty line yet", HEAD RCPT, 0, "" },
	{ "nobody", HEAD "\nabc", -1, "no field at byte 115" },
	{ "only a sender", HEAD "sender 0:\n\n", -1, "no recipient" },
	{ "another version", "spool 1:2\n" HEAD, -1,
	  "field spool: no such value" },
	{ "no version", "size 20:00000000000000000003\n", -1,
	  "field spool: not where it must be" },
	{ "another order", "spool 1:1\nsum 16:0123456789abcdef\n", -1,
	  "field size: not where it must be" },
	{ "a short size", "spool 1:1\nsize 1:3\n", -1,
	  "field size: no such value" },
	{ "an endless size", "spool 1:1\nsize 20:99999999999999999999\n", -1,
	  "field size: no such value" },
	{ "a sum in capitals", "spool 1:1\nsize 20:00000000000000000003\n"
	  "sum 16:0123456789ABCDEF\n", -1, "field sum: no such value" },
	{ "no state", HEAD "rcpt 3:a@b\n", -1, "field rcpt: no state" },
	{ "an unknown state", HEAD "rcpt 5:X a@b\n", -1,
	  "field rcpt: no such state" },
	{ "no address", HEAD "rcpt 2:T \n", -1, "field rcpt: no such value" },
	{ "an unknown field", HEAD RCPT "x 0:\n\n", -1, "field x: not known" },
	{ "zeros", "spool 1:1\nsize 20:00000000000000000003\n\0\0\0", 0, "" },
	{ "no fields", "From root", -1, "no field at byte 0" },
	{ "root himself", "spool 1:1\nsize 20:00000000000000000003\n"
	  "sum 16:0123456789abcdef\nid 15:1xUd702Gji6Hu8z\n"
	  "time 10:1795236846\nuid 10:4294967295\n", -1,
	  "field uid: no such value" },
};

START_TEST(a_record_adds_up_or_is_none)
{
	struct str in = str_of(records[_i].text);
	struct record r = { 0 };
	struct err e = { 0 };
	int rc = record_parse(&r, &in, &e);

	ck_assert_msg(rc == records[_i].result, "%s: %d %s", records[_i].name,
	    rc, buf_cstr(&e.text));
	ck_assert_str_eq(buf_cstr(&e.text), records[_i].words);
	ck_assert_int_eq(e.code, rc < 0 ? EX_DATAERR : 0);
	record_free(&r);
	err_clear(&e);
}
END_TEST

START_TEST(a_record_cut_short_never_parses)
{
	struct str all = str_of(records[1].text);

	for (size_t n = 0; n < all.len; n++) {
		struct str in = str_head(all, n);
		struct record r = { 0 };
		struct err e = { 0 };

		ck_assert_int_eq(record_parse(&r, &in, &e), 0);
		record_free(&r);
		err_clear(&e);
	}
}
END_TEST

START_TEST(a_record_says_what_was_said)
{
	struct str in = str_of(records[1].text);
	struct record r = { 0 };
	struct err e = { 0 };

	ck_assert_int_eq(record_parse(&r, &in, &e), 1);
	ck_assert_uint_eq(in.len, 0);
	ck_assert(r.has_sender && r.env.sender.len == 0);
	ck_assert(r.hold && r.trace && r.oe == 'q');
	ck_assert_int_eq(r.wait, RECORD_WAIT_END);
	ck_assert(r.env.smtputf8 && r.env.require_tls && !r.env.eight_bit);
	ck_assert_int_eq(r.facts.zone, 60);
	ck_assert_uint_eq(r.facts.uid, 1000);
	ck_assert_int_eq(r.facts.time, 1795236846);
	ck_assert_str_eq(buf_cstr(&r.facts.id), "1xUd702Gji6Hu8z");
	ck_assert_uint_eq(r.env.count, 4);
	ck_assert_int_eq(r.env.rcpt[1].state, RCPT_DONE);
	ck_assert_int_eq(r.env.rcpt[2].state, RCPT_FAILED);
	ck_assert(!r.mark[2].told && r.mark[3].told);
	ck_assert_int_eq(records[1].text[r.mark[3].at], 'R');
	ck_assert_uint_eq(r.size, 3);
	ck_assert_uint_eq(r.sum, UINT64_C(0x0123456789abcdef));
	record_free(&r);
}
END_TEST

START_TEST(a_record_begins_where_it_is_patched)
{
	struct id id = id_at(1, 2, 3);
	struct buf b = { 0 };

	record_begin(&b, &id, 5, 7);
	ck_assert(str_eq(str_head(str_skip(buf_str(&b), RECORD_SIZE_AT), 21),
	    STR("00000000000000000000\n")));
	ck_assert(str_eq(str_head(str_skip(buf_str(&b), RECORD_SUM_AT), 17),
	    STR("0000000000000000\n")));
	ck_assert(str_eq(str_head(str_skip(buf_str(&b), RECORD_SUMMED_FROM),
	    3), STR("id ")));
	buf_free(&b);
}
END_TEST

/* -- the schedule */

static const struct {
	unsigned attempts;
	int64_t least, most;
} delays[] = {
	{ 0, 45, 75 }, { 1, 45, 75 }, { 2, 90, 150 }, { 3, 180, 300 },
	{ 6, 1440, 2400 }, { 7, 2700, 4500 }, { 8, 2700, 4500 },
	{ 4000000000U, 2700, 4500 },
};

START_TEST(delays_double_up_to_a_limit)
{
	struct retry r = RETRY_DEFAULT;
	bool differ = false;

	for (int i = 0; i < 200; i++) {
		int64_t at = retry_next(&r, delays[_i].attempts, 1000000);

		ck_assert_int_ge(at, 1000000 + delays[_i].least);
		ck_assert_int_le(at, 1000000 + delays[_i].most);
		differ |= at != retry_next(&r, delays[_i].attempts, 1000000);
	}
	ck_assert(differ);
}
END_TEST

START_TEST(a_message_is_given_up_after_its_lifetime)
{
	struct retry r = RETRY_DEFAULT;

	ck_assert(!retry_is_over(&r, 1000, 1000 + 5 * 86400 - 1));
	ck_assert(retry_is_over(&r, 1000, 1000 + 5 * 86400));
	ck_assert(!retry_is_over(&r, 1000000, 0));
}
END_TEST

START_TEST(the_sender_is_warned_once)
{
	struct retry r = RETRY_DEFAULT;

	ck_assert(!retry_wants_warning(&r, 1000, 0, 1000 + 4 * 3600 - 1));
	ck_assert(retry_wants_warning(&r, 1000, 0, 1000 + 4 * 3600));
	ck_assert(!retry_wants_warning(&r, 1000, 5, 1000 + 4 * 3600));
	ck_assert(!retry_wants_warning(&r, 1000, 0, 1000 + 5 * 86400));
	r.warn_after = 0;
	ck_assert(!retry_wants_warning(&r, 1000, 0, 1000 + 5 * 3600));
}
END_TEST

/* -- reports */

START_TEST(a_report_never_waits)
{
	struct report r = { 0 };
	char got[64];
	int sv[2], n = 0;

	report_send(&r, "trace", "nobody listens");
	ck_assert_int_eq(socketpair(AF_UNIX, SOCK_STREAM, 0, sv), 0);
	r.fd = sv[0];
	report_send(&r, "done", "%d %s", 75, "later");
	ck_assert_int_eq(read(sv[1], got, sizeof(got)), 16);
	ck_assert_mem_eq(got, "done 8:75 later\n", 16);
	while (n++ < 100000)
		report_send(&r, "trace", "nobody reads this");
	close(sv[1]);
	report_send(&r, "trace", "and nobody is there");
}
END_TEST

START_TEST(a_report_into_a_full_pipe_is_not_sent)
{
	struct report r = { 0 };
	char got[64];
	int p[2];

	ck_assert_int_eq(pipe(p), 0);
	r.fd = p[1];
	for (int i = 0; i < 10000; i++)
		report_send(&r, "trace", "%d", i);
	ck_assert_int_eq(read(p[0], got, 10), 10);
	ck_assert_mem_eq(got, "trace 1:0\n", 10);
}
END_TEST

int
main(void)
{
	const struct test_row tests[] = {
		{ a_field_is_whole_or_none, TABLE_COUNT(fields) },
		{ a_field_says_what_is_missing, 0 },
		{ a_field_may_hold_any_byte, 0 },
		{ ids_sort_by_time, 0 },
		{ two_ids_at_once_differ, 0 },
		{ what_is_no_id, TABLE_COUNT(no_ids) },
		{ a_sum_does_not_depend_on_the_pieces, 0 },
		{ a_sum_sees_every_bit_and_every_length, 0 },
		{ a_sum_sees_blocks_that_changed_places, 0 },
		{ a_sum_stays_what_it_was, 0 },
		{ what_may_be_said, TABLE_COUNT(sayings) },
		{ nothing_is_said_twice_but_recipients, 0 },
		{ a_value_has_a_limit, 0 },
		{ a_record_adds_up_or_is_none, TABLE_COUNT(records) },
		{ a_record_cut_short_never_parses, 0 },
		{ a_record_says_what_was_said, 0 },
		{ a_record_begins_where_it_is_patched, 0 },
		{ delays_double_up_to_a_limit, TABLE_COUNT(delays) },
		{ a_message_is_given_up_after_its_lifetime, 0 },
		{ the_sender_is_warned_once, 0 },
		{ a_report_never_waits, 0 },
		{ a_report_into_a_full_pipe_is_not_sent, 0 },
	};

	return RUN("queue", tests);
}
