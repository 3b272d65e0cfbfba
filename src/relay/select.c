// SPDX-License-Identifier: ISC
/*
 * select.c - which messages somebody means
 */
#include "relay/select.h"

#include "base/table.h"

static bool
contains(struct str text, struct str part)
{
	for (; text.len >= part.len; text = str_skip(text, 1))
		if (str_ieq(str_head(text, part.len), part))
			return true;
	return false;
}

static bool
fits_id(const struct record *r, struct str part)
{
	return contains(buf_str(&r->facts.id), part);
}

static bool
fits_rcpt(const struct record *r, struct str part)
{
	for (size_t i = 0; i < r->env.count; i++)
		if (r->env.rcpt[i].state == RCPT_TODO &&
		    contains(buf_str(&r->env.rcpt[i].address), part))
			return true;
	return false;
}

static bool
fits_sender(const struct record *r, struct str part)
{
	return contains(buf_str(&r->env.sender), part);
}

static const struct kind {
	char letter;
	bool (*fits)(const struct record *r, struct str part);
} kinds[] = {
	{ 'I', fits_id },
	{ 'R', fits_rcpt },
	{ 'S', fits_sender },
};

static bool
take_apart(struct str word, bool *not, char *letter, struct str *part)
{
	*not = str_eat(&word, STR("!"));
	*part = word;
	return str_eat_byte(part, letter) && str_eat(part, STR("=")) &&
	    part->len > 0;
}

bool
select_is_valid(struct str word)
{
	struct str part;
	char letter;
	bool not;

	if (!take_apart(word, &not, &letter, &part))
		return false;
	for (size_t i = 0; i < TABLE_COUNT(kinds); i++)
		if (kinds[i].letter == letter)
			return true;
	return false;
}

static bool
fits_kind(const struct kind *k, const struct strs *list,
    const struct record *r)
{
	bool any = false, not;
	struct str part;
	char letter;

	for (size_t i = 0; i < list->count; i++) {
		if (!take_apart(strs_at(list, i), &not, &letter, &part) ||
		    letter != k->letter)
			continue;
		if (k->fits(r, part) != not)
			return true;
		any = true;
	}
	return !any;
}

bool
select_fits(const struct strs *list, const struct record *r)
{
	if (list == NULL)
		return true;
	for (size_t i = 0; i < TABLE_COUNT(kinds); i++)
		if (!fits_kind(&kinds[i], list, r))
			return false;
	return true;
}
