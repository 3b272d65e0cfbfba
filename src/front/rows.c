// SPDX-License-Identifier: ISC
/*
 * rows.c - the table of options
 */
#include "front/rows.h"

#include <sysexits.h>

#include "base/table.h"
#include "front/setting.h"

static int
set_none(struct options *o, struct str value, struct err *e)
{
	(void)o;
	(void)value;
	(void)e;
	return 0;
}

static int
set_trace(struct options *o, struct str value, struct err *e)
{
	if (value.len == 0)
		return err_set(e, EX_USAGE, "it wants the name of a file");
	o->trace_given = true;
	buf_set(&o->trace, value);
	return 0;
}

static int
set_sender(struct options *o, struct str value, struct err *e)
{
	(void)e;
	o->sender_given = true;
	buf_set(&o->sender, value);
	return 0;
}

static int
set_name(struct options *o, struct str value, struct err *e)
{
	(void)e;
	buf_set(&o->name, value);
	return 0;
}

static int
set_notify(struct options *o, struct str value, struct err *e)
{
	return setting_notify(&o->notify, value, e);
}

static int
set_return(struct options *o, struct str value, struct err *e)
{
	return setting_ret(&o->ret, value, e);
}

static int
set_ignore_dots(struct options *o, struct str value, struct err *e)
{
	(void)value;
	(void)e;
	o->ignore_dots = true;
	return 0;
}

static int
set_extract(struct options *o, struct str value, struct err *e)
{
	(void)value;
	(void)e;
	o->extract = true;
	return 0;
}

static int
set_verbose(struct options *o, struct str value, struct err *e)
{
	(void)value;
	(void)e;
	o->verbose = true;
	return 0;
}

static int
set_aliases(struct options *o, struct str value, struct err *e)
{
	(void)value;
	(void)e;
	o->mode = MODE_ALIASES;
	return 0;
}

/* Refused when it is no number: "-h" is also what people type for help. */
static int
check_number(struct options *o, struct str value, struct err *e)
{
	uint64_t n;

	(void)o;
	if (!str_eat_number(&value, &n) || value.len > 0)
		return err_set(e, EX_USAGE, "it wants a number");
	return 0;
}

static int
check_submission(struct options *o, struct str value, struct err *e)
{
	(void)o;
	if (value.len == 0 || !str_has(STR("cm"), value.ptr[0]))
		return err_set(e, EX_USAGE, "it wants c or m");
	return 0;
}

static int
set_account(struct options *o, struct str value, struct err *e)
{
	if (value.len == 0)
		return err_set(e, EX_USAGE, "it wants a name");
	buf_set(&o->account, value);
	return 0;
}

static int
set_help(struct options *o, struct str value, struct err *e)
{
	(void)value;
	(void)e;
	o->mode = MODE_HELP;
	return 0;
}

static int
set_json(struct options *o, struct str value, struct err *e)
{
	(void)value;
	(void)e;
	o->json = true;
	return 0;
}

static int
set_version(struct options *o, struct str value, struct err *e)
{
	(void)value;
	(void)e;
	o->mode = MODE_VERSION;
	return 0;
}

