// SPDX-License-Identifier: ISC
/*
 * check_queue_spool.c - the queue room, what is on disk
 */
#include "run.h"
#include "scratch.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/table.h"
#include "queue/draft.h"
#include "queue/entry.h"
#include "queue/listing.h"
#include "queue/marks.h"
#include "queue/spool.h"

#define MESSAGE "To: bob@example.net\n\nHello, Bob.\n"

static struct spool spool;
static struct err e;

/* Each test has a process of its own, and so a spool of its own. */
static void
make_spool(void)
{
	char path[5000];

	snprintf(path, sizeof(path), "%s/%d/spool", scratch_path,
	    (int)getpid());
	ck_assert_int_eq(spool_create(path, &e), 0);
	ck_assert_msg(spool_open(&spool, path, &e) == 0, "%s",
	    buf_cstr(&e.text));
}

/* A message with so many recipients; its ID. */
static struct id
put(struct str text, int rcpts)
{
	struct draft d;
	struct id id;

	ck_assert_int_eq(draft_begin(&d, &spool, getuid(), &e), 0);
	for (int i = 0; i < rcpts; i++) {
		ck_assert_int_eq(draft_field(&d, STR("rcpt"),
		    STR("bob@example.net"), &e), 0);
		ck_assert_int_eq(draft_field(&d, STR("notify"), STR("never"),
		    &e), 0);
	}
	ck_assert_int_eq(draft_data(&d, text, &e), 0);
	ck_assert_msg(draft_commit(&d, &e) == 0, "%s", buf_cstr(&e.text));
	id = d.id;
	draft_abort(&d);
	return id;
}

static bool
exists(enum spool_where where, const char *name)
{
	return faccessat(spool.dir[where], name, F_OK,
	    AT_SYMLINK_NOFOLLOW) == 0;
}

static size_t
count(enum spool_where where)
{
	struct listing list;
	size_t n;

	ck_assert_int_eq(listing_read(&list, &spool, where, CLOCK_NEVER, NULL,
	    &e), 0);
	n = list.count + list.junk.count;
	listing_free(&list);
	return n;
}

/* The file of a message in new/, to spoil it. */
static int
open_raw(const struct id *id)
{
	int fd = openat(spool.dir[SPOOL_NEW], id->text, O_RDWR);

	ck_assert_int_ge(fd, 0);
	return fd;
}

START_TEST(what_goes_in_comes_out)
{
	struct id id = put(STR(MESSAGE), 2);
	struct entry en;
	struct record r;
	char got[64];

	ck_assert_uint_eq(count(SPOOL_TMP), 0);
	ck_assert_int_eq(entry_open(&en, &spool, SPOOL_NEW, &id, 0, &e), 1);
	ck_assert_msg(entry_read(&en, &r, &e) == 0, "%s", buf_cstr(&e.text));
	ck_assert_uint_eq(r.size, strlen(MESSAGE));
	ck_assert_uint_eq(r.env.count, 2);
	ck_assert_uint_eq(r.env.rcpt[1].notify, NOTIFY_NEVER);
	ck_assert_uint_eq(r.facts.uid, getuid());
	ck_assert_int_eq(pread(en.fd, got, sizeof(got), r.body),
	    (int)(strlen(MESSAGE "\nend minismtp ") + ID_LEN + 1));
	ck_assert_mem_eq(got, MESSAGE, strlen(MESSAGE));
	record_free(&r);
	entry_close(&en);
}
END_TEST

/* Empty, small, around the size that is collected, large; by odd pieces. */
static const size_t sizes[] = { 0, 1, 65000, 65536, 65537, 1000000 };

START_TEST(a_message_of_any_size)
{
	char *text = malloc(sizes[_i] + 1);
	struct draft d;
	struct entry en;
	struct record r;

	memset(text, 'x', sizes[_i]);
	ck_assert_int_eq(draft_begin(&d, &spool, getuid(), &e), 0);
	ck_assert_int_eq(draft_field(&d, STR("rcpt"), STR("b"), &e), 0);
	for (size_t at = 0; at < sizes[_i]; at += 4099)
		ck_assert_int_eq(draft_data(&d, str_head((struct str){
		    text + at, sizes[_i] - at }, 4099), &e), 0);
	ck_assert_int_eq(draft_commit(&d, &e), 0);
	ck_assert_int_eq(entry_open(&en, &spool, SPOOL_NEW, &d.id, 0, &e), 1);
	ck_assert_msg(entry_read(&en, &r, &e) == 0, "%s", buf_cstr(&e.text));
	ck_assert_uint_eq(r.size, sizes[_i]);
	record_free(&r);
	entry_close(&en);
	draft_abort(&d);
	free(text);
}
END_TEST

