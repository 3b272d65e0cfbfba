// SPDX-License-Identifier: ISC
/*
 * take.c - ways to take a value that several formats have
 */
#include "import/take.h"

#include "config/value.h"

void
take_host(struct importer *im, struct str value)
{
	importer_set_host(im, value);
	importer_taken(im, "relay");
}

void
take_port(struct importer *im, struct str value)
{
	if (importer_set_port(im, value, &importer_outlet(im)->port))
		importer_taken(im, "relay");
}

void
take_host_port(struct importer *im, struct str value)
{
	struct str host = value, port = STR(""), inner = value;

	if (str_eat(&inner, STR("[")) && str_eat_until(&inner, ']', &host)) {
		if (str_eat(&inner, STR(":")))
			port = inner;
	} else if (!str_cut_last(value, ':', &host, &port)) {
		host = value;
	}
	importer_set_host(im, host);
	if (port.len == 0 ||
	    importer_set_port(im, port, &importer_outlet(im)->port))
		importer_taken(im, "relay");
}

void
take_password(struct importer *im, struct str value)
{
	outlet_unset(importer_outlet(im), "password_command");
	importer_set_password(im, value);
}

void
take_path(struct importer *im, struct str value)
{
	struct buf path = { 0 };

	if (value.len == 0) {
		outlet_unset(importer_outlet(im), im->row->key);
		importer_taken(im, im->row->key);
	} else if (importer_path(im, value, &path) &&
	    importer_set(im, im->row->key, buf_str(&path))) {
		importer_taken(im, im->row->key);
	}
	buf_free(&path);
}

void
take_list(struct importer *im, struct str value)
{
	struct str word, blanks;
	bool good = true;

	outlet_unset(importer_outlet(im), im->row->key);
	while (good && value.len > 0) {
		size_t n = 0;

		(void)str_eat_span(&value, ", \t\r\n", &blanks);
		while (n < value.len && !str_has(STR(", \t\r\n"), value.ptr[n]))
			n++;
		word = str_head(value, n);
		value = str_skip(value, n);
		if (word.len > 0)
			good = importer_add(im, im->row->key, word);
	}
	if (good)
		importer_taken(im, im->row->key);
}

void
take_seconds(struct importer *im, struct str value)
{
	if (importer_set_seconds(im, im->row->key, value))
		importer_taken(im, im->row->key);
}

bool
take_truth(struct importer *im, struct str value, bool *truth)
{
	if (value.len == 0) {
		*truth = true;
		return true;
	}
	if (value_bool(value, truth))
		return true;
	importer_no_equal(im, "it is neither yes nor no");
	return false;
}

static void
take_bit(struct importer *im, struct str value, bool when)
{
	bool truth;

	if (!take_truth(im, value, &truth))
		return;
	importer_set_bit(im, im->row->bit, truth == when);
	importer_taken(im, im->row->key);
}

void
take_on(struct importer *im, struct str value)
{
	take_bit(im, value, true);
}

void
take_off(struct importer *im, struct str value)
{
	take_bit(im, value, false);
}

void
take_always(struct importer *im, struct str value)
{
	bool truth = true;

	if (value.len > 0 && value_bool(value, &truth) && !truth)
		importer_no_equal(im, "it is always done");
	else
		importer_noted(im, "it is always so");
}