static const struct row options[] = {
	{ "A", WORD, "c|m", check_submission,
	    "no effect: submission is all there is" },
	{ "a", WORD, "NAME", set_account,
	    "send by this account of the configuration" },
	{ "B", WORD, "TYPE", setting_body,
	    "the body is 7BIT or 8BITMIME" },
	{ "b", WORD, "MODE", setting_mode,
	    "what to do; see below" },
	{ "C", WORD, "FILE", options_set_config,
	    "use this configuration, and an own queue" },
	{ "c", NOTHING, "", set_none,
	    "no effect: the relay is never an expensive mailer" },
	{ "D", WORD, "FILE", set_none,
	    "no effect: there is no debug log; see -X" },
	{ "d", REST, "LEVEL", set_none,
	    "no effect: see -v" },
	{ "E", NOTHING, "", set_none,
	    "no effect" },
	{ "e", WORD, "MODE", setting_errors,
	    "as -oe" },
	{ "F", WORD, "NAME", set_name,
	    "the sender's full name, for a From field that we make" },
	{ "f", ADDRESS, "ADDRESS", set_sender,
	    "the envelope sender; '' or '<>' is the null sender" },
	{ "G", NOTHING, "", set_none,
	    "no effect: what is incomplete is completed for gateways too" },
	{ "h", WORD, "NUMBER", check_number,
	    "no effect: hops are counted in Received fields" },
	{ "I", NOTHING, "", set_aliases,
	    "as -bi" },
	{ "i", NOTHING, "", set_ignore_dots,
	    "a line with a single dot does not end the message" },
	{ "J", NOTHING, "", set_none,
	    "no effect" },
	{ "L", WORD, "TAG", set_none,
	    "no effect: the log always says minismtp" },
	{ "M", WORD, "XVALUE", set_none,
	    "no effect: there are no macros" },
	{ "m", NOTHING, "", set_none,
	    "no effect: who is a recipient gets the mail" },
	{ "N", WORD, "DSN", set_notify,
	    "when to report: never, or a list of success, failure, delay" },
	{ "n", NOTHING, "", set_none,
	    "no effect: the configuration says what is an alias" },
	{ "O", WORD, "NAME=VALUE", setting_name,
	    "a setting by its long name; the others have no effect" },
	{ "o", WORD, "XVALUE", setting_letter,
	    "a setting; see below, others have no effect" },
	{ "p", WORD, "PROTOCOL", set_none,
	    "no effect: it came from a program on this machine" },
	{ "Q", REST, "REASON", set_none,
	    "no effect: there is no quarantine" },
	{ "q", REST, "WHAT", setting_queue,
	    "try the queue now: all, [!]IID, [!]RTEXT, [!]STEXT;"
	    " with a time: say what does it" },
	{ "R", WORD, "full|hdrs", set_return,
	    "how much of the message a report returns" },
	{ "r", ADDRESS, "ADDRESS", set_sender,
	    "as -f" },
	{ "s", NOTHING, "", set_none,
	    "no effect: a From line of a mailbox is never kept" },
	{ "T", NOTHING, "", set_none,
	    "no effect: the configuration says how long mail is tried" },
	{ "t", NOTHING, "", set_extract,
	    "also send to whom To, Cc and Bcc name" },
	{ "U", NOTHING, "", set_none,
	    "no effect: what is incomplete is always completed" },
	{ "V", WORD, "ENVID", setting_envid,
	    "the envelope id that reports will name" },
	{ "v", NOTHING, "", set_verbose,
	    "show the dialogue with the relay" },
	{ "X", WORD, "FILE", set_trace,
	    "append the dialogue with the relay to this file" },
	{ "x", NOTHING, "", set_none,
	    "no effect" },
};

static const struct row long_options[] = {
	{ "account", WORD, "NAME", set_account,
	    "as -a" },
	{ "config", WORD, "FILE", options_set_config,
	    "as -C" },
	{ "help", NOTHING, "", set_help,
	    "this text" },
	{ "json", NOTHING, "", set_json,
	    "mailq writes one JSON object for each message" },
	{ "version", NOTHING, "", set_version,
	    "which program this is" },
};

const struct row *
row_short(struct str letter)
{
	return TABLE_FIND(options, letter);
}

const struct row *
row_long(struct str name)
{
	return TABLE_FIND(long_options, name);
}

const char *
row_nearest(struct str name)
{
	return TABLE_NEAREST(long_options, name);
}

const char *
row_dash(const struct row *row)
{
	return row->name[1] == '\0' ? "-" : "--";
}

static void
spell(struct buf *out, const struct row *row)
{
	buf_reset(out);
	buf_printf(out, "%s%s", row_dash(row), row->name);
	if (row->takes == REST)
		buf_printf(out, "[%s]", row->value);
	else if (row->takes != NOTHING)
		buf_printf(out, " %s", row->value);
}

bool
options_row(size_t i, struct buf *spelling, struct str *words)
{
	const struct row *row;

	if (i >= TABLE_COUNT(options) + TABLE_COUNT(long_options))
		return setting_row(i - TABLE_COUNT(options) -
		    TABLE_COUNT(long_options), spelling, words);
	row = i < TABLE_COUNT(options) ? &options[i] :
	    &long_options[i - TABLE_COUNT(options)];
	spell(spelling, row);
	*words = str_of(row->words);
	return true;
}
