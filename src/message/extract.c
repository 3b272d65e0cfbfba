// SPDX-License-Identifier: ISC
/*
 * extract.c - the recipients that a header names (-t)
 */
#include "message/extract.h"

#include "base/table.h"

/* Each stands at most once in a block, but for the careless. */
static const char *const resent_names[] = {
	"From", "Sender", "To", "Cc", "Bcc", "Date", "Message-ID"
};

static bool
is_trace(const struct field *f)
{
	return field_is(f, "Received") || field_is(f, "Return-Path");
}

/* 0 for what is no Resent field, else a bit for its name. */
static unsigned
resent_bit(const struct field *f)
{
	struct str name = f->name;
	size_t i = 0;

	if (!str_ieat(&name, STR("Resent-")))
		return 0;
	while (i < TABLE_COUNT(resent_names) &&
	    !str_ieq(name, str_of(resent_names[i])))
		i++;
	return 1U << i;
}

/* The newest resending is from..end; false if there is none. */
static bool
find_resent(const struct header *h, size_t *from, size_t *end)
{
	unsigned seen = 0, last = 0;
	const unsigned other = 1U << TABLE_COUNT(resent_names);
	size_t i = 0;

	while (i < h->count && resent_bit(&h->field[i]) == 0)
		i++;
	*from = i;
	for (; i < h->count && !is_trace(&h->field[i]); i++) {
		unsigned bit = resent_bit(&h->field[i]);

		if (bit == 0)
			continue;
		if (bit != other && bit != last && (seen & bit) != 0)
			break;
		seen |= bit;
		last = bit;
	}
	*end = i;
	return *from < h->count;
}

/* Each of the words gets the name of the field they are about. */
static void
name_field(struct strs *bad, size_t from, struct str name)
{
	for (size_t i = from; i < bad->count; i++) {
		struct buf words = { 0 };

		buf_printf(&words, "%.*s: %s", STR_ARGS(name),
		    buf_cstr(&bad->item[i]));
		buf_free(&bad->item[i]);
		bad->item[i] = words;
	}
}

static int
add_field(struct addresses *list, const struct field *f, struct err *e)
{
	size_t bad = list->bad.count;

	if (addresses_recipients(list, f->value, e) == 0)
		return 0;
	name_field(&list->bad, bad, f->name);
	return err_wrap(e, "%.*s", STR_ARGS(f->name));
}

int
extract(struct addresses *list, const struct header *h, struct err *e)
{
	static const char *const plain[] = { "To", "Cc", "Bcc" };
	static const char *const resent[] = { "Resent-To", "Resent-Cc",
	    "Resent-Bcc" };
	size_t from = 0, end = h->count;
	const char *const *names = plain;
	int rc = 0;

	if (find_resent(h, &from, &end)) {
		names = resent;
	} else {
		from = 0;
		end = h->count;
	}
	for (size_t i = from; i < end; i++) {
		const struct field *f = &h->field[i];
		struct err own = { 0 };

		if (!field_is(f, names[0]) && !field_is(f, names[1]) &&
		    !field_is(f, names[2]))
			continue;
		if (add_field(list, f, &own) < 0 && rc == 0)
			rc = err_copy(e, &own);
		err_clear(&own);
	}
	addresses_unique(list);
	return rc;
}
