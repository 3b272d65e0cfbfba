// SPDX-License-Identifier: ISC
/*
 * said.c - the fields that a submitter may say
 */
#include "queue/said.h"

#include <sysexits.h>

#include "base/table.h"
#include "base/xmem.h"
#include "queue/field.h"

typedef bool take_fn(struct record *r, struct str value);

static struct rcpt *
last_rcpt(struct record *r)
{
	return &r->env.rcpt[r->env.count - 1];
}

static bool
take_sender(struct record *r, struct str value)
{
	buf_set(&r->env.sender, value);
	r->has_sender = true;
	return true;
}

static bool
take_rcpt(struct record *r, struct str value)
{
	if (value.len == 0)
		return false;
	r->mark = xgrow(r->mark, r->env.count, sizeof(*r->mark));
	r->mark[r->env.count] = (struct record_mark){ 0 };
	envelope_add(&r->env, value);
	r->said.seen_rcpt = 0;
	return true;
}

static const struct flag {
	const char *name;
	unsigned bit;
} flags[] = {
	{ "delay", NOTIFY_DELAY },
	{ "failure", NOTIFY_FAILURE },
	{ "success", NOTIFY_SUCCESS },
};

/* RFC 3461: "never" stands alone. */
static bool
take_notify(struct record *r, struct str value)
{
	unsigned all = 0;
	struct str name;

	if (str_eq(value, STR("never"))) {
		last_rcpt(r)->notify = NOTIFY_NEVER;
		return true;
	}
	for (bool more = true; more;) {
		const struct flag *f;

		more = str_eat_until(&value, ',', &name);
		f = TABLE_FIND(flags, more ? name : value);
		if (f == NULL || (all & f->bit) != 0)
			return false;
		all |= f->bit;
	}
	last_rcpt(r)->notify = all;
	return true;
}

static bool
take_orcpt(struct record *r, struct str value)
{
	buf_set(&last_rcpt(r)->orcpt, value);
	return value.len > 0;
}

static bool
take_envid(struct record *r, struct str value)
{
	buf_set(&r->env.envid, value);
	return value.len > 0;
}

static bool
take_ret(struct record *r, struct str value)
{
	r->env.ret = str_eq(value, STR("full")) ? RET_FULL :
	    str_eq(value, STR("hdrs")) ? RET_HDRS : RET_UNSAID;
	return r->env.ret != RET_UNSAID;
}

static bool
take_body(struct record *r, struct str value)
{
	r->env.eight_bit = str_eq(value, STR("8bitmime"));
	return r->env.eight_bit || str_eq(value, STR("7bit"));
}

static bool
take_yes(bool *what, struct str value)
{
	*what = str_eq(value, STR("yes"));
	return *what;
}

static bool
take_smtputf8(struct record *r, struct str value)
{
	return take_yes(&r->env.smtputf8, value);
}

static bool
take_requiretls(struct record *r, struct str value)
{
	return take_yes(&r->env.require_tls, value);
}

static bool
take_hold(struct record *r, struct str value)
{
	return take_yes(&r->hold, value);
}

static bool
take_trace(struct record *r, struct str value)
{
	return take_yes(&r->trace, value);
}

static bool
take_login(struct record *r, struct str value)
{
	buf_set(&r->facts.login, value);
	return true;
}

static bool
take_gecos(struct record *r, struct str value)
{
	buf_set(&r->facts.gecos, value);
	return true;
}

static bool
take_name(struct record *r, struct str value)
{
	buf_set(&r->facts.name, value);
	return true;
}

static bool
take_host(struct record *r, struct str value)
{
	buf_set(&r->facts.host, value);
	return true;
}

static bool
take_charset(struct record *r, struct str value)
{
	buf_set(&r->facts.charset, value);
	return true;
}

static bool
take_account(struct record *r, struct str value)
{
	buf_set(&r->facts.account, value);
	return true;
}

static bool
take_zone(struct record *r, struct str value)
{
	bool west = str_eat(&value, STR("-"));
	uint64_t minutes;

	if (!str_eat_number(&value, &minutes) || value.len > 0 ||
	    minutes > 24 * 60)
		return false;
	r->facts.zone = west ? -(int)minutes : (int)minutes;
	return true;
}

static const struct wait {
	const char *name;
	enum record_wait wait;
} waits[] = {
	{ "patience", RECORD_WAIT_PATIENCE },
	{ "end", RECORD_WAIT_END },
	{ "background", RECORD_WAIT_BACKGROUND },
	{ "none", RECORD_WAIT_NONE },
};

static bool
take_wait(struct record *r, struct str value)
{
	const struct wait *w = TABLE_FIND(waits, value);

	if (w != NULL)
		r->wait = w->wait;
	return w != NULL;
}

static bool
take_oe(struct record *r, struct str value)
{
	return str_has(STR("empqw"), value.len == 1 ? value.ptr[0] : '-') &&
	    str_eat_byte(&value, &r->oe);
}

enum often {
	ONCE,
	ONCE_PER_RCPT,
	ANY
};

/* Those first that nearly every message has. */
static const struct row {
	const char *name;
	enum often often;
	take_fn *take;
} rows[] = {
	{ "rcpt", ANY, take_rcpt },
	{ "sender", ONCE, take_sender },
	{ "login", ONCE, take_login },
	{ "gecos", ONCE, take_gecos },
	{ "host", ONCE, take_host },
	{ "zone", ONCE, take_zone },
	{ "charset", ONCE, take_charset },
	{ "wait", ONCE, take_wait },
	{ "oe", ONCE, take_oe },
	{ "name", ONCE, take_name },
	{ "notify", ONCE_PER_RCPT, take_notify },
	{ "orcpt", ONCE_PER_RCPT, take_orcpt },
	{ "account", ONCE, take_account },
	{ "body", ONCE, take_body },
	{ "smtputf8", ONCE, take_smtputf8 },
	{ "trace", ONCE, take_trace },
	{ "envid", ONCE, take_envid },
	{ "ret", ONCE, take_ret },
	{ "requiretls", ONCE, take_requiretls },
	{ "hold", ONCE, take_hold },
};
_Static_assert(TABLE_COUNT(rows) <= 32, "a row needs a bit");

/* False: it is too late or too early for this one. */
static bool
is_its_turn(struct record *r, const struct row *row)
{
	unsigned bit = 1U << (row - rows);

	switch (row->often) {
	case ONCE:
		if ((r->said.seen & bit) != 0)
			return false;
		r->said.seen |= bit;
		return true;
	case ONCE_PER_RCPT:
		if (r->env.count == 0 || (r->said.seen_rcpt & bit) != 0)
			return false;
		r->said.seen_rcpt |= bit;
		return true;
	case ANY:
		break;
	}
	return true;
}

int
said_take(struct record *r, struct str key, struct str value, struct err *e)
{
	const struct row *row = TABLE_FIND(rows, key);

	if (row == NULL)
		return err_set(e, EX_DATAERR, "field %.*s: not known",
		    STR_ARGS(key));
	if (value.len > FIELD_VALUE_MAX)
		return err_set(e, EX_DATAERR, "field %s: longer than %d bytes",
		    row->name, FIELD_VALUE_MAX);
	for (size_t i = 0; i < value.len; i++)
		if (str_is_control(value.ptr[i]))
			return err_set(e, EX_DATAERR,
			    "field %s: a control character", row->name);
	if (!is_its_turn(r, row))
		return err_set(e, EX_DATAERR, "field %s: not here", row->name);
	if (!row->take(r, value))
		return err_set(e, EX_DATAERR, "field %s: no such value",
		    row->name);
	return 0;
}