START_TEST(a_record_of_many_pages_is_read)
{
	struct id id = put(STR(MESSAGE), 5000);
	struct entry en;
	struct record r;

	ck_assert_int_eq(entry_open(&en, &spool, SPOOL_NEW, &id, 0, &e), 1);
	ck_assert_msg(entry_read(&en, &r, &e) == 0, "%s", buf_cstr(&e.text));
	ck_assert_uint_eq(r.env.count, 5000);
	record_free(&r);
	entry_close(&en);
}
END_TEST

static const size_t loose[] = { 0, 1, 1000, 64 * 1024, 1000 * 1000 };

START_TEST(a_loose_draft_is_whole_and_in_no_spool)
{
	struct draft d;
	struct record r = { 0 };
	char block[1000];
	struct stat st;
	int fd;

	memset(block, 'x', sizeof(block));
	draft_begin_loose(&d, getuid());
	ck_assert_int_eq(draft_field(&d, STR("rcpt"), STR("b"), &e), 0);
	for (size_t left = loose[_i]; left > 0;) {
		size_t n = left < sizeof(block) ? left : sizeof(block);

		ck_assert_int_eq(draft_data(&d, (struct str){ block, n }, &e),
		    0);
		left -= n;
	}
	fd = draft_seal(&d, &e);
	draft_abort(&d);
	ck_assert_int_gt(fd, 2);
	ck_assert_int_eq(fstat(fd, &st), 0);
	ck_assert_uint_eq(st.st_nlink, 0);
	ck_assert_int_eq(record_read(&r, fd, &e), 0);
	ck_assert_int_eq(record_verify(&r, fd, &e), 0);
	ck_assert_uint_eq(r.size, loose[_i]);
	ck_assert_uint_eq(r.env.count, 1);
	record_free(&r);
	close(fd);
}
END_TEST

START_TEST(a_loose_draft_for_nobody_is_none)
{
	struct draft d;

	draft_begin_loose(&d, getuid());
	ck_assert_int_eq(draft_data(&d, STR("text"), &e), -1);
	ck_assert_int_eq(e.code, EX_DATAERR);
	ck_assert_int_eq(draft_seal(&d, &e), -1);
	draft_abort(&d);
	err_clear(&e);
}
END_TEST

START_TEST(a_draft_on_disk_is_locked)
{
	static char text[100000];
	struct draft d;
	int fd;

	ck_assert_int_eq(draft_begin(&d, &spool, getuid(), &e), 0);
	ck_assert_int_eq(draft_field(&d, STR("rcpt"), STR("b"), &e), 0);
	ck_assert_int_eq(draft_data(&d, (struct str){ text, sizeof(text) },
	    &e), 0);
	fd = openat(spool.dir[SPOOL_TMP], d.id.text, O_RDONLY);
	ck_assert_int_ge(fd, 0);
	ck_assert_int_eq(flock(fd, LOCK_EX | LOCK_NB), -1);
	draft_abort(&d);
	ck_assert_int_eq(flock(fd, LOCK_EX | LOCK_NB), 0);
	close(fd);
	ck_assert_uint_eq(count(SPOOL_TMP), 0);
}
END_TEST

START_TEST(nobody_gets_no_mail)
{
	struct draft d;

	ck_assert_int_eq(draft_begin(&d, &spool, getuid(), &e), 0);
	ck_assert_int_eq(draft_data(&d, STR("x"), &e), -1);
	ck_assert_str_eq(buf_cstr(&e.text), "no recipient");
	ck_assert_int_eq(draft_commit(&d, &e), -1);
	draft_abort(&d);
	ck_assert_uint_eq(count(SPOOL_TMP) + count(SPOOL_NEW), 0);
}
END_TEST

START_TEST(too_much_before_the_message_is_refused)
{
	static char address[16384];
	struct draft d;
	int rc = 0, n = 0;

	memset(address, 'x', sizeof(address));
	ck_assert_int_eq(draft_begin(&d, &spool, getuid(), &e), 0);
	while (rc == 0 && n++ < 1000)
		rc = draft_field(&d, STR("rcpt"),
		    (struct str){ address, sizeof(address) }, &e);
	ck_assert_int_lt(n, 257);
	ck_assert_int_eq(e.code, EX_DATAERR);
	draft_abort(&d);
}
END_TEST

