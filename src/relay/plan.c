// SPDX-License-Identifier: ISC
/*
 * plan.c - a configuration that is being thought about
 */
#include "relay/plan.h"

#include <sysexits.h>

#include "config/print.h"

#define CONNECT_S 15
#define REPLY_S 30
#define SESSION_S 90

static void
add_text(struct buf *out, const char *key, const struct buf *value)
{
	if (value->len == 0)
		return;
	buf_printf(out, "%s = ", key);
	print_text(out, buf_str(value));
	buf_putc(out, '\n');
}

/* Only what is not understood without saying. */
static void
add_sender(struct buf *out, const struct plan *p)
{
	add_text(out, "helo", &p->helo);
	add_text(out, "sender", &p->sender);
	if (p->provider != NULL && p->provider->own_from && p->sender.len > 0)
		buf_puts(out, "force_sender = both\n");
	add_text(out, "admin", &p->admin);
}

static void
add_login(struct buf *out, const struct plan *p)
{
	if (p->user.len == 0)
		return;
	buf_putc(out, '\n');
	if (p->provider != NULL && p->provider->password != NULL)
		buf_printf(out, "# %s wants %s%s%s\n", p->provider->title,
		    p->provider->password,
		    p->provider->where != NULL ? ":\n# " : "",
		    p->provider->where != NULL ? p->provider->where : "");
	add_text(out, "user", &p->user);
	add_text(out, "password_file", &p->password_file);
	add_text(out, "password_command", &p->password_command);
}

void
plan_text(struct buf *out, const struct plan *p)
{
	const struct provider *provider = p->provider;

	buf_puts(out, "# minismtp.conf - made by \"minismtp setup\"; "
	    "minismtp.conf(5) explains it\n\n");
	add_text(out, "relay", &p->relay);
	if (p->tls.len > 0)
		buf_printf(out, "tls = %s\n", buf_cstr(&p->tls));
	add_text(out, "tls_ca", &p->tls_ca);
	add_sender(out, p);
	add_login(out, p);
	if (provider != NULL && provider->more != NULL)
		buf_puts(out, provider->more);
	if (provider != NULL && provider->limit != NULL)
		buf_printf(out, "limit = \"%s\"\n", provider->limit);
}

int
plan_config(struct config *c, const struct plan *p,
    const struct secret *password, struct err *e)
{
	struct plan tried = *p;		/* a view: not to be freed */
	struct account *a;
	struct mistakes m = { 0 };
	struct loader loader;
	struct buf text = { 0 };
	int rc;

	tried.password_file = (struct buf){ 0 };
	plan_text(&text, &tried);
	loader_init(&loader, FILE_SYSTEM);
	rc = config_parse(c, "the new configuration", buf_str(&text), &loader,
	    &m, e);
	if (rc == 0) {
		a = &c->account[0];
		if (secret_is_set(password))
			secret_set(&a->password, secret_reveal(password));
		a->connect_timeout = CONNECT_S;
		a->reply_timeout = REPLY_S;
		a->session_timeout = SESSION_S;
	}
	mistakes_free(&m);
	buf_free(&text);
	return rc;
}

void
plan_free(struct plan *p)
{
	buf_free(&p->relay);
	buf_free(&p->tls);
	buf_free(&p->tls_ca);
	buf_free(&p->helo);
	buf_free(&p->sender);
	buf_free(&p->admin);
	buf_free(&p->user);
	buf_free(&p->password_file);
	buf_free(&p->password_command);
	*p = (struct plan){ 0 };
}
