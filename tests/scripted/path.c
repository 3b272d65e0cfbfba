// SPDX-License-Identifier: ISC
/*
 * path.c - the arguments of MAIL and RCPT
 *
 * A parameter is only good when its extension was offered (RFC 5321, 4.1.1.11)
 * and its value has the right form.
 */
#include "path.h"

#include <fnmatch.h>
#include <stdlib.h>

#include "base/table.h"
#include "base/xmem.h"
#include "verbs.h"

static bool
is_number(struct str value)
{
	uint64_t n;

	return str_eat_number(&value, &n) && value.len == 0;
}

static bool
is_body(struct str value)
{
	return str_ieq(value, STR("7BIT")) || str_ieq(value, STR("8BITMIME"));
}

static bool
is_ret(struct str value)
{
	return str_ieq(value, STR("FULL")) || str_ieq(value, STR("HDRS"));
}

static bool
is_nothing(struct str value)
{
	return value.len == 0;
}

static bool
is_hex(char c)
{
	return str_is_digit(c) || (c >= 'A' && c <= 'F');
}

/* RFC 3461, 4 */
static bool
is_xtext(struct str value)
{
	char c, high, low;

	if (value.len == 0)
		return false;
	while (str_eat_byte(&value, &c)) {
		if (c < 33 || c > 126 || c == '=')
			return false;
		if (c == '+' && !(str_eat_byte(&value, &high) &&
		    str_eat_byte(&value, &low) && is_hex(high) && is_hex(low)))
			return false;
	}
	return true;
}

static bool
is_orcpt(struct str value)
{
	struct str type;

	return str_eat_until(&value, ';', &type) && type.len > 0 &&
	    is_xtext(value);
}

static bool
is_notify(struct str value)
{
	struct str flag;

	if (str_ieq(value, STR("NEVER")))
		return true;
	do {
		if (!str_eat_until(&value, ',', &flag)) {
			flag = value;
			value = STR("");
		}
		if (!str_ieq(flag, STR("SUCCESS")) &&
		    !str_ieq(flag, STR("FAILURE")) &&
		    !str_ieq(flag, STR("DELAY")))
			return false;
	} while (value.len > 0);
	return true;
}

struct parameter {
	const char *name;
	const char *extension;
	bool (*is_good)(struct str value);
};

static const struct parameter of_mail[] = {
	{ "AUTH", "AUTH", is_xtext },
	{ "BODY", "8BITMIME", is_body },
	{ "ENVID", "DSN", is_xtext },
	{ "REQUIRETLS", "REQUIRETLS", is_nothing },
	{ "RET", "DSN", is_ret },
	{ "SIZE", "SIZE", is_number },
	{ "SMTPUTF8", "SMTPUTF8", is_nothing },
};

static const struct parameter of_rcpt[] = {
	{ "NOTIFY", "DSN", is_notify },
	{ "ORCPT", "DSN", is_orcpt },
};

static bool
refuse(struct session *s, const char *reply)
{
	(void)verbs_reply(s, "%s", reply);
	return false;
}

/* Up to the bracket that is in no quotes. */
static bool
cut_address(struct str args, struct path *path)
{
	bool quoted = false;

	path->all = args;
	for (size_t i = 1; i < args.len; i++) {
		if (quoted && args.ptr[i] == '\\')
			i++;
		else if (args.ptr[i] == '"')
			quoted = !quoted;
		else if (!quoted && args.ptr[i] == '>') {
			path->address = str_head(str_skip(args, 1), i - 1);
			return args.ptr[0] == '<';
		}
	}
	return false;
}

static bool
too_big(const struct session *s, struct str value)
{
	uint64_t size = 0, limit = 0;

	(void)str_eat_number(&value, &size);
	for (size_t i = 0; i < s->set->offers.count; i++) {
		struct str offer = strs_at(&s->set->offers, i);

		if (str_ieat(&offer, STR("SIZE ")) &&
		    str_eat_number(&offer, &limit) && limit > 0)
			return size > limit;
	}
	return false;
}

static bool
check_one(struct session *s, const struct parameter *row, struct str value,
    struct path *path)
{
	if (row == NULL || !verbs_offered(s, row->extension))
		return refuse(s, "555 5.5.4 unsupported parameter");
	if (!row->is_good(value))
		return refuse(s, "501 5.5.4 bad parameter");
	if (row->is_good == is_number && too_big(s, value))
		return refuse(s, "552 5.3.4 message too big");
	if (row->is_good == is_body && str_ieq(value, STR("8BITMIME")))
		path->eight_bit = true;
	return true;
}

static bool
check(struct session *s, struct str args, struct path *path,
    const struct parameter *rows, size_t count)
{
	struct str word, name, rest;

	if (!cut_address(args, path))
		return refuse(s, "501 5.1.3 bad address");
	rest = str_skip(args, path->address.len + 2);
	while (rest.len > 0) {
		if (!str_eat(&rest, STR(" ")))
			return refuse(s, "501 5.5.4 bad parameter");
		if (!str_eat_until(&rest, ' ', &word)) {
			word = rest;
			rest = STR("");
		} else {
			rest = (struct str){ rest.ptr - 1, rest.len + 1 };
		}
		if (!str_eat_until(&word, '=', &name)) {
			name = word;
			word = STR("");
		}
		if (!check_one(s, table_ifind(rows, sizeof(*rows), count,
		    name), word, path))
			return false;
	}
	if (s->set->qualified && path->address.len > 0 &&
	    !str_has(path->address, '@'))
		return refuse(s, "504 5.5.2 need fully-qualified address");
	return true;
}

bool
path_check_mail(struct session *s, struct str args, struct path *path)
{
	const char *only = s->set->only_sender;

	if (!str_ieat(&args, STR("FROM:")))
		return refuse(s, "501 5.5.4 MAIL FROM:<address>");
	if (!check(s, args, path, of_mail, TABLE_COUNT(of_mail)))
		return false;
	if (only != NULL && path->address.len > 0 &&
	    !str_ieq(path->address, str_of(only)))
		return refuse(s, "553 5.7.1 Sender address rejected: "
		    "not owned by you");
	return true;
}

bool
path_check_rcpt(struct session *s, struct str args, struct path *path)
{
	const struct strs *refused = &s->set->refuse;
	bool hit = false;
	char *address;

	if (!str_ieat(&args, STR("TO:")))
		return refuse(s, "501 5.5.4 RCPT TO:<address>");
	if (!check(s, args, path, of_rcpt, TABLE_COUNT(of_rcpt)))
		return false;
	if (path->address.len == 0)
		return refuse(s, "501 5.1.3 bad address");
	address = xstrdup(path->address);
	for (size_t i = 0; i < refused->count; i++)
		hit |= fnmatch(buf_cstr(&refused->item[i]), address,
		    FNM_CASEFOLD) == 0;
	free(address);
	return !hit || refuse(s, "550 5.1.1 User unknown");
}