START_TEST(a_file_limit_is_no_mail)
{
	static char text[200000];
	struct rlimit rl = { 100000, 100000 };
	struct draft d;

	signal(SIGXFSZ, SIG_IGN);
	ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &rl), 0);
	ck_assert_int_eq(draft_begin(&d, &spool, getuid(), &e), 0);
	ck_assert_int_eq(draft_field(&d, STR("rcpt"), STR("b"), &e), 0);
	ck_assert_int_eq(draft_data(&d, (struct str){ text, sizeof(text) },
	    &e), -1);
	ck_assert_int_eq(e.code, EX_TEMPFAIL);
	draft_abort(&d);
	ck_assert_uint_eq(count(SPOOL_TMP) + count(SPOOL_NEW), 0);
}
END_TEST

/* -- what a power cut or a hand may do to a file */

static void
cut_tail(int fd, off_t size)
{
	ck_assert_int_eq(ftruncate(fd, size - 1), 0);
}

static void
cut_half(int fd, off_t size)
{
	ck_assert_int_eq(ftruncate(fd, size / 2), 0);
}

static void
cut_all(int fd, off_t size)
{
	(void)size;
	ck_assert_int_eq(ftruncate(fd, 0), 0);
}

static void
zero_message(int fd, off_t size)
{
	ck_assert_int_eq(pwrite(fd, "\0\0\0\0", 4, size - 50), 4);
}

static void
flip_one_bit(int fd, off_t size)
{
	ck_assert_int_eq(pwrite(fd, "C", 1, size - 35), 1);
}

static void
zero_record(int fd, off_t size)
{
	(void)size;
	ck_assert_int_eq(pwrite(fd, "\0\0\0\0", 4, 0), 4);
}

static void
change_recipient(int fd, off_t size)
{
	(void)size;
	ck_assert_int_eq(pwrite(fd, "eve", 3, 63 + 19 + 16 + 40), 3);
}

static void
change_id(int fd, off_t size)
{
	(void)size;
	ck_assert_int_eq(pwrite(fd, "000000", 6, 69), 6);
}

static void
change_size(int fd, off_t size)
{
	(void)size;
	ck_assert_int_eq(pwrite(fd, "1", 1, 30), 1);
}

static void
zeros_as_long(int fd, off_t size)
{
	ck_assert_int_eq(ftruncate(fd, 0), 0);
	ck_assert_int_eq(ftruncate(fd, size), 0);
}

static const struct {
	const char *name;
	void (*spoil)(int fd, off_t size);
} spoilt[] = {
	{ "the last byte", cut_tail },
	{ "half of it", cut_half },
	{ "empty", cut_all },
	{ "zeros in the message", zero_message },
	{ "one bit", flip_one_bit },
	{ "zeros in the record", zero_record },
	{ "another recipient", change_recipient },
	{ "another ID", change_id },
	{ "another size", change_size },
	{ "nothing but zeros", zeros_as_long },
};

START_TEST(what_does_not_add_up_is_found)
{
	struct id id = put(STR(MESSAGE), 1);
	struct entry en;
	struct record r;
	struct stat st;
	int fd = open_raw(&id);

	ck_assert_int_eq(fstat(fd, &st), 0);
	spoilt[_i].spoil(fd, st.st_size);
	close(fd);
	ck_assert_int_eq(entry_open(&en, &spool, SPOOL_NEW, &id, 0, &e), 1);
	ck_assert_msg(entry_read(&en, &r, &e) == -1, "%s", spoilt[_i].name);
	ck_assert_msg(e.code == EX_DATAERR, "%s: %s", spoilt[_i].name,
	    buf_cstr(&e.text));
	entry_close(&en);
}
END_TEST

/* -- junk */

static void
put_symlink(const char *name)
{
	ck_assert_int_eq(symlinkat("/etc/passwd", spool.dir[SPOOL_NEW], name),
	    0);
}

static void
put_directory(const char *name)
{
	ck_assert_int_eq(mkdirat(spool.dir[SPOOL_NEW], name, 0700), 0);
}

static void
put_fifo(const char *name)
{
	ck_assert_int_eq(mkfifoat(spool.dir[SPOOL_NEW], name, 0600), 0);
}

