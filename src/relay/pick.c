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

const struct account *
pick_account(const struct config *c, const struct record *r, int fd,
    struct buf *why, struct err *e)
{
	struct str name = buf_str(&r->facts.account);
	struct str sender = buf_str(&r->env.sender);
	const struct account *a = account_choose(c, name, sender, STR(""),
	    why, e);
	struct buf from = { 0 };

	if (a == &c->account[0] && c->accounts > 1 && name.len == 0) {
		find_from(r, fd, &from);
		if (why != NULL)
			buf_reset(why);
		a = account_choose(c, name, sender, buf_str(&from), why, e);
		buf_free(&from);
	}
	return a;
}
