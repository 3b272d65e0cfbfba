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
	const char *words;	/* for people */
} keywords[] = {
	{ "8BITMIME", EHLO_8BITMIME, any,
	    "text with bytes above 127 goes as it is" },
	{ "AUTH", EHLO_AUTH, auth,
	    "the ways to log in" },
	{ "BINARYMIME", EHLO_BINARYMIME, any,
	    "not used: what we send has lines" },
	{ "CHUNKING", EHLO_CHUNKING, any,
	    "the text goes in chunks, with no dots to stuff" },
	{ "DELIVERBY", EHLO_DELIVERBY, deliver_by,
	    "mail may have a last moment" },
	{ "DSN", EHLO_DSN, any,
	    "the relay writes receipts and reports itself" },
	{ "ENHANCEDSTATUSCODES", EHLO_STATUS, any,
	    "each answer has a code that says why" },
	{ "ETRN", EHLO_ETRN, any,
	    "it can be asked for mail that it holds" },
	{ "LIMITS", EHLO_LIMITS, limit,
	    "how much it takes in a session or a mail" },
	{ "PIPELINING", EHLO_PIPELINING, any,
	    "many commands go in one flight" },
	{ "REQUIRETLS", EHLO_REQUIRETLS, any,
	    "mail may ask for TLS all the way" },
	{ "SIZE", EHLO_SIZE, size,
	    "the most bytes of a message" },
	{ "SMTPUTF8", EHLO_SMTPUTF8, any,
	    "addresses may have letters beyond ASCII" },
	{ "STARTTLS", EHLO_STARTTLS, any,
	    "the session can be encrypted" },
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

const char *
ehlo_explain(struct str keyword)
{
	const struct keyword *row = TABLE_IFIND(keywords, keyword);

	return row != NULL ? row->words : NULL;
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
