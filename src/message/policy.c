// SPDX-License-Identifier: ISC
/*
 * policy.c - how messages shall look that leave this machine
 */
#include "message/policy.h"

bool
policy_is_local(const struct policy *p, struct str host)
{
	return host.len == 0 || strs_ihas(&p->local, host);
}

bool
policy_is_ascii(const struct policy *p)
{
	for (size_t i = 0; i < p->add.count; i++)
		if (!str_is_ascii(strs_at(&p->add, i)))
			return false;
	return str_is_ascii(buf_str(&p->domain)) &&
	    str_is_ascii(buf_str(&p->from));
}

void
policy_free(struct policy *p)
{
	buf_free(&p->domain);
	strs_free(&p->local);
	buf_free(&p->from);
	buf_free(&p->from_name);
	strs_free(&p->add);
	strs_free(&p->remove);
	strs_free(&p->original_to);
	buf_free(&p->mailer);
	*p = (struct policy){ 0 };
}
