// SPDX-License-Identifier: ISC
/*
 * command.c - MAIL and RCPT lines with all their parameters
 */
#include "smtp/command.h"

#include <sysexits.h>

#include "base/table.h"
#include "base/vis.h"
#include "message/address.h"

#define ENVID_MAX 100		/* RFC 3461, 4.4, before xtext */
#define ORCPT_MAX 500		/* RFC 3461, 4.2 */

/* A domain always has another form. */
static bool
has_utf8(const struct buf *address)
{
	struct str local, domain;

	(void)address_split(buf_str(address), &local, &domain);
	return !str_is_ascii(local);
}

/* An address may need the extension though nobody has said so. */
static bool
needs_utf8(const struct envelope *env)
{
	if (env->smtputf8 || has_utf8(&env->sender))
		return true;
	for (size_t i = 0; i < env->count; i++)
		if (has_utf8(&env->rcpt[i].address))
			return true;
	return false;
}

int
command_possible(const struct envelope *env, const struct ehlo *caps,
    bool secure, struct err *e)
{
	if (caps->size > 0 && env->size > caps->size)
		return err_set(e, EX_UNAVAILABLE,
		    "the message has %llu bytes, and the relay takes no more "
		    "than %llu", (unsigned long long)env->size,
		    (unsigned long long)caps->size);
	if (env->smtputf8 && !ehlo_has(caps, EHLO_SMTPUTF8))
		return err_set(e, EX_UNAVAILABLE, "the message has an address "
		    "or a header in UTF-8, and the relay takes none");
	if (env->eight_bit && !ehlo_has(caps, EHLO_8BITMIME))
		return err_set(e, EX_UNAVAILABLE, "the message has 8-bit text "
		    "that must not be changed, and the relay takes none");
	if (env->require_tls && (!secure || !ehlo_has(caps, EHLO_REQUIRETLS)))
		return err_set(e, EX_UNAVAILABLE, "the message asks for TLS "
		    "all the way, and the relay does not promise it");
	return 0;
}

/* RFC 3461, 4: "+" and "=" and all that is no printable ASCII as "+XX". */
static void
add_xtext(struct buf *line, struct str s)
{
	for (size_t i = 0; i < s.len; i++) {
		char c = s.ptr[i];

		if (c > ' ' && c <= '~' && c != '+' && c != '=')
			buf_putc(line, c);
		else
			buf_printf(line, "+%02X", (unsigned char)c);
	}
}

static int
add_address(struct buf *line, const char *verb, struct str address,
    const struct ehlo *caps, struct err *e)
{
	struct buf wire = { 0 }, shown = { 0 };
	bool smtputf8 = false;
	int rc = address_to_ascii(&wire, address, e);

	if (rc == 0)
		rc = address_check(buf_str(&wire), &smtputf8, e);
	if (rc == 0 && smtputf8 && !ehlo_has(caps, EHLO_SMTPUTF8))
		rc = err_set(e, EX_UNAVAILABLE,
		    "the relay takes no addresses in UTF-8");
	if (rc < 0) {
		vis_add_some(&shown, address, 100);
		err_wrap(e, "<%s>", buf_cstr(&shown));
	} else {
		buf_printf(line, "%s:<", verb);
		buf_add(line, buf_str(&wire));
		buf_putc(line, '>');
	}
	buf_free(&wire);
	buf_free(&shown);
	return rc;
}

int
command_mail(struct buf *line, const struct envelope *env,
    const struct ehlo *caps, struct err *e)
{
	if (env->sender.len == 0)
		buf_puts(line, "MAIL FROM:<>");
	else if (add_address(line, "MAIL FROM", buf_str(&env->sender),
	    caps, e) < 0)
		return err_wrap(e, "the sender");
	if (env->size > 0 && ehlo_has(caps, EHLO_SIZE))
		buf_printf(line, " SIZE=%llu", (unsigned long long)env->size);
	if (env->eight_bit)
		buf_puts(line, " BODY=8BITMIME");
	if (needs_utf8(env) && ehlo_has(caps, EHLO_SMTPUTF8))
		buf_puts(line, " SMTPUTF8");
	if (env->require_tls)
		buf_puts(line, " REQUIRETLS");
	if (!ehlo_has(caps, EHLO_DSN))
		return 0;
	if (env->ret != RET_UNSAID)
		buf_puts(line, env->ret == RET_FULL ? " RET=FULL" :
		    " RET=HDRS");
	if (env->envid.len > 0 && env->envid.len <= ENVID_MAX) {
		buf_puts(line, " ENVID=");
		add_xtext(line, buf_str(&env->envid));
	}
	return 0;
}

static const struct {
	unsigned flag;
	const char *name;
} notifies[] = {
	{ NOTIFY_SUCCESS, "SUCCESS" },
	{ NOTIFY_FAILURE, "FAILURE" },
	{ NOTIFY_DELAY, "DELAY" },
};

/* NEVER stands alone (RFC 3461, 4.1). */
static void
add_notify(struct buf *line, unsigned notify)
{
	const char *between = " NOTIFY=";

	if (notify & NOTIFY_NEVER) {
		buf_puts(line, " NOTIFY=NEVER");
		return;
	}
	for (size_t i = 0; i < TABLE_COUNT(notifies); i++) {
		if (!(notify & notifies[i].flag))
			continue;
		buf_puts(line, between);
		buf_puts(line, notifies[i].name);
		between = ",";
	}
}

/* "rfc822;a@b": the type is an atom and stays, the rest is xtext. */
static void
add_orcpt(struct buf *line, struct str orcpt)
{
	struct str type;

	if (orcpt.len > ORCPT_MAX || !str_is_ascii(orcpt) ||
	    !str_eat_until(&orcpt, ';', &type) || type.len == 0)
		return;
	for (size_t i = 0; i < type.len; i++)
		if (!str_is_alpha(type.ptr[i]) && !str_is_digit(type.ptr[i]) &&
		    type.ptr[i] != '-')
			return;
	buf_puts(line, " ORCPT=");
	buf_add(line, type);
	buf_putc(line, ';');
	add_xtext(line, orcpt);
}

int
command_rcpt(struct buf *line, const struct rcpt *to,
    const struct ehlo *caps, struct err *e)
{
	if (add_address(line, "RCPT TO", buf_str(&to->address), caps, e) < 0)
		return err_wrap(e, "the recipient");
	if (ehlo_has(caps, EHLO_DSN)) {
		add_notify(line, to->notify);
		add_orcpt(line, buf_str(&to->orcpt));
	}
	return 0;
}
