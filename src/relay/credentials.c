// SPDX-License-Identifier: ISC
/*
 * credentials.c - what an account logs in with
 */
#include "relay/credentials.h"

#include <stdlib.h>

#include "config/secret.h"

bool
credentials_are_named(const struct account *a)
{
	return secret_is_set(&a->password) || a->password_file.len > 0 ||
	    a->password_command.count > 0 || a->credential.len > 0;
}

int
credentials_secret(const struct account *a, struct secret *s, struct err *e)
{
	if (secret_is_set(&a->password)) {
		secret_set(s, secret_reveal(&a->password));
		return 0;
	}
	if (a->password_file.len > 0)
		return secret_from_file(buf_cstr(&a->password_file), s, e);
	if (a->password_command.count > 0)
		return secret_from_command(&a->password_command,
		    SECRET_COMMAND_MS, s, e);
	if (a->credential.len > 0)
		return secret_from_credential(getenv("CREDENTIALS_DIRECTORY"),
		    buf_cstr(&a->credential), s, e);
	return 0;
}

int
credentials_take(struct login *l, const struct account *a, struct err *e)
{
	if (a->user.len == 0 && a->tls_cert.len == 0)
		return 0;
	buf_set(&l->user, buf_str(&a->user));
	buf_set(&l->mechanism, buf_str(&a->auth));
	l->external = a->tls_cert.len > 0;
	return credentials_secret(a, &l->password, e);
}

/* Each relay has an entry of its own there: a password goes to its host. */
int
credentials_find(struct login *l, const struct account *a,
    const struct relay *relay, const char *path, struct err *e)
{
	if (path == NULL || a->user.len == 0 || credentials_are_named(a))
		return 0;
	secret_free(&l->password);
	return secret_from_netrc(path, buf_str(&relay->host), &l->user,
	    &l->password, e) < 0 ? -1 : 0;
}
