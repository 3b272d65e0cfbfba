// SPDX-License-Identifier: ISC
/*
 * importer.c - what the readers of all formats have in common
 */
#include "import/importer.h"

#include <stdarg.h>

#include "base/table.h"
#include "base/vis.h"
#include "config/assign.h"
#include "config/config.h"
#include "config/secret.h"
#include "config/value.h"
#include "config/word.h"

#define VALUES_MAX 200		/* of any one key */
#define SHOWN 60		/* bytes of a foreign word */

static void
remark(struct importer *im, enum remark_kind kind, const char *between,
    const char *fmt, va_list ap)
{
	struct buf words = { 0 };

	vis_add_some(&words, im->word, SHOWN);
	buf_puts(&words, between);
	buf_vprintf(&words, fmt, ap);
	remarks_add(&im->found->remarks, kind, im->at, "%s", buf_cstr(&words));
	buf_free(&words);
}

void
importer_taken(struct importer *im, const char *key)
{
	struct buf word = { 0 };

	vis_add_some(&word, im->word, SHOWN);
	if (!str_ieq(buf_str(&word), str_of(key)))
		buf_printf(&word, " as %s", key);
	remarks_add(&im->found->remarks, REMARK_TAKEN, im->at, "%s",
	    buf_cstr(&word));
	buf_free(&word);
}

void
importer_noted(struct importer *im, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	remark(im, REMARK_TAKEN, ": ", fmt, ap);
	va_end(ap);
}

void
importer_no_equal(struct importer *im, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	remark(im, REMARK_NO_EQUAL, ": ", fmt, ap);
	va_end(ap);
}

void
importer_less_safe(struct importer *im, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	remark(im, REMARK_LESS_SAFE, ": ", fmt, ap);
	va_end(ap);
}

void
importer_word(struct importer *im, const struct row *rows, size_t count,
    struct str word, struct str value)
{
	const struct row *row = table_ifind(rows, sizeof(*rows), count, word);

	im->word = word;
	im->row = row;
	if (row == NULL) {
		importer_no_equal(im, "%s knows no such word",
		    im->found->program);
		im->found->remarks.unknown++;
	} else if (row->take != NULL) {
		row->take(im, value);
	} else if (row->key == NULL) {
		importer_no_equal(im, "%s", row->why);
	} else if (value.len == 0) {
		outlet_unset(importer_outlet(im), row->key);
		importer_taken(im, row->key);
	} else if (importer_set(im, row->key, value)) {
		importer_taken(im, row->key);
	}
}

struct outlet *
importer_outlet(struct importer *im)
{
	return &im->found->outlet[im->outlet];
}

bool
importer_start(struct importer *im, struct str name)
{
	struct outlet *o = found_outlet(im->found, name);
	bool good = o != NULL;

	if (!good) {
		importer_no_equal(im, "more than %d accounts", OUTLETS_MAX);
		o = found_outlet(im->found, OUTLET_NOBODY);
	}
	o->at = im->at;
	im->outlet = (size_t)(o - im->found->outlet);
	return good;
}

/* The key's own judgement; what it says begins with "KEY = VALUE: ". */
static bool
is_good(struct importer *im, const struct key *key, struct str value)
{
	struct config top = { 0 };
	struct account account = { 0 };
	void *base = key->where == KEY_TOP ? (void *)&top : (void *)&account;
	struct given given = { 0 };
	struct mistakes m = { 0 };
	bool good;

	given_add(&given, value, im->at);
	assign(key, base, &given, NULL, 0, &m);
	good = m.count == 0;
	if (!good)
		importer_no_equal(im, "%s", buf_cstr(&m.item[0].words));
	mistakes_free(&m);
	given_free(&given);
	assign_free(key, base);
	return good;
}

/*
 * What is for the whole machine goes to the top level, wherever it was said;
 * of two the first stays.
 */
bool
importer_set(struct importer *im, const char *key, struct str value)
{
	const struct key *row = keys_find(str_of(key));
	struct outlet *o = row->where == KEY_TOP ? &im->found->outlet[0] :
						   importer_outlet(im);
	struct str before = outlet_value(o, key);

	if (!is_good(im, row, value))
		return false;
	if (o != importer_outlet(im) && before.len > 0 &&
	    !str_eq(before, value)) {
		importer_no_equal(im, "there is one %s for all accounts", key);
		return false;
	}
	outlet_set(o, key, value);
	return true;
}

