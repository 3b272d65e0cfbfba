// SPDX-License-Identifier: ISC
/*
 * from.c - who a message says it is from
 */
#include "message/from.h"

#include "message/address.h"
#include "message/addresses.h"
#include "message/qualify.h"
#include "message/words.h"

/* Exactly one address, qualified; false where it is none. */
static bool
add_address(struct buf *out, struct str text, const struct policy *policy)
{
	struct addresses list = { 0 };
	struct err e = { 0 };
	bool good = addresses_add(&list, text, &e) == 0 && list.count == 1;

	if (good)
		qualify_mailbox(out, &list.box[0], policy);
	addresses_free(&list);
	err_clear(&e);
	return good;
}

/* " on host42": the first label tells the machines apart. */
static void
add_host(struct buf *out, const struct facts *facts)
{
	struct str host = buf_str(&facts->host), label = host;

	(void)str_eat_until(&host, '.', &label);
	if (label.len > 0)
		buf_printf(out, " on %.*s", STR_ARGS(label));
}

static bool
is_same(struct str a, struct str b)
{
	struct buf left = { 0 }, right = { 0 };
	bool same;

	address_key(&left, a);
	address_key(&right, b);
	same = str_eq(buf_str(&left), buf_str(&right));
	buf_free(&left);
	buf_free(&right);
	return same;
}

/* All mail of several machines comes from that address. */
static void
add_machine(struct buf *name, const struct facts *facts)
{
	if (str_trim(buf_str(name)).len == 0)
		buf_add(name, buf_str(&facts->login));
	add_host(name, facts);
}

void
from_default(struct buf *out, const struct facts *facts, struct str sender,
    const struct policy *policy)
{
	struct buf address = { 0 }, name = { 0 };

	if (sender.len == 0 || !add_address(&address, sender, policy))
		if (!add_address(&address, buf_str(&facts->login), policy))
			(void)add_address(&address, STR("nobody"), policy);
	if (facts->name.len > 0)
		buf_add(&name, buf_str(&facts->name));
	else
		facts_gecos(&name, buf_str(&facts->gecos),
		    buf_str(&facts->login));
	if (policy->from.len > 0 &&
	    is_same(buf_str(&address), buf_str(&policy->from)))
		add_machine(&name, facts);
	if (str_trim(buf_str(&name)).len > 0) {
		words_phrase(out, buf_str(&name), buf_str(&facts->charset));
		buf_printf(out, " <%s>", buf_cstr(&address));
	} else {
		buf_add(out, buf_str(&address));
	}
	buf_free(&address);
	buf_free(&name);
}

static void
add_name(struct buf *out, const struct mailbox *m, bool away,
    const struct facts *facts, const struct policy *policy)
{
	struct buf name = { 0 };

	if (policy->from_name.len > 0)
		buf_add(&name, buf_str(&policy->from_name));
	else if (m->phrase.len > 0)
		buf_add(&name, buf_str(&m->phrase));
	else if (away)
		mailbox_add(&name, m);
	else
		buf_add(&name, buf_str(&m->local));
	if (policy->from_name.len == 0 && !away)
		add_host(&name, facts);
	/* Quotes would make plain text of the encoded words in it. */
	if (m->phrase.len > 2 && str_eq(str_head(buf_str(&name), 2),
	    STR("=?")) && !words_needed(buf_str(&name)))
		buf_add(out, buf_str(&name));
	else
		words_phrase(out, buf_str(&name), buf_str(&facts->charset));
	buf_free(&name);
}

bool
from_forced(struct buf *out, struct str original, const struct facts *facts,
    const struct policy *policy, bool *away)
{
	struct addresses list = { 0 };
	struct mailbox nobody = { 0 };
	const struct mailbox *m = &nobody;
	struct buf address = { 0 };
	struct err e = { 0 };
	bool same;

	(void)addresses_add(&list, original, &e);
	if (list.count > 0)
		m = &list.box[0];
	*away = !policy_is_local(policy, buf_str(&m->domain));
	qualify_mailbox(&address, m, policy);
	same = list.count == 1 && is_same(buf_str(&address),
	    buf_str(&policy->from));
	if (!same) {
		add_name(out, m, *away, facts, policy);
		buf_printf(out, " <%s>", buf_cstr(&policy->from));
	}
	buf_free(&address);
	addresses_free(&list);
	err_clear(&e);
	return !same;
}
