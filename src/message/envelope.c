// SPDX-License-Identifier: ISC
/*
 * envelope.c - who sends, who shall receive, and how that went
 */
#include "message/envelope.h"

#include <stdlib.h>

#include "base/xmem.h"

struct rcpt *
envelope_add(struct envelope *env, struct str address)
{
	struct rcpt *r;

	env->rcpt = xgrow(env->rcpt, env->count, sizeof(*env->rcpt));
	r = &env->rcpt[env->count++];
	*r = (struct rcpt){ 0 };
	buf_add(&r->address, address);
	return r;
}

size_t
envelope_count(const struct envelope *env, enum rcpt_state state)
{
	size_t n = 0;

	for (size_t i = 0; i < env->count; i++)
		if (env->rcpt[i].state == state)
			n++;
	return n;
}

bool
envelope_is_ascii(const struct envelope *env)
{
	for (size_t i = 0; i < env->count; i++)
		if (!str_is_ascii(buf_str(&env->rcpt[i].address)))
			return false;
	return str_is_ascii(buf_str(&env->sender));
}

void
envelope_free(struct envelope *env)
{
	for (size_t i = 0; i < env->count; i++) {
		buf_free(&env->rcpt[i].address);
		buf_free(&env->rcpt[i].orcpt);
		buf_free(&env->rcpt[i].reply);
		err_clear(&env->rcpt[i].why);
	}
	free(env->rcpt);
	buf_free(&env->sender);
	buf_free(&env->envid);
	*env = (struct envelope){ 0 };
}
