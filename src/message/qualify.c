// SPDX-License-Identifier: ISC
/*
 * qualify.c - addresses of a header field that lack a domain get one
 */
#include "message/qualify.h"

#include "message/address.h"
#include "message/addresses.h"
#include "message/words.h"

/* Without a domain it is how somebody is called, and no login. */
static bool
wants_domain(const struct mailbox *m, const struct policy *policy)
{
	if (m->domain.len == 0 && words_needed(buf_str(&m->local)))
		return false;
	return policy->domain.len > 0 &&
	    policy_is_local(policy, buf_str(&m->domain));
}

static bool
wants_ascii(const struct mailbox *m)
{
	return words_needed(buf_str(&m->domain)) &&
	    !words_needed(buf_str(&m->local));
}

void
qualify_mailbox(struct buf *out, const struct mailbox *m,
    const struct policy *policy)
{
	struct buf domain = { 0 };
	struct err e = { 0 };

	buf_add(out, buf_str(&m->local));
	if (wants_domain(m, policy))
		buf_add(&domain, buf_str(&policy->domain));
	else if (!wants_ascii(m) ||
	    domain_to_ascii(&domain, buf_str(&m->domain), &e) < 0)
		buf_set(&domain, buf_str(&m->domain));
	if (domain.len > 0) {
		buf_putc(out, '@');
		buf_add(out, buf_str(&domain));
	}
	buf_free(&domain);
	err_clear(&e);
}

static bool
rewrite(struct buf *out, struct str value, const struct policy *policy,
    int (*read)(struct addresses *, struct str, struct err *))
{
	struct addresses list = { 0 };
	struct err e = { 0 };
	bool changed = false;
	size_t done = 0;

	/* What is no address stays as it is: we are no judge here. */
	(void)read(&list, value, &e);
	for (size_t i = 0; i < list.count; i++) {
		const struct mailbox *m = &list.box[i];

		if (m->at < done ||
		    (!wants_domain(m, policy) && !wants_ascii(m)))
			continue;
		buf_add(out, str_head(str_skip(value, done), m->at - done));
		qualify_mailbox(out, m, policy);
		done = m->at + m->len;
		changed = true;
	}
	buf_add(out, str_skip(value, done));
	addresses_free(&list);
	err_clear(&e);
	return changed;
}

bool
qualify(struct buf *out, struct str value, const struct policy *policy)
{
	return rewrite(out, value, policy, addresses_add);
}

bool
qualify_recipients(struct buf *out, struct str value,
    const struct policy *policy)
{
	return rewrite(out, value, policy, addresses_recipients);
}

static bool
is_known(const struct mailbox *m)
{
	return m->domain.len > 0 || !words_needed(buf_str(&m->local));
}

static bool
is_utf8(const struct mailbox *m)
{
	return words_needed(buf_str(&m->local)) ||
	    words_needed(buf_str(&m->domain));
}

static bool
has(struct str value, bool (*which)(const struct mailbox *m))
{
	struct addresses list = { 0 };
	struct err e = { 0 };
	bool any = false;

	(void)addresses_add(&list, value, &e);
	for (size_t i = 0; !any && i < list.count; i++)
		any = which(&list.box[i]);
	addresses_free(&list);
	err_clear(&e);
	return any;
}

bool
names_somebody(struct str value)
{
	return has(value, is_known);
}

bool
names_in_utf8(struct str value)
{
	return has(value, is_utf8);
}
