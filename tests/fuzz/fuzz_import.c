// SPDX-License-Identifier: ISC
/*
 * fuzz_import.c - configurations of other programs
 *
 * The first byte chooses the program, or leaves it to be found out.  What
 * stands behind the first NUL is in every further file that is asked for.
 * Whatever it says: what we make of it is a configuration of ours, and what is
 * said about it can be shown on a terminal.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sysexits.h>

#include "base/vis.h"
#include "config/config.h"
#include "import/import.h"
#include "import/write.h"

static struct str further;

static int
load(void *arg, struct str path, struct buf *out, struct err *e)
{
	struct str *text = arg;

	if (str_eq(path, STR("file"))) {
		buf_add(out, *text);
		return 0;
	}
	if (further.len == 0)
		return err_set(e, EX_NOINPUT, "there is no %.*s",
		    STR_ARGS(path));
	buf_add(out, further);
	return 0;
}

static int
list(void *arg, struct str pattern, struct strs *out, struct err *e)
{
	(void)arg;
	(void)pattern;
	(void)out;
	(void)e;
	return 0;
}

static void
check(const struct found *f, enum write_secrets how)
{
	struct config c = { 0 };
	struct mistakes m = { 0 };
	struct err e = { 0 };
	struct buf out = { 0 };

	write_config(f, how, "/etc/minismtp.conf", &out, NULL);
	if (config_parse(&c, "out", buf_str(&out), NULL, &m, &e) < 0) {
		fprintf(stderr, "%s\n%s", buf_cstr(&out), buf_cstr(&e.text));
		abort();
	}
	for (size_t i = 0; i < c.accounts; i++) {
		if (c.account[i].tls_verify == VERIFY_NO ||
		    c.account[i].auth_without_tls)
			abort();
	}
	config_free(&c);
	mistakes_free(&m);
	err_clear(&e);
	buf_wipe(&out);
}

static void
check_remarks(const struct found *f)
{
	struct buf said = { 0 };
	struct str line, rest;

	remarks_print(&f->remarks, &said);
	rest = buf_str(&said);
	while (str_eat_line(&rest, &line)) {
		for (size_t i = 0; i < line.len; i++) {
			if (str_is_control(line.ptr[i]))
				abort();
		}
		if (!utf8_is_valid(line))
			abort();
	}
	buf_free(&said);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str text, head;
	struct loader loader = { .arg = &text, .load = load, .list = list };
	struct import i = { .loader = &loader,
		.path = STR("file"),
		.home = STR("/home/me") };
	struct found f = { 0 };
	struct err e = { 0 };

	if (size == 0)
		return 0;
	if (data[0] >= 'a' && (size_t)(data[0] - 'a') < formats_count())
		i.format = formats_at((size_t)(data[0] - 'a'));
	text = (struct str){ (const char *)data + 1, size - 1 };
	further = STR("");
	if (str_has(text, '\0')) {
		further = text;
		if (str_eat_until(&further, '\0', &head))
			text = head;
	}
	if (import_read(&i, &f, &e) == 0) {
		check(&f, WRITE_FILES);
		check(&f, WRITE_PASSWORDS);
	}
	check_remarks(&f);
	found_free(&f);
	err_clear(&e);
	return 0;
}