static void
put_link(const char *name)
{
	struct id id = put(STR(MESSAGE), 1);

	ck_assert_int_eq(linkat(spool.dir[SPOOL_NEW], id.text,
	    spool.dir[SPOOL_NEW], name, 0), 0);
}

static const struct {
	const char *name;
	void (*put)(const char *name);
} junk[] = {
	{ "a symlink", put_symlink },
	{ "a directory", put_directory },
	{ "a fifo", put_fifo },
	{ "a hard link", put_link },
};

/* Somebody has put it there since the directory was read. */
START_TEST(what_was_a_file_in_the_listing_is_looked_at)
{
	struct listing_item it = { id_make(), 0, true };
	struct entry en;

	ck_assert_int_eq(entry_peek_listed(&en, &spool, SPOOL_NEW, &it, &e),
	    0);
	junk[_i].put(it.id.text);
	ck_assert_msg(entry_peek_listed(&en, &spool, SPOOL_NEW, &it, &e) == -1,
	    "%s", junk[_i].name);
	ck_assert_int_eq(e.code, EX_DATAERR);
	ck_assert_int_eq(en.fd, 0);
}
END_TEST

START_TEST(junk_is_not_opened_and_goes_aside)
{
	struct id id = id_make();
	struct buf now = { 0 };
	struct entry en;

	junk[_i].put(id.text);
	ck_assert_msg(entry_open(&en, &spool, SPOOL_NEW, &id, 0, &e) == -1,
	    "%s", junk[_i].name);
	ck_assert_int_eq(e.code, EX_DATAERR);
	ck_assert_int_eq(spool_set_aside(&spool, SPOOL_NEW, id.text, &now, &e),
	    0);
	ck_assert(!exists(SPOOL_NEW, id.text));
	ck_assert(exists(SPOOL_FAILED, buf_cstr(&now)));
	buf_free(&now);
}
END_TEST

START_TEST(foreign_names_are_listed_as_junk)
{
	static const char *const foreign[] = {
		"x", ".hidden", "1xUd702Gji6Hu8z", "1xUd702Gji6Hu8z,",
		"1xUd702Gji6Hu8z,00", "1xUd702Gji6Hu8z,00000000001",
		"1xUd702Gji6Hu8z,000000000G", "1xUd702Gji6Hu8z,000000000A",
		"new\nline", "1xUd702Gji6Hu8z 0000000001",
	};
	struct listing list;

	for (size_t i = 0; i < TABLE_COUNT(foreign); i++)
		close(openat(spool.dir[SPOOL_CUR], foreign[i],
		    O_CREAT | O_WRONLY, 0600));
	ck_assert_int_eq(listing_read(&list, &spool, SPOOL_CUR, CLOCK_NEVER,
	    NULL, &e), 0);
	ck_assert_uint_eq(list.count, 0);
	ck_assert_uint_eq(list.junk.count, TABLE_COUNT(foreign));
	listing_free(&list);
}
END_TEST

START_TEST(a_record_of_somebody_else_is_junk)
{
	struct draft d;
	struct entry en;
	struct record r;

	ck_assert_int_eq(draft_begin(&d, &spool, getuid() + 1, &e), 0);
	ck_assert_int_eq(draft_field(&d, STR("rcpt"), STR("b"), &e), 0);
	ck_assert_int_eq(draft_commit(&d, &e), 0);
	ck_assert_int_eq(entry_open(&en, &spool, SPOOL_NEW, &d.id, 0, &e), 1);
	/* The owner of the spool may store for others ... */
	ck_assert_int_eq(entry_read(&en, &r, &e), 0);
	record_free(&r);
	/* ... but nobody else. */
	spool.owner++;
	ck_assert_int_eq(entry_read(&en, &r, &e), -1);
	ck_assert_int_eq(e.code, EX_DATAERR);
	entry_close(&en);
	draft_abort(&d);
}
END_TEST

/* -- locks and arrows */

START_TEST(one_lock_for_each_message)
{
	struct id id = put(STR(MESSAGE), 1);
	struct entry a, b;

	ck_assert_int_eq(entry_open(&a, &spool, SPOOL_NEW, &id, 0, &e), 1);
	ck_assert_int_eq(entry_open(&b, &spool, SPOOL_NEW, &id, 0, &e), 0);
	ck_assert_int_eq(entry_peek(&b, &spool, SPOOL_NEW, &id, 0, &e), 1);
	entry_close(&b);
	entry_close(&a);
	ck_assert_int_eq(entry_open(&b, &spool, SPOOL_NEW, &id, 0, &e), 1);
	entry_close(&b);
}
END_TEST

