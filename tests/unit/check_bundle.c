// SPDX-License-Identifier: ISC
/*
 * check_bundle.c - the net room: a file of certificates, read by pieces
 *
 * What is in the armour does not matter here, so it is a number.
 */
#include "run.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/table.h"
#include "net/bundle.h"

static char path[] = "/tmp/check_bundle.XXXXXX";

static void
write_all(int count, int words, const char *rest)
{
	FILE *f = fopen(path, "w");

	ck_assert_ptr_nonnull(f);
	for (int i = 0; i < count; i++) {
		for (int j = 0; j < words; j++)
			fputs("# words - no certificate\n", f);
		fprintf(f, "-----BEGIN CERTIFICATE-----\n%d\n", i);
		for (int j = 0; j < 20; j++)
			fprintf(f, "%064d\n", i);
		fputs("-----END CERTIFICATE-----\n", f);
	}
	fputs(rest, f);
	ck_assert_int_eq(fclose(f), 0);
}

static void
setup(void)
{
	int fd = mkstemp(path);

	ck_assert_int_ge(fd, 0);
	ck_assert_int_eq(close(fd), 0);
}

static struct bundle
opened(void)
{
	struct bundle b;
	struct err e = { 0 };
	int fd = open(path, O_RDONLY);

	ck_assert_int_ge(fd, 0);
	ck_assert_int_eq(bundle_open(&b, fd, &e), 0);
	return b;
}

/* How many there are, each the next one. */
static int
count(struct bundle *b)
{
	struct err e = { 0 };
	struct str body;
	int n = 0, rc;

	while ((rc = bundle_next(b, &body, &e)) > 0) {
		ck_assert_uint_gt(body.len, 20 * 65);
		ck_assert_int_eq(strtol(body.ptr, NULL, 10), n++);
	}
	ck_assert_int_eq(rc, 0);
	return n;
}

static const struct {
	int count, words;
	const char *rest;
} files[] = {
	{ 0, 0, "" },
	{ 0, 0, "-----BEGIN CERTIFICATE-----\n" },
	{ 1, 0, "" },
	{ 1, 0, "-----BEGIN CERTIFICATE-----\nAAAA" },
	{ 1, 0, "-----BEGIN CERTIFICATE-----\nAAAA\n-----END" },
	{ 3, 1, "-----BEGIN X" },
	{ 2, 400, "words" },		/* longer than the first piece */
	{ 2, 8000, "" },		/* longer than all pieces */
	{ 300, 2, "-----BEGIN NOTHING-----\n" },
};

START_TEST(all_are_found_whatever_the_pieces)
{
	struct bundle b;

	write_all(files[_i].count, files[_i].words, files[_i].rest);
	b = opened();
	ck_assert_int_eq(count(&b), files[_i].count);
	bundle_rewind(&b);
	ck_assert_int_eq(count(&b), files[_i].count);
	bundle_close(&b);
	bundle_close(&b);
	ck_assert_int_eq(unlink(path), 0);
}
END_TEST

START_TEST(no_more_is_read_than_is_asked_for)
{
	struct err e = { 0 };
	struct str body;
	struct bundle b;

	write_all(300, 0, "");
	b = opened();
	ck_assert_int_eq(b.at, 0);
	ck_assert_int_eq(bundle_next(&b, &body, &e), 1);
	ck_assert_int_le(b.at, 4096);
	bundle_close(&b);
	ck_assert_int_eq(unlink(path), 0);
}
END_TEST

START_TEST(a_file_that_lost_its_name_is_read)
{
	struct bundle b;

	write_all(300, 0, "");
	b = opened();
	ck_assert_int_eq(unlink(path), 0);
	ck_assert_int_eq(count(&b), 300);
	bundle_close(&b);
}
END_TEST

static void cut(void) { ck_assert_int_eq(truncate(path, 2000), 0); }
static void cut_all(void) { ck_assert_int_eq(truncate(path, 0), 0); }
static void fill(void) { write_all(301, 0, ""); }

static void
touch(void)
{
	const struct timespec times[2] = { { 1, 0 }, { 1, 0 } };

	ck_assert_int_eq(utimensat(AT_FDCWD, path, times, 0), 0);
}

static void (*const changes[])(void) = { cut, cut_all, fill, touch };

START_TEST(a_file_that_was_written_to_is_refused)
{
	struct err e = { 0 };
	struct str body;
	struct bundle b;
	int rc;

	write_all(300, 0, "");
	b = opened();
	changes[_i]();
	while ((rc = bundle_next(&b, &body, &e)) > 0)
		;
	ck_assert_int_eq(rc, -1);
	ck_assert_ptr_nonnull(strstr(buf_cstr(&e.text), "changed"));
	ck_assert_int_eq(e.code, EX_OSERR);
	err_clear(&e);
	bundle_close(&b);
	ck_assert_int_eq(unlink(path), 0);
}
END_TEST

START_TEST(a_limit_is_a_limit)
{
	struct err e = { 0 };
	struct bundle b;

	write_all(1, 0, "");
	ck_assert_int_eq(truncate(path, BUNDLE_MAX + (_i == 0 ? 0 : 1)), 0);
	ck_assert_int_eq(bundle_open(&b, open(path, O_RDONLY), &e),
	    _i == 0 ? 0 : -1);
	ck_assert_int_eq(e.code, _i == 0 ? 0 : EX_CONFIG);
	if (_i == 0)
		ck_assert_int_eq(count(&b), 1);
	err_clear(&e);
	bundle_close(&b);
	ck_assert_int_eq(unlink(path), 0);
}
END_TEST

START_TEST(what_cannot_be_read_is_an_error_of_ours)
{
	struct err e = { 0 };
	struct str body;
	struct bundle b;

	write_all(1, 0, "");
	ck_assert_int_eq(bundle_open(&b, open(path, O_WRONLY), &e), 0);
	ck_assert_int_eq(bundle_next(&b, &body, &e), -1);
	ck_assert_int_eq(e.code, EX_OSERR);
	err_clear(&e);
	bundle_close(&b);
	ck_assert_int_eq(unlink(path), 0);
}
END_TEST

int
main(void)
{
	const struct test_row tests[] = {
		{ all_are_found_whatever_the_pieces, TABLE_COUNT(files) },
		{ no_more_is_read_than_is_asked_for, 0 },
		{ a_file_that_lost_its_name_is_read, 0 },
		{ a_file_that_was_written_to_is_refused,
		    TABLE_COUNT(changes) },
		{ a_limit_is_a_limit, 2 },
		{ what_cannot_be_read_is_an_error_of_ours, 0 },
	};

	return RUN_AFTER("bundle", setup, tests);
}