bool
importer_add(struct importer *im, const char *key, struct str value)
{
	const struct key *row = keys_find(str_of(key));
	const struct setting *s = outlet_get(importer_outlet(im), row);

	if (!is_good(im, row, value))
		return false;
	if (s != NULL && s->values.count >= VALUES_MAX) {
		importer_no_equal(im, "more than %d of them", VALUES_MAX);
		return false;
	}
	outlet_add(importer_outlet(im), key, value);
	return true;
}

bool
importer_set_seconds(struct importer *im, const char *key, struct str value)
{
	struct buf text = { 0 };
	uint64_t n;
	bool good = false;

	if (!str_eat_number(&value, &n) || value.len > 0 || n > INT32_MAX) {
		importer_no_equal(im, "this is no number of seconds");
		return false;
	}
	value_print_duration(&text, (int64_t)n);
	good = importer_set(im, key, buf_str(&text));
	buf_free(&text);
	return good;
}

/* Words with ~ in front, which only a shell would see to. */
static bool
has_tilde(const struct strs *argv)
{
	for (size_t i = 0; i < argv->count; i++) {
		struct str word = strs_at(argv, i);

		if (str_eat(&word, STR("~")))
			return true;
	}
	return false;
}

void
importer_set_command(struct importer *im, const char *key, struct str command)
{
	struct outlet *o = importer_outlet(im);
	struct strs argv = { 0 };
	struct err e = { 0 };

	if (word_text(command) != NULL) {
		importer_no_equal(im, "%s", word_text(command));
		return;
	}
	outlet_unset(o, key);
	if (secret_split(command, &argv, &e) == 0 && argv.count > 0 &&
	    !has_tilde(&argv)) {
		/* A list of one is taken apart again when it is read. */
		for (size_t i = 0; argv.count > 1 && i < argv.count; i++)
			outlet_append(o, key, strs_at(&argv, i));
		if (argv.count == 1)
			outlet_append(o, key, command);
		importer_taken(im, key);
	} else {
		outlet_append(o, key, STR("/bin/sh"));
		outlet_append(o, key, STR("-c"));
		outlet_append(o, key, command);
		importer_taken(im, "password_command, for a shell");
	}
	strs_free(&argv);
	err_clear(&e);
}

void
importer_set_password(struct importer *im, struct str value)
{
	struct outlet *o = importer_outlet(im);

	if (word_text(value) != NULL || value.len > SECRET_MAX) {
		importer_no_equal(im, "%s",
		    word_text(value) != NULL ? word_text(value) :
					       "no password is that long");
		return;
	}
	secret_free(&o->password);
	if (value.len > 0)
		secret_set(&o->password, value);
	o->password_at = im->at;
	o->exposed = im->exposed;
	importer_taken(im, "password_file");
}

void
importer_set_bit(struct importer *im, unsigned bit, bool set)
{
	struct outlet *o = importer_outlet(im);

	o->own &= ~bit;
	o->own |= set ? bit : 0;
	o->said |= bit;
}

void
importer_set_host(struct importer *im, struct str host)
{
	struct outlet *o = importer_outlet(im);

	buf_set(&o->host, host);
	o->host_at = im->at;
}

bool
importer_set_port(struct importer *im, struct str port, int *to)
{
	static const struct service {
		const char *name;
		int port;
	} services[] = {
		{ "smtp", 25 },
		{ "smtps", 465 },
		{ "ssmtp", 465 },
		{ "submissions", 465 },
		{ "submission", 587 },
	};
	const struct service *s = TABLE_IFIND(services, port);
	uint64_t n = 0;

	if (s != NULL)
		n = (uint64_t)s->port;
	else if (!str_eat_number(&port, &n) || port.len > 0)
		n = 0;
	if (n < 1 || n > 65535) {
		importer_no_equal(im, "this is no port");
		return false;
	}
	*to = (int)n;
	return true;
}

void
importer_set_tls(struct importer *im, enum found_tls tls)
{
	importer_outlet(im)->tls = tls;
	importer_outlet(im)->tls_at = im->at;
}

void
importer_set_unverified(struct importer *im, bool unverified)
{
	importer_outlet(im)->unverified = unverified;
	importer_outlet(im)->verify_at = im->at;
}

bool
importer_path(struct importer *im, struct str value, struct buf *out)
{
	if (str_eat(&value, STR("~/"))) {
		if (im->home.len == 0) {
			importer_no_equal(im, "whose home is ~ here?");
			return false;
		}
		buf_add(out, im->home);
		buf_putc(out, '/');
	}
	buf_add(out, value);
	return true;
}