START_TEST(a_message_goes_its_way)
{
	struct id id = put(STR(MESSAGE), 1);
	char name[SPOOL_NAME_SIZE];
	enum spool_where where;
	struct entry en;
	int64_t next;

	ck_assert_int_eq(entry_open(&en, &spool, SPOOL_NEW, &id, 0, &e), 1);
	ck_assert_int_eq(entry_accept(&en, 5, &e), 0);
	ck_assert(!exists(SPOOL_NEW, id.text));
	spool_name(name, SPOOL_CUR, &id, 5);
	ck_assert(str_ends(str_of(name), STR(",0000000005")));
	ck_assert(exists(SPOOL_CUR, name));
	ck_assert_int_eq(entry_defer(&en, 0x6b00000000, &e), 0);
	ck_assert(!exists(SPOOL_CUR, name));
	ck_assert_int_eq(spool_find(&spool, &id, &where, &next, &e), 1);
	ck_assert_int_eq(where, SPOOL_CUR);
	ck_assert_int_eq(next, 0x6b00000000);
	ck_assert_int_eq(entry_fail(&en, &e), 0);
	ck_assert_int_eq(spool_find(&spool, &id, &where, &next, &e), 1);
	ck_assert_int_eq(where, SPOOL_FAILED);
	ck_assert_int_eq(entry_remove(&en, &e), 0);
	ck_assert_int_eq(spool_sync(&spool, SPOOL_FAILED, &e), 0);
	ck_assert_int_eq(spool_find(&spool, &id, &where, &next, &e), 0);
	entry_close(&en);
}
END_TEST

START_TEST(a_name_of_yesterday_opens_nothing)
{
	struct id id = put(STR(MESSAGE), 1);
	struct entry en;

	ck_assert_int_eq(entry_open(&en, &spool, SPOOL_NEW, &id, 0, &e), 1);
	ck_assert_int_eq(entry_accept(&en, 5, &e), 0);
	entry_close(&en);
	ck_assert_int_eq(entry_open(&en, &spool, SPOOL_NEW, &id, 0, &e), 0);
	ck_assert_int_eq(entry_open(&en, &spool, SPOOL_CUR, &id, 6, &e), 0);
	ck_assert_int_eq(entry_open(&en, &spool, SPOOL_CUR, &id, 5, &e), 1);
	entry_close(&en);
}
END_TEST

START_TEST(an_arrow_replaces_nothing)
{
	struct id id = put(STR(MESSAGE), 1);
	char name[SPOOL_NAME_SIZE];
	struct entry en;

	spool_name(name, SPOOL_CUR, &id, 5);
	close(openat(spool.dir[SPOOL_CUR], name, O_CREAT | O_WRONLY, 0600));
	ck_assert_int_eq(entry_open(&en, &spool, SPOOL_NEW, &id, 0, &e), 1);
	ck_assert_int_eq(entry_accept(&en, 5, &e), -1);
	ck_assert(exists(SPOOL_NEW, id.text));
	entry_close(&en);
}
END_TEST

/* -- what is due */

static const struct {
	const char *name;
	int64_t next, now;
	bool due;
	int64_t wake;
} dues[] = {
	{ "past", 999, 1000, true, CLOCK_NEVER },
	{ "now", 1000, 1000, true, CLOCK_NEVER },
	{ "soon", 1001, 1000, false, 1001 },
	{ "held", SPOOL_HELD, 1000, false, CLOCK_NEVER },
	{ "a year ahead: the clock was set back", 1000 + 365 * 86400, 1000,
	  true, CLOCK_NEVER },
	{ "all", SPOOL_HELD, CLOCK_NEVER, true, CLOCK_NEVER },
};

START_TEST(what_is_due_is_known_from_the_name)
{
	struct id id = put(STR(MESSAGE), 1);
	struct listing list;
	struct entry en;
	int64_t wake;

	ck_assert_int_eq(entry_open(&en, &spool, SPOOL_NEW, &id, 0, &e), 1);
	ck_assert_int_eq(entry_accept(&en, dues[_i].next, &e), 0);
	entry_close(&en);
	ck_assert_int_eq(listing_read(&list, &spool, SPOOL_CUR, dues[_i].now,
	    &wake, &e), 0);
	ck_assert_msg(list.count == dues[_i].due, "%s", dues[_i].name);
	ck_assert_msg(wake == dues[_i].wake, "%s", dues[_i].name);
	listing_free(&list);
}
END_TEST

