// SPDX-License-Identifier: ISC
/*
 * instead.c - what somebody says instead of what an account has
 */
#include "relay/instead.h"

#include <sysexits.h>

#include "base/xmem.h"
#include "config/value.h"

static int
replace_relay(struct account *a, struct str text, struct err *e)
{
	struct relay one = { 0 };
	const char *why = NULL;

	if (!value_relay(text, &one, &why))
		return err_set(e, EX_USAGE, "relay %.*s: %s", STR_ARGS(text),
		    why != NULL ? why : "that is none");
	for (size_t i = 0; i < a->relays; i++) {
		buf_free(&a->relay[i].host);
		buf_free(&a->relay[i].text);
	}
	a->relay = xrealloc(a->relay, sizeof(*a->relay));
	a->relay[0] = one;
	a->relays = 1;
	strs_free(&a->command);
	return 0;
}

static void
forget_secrets(struct account *a)
{
	secret_free(&a->password);
	buf_free(&a->password_file);
	strs_free(&a->password_command);
	buf_free(&a->credential);
}

int
instead_use(const struct instead *i, struct account *a, struct err *e)
{
	if (i->relay_said) {
		if (replace_relay(a, buf_str(&i->relay), e) < 0)
			return -1;
		buf_reset(&a->user);
		forget_secrets(a);
	}
	if (i->user_said) {
		buf_set(&a->user, buf_str(&i->user));
		forget_secrets(a);
	}
	if (secret_is_set(&i->password)) {
		forget_secrets(a);
		secret_set(&a->password, secret_reveal(&i->password));
	}
	return 0;
}

void
instead_free(struct instead *i)
{
	buf_free(&i->relay);
	buf_free(&i->user);
	secret_free(&i->password);
	*i = (struct instead){ 0 };
}
