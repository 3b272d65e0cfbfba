// SPDX-License-Identifier: ISC
/*
 * check_config_pages.c - the manual, the sample and the examples tell the truth
 *
 * They are read from the source directory: $srcdir, or here.
 */
#include "run.h"

#include <string.h>

#include "base/table.h"
#include "config/config.h"
#include "config/keys.h"

static void
load(struct buf *out, const char *name)
{
	const char *srcdir = getenv("srcdir");
	struct buf path = { 0 };
	struct err e = { 0 };

	buf_printf(&path, "%s/%s", srcdir != NULL ? srcdir : ".", name);
	ck_assert_msg(file_load(buf_cstr(&path), FILE_ANY, out, NULL, &e) == 0,
	    "%s", buf_cstr(&e.text));
	buf_free(&path);
}

START_TEST(every_key_is_in_the_manual_and_the_sample)
{
	const struct key *k = keys_at((size_t)_i);
	struct buf text = { 0 }, item = { 0 };

	load(&text, "man/minismtp.conf.5");
	buf_printf(&item, "\n.It Ic %s ", k->name);
	ck_assert_msg(strstr(buf_cstr(&text), buf_cstr(&item)) != NULL,
	    "%s is not in the manual", k->name);
	load(&text, "etc/minismtp.conf");
	buf_reset(&item);
	buf_printf(&item, "%s ", k->name);
	ck_assert_msg(strstr(buf_cstr(&text), buf_cstr(&item)) != NULL,
	    "%s is not in the sample", k->name);
	buf_free(&text);
	buf_free(&item);
}
END_TEST

/* "name" between two keys of the rows is unique, and each row has its help. */
START_TEST(every_row_is_complete)
{
	const struct key *k = keys_at((size_t)_i);

	ck_assert_uint_gt(strlen(k->help), 10);
	ck_assert_ptr_eq(keys_find(str_of(k->name)), k);
	ck_assert_int_eq(k->type == KEY_ENUM, k->words != NULL);
	if (k->type == KEY_INT || k->type == KEY_DURATION ||
	    k->type == KEY_SIZE)
		ck_assert_int_lt(k->min, k->max);
}
END_TEST

static void
parse(const char *name, struct str text, enum file_trust trust,
    struct config *c)
{
	struct loader loader;
	struct mistakes m = { 0 };
	struct err e = { 0 };

	loader_init(&loader, trust);
	ck_assert_msg(config_parse(c, name, text, &loader, &m, &e) == 0, "%s",
	    buf_cstr(&e.text));
	mistakes_free(&m);
}

START_TEST(the_sample_has_three_active_lines)
{
	struct buf text = { 0 };
	struct config c = { 0 };
	struct str rest, line;
	int active = 0;

	load(&text, "etc/minismtp.conf");
	rest = buf_str(&text);
	while (str_eat_line(&rest, &line))
		active += line.len > 0 && line.ptr[0] != '#';
	ck_assert_int_eq(active, 3);
	parse("sample", buf_str(&text), FILE_SYSTEM, &c);
	ck_assert_str_eq(buf_cstr(&c.account[0].sender), "web1@example.com");
	config_free(&c);
	buf_free(&text);
}
END_TEST

/* A comment glued to its # is a key that waits for its user. */
START_TEST(what_the_sample_has_in_comments_is_right_too)
{
	struct buf text = { 0 }, one = { 0 };
	struct config c = { 0 };
	struct str rest, line, word, in;
	int keys = 0;

	load(&text, "etc/minismtp.conf");
	rest = buf_str(&text);
	while (str_eat_line(&rest, &line)) {
		if (!str_eat(&line, STR("#")) || line.len == 0 ||
		    !str_is_alpha(line.ptr[0]))
			continue;
		in = line;
		if (!str_eat_word(&in, &word) || keys_find(word) == NULL)
			continue;
		buf_reset(&one);
		/* What the one key wants beside itself. */
		if (!str_eq(word, STR("relay")) &&
		    !str_eq(word, STR("command")))
			buf_puts(&one, "relay = a.example\n");
		if (!str_eq(word, STR("sender")))
			buf_puts(&one, "sender = a@b.example\n");
		if (!str_eq(word, STR("user")))
			buf_puts(&one, "user = a\n");
		if (str_eq(word, STR("tls_key")))
			buf_puts(&one, "tls_cert = /a\n");
		buf_add(&one, line);
		buf_putc(&one, '\n');
		parse("sample", buf_str(&one), FILE_SYSTEM, &c);
		config_free(&c);
		keys++;
	}
	ck_assert_int_gt(keys, 50);
	buf_free(&text);
	buf_free(&one);
}
END_TEST

static const char *const example[] = {
	"container", "fastmail", "gmail", "laptop", "mailru", "microsoft365",
	"postfix", "sendgrid", "ses", "yandex",
};

START_TEST(every_example_is_a_configuration)
{
	bool personal = strcmp(example[_i], "laptop") == 0;
	struct buf text = { 0 }, name = { 0 };
	struct config c = { 0 };

	buf_printf(&name, "etc/examples/%s.conf", example[_i]);
	load(&text, buf_cstr(&name));
	ck_assert_int_eq(setenv("HOME", "/home/me", 1), 0);
	parse(example[_i], buf_str(&text), personal ? FILE_PERSONAL :
	    FILE_SYSTEM, &c);
	ck_assert(!config_has_password(&c));
	ck_assert_uint_gt(c.account[0].sender.len, 0);
	config_free(&c);
	buf_free(&text);
	buf_free(&name);
}
END_TEST

int
main(void)
{
	const struct test_row tests[] = {
		{ every_key_is_in_the_manual_and_the_sample, keys_count() },
		{ every_row_is_complete, keys_count() },
		{ the_sample_has_three_active_lines, 0 },
		{ what_the_sample_has_in_comments_is_right_too, 0 },
		{ every_example_is_a_configuration, TABLE_COUNT(example) },
	};

	return RUN("config_pages", tests);
}