START_TEST(a_listing_is_sorted)
{
	struct listing list;
	char name[SPOOL_NAME_SIZE];

	for (uint32_t i = 0; i < 1000; i++) {
		struct id id = id_at(i * 7919 % 1000, i, i);

		spool_name(name, SPOOL_CUR, &id, i * 104729 % 100);
		close(openat(spool.dir[SPOOL_CUR], name, O_CREAT | O_WRONLY,
		    0600));
	}
	ck_assert_int_eq(listing_read(&list, &spool, SPOOL_CUR, CLOCK_NEVER,
	    NULL, &e), 0);
	ck_assert_uint_eq(list.count, 1000);
	for (size_t i = 1; i < list.count; i++) {
		const struct listing_item *a = &list.item[i - 1],
		    *b = &list.item[i];

		ck_assert(a->next < b->next || (a->next == b->next &&
		    strcmp(a->id.text, b->id.text) < 0));
	}
	listing_free(&list);
}
END_TEST

START_TEST(old_unlocked_garbage_is_cleaned)
{
	const struct timespec old[2] = { { 1000, 0 }, { 1000, 0 } };
	int tmp = spool.dir[SPOOL_TMP];
	int locked = openat(tmp, "locked", O_CREAT | O_RDWR, 0600);

	close(openat(tmp, "young", O_CREAT | O_RDWR, 0600));
	close(openat(tmp, "old", O_CREAT | O_RDWR, 0600));
	utimensat(tmp, "old", old, 0);
	utimensat(tmp, "locked", old, 0);
	ck_assert_int_eq(flock(locked, LOCK_EX), 0);
	ck_assert_int_eq(listing_clean(&spool, clock_now(), &e), 1);
	ck_assert(exists(SPOOL_TMP, "young"));
	ck_assert(exists(SPOOL_TMP, "locked"));
	ck_assert(!exists(SPOOL_TMP, "old"));
	/* From the future: the clock was set back. */
	ck_assert_int_eq(listing_clean(&spool, 1000, &e), 1);
	ck_assert(!exists(SPOOL_TMP, "young"));
	close(locked);
}
END_TEST

/* -- the directories */

static const struct {
	const char *dir;
	mode_t mode;
	const char *words;
} modes[] = {
	{ "new", 0707, "is open to everybody" },
	{ "cur", 0701, "is open to everybody" },
	{ ".", 0777, "everybody can write to it" },
};

START_TEST(a_spool_that_others_reach_is_refused)
{
	struct spool again;
	char path[64];

	snprintf(path, sizeof(path), "/proc/self/fd/%d", spool.top);
	ck_assert_int_eq(fchmodat(spool.top, modes[_i].dir, modes[_i].mode, 0),
	    0);
	ck_assert_int_eq(spool_open(&again, path, &e), -1);
	ck_assert_int_eq(e.code, EX_TEMPFAIL);
	ck_assert_ptr_nonnull(strstr(buf_cstr(&e.text), modes[_i].words));
}
END_TEST

START_TEST(a_spool_with_a_symlink_is_refused)
{
	struct spool again;
	char path[64];

	snprintf(path, sizeof(path), "/proc/self/fd/%d", spool.top);
	ck_assert_int_eq(unlinkat(spool.top, "cur", AT_REMOVEDIR), 0);
	ck_assert_int_eq(symlinkat("new", spool.top, "cur"), 0);
	ck_assert_int_eq(spool_open(&again, path, &e), -1);
	ck_assert_int_eq(again.top, 0);
}
END_TEST

/* -- marks */

static void
open_and_read(struct entry *en, const struct id *id, struct record *r)
{
	ck_assert_int_eq(entry_open(en, &spool, SPOOL_NEW, id, 0, &e), 1);
	ck_assert_msg(entry_read(en, r, &e) == 0, "%s", buf_cstr(&e.text));
}

