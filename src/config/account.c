// SPDX-License-Identifier: ISC
/*
 * account.c - which account does a message go by?
 */
#include "config/account.h"

#include <sysexits.h>

#include "base/vis.h"

/*
 * "*" for anything; the last star is the only place to come back to, so this
 * takes no longer than pattern times text, whatever both are.
 */
static bool
fits(struct str pattern, struct str text)
{
	struct str behind = { NULL, 0 }, from = text;

	while (text.len > 0) {
		if (pattern.len > 0 && pattern.ptr[0] == '*') {
			pattern = behind = str_skip(pattern, 1);
			from = text;
		} else if (pattern.len > 0 &&
		    str_lower(pattern.ptr[0]) == str_lower(text.ptr[0])) {
			pattern = str_skip(pattern, 1);
			text = str_skip(text, 1);
		} else if (behind.ptr != NULL) {
			pattern = behind;
			from = str_skip(from, 1);
			text = from;
		} else {
			return false;
		}
	}
	while (str_eat(&pattern, STR("*")))
		continue;
	return pattern.len == 0;
}

/* "me+tag" without "+tag"; false where there is none. */
static bool
without_tag(struct str local, struct str *plain)
{
	struct str in = local;

	return str_eat_until(&in, '+', plain) && plain->len > 0;
}

bool
account_matches(struct str pattern, struct str address)
{
	struct str plocal, pdomain, local, domain, plain;

	if (address.len == 0)
		return false;
	if (!str_cut_last(pattern, '@', &plocal, &pdomain) ||
	    !str_cut_last(address, '@', &local, &domain))
		return fits(pattern, address);
	if (!fits(pdomain, domain))
		return false;
	return plocal.len == 0 || fits(plocal, local) ||
	    (without_tag(local, &plain) && fits(plocal, plain));
}

static const struct account *
match(const struct config *c, struct str address, const char *what,
    struct buf *why)
{
	for (size_t i = 1; i < c->accounts; i++) {
		const struct account *a = &c->account[i];

		for (size_t n = 0; n < a->from.count; n++) {
			if (!account_matches(strs_at(&a->from, n), address))
				continue;
			if (why != NULL) {
				buf_puts(why, "account ");
				vis_add(why, buf_str(&a->name));
				buf_puts(why, ": its \"");
				vis_add(why, strs_at(&a->from, n));
				buf_printf(why, "\" matches %s", what);
			}
			return a;
		}
	}
	return NULL;
}

static const struct account *
by_name(const struct config *c, struct str name, struct buf *why,
    struct err *e)
{
	const struct account *a = config_account(c, name);
	struct buf shown = { 0 };

	/* The top level has no name of its own, but people call it so. */
	if (a == NULL && str_ieq(name, STR("default")))
		a = &c->account[0];
	vis_add_some(&shown, name, 60);
	if (a == NULL)
		err_set(e, EX_CONFIG, "there is no account \"%s\"",
		    buf_cstr(&shown));
	else if (why != NULL)
		buf_printf(why, "account %s: it was asked for",
		    buf_cstr(&shown));
	buf_free(&shown);
	return a;
}

const struct account *
account_choose(const struct config *c, struct str name, struct str sender,
    struct str from, struct buf *why, struct err *e)
{
	const struct account *a;

	if (name.len > 0)
		return by_name(c, name, why, e);
	a = match(c, sender, "the envelope sender", why);
	if (a == NULL)
		a = match(c, from, "From", why);
	if (a != NULL)
		return a;
	if (why != NULL)
		buf_puts(why, c->accounts == 1 ? "no account: there are none" :
		    "no account: none has a \"from\" that matches");
	return &c->account[0];
}
