// SPDX-License-Identifier: ISC
/*
 * sender.c - in whose name a message goes, and what completes it
 */
#include "config/sender.h"

#include <config.h>

#include "message/address.h"

/* Below these are the accounts of the system: daemons, and root's cron. */
#define FIRST_PERSON 1000

static struct str
host_of(const struct here *h, const struct facts *f)
{
	return f->host.len > 0 ? buf_str(&f->host) : buf_str(&h->host);
}

/* What cannot stand in an address becomes a hyphen; nobody stays nameless. */
static void
add_login(struct buf *out, const struct facts *f)
{
	struct str login = buf_str(&f->login);

	if (login.len == 0 || login.len > 64) {
		buf_printf(out, "uid%lu", (unsigned long)f->uid);
		return;
	}
	for (size_t i = 0; i < login.len; i++) {
		char c = login.ptr[i];
		bool good = str_is_alpha(c) || str_is_digit(c) || c == '-' ||
		    c == '_' || c == '+' || (c == '.' && i > 0 &&
		    i + 1 < login.len && login.ptr[i - 1] != '.');

		buf_putc(out, good ? c : '-');
	}
}

void
sender_own(const struct account *a, const struct here *h,
    const struct facts *f, struct buf *out)
{
	struct str in = buf_str(&a->sender), host = host_of(h, f), rest = host;
	struct str short_host = host;
	char c;

	str_eat_until(&rest, '.', &short_host);
	if (host.len == 0)
		host = short_host = STR("localhost");
	buf_reset(out);
	while (str_eat_byte(&in, &c)) {
		if (c != '%' || !str_eat_byte(&in, &c) || c == '%')
			buf_putc(out, c);
		else if (c == 'u')
			add_login(out, f);
		else
			buf_add(out, c == 'h' ? short_host : host);
	}
}

static bool
forces_envelope(const struct account *a)
{
	enum force_sender force = account_force(a);

	return force == FORCE_ENVELOPE || force == FORCE_BOTH;
}

void
sender_envelope(const struct account *a, const struct here *h,
    const struct facts *f, bool said, struct str sender, struct buf *out,
    struct buf *why)
{
	struct buf login = { 0 };
	const char *words;

	buf_reset(out);
	if (said && sender.len == 0) {
		words = "the null sender, as asked for";
	} else if (said && !forces_envelope(a)) {
		local_qualify(a, h, sender, out);
		words = "as said with -f";
	} else if (a->sender.len > 0) {
		sender_own(a, h, f, out);
		words = said ? "sender, forced by force_sender" :
		    "sender of the configuration";
	} else {
		add_login(&login, f);
		local_qualify(a, h, buf_str(&login), out);
		words = "the submitter's login and our domain";
	}
	if (why != NULL)
		buf_puts(why, words);
	buf_free(&login);
}

static void
copy(struct strs *to, const struct strs *from)
{
	for (size_t i = 0; i < from->count; i++)
		strs_add(to, strs_at(from, i));
}

/* A header of ASCII goes everywhere; what has no such form stays. */
static void
make_ascii(struct buf *text, int (*convert)(struct buf *, struct str,
    struct err *))
{
	struct buf ascii = { 0 };
	struct err e = { 0 };

	if (convert(&ascii, buf_str(text), &e) == 0)
		buf_set(text, buf_str(&ascii));
	buf_free(&ascii);
	err_clear(&e);
}

void
sender_policy(const struct config *c, const struct account *a,
    const struct here *h, const struct facts *f,
    const struct strs *originals, struct policy *out)
{
	enum force_sender force = account_force(a);

	*out = (struct policy){ 0 };
	local_domain(a, h, &out->domain);
	make_ascii(&out->domain, domain_to_ascii);
	local_hosts(c, h, &out->local);
	if (force == FORCE_HEADER || force == FORCE_BOTH) {
		sender_own(a, h, f, &out->from);
		make_ascii(&out->from, address_to_ascii);
	}
	copy(&out->add, &a->header);
	copy(&out->remove, &a->remove_headers);
	if (a->redirect.count > 0 && originals != NULL)
		copy(&out->original_to, originals);
	if (a->mailer)
		buf_puts(&out->mailer, "minismtp/" PACKAGE_VERSION);
	out->auto_if_cron = a->auto_submitted == AUTO_SUBMITTED_AUTO;
	out->auto_submitted = out->auto_if_cron && f->uid < FIRST_PERSON;
	out->disclosed = !a->undisclosed;
	out->no_received = !a->received;
}