START_TEST(a_state_is_kept_in_place)
{
	struct id id = put(STR(MESSAGE), 4);
	struct entry en;
	struct record r;

	open_and_read(&en, &id, &r);
	r.env.rcpt[0].state = RCPT_DONE;
	r.env.rcpt[1].state = RCPT_FAILED;
	r.env.rcpt[2].state = RCPT_FAILED;
	r.mark[2].told = true;
	r.env.rcpt[3].state = RCPT_TAKEN;
	for (size_t i = 0; i < 4; i++)
		ck_assert_int_eq(marks_set(&en, &r, i, &e), 0);
	ck_assert_int_eq(marks_sync(&en, &e), 0);
	record_free(&r);
	entry_close(&en);

	open_and_read(&en, &id, &r);
	ck_assert_int_eq(r.env.rcpt[0].state, RCPT_DONE);
	ck_assert_int_eq(r.env.rcpt[1].state, RCPT_FAILED);
	ck_assert(!r.mark[1].told);
	ck_assert_int_eq(r.env.rcpt[2].state, RCPT_FAILED);
	ck_assert(r.mark[2].told);
	ck_assert_int_eq(r.env.rcpt[3].state, RCPT_TODO);
	record_free(&r);
	entry_close(&en);
}
END_TEST

START_TEST(a_history_is_read_back)
{
	struct id id = put(STR(MESSAGE), 2);
	struct entry en;
	struct record r;
	struct marks m;

	open_and_read(&en, &id, &r);
	ck_assert_int_eq(marks_read(&m, en.fd, &r, &e), 0);
	ck_assert_uint_eq(m.attempts, 0);
	ck_assert_int_eq(marks_try(&m, &en, 0, 100, 451, STR("wait"), &e), 0);
	ck_assert_int_eq(marks_try(&m, &en, 1, 100, 450, STR("a\r\nb"), &e),
	    0);
	ck_assert_int_eq(marks_try(&m, &en, MARKS_ALL, 200, 75, STR("down"),
	    &e), 0);
	ck_assert_int_eq(marks_warned(&m, &en, 300, &e), 0);
	marks_free(&m);
	/* A torn line, as a power cut leaves it, counts for nothing ... */
	ck_assert_int_eq(pwrite(en.fd, "try 40:300 1 4", 14, lseek(en.fd, 0,
	    SEEK_END)), 14);
	for (int i = 0; i < 2; i++) {
		ck_assert_int_eq(marks_read(&m, en.fd, &r, &e), 0);
		ck_assert_uint_eq(m.attempts, 2 + (unsigned)i);
		ck_assert_int_eq(m.first, 100);
		ck_assert_int_eq(m.warned, 300);
		ck_assert_int_eq(m.rcpt[0].code, 451);
		ck_assert_str_eq(buf_cstr(&m.rcpt[0].words), "wait");
		ck_assert_str_eq(buf_cstr(&m.rcpt[1].words), "a\\r\\nb");
		/* ... and the next one takes its place. */
		ck_assert_int_eq(marks_try(&m, &en, MARKS_ALL, 400, 75,
		    STR("still down"), &e), 0);
		marks_free(&m);
	}
	record_free(&r);
	entry_close(&en);
	open_and_read(&en, &id, &r);	/* it all still adds up */
	record_free(&r);
	entry_close(&en);
}
END_TEST

/* Around what is read along with the record. */
static const struct {
	size_t text;
	int tries;
	bool whole;
} firsts[] = {
	{ 0, 0, true }, { 100, 0, true }, { 100, 3, true }, { 3000, 0, true },
	{ 3000, 50, false }, { 4096, 1, false }, { 100000, 0, true },
	{ 100000, 2, false },
};

START_TEST(a_first_look_at_a_history_is_the_same)
{
	static char text[100000];
	struct id id = put((struct str){ text, firsts[_i].text }, 2);
	struct entry en;
	struct record r;
	struct marks m, first;

	open_and_read(&en, &id, &r);
	ck_assert_int_eq(marks_first(&m, &en, &r, &e), 0);
	for (int i = 1; i <= firsts[_i].tries; i++)
		ck_assert_int_eq(marks_try(&m, &en, (size_t)i % 2, i, 451,
		    STR("wait a little"), &e), 0);
	marks_free(&m);
	record_free(&r);
	entry_close(&en);
	open_and_read(&en, &id, &r);
	ck_assert_int_eq(r.whole, firsts[_i].whole);
	ck_assert_int_eq(marks_first(&first, &en, &r, &e), 0);
	ck_assert_int_eq(marks_read(&m, en.fd, &r, &e), 0);
	ck_assert_uint_eq(first.attempts, (unsigned)firsts[_i].tries);
	ck_assert_uint_eq(m.attempts, first.attempts);
	ck_assert_int_eq(m.start, first.start);
	ck_assert_int_eq(m.end, first.end);
	ck_assert_int_eq(m.end, en.bytes);
	for (size_t i = 0; i < 2; i++)
		ck_assert_str_eq(buf_cstr(&m.rcpt[i].words),
		    buf_cstr(&first.rcpt[i].words));
	marks_free(&first);
	marks_free(&m);
	record_free(&r);
	entry_close(&en);
}
END_TEST

