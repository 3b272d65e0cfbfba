// SPDX-License-Identifier: ISC
/*
 * ehlo.c - what the relay can do (RFC 5321, 4.1.1.1)
 */
#include "smtp/ehlo.h"

#include "base/table.h"

typedef bool params_fn(struct ehlo *caps, struct str params);

/* Extensions that have no parameters; if some are said, they say nothing. */
static bool
any(struct ehlo *caps, struct str params)
{
	(void)caps;
	(void)params;
	return true;
}

/* A size that no number can hold is no promise and no limit. */
static bool
size(struct ehlo *caps, struct str params)
{
	uint64_t n = 0;

	params = str_trim(params);
	if (params.len > 0 &&
	    (!str_eat_number(&params, &n) || params.len > 0))
		return false;
	caps->size = n;
	return true;
}

static bool
auth(struct ehlo *caps, struct str params)
{
	struct str word;

	while (str_eat_word(&params, &word)) {
		if (caps->auth.len > 0)
			buf_putc(&caps->auth, ' ');
		buf_add(&caps->auth, word);
	}
	return caps->auth.len > 0;
}

static const struct limit {
	const char *name;
	size_t at;
} limits[] = {
	{ "MAILMAX", offsetof(struct ehlo, mail_max) },
	{ "RCPTMAX", offsetof(struct ehlo, rcpt_max) },
	{ "RCPTDOMAINMAX", offsetof(struct ehlo, rcpt_domain_max) },
};

/* RFC 9422, 4: one to six digits; what else is there is not for us. */
static bool
limit(struct ehlo *caps, struct str params)
{
	struct str word, name;
	uint64_t n;

	while (str_eat_word(&params, &word)) {
		const struct limit *row;

		if (!str_eat_until(&word, '=', &name) || word.len > 6 ||
		    !str_eat_number(&word, &n) || word.len > 0 || n == 0)
			continue;
		row = TABLE_IFIND(limits, name);
		if (row != NULL)
			*(uint64_t *)((char *)caps + row->at) = n;
	}
	return true;
}

static bool
deliver_by(struct ehlo *caps, struct str params)
{
	uint64_t n = 0;

	params = str_trim(params);
	if (params.len > 0 &&
	    (!str_eat_number(&params, &n) || params.len > 0))
		return false;
	caps->by_min = n;
	return true;
}

static const struct keyword {
	const char *name;
	unsigned flag;
	params_fn *params;
} keywords[] = {
	{ "8BITMIME", EHLO_8BITMIME, any },
	{ "AUTH", EHLO_AUTH, auth },
	{ "BINARYMIME", EHLO_BINARYMIME, any },
	{ "CHUNKING", EHLO_CHUNKING, any },
	{ "DELIVERBY", EHLO_DELIVERBY, deliver_by },
	{ "DSN", EHLO_DSN, any },
	{ "ENHANCEDSTATUSCODES", EHLO_STATUS, any },
	{ "ETRN", EHLO_ETRN, any },
	{ "LIMITS", EHLO_LIMITS, limit },
	{ "PIPELINING", EHLO_PIPELINING, any },
	{ "REQUIRETLS", EHLO_REQUIRETLS, any },
	{ "SIZE", EHLO_SIZE, size },
	{ "SMTPUTF8", EHLO_SMTPUTF8, any },
	{ "STARTTLS", EHLO_STARTTLS, any },
};

/* The old "AUTH=LOGIN PLAIN" of before RFC 2554 is not among them. */
static void
parse_keyword(struct ehlo *caps, struct str line)
{
	const struct keyword *row;
	struct str word;

	if (line.len == 0 || str_is_blank(line.ptr[0]) ||
	    !str_eat_word(&line, &word))
		return;
	row = TABLE_IFIND(keywords, word);
	if (row != NULL && row->params(caps, line))
		caps->has |= row->flag;
}

void
ehlo_parse(struct ehlo *caps, const struct reply *r)
{
	struct str text = buf_str(&r->text), line, word;

	ehlo_free(caps);
	if (text.len == 0)
		return;
	str_eat_line(&text, &line);
	if (str_eat_word(&line, &word))
		buf_add(&caps->name, word);
	while (text.len > 0) {
		str_eat_line(&text, &line);
		parse_keyword(caps, line);
	}
}

bool
ehlo_has(const struct ehlo *caps, unsigned what)
{
	return (caps->has & what) == what;
}

void
ehlo_free(struct ehlo *caps)
{
	buf_free(&caps->name);
	buf_free(&caps->auth);
	*caps = (struct ehlo){ 0 };
}
