// SPDX-License-Identifier: ISC
/*
 * choice.c - which messages of the queue somebody means
 */
#include "front/choice.h"

#define TIME_MAX (UINT64_C(100) * 365 * 86400)

static bool
is_address(struct str pattern, struct str address)
{
	if (pattern.len > 0 && pattern.ptr[0] == '@')
		return str_iends(address, pattern);
	return str_ieq(pattern, address);
}

static bool
is_one_of(const struct strs *patterns, struct str address)
{
	for (size_t i = 0; i < patterns->count; i++)
		if (is_address(strs_at(patterns, i), address))
			return true;
	return false;
}

/* Somebody who has the mail already is not who is meant. */
static bool
has_recipient(const struct strs *patterns, const struct job *j)
{
	for (size_t i = 0; i < j->rcpts; i++)
		if (j->rcpt[i].state != 'D' &&
		    is_one_of(patterns, buf_str(&j->rcpt[i].address)))
			return true;
	return false;
}

static bool
contains(struct str text, struct str part)
{
	for (; text.len >= part.len; text = str_skip(text, 1)) {
		if (str_ieq(str_head(text, part.len), part))
			return true;
		if (text.len == 0)
			break;
	}
	return false;
}

static bool
names(const struct job *j, char what, struct str part)
{
	if (what == 'I')
		return contains(buf_str(&j->id), part);
	if (what == 'S')
		return contains(buf_str(&j->sender), part);
	for (size_t i = 0; i < j->rcpts; i++)
		if (j->rcpt[i].state != 'D' &&
		    contains(buf_str(&j->rcpt[i].address), part))
			return true;
	return false;
}

/* Of each kind one must fit, as with relay/select.h. */
static bool
kind_fits(const struct strs *select, char kind, const struct job *j)
{
	bool any = false, said = false;

	for (size_t i = 0; i < select->count; i++) {
		struct str s = strs_at(select, i);
		bool not = str_eat(&s, STR("!"));
		char what = '\0';

		if (!str_eat_byte(&s, &what) || what != kind ||
		    !str_eat(&s, STR("=")))
			continue;
		said = true;
		any |= names(j, kind, s) != not;
	}
	return any || !said;
}

static bool
is_selected(const struct strs *select, const struct job *j)
{
	return kind_fits(select, 'I', j) && kind_fits(select, 'R', j) &&
	    kind_fits(select, 'S', j);
}

bool
choice_fits(const struct choice *c, const struct job *j, int64_t now)
{
	uint64_t age = now > 0 && (uint64_t)now > j->time ?
	    (uint64_t)now - j->time : 0;

	return (c->ids.count == 0 || strs_has(&c->ids, buf_str(&j->id))) &&
	    (c->senders.count == 0 ||
	    is_one_of(&c->senders, buf_str(&j->sender))) &&
	    (c->recipients.count == 0 ||
	    has_recipient(&c->recipients, j)) &&
	    age >= c->older && is_selected(&c->select, j);
}

void
choice_free(struct choice *c)
{
	strs_free(&c->ids);
	strs_free(&c->senders);
	strs_free(&c->recipients);
	strs_free(&c->select);
	*c = (struct choice){ 0 };
}

static bool
unit_of(char c, uint64_t *seconds)
{
	static const struct {
		char letter;
		uint64_t seconds;
	} units[] = {
		{ 's', 1 }, { 'm', 60 }, { 'h', 3600 }, { 'd', 86400 },
		{ 'w', 7 * 86400 },
	};

	for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++)
		if (units[i].letter == c) {
			*seconds = units[i].seconds;
			return true;
		}
	return false;
}

bool
choice_eat_time(struct str text, uint64_t *seconds)
{
	uint64_t n, unit = 1, sum = 0;
	char c = 's';

	if (text.len == 0)
		return false;
	while (text.len > 0) {
		if (!str_eat_number(&text, &n) || n > TIME_MAX ||
		    (text.len > 0 && (!str_eat_byte(&text, &c) ||
		    !unit_of(c, &unit))))
			return false;
		sum += n * unit;
		if (sum > TIME_MAX)
			return false;
	}
	*seconds = sum;
	return true;
}