START_TEST(a_long_history_is_written_anew)
{
	static char words[1000];
	struct id id = put(STR(MESSAGE), 1);
	struct entry en;
	struct record r;
	struct marks m;
	struct stat st;

	memset(words, 'x', sizeof(words));
	open_and_read(&en, &id, &r);
	ck_assert_int_eq(marks_read(&m, en.fd, &r, &e), 0);
	ck_assert_int_eq(marks_warned(&m, &en, 5, &e), 0);
	ck_assert_int_eq(marks_sent(&m, &en, STR("a@x.test"), &e), 0);
	ck_assert_int_eq(marks_folded(&m, &en, &e), 0);
	ck_assert_int_eq(marks_folded(&m, &en, &e), 0);
	for (int i = 1; i <= 1000; i++)
		ck_assert_int_eq(marks_try(&m, &en, 0, i, 451,
		    (struct str){ words, sizeof(words) }, &e), 0);
	ck_assert_int_eq(fstat(en.fd, &st), 0);
	ck_assert_int_lt(st.st_size, 300000);
	ck_assert_int_eq(st.st_size, m.end);
	marks_free(&m);
	ck_assert_int_eq(marks_read(&m, en.fd, &r, &e), 0);
	ck_assert_uint_eq(m.attempts, 1000);
	ck_assert_int_eq(m.first, 1);
	ck_assert_int_eq(m.last, 1000);
	ck_assert_int_eq(m.warned, 5);
	ck_assert_uint_eq(m.folded, 3);
	ck_assert_uint_eq(m.sent.count, 1);
	ck_assert_str_eq(buf_cstr(&m.sent.item[0]), "a@x.test");
	marks_free(&m);
	record_free(&r);
	entry_close(&en);
}
END_TEST

int
main(void)
{
	const struct test_row tests[] = {
		{ what_goes_in_comes_out, 0 },
		{ a_message_of_any_size, TABLE_COUNT(sizes) },
		{ a_record_of_many_pages_is_read, 0 },
		{ a_loose_draft_is_whole_and_in_no_spool, TABLE_COUNT(loose) },
		{ a_loose_draft_for_nobody_is_none, 0 },
		{ a_draft_on_disk_is_locked, 0 },
		{ nobody_gets_no_mail, 0 },
		{ too_much_before_the_message_is_refused, 0 },
		{ a_file_limit_is_no_mail, 0 },
		{ what_does_not_add_up_is_found, TABLE_COUNT(spoilt) },
		{ what_was_a_file_in_the_listing_is_looked_at,
		  TABLE_COUNT(junk) },
		{ junk_is_not_opened_and_goes_aside, TABLE_COUNT(junk) },
		{ foreign_names_are_listed_as_junk, 0 },
		{ a_record_of_somebody_else_is_junk, 0 },
		{ one_lock_for_each_message, 0 },
		{ a_message_goes_its_way, 0 },
		{ a_name_of_yesterday_opens_nothing, 0 },
		{ an_arrow_replaces_nothing, 0 },
		{ what_is_due_is_known_from_the_name, TABLE_COUNT(dues) },
		{ a_listing_is_sorted, 0 },
		{ old_unlocked_garbage_is_cleaned, 0 },
		{ a_spool_that_others_reach_is_refused, TABLE_COUNT(modes) },
		{ a_spool_with_a_symlink_is_refused, 0 },
		{ a_state_is_kept_in_place, 0 },
		{ a_history_is_read_back, 0 },
		{ a_first_look_at_a_history_is_the_same, TABLE_COUNT(firsts) },
		{ a_long_history_is_written_anew, 0 },
	};
	int rc = EXIT_FAILURE;

	if (scratch_make() == 0)
		rc = RUN_AFTER("queue spool", make_spool, tests);
	scratch_remove();
	return rc;
}
