// SPDX-License-Identifier: ISC
/*
 * path.c - what stands behind MAIL FROM: and RCPT TO: (RFC 5321, 4.1.2)
 */
#include "front/path.h"

#include <sysexits.h>

#include "base/table.h"
#include "front/setting.h"

#define ADDRESS_MAX 1000	/* more than any of RFC 5321, 4.5.3.1 */
#define ORCPT_MAX 500		/* RFC 3461, 4.2 */

static int
refuse(struct err *e, int smtp, const char *words)
{
	err_set(e, EX_DATAERR, "%s", words);
	e->smtp = smtp;
	return -1;
}

/* The inside of "..." with the quotes; a backslash saves the next byte. */
static bool
eat_quoted(struct str *in, struct buf *out)
{
	char c;

	buf_putc(out, '"');
	*in = str_skip(*in, 1);
	while (str_eat_byte(in, &c)) {
		if (str_is_control(c))
			return false;
		buf_putc(out, c);
		if (c == '"')
			return true;
		if (c == '\\') {
			if (!str_eat_byte(in, &c) || str_is_control(c))
				return false;
			buf_putc(out, c);
		}
	}
	return false;
}

/* Up to stop, which stays; blanks and brackets only inside of quotes. */
static bool
eat_address(struct str *in, char stop, struct buf *out)
{
	while (in->len > 0 && in->ptr[0] != stop) {
		char c = in->ptr[0];

		if (c == '"') {
			if (!eat_quoted(in, out))
				return false;
			continue;
		}
		if (c == '\\' && in->len > 1) {
			buf_putc(out, c);
			*in = str_skip(*in, 1);
			c = in->ptr[0];
		}
		if (str_is_control(c) || c == ' ' || c == '<' || c == '>')
			return false;
		buf_putc(out, c);
		*in = str_skip(*in, 1);
	}
	return out->len <= ADDRESS_MAX;
}

/*
 * "<a@b>", "<@x,@y:a@b>" (the route is of no use any more and goes), and "a@b"
 * for those who have never read the RFC.
 */
static bool
eat_path(struct str *in, struct buf *out)
{
	struct str rest = *in, route;

	while (rest.len > 0 && str_is_blank(rest.ptr[0]))
		rest = str_skip(rest, 1);
	buf_reset(out);
	if (!str_eat(&rest, STR("<"))) {
		if (!eat_address(&rest, ' ', out) || out->len == 0)
			return false;
		*in = rest;
		return true;
	}
	if (rest.len > 0 && rest.ptr[0] == '@' &&
	    !str_eat_until(&rest, ':', &route))
		return false;
	if (!eat_address(&rest, '>', out) || !str_eat(&rest, STR(">")))
		return false;
	*in = rest;
	return true;
}

typedef int param_fn(struct letter *l, struct str value, struct err *e);

struct param {
	const char *name;
	bool valued;
	param_fn *set;
};

/* The disk decides, not a promise; but what is no number is none. */
static int
mail_size(struct letter *l, struct str value, struct err *e)
{
	uint64_t size;

	(void)l;
	if (!str_eat_number(&value, &size) || value.len > 0)
		return refuse(e, 501, "5.5.4 SIZE wants a number");
	return 0;
}

static int
mail_body(struct letter *l, struct str value, struct err *e)
{
	if (str_ieq(value, STR("8BITMIME")))
		l->body = BODY_8BITMIME;
	else if (str_ieq(value, STR("7BIT")))
		l->body = BODY_7BIT;
	else
		return refuse(e, 501, "5.5.4 BODY wants 7BIT or 8BITMIME");
	return 0;
}

static int
mail_smtputf8(struct letter *l, struct str value, struct err *e)
{
	(void)value;
	(void)e;
	l->env.smtputf8 = true;
	return 0;
}

/* RFC 8689: rather not at all than in clear, all the way. */
static int
mail_requiretls(struct letter *l, struct str value, struct err *e)
{
	(void)value;
	(void)e;
	l->env.require_tls = true;
	return 0;
}

static int
mail_ret(struct letter *l, struct str value, struct err *e)
{
	if (setting_ret(&l->env.ret, value, e) == 0)
		return 0;
	err_clear(e);
	return refuse(e, 501, "5.5.4 RET wants FULL or HDRS");
}

static int
mail_envid(struct letter *l, struct str value, struct err *e)
{
	buf_reset(&l->env.envid);
	if (!setting_xtext(&l->env.envid, value) || l->env.envid.len == 0 ||
	    l->env.envid.len > 100)
		return refuse(e, 501, "5.5.4 ENVID wants 1 to 100 bytes of"
		    " xtext");
	return 0;
}

