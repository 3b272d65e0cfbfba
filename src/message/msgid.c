// SPDX-License-Identifier: ISC
/*
 * msgid.c - names for messages
 */
#include "message/msgid.h"

#include <inttypes.h>
#include <time.h>

#include "message/cfws.h"

/* Nothing there is reachable, but the form is right (RFC 2606). */
#define NOBODYS_DOMAIN "minismtp.invalid"

bool
host_is_full(struct str name)
{
	bool dot = false;

	if (name.len > 253 || str_iends(name, STR(".localhost")) ||
	    str_iends(name, STR(".localdomain")))
		return false;
	for (size_t i = 0; i < name.len; i++) {
		char c = name.ptr[i];

		if (c == '.') {
			if (i == 0 || i + 1 == name.len ||
			    name.ptr[i - 1] == '.')
				return false;
			dot = true;
		} else if (!str_is_alpha(c) && !str_is_digit(c) && c != '-') {
			return false;
		}
	}
	return dot;
}

/* FNV-1a: two hosts of one domain shall differ, no more is asked. */
static uint32_t
hash(struct str s)
{
	uint32_t h = 2166136261U;

	for (size_t i = 0; i < s.len; i++)
		h = (h ^ (unsigned char)s.ptr[i]) * 16777619U;
	return h;
}

static bool
is_atext(char c)
{
	return str_is_alpha(c) || str_is_digit(c) ||
	    str_has(STR("!#$%&'*+-/=?^_`{|}~"), c);
}

void
msgid_add(struct buf *out, struct str id, int64_t time, struct str host,
    struct str domain)
{
	time_t t = (time_t)time;
	struct tm tm;

	buf_putc(out, '<');
	if (gmtime_r(&t, &tm) != NULL)
		buf_printf(out, "%04d%02d%02d%02d%02d%02d.",
		    tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday, tm.tm_hour,
		    tm.tm_min, tm.tm_sec);
	for (size_t i = 0; i < id.len; i++)
		buf_putc(out, is_atext(id.ptr[i]) ? id.ptr[i] : '_');
	buf_printf(out, "%s%08" PRIx32 "@", id.len > 0 ? "." : "", hash(host));
	if (host_is_full(host))
		buf_add(out, host);
	else if (host_is_full(domain))
		buf_add(out, domain);
	else
		buf_puts(out, NOBODYS_DOMAIN);
	buf_putc(out, '>');
}

/*
 * Old programs put almost anything between the brackets, and threads hang on
 * it: so it only must have two sides and nothing that ends it early.
 */
static bool
is_inner(struct str s)
{
	struct str left, right;

	if (!str_cut_last(s, '@', &left, &right) || left.len == 0 ||
	    right.len == 0)
		return false;
	for (size_t i = 0; i < s.len; i++) {
		char c = s.ptr[i];

		if (c == ' ' || str_is_control(c) || c == '<' ||
		    (unsigned char)c > 127)
			return false;
	}
	return true;
}

bool
msgid_is_valid(struct str value)
{
	struct str inner;

	return cfws_eat(&value) && str_eat(&value, STR("<")) &&
	    str_eat_until(&value, '>', &inner) && is_inner(inner) &&
	    cfws_eat(&value) && value.len == 0;
}
