// SPDX-License-Identifier: ISC
/*
 * postfix_entry.c - what stands in tables: logins, and senders
 */
#include "import/postfix.h"

#include "import/sender_of.h"

/* user:password; the password may have colons of its own. */
static void
login(struct importer *im, struct str value)
{
	struct str user;

	if (!str_eat_until(&value, ':', &user)) {
		importer_no_equal(im, "a login is user:password");
		return;
	}
	if (importer_set(im, "user", str_trim(user)))
		importer_set_password(im, value);
}

/* Is the key the relay, in one of the ways in which Postfix looks for it? */
static bool
is_ours(struct str key, struct str relayhost)
{
	struct str host = relayhost, inner, tail;

	if (str_ieq(key, relayhost))
		return true;
	if (str_eat(&host, STR("[")) && str_eat_until(&host, ']', &inner))
		host = inner;
	else if (str_cut_last(relayhost, ':', &inner, &tail))
		host = inner;
	return str_ieq(key, host);
}

void
postfix_login(struct importer *im, struct str key, struct str value)
{
	const struct postfix *p = im->own;

	if (str_eq(key, STR("*")) || is_ours(key, buf_str(&p->relayhost)))
		login(im, value);
	else
		importer_no_equal(im, "a login for another relay");
}

/* An address that all mail of a key has; of "@domain" only that is changed. */
void
postfix_sender(struct importer *im, struct str key, struct str value)
{
	struct buf sender = { 0 };

	buf_puts(&sender, value.len > 0 && value.ptr[0] == '@' ? "%u" : "");
	buf_add(&sender, value);
	if (!str_eq(key, STR("*"))) {
		(void)sender_of(im, key, buf_str(&sender), "both");
	} else if (importer_set(im, "sender", buf_str(&sender))) {
		outlet_set(importer_outlet(im), "force_sender", STR("both"));
		importer_taken(im, "sender");
	}
	buf_free(&sender);
}