/* RFC 4954: who said it first.  Nobody here can know. */
static int
mail_auth(struct letter *l, struct str value, struct err *e)
{
	(void)l;
	(void)value;
	(void)e;
	return 0;
}

static const struct param mail_params[] = {
	{ "AUTH", true, mail_auth },
	{ "BODY", true, mail_body },
	{ "ENVID", true, mail_envid },
	{ "REQUIRETLS", false, mail_requiretls },
	{ "RET", true, mail_ret },
	{ "SIZE", true, mail_size },
	{ "SMTPUTF8", false, mail_smtputf8 },
};

static int
rcpt_notify(struct letter *l, struct str value, struct err *e)
{
	struct rcpt *r = &l->env.rcpt[l->env.count - 1];

	if (setting_notify(&r->notify, value, e) == 0)
		return 0;
	err_clear(e);
	return refuse(e, 501, "5.5.4 NOTIFY wants NEVER or a list of SUCCESS,"
	    " FAILURE and DELAY");
}

static int
rcpt_orcpt(struct letter *l, struct str value, struct err *e)
{
	struct rcpt *r = &l->env.rcpt[l->env.count - 1];
	struct str type;

	buf_reset(&r->orcpt);
	if (value.len <= ORCPT_MAX && str_eat_until(&value, ';', &type) &&
	    type.len > 0 && setting_xtext(&r->orcpt, type)) {
		buf_putc(&r->orcpt, ';');
		if (setting_xtext(&r->orcpt, value))
			return 0;
	}
	return refuse(e, 501, "5.5.4 ORCPT wants a type, ';' and xtext");
}

static const struct param rcpt_params[] = {
	{ "NOTIFY", true, rcpt_notify },
	{ "ORCPT", true, rcpt_orcpt },
};

static int
eat_params(const struct param *rows, size_t count, struct letter *l,
    struct str rest, struct err *e)
{
	struct str word;

	while (str_eat_word(&rest, &word)) {
		struct str value = word, name;
		bool valued = str_eat_until(&value, '=', &name);
		const struct param *row;

		if (!valued)
			name = word;
		row = table_ifind(rows, sizeof(*rows), count, name);
		if (row == NULL || row->valued != valued)
			return refuse(e, 555, "5.5.4 unknown parameter");
		if (row->set(l, value, e) < 0)
			return -1;
	}
	return 0;
}

static bool
has_high_bytes(struct str s)
{
	for (size_t i = 0; i < s.len; i++)
		if ((unsigned char)s.ptr[i] > 127)
			return true;
	return false;
}

int
path_mail(struct letter *l, struct str args, struct err *e)
{
	if (!str_ieat(&args, STR("FROM:")))
		return refuse(e, 501, "5.5.4 MAIL FROM:<address>");
	if (!eat_path(&args, &l->env.sender) ||
	    (args.len > 0 && !str_is_blank(args.ptr[0])))
		return refuse(e, 501, "5.1.7 this is no sender address");
	if (eat_params(mail_params, TABLE_COUNT(mail_params), l, args, e) < 0)
		return -1;
	if (has_high_bytes(buf_str(&l->env.sender)))
		l->env.smtputf8 = true;
	l->sender_given = true;
	return 0;
}

/* Programs, files and lists of a local MTA: here they are nobody's name. */
static bool
is_local_magic(struct str address)
{
	(void)str_eat(&address, STR("\""));
	return !str_has(address, '@') && (str_eat(&address, STR("|")) ||
	    str_eat(&address, STR("/")) ||
	    str_ieat(&address, STR(":include:")));
}

static void
drop_last(struct envelope *env)
{
	struct rcpt *r = &env->rcpt[--env->count];

	buf_free(&r->address);
	buf_free(&r->orcpt);
}

int
path_rcpt(struct letter *l, struct str args, struct err *e)
{
	struct rcpt *r;

	if (!str_ieat(&args, STR("TO:")))
		return refuse(e, 501, "5.5.4 RCPT TO:<address>");
	r = envelope_add(&l->env, STR(""));
	if (!eat_path(&args, &r->address) || r->address.len == 0 ||
	    is_local_magic(buf_str(&r->address)) ||
	    (args.len > 0 && !str_is_blank(args.ptr[0]))) {
		drop_last(&l->env);
		return refuse(e, 501, "5.1.3 this is no recipient address");
	}
	if (has_high_bytes(buf_str(&r->address)))
		l->env.smtputf8 = true;
	if (eat_params(rcpt_params, TABLE_COUNT(rcpt_params), l, args, e) == 0)
		return 0;
	drop_last(&l->env);
	return -1;
}
