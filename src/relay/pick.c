// SPDX-License-Identifier: ISC
/*
 * pick.c - which account does this message go by?
 */
#include "relay/pick.h"

#include "config/account.h"
#include "message/addresses.h"
#include "relay/content.h"

/* The first address of From; empty where there is none. */
static void
find_from(const struct record *r, int fd, struct buf *out)
{
	struct content content = { 0 };
	struct addresses list = { 0 };
	const struct field *from = NULL;
	struct err e = { 0 };

	if (content_head(&content, r, fd, &e) == 0)
		from = header_find(&content.header, "From");
	if (from != NULL) {
		(void)addresses_add(&list, from->value, &e);
		if (list.count > 0)
			mailbox_add(out, &list.box[0]);
	}
	addresses_free(&list);
	content_free(&content);
	err_clear(&e);
}

static const struct account *
choose(const struct desk *d, struct str name, struct str sender,
    struct str from, struct buf *why, struct err *e)
{
	const struct account *top = &d->config.account[0];
	struct buf full_sender = { 0 }, full_from = { 0 };
	const struct account *a;

	if (sender.len > 0)
		local_qualify(top, &d->here, sender, &full_sender);
	if (from.len > 0)
		local_qualify(top, &d->here, from, &full_from);
	if (why != NULL)
		buf_reset(why);
	a = account_choose(&d->config, name, buf_str(&full_sender),
	    buf_str(&full_from), why, e);
	buf_free(&full_sender);
	buf_free(&full_from);
	return a;
}

/* Where the cheap way leads nowhere yet, and another could. */
static bool
is_open(const struct desk *d, struct str name, const struct account *a)
{
	return a == &d->config.account[0] && d->config.accounts > 1 &&
	    name.len == 0;
}

const struct account *
pick_account(const struct desk *d, const struct record *r, int fd,
    struct buf *why, struct err *e)
{
	struct str name = buf_str(&r->facts.account);
	struct str sender = buf_str(&r->env.sender);
	const struct account *a = choose(d, name, sender, STR(""), why, e);
	struct buf from = { 0 };

	if (!is_open(d, name, a))
		return a;
	find_from(r, fd, &from);
	if (!r->has_sender && from.len == 0)
		sender = buf_str(&r->facts.login);
	a = choose(d, name, sender, buf_str(&from), why, e);
	buf_free(&from);
	return a;
}

const struct account *
pick_by_sender(const struct desk *d, struct str name, const struct facts *f,
    bool said, struct str sender, struct buf *why, struct err *e)
{
	return choose(d, name, said ? sender : buf_str(&f->login), STR(""), why,
	    e);
}
