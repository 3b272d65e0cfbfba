// SPDX-License-Identifier: ISC
/*
 * setting.c - the values of options: modes, settings, words of a protocol
 */
#include "front/setting.h"

#include <sysexits.h>

#include "base/table.h"
#include "base/vis.h"

#define ENVID_MAX 100		/* RFC 3461, 4.4 */

typedef int set_fn(struct options *o, struct str value, struct err *e);

static int
complain(struct err *e, struct str value, const char *words)
{
	struct buf shown = { 0 };

	vis_add_some(&shown, value, 60);
	err_set(e, EX_USAGE, "'%s' is %s", buf_cstr(&shown), words);
	buf_free(&shown);
	return -1;
}

/* -- -b */

static const struct mode_row {
	const char *name;
	enum mode mode;
	const char *words;
} modes[] = {
	{ "m", MODE_SUBMIT, "take a message on standard input (as always)" },
	{ "s", MODE_SERVE, "talk SMTP on standard input and output" },
	{ "p", MODE_LIST, "list the queue, as mailq does" },
	{ "P", MODE_COUNT, "print how many messages are queued" },
	{ "i", MODE_ALIASES, "check the alias file, as newaliases does" },
	{ "v", MODE_VERIFY, "show what would happen to the addresses" },
	{ "t", MODE_REWRITE, "say that there are no rewriting rules" },
	{ "d", MODE_DAEMON, "say what runs the queue: there is no daemon" },
	{ "D", MODE_WATCH, "run the queue in the foreground" },
	{ "C", MODE_CHECK, "check the configuration" },
	{ "h", MODE_NOTHING, "no effect: there is no host status" },
	{ "H", MODE_NOTHING, "no effect: there is no host status" },
};

int
setting_mode(struct options *o, struct str value, struct err *e)
{
	const struct mode_row *row = TABLE_FIND(modes, value);

	if (row == NULL)
		return complain(e, value, "no mode");
	o->mode = row->mode;
	return 0;
}

/* -- -o and -O */

/* -oi alone, -oit and -oiTrue say yes; only a clear no is one. */
static int
set_dots(struct options *o, struct str value, struct err *e)
{
	(void)e;
	o->ignore_dots = value.len == 0 || !str_has(STR("fFnN0"), value.ptr[0]);
	/* Meant as -oi -t by most who write it: but see options_parse(). */
	if (str_eq(value, STR("t")))
		o->perhaps_extract = true;
	return 0;
}

static int
set_delivery(struct options *o, struct str value, struct err *e)
{
	switch (value.len > 0 ? str_lower(value.ptr[0]) : 0) {
	case 'i':
		o->wait = WAIT_END;
		return 0;
	case 'b':
		o->wait = WAIT_BACKGROUND;
		return 0;
	case 'q':
	case 'd':
		o->wait = WAIT_NONE;
		return 0;
	default:
		return complain(e, value, "no delivery mode: b, i, q or d");
	}
}

int
setting_errors(struct options *o, struct str value, struct err *e)
{
	char mode = value.len > 0 ? str_lower(value.ptr[0]) : '\0';

	/* ErrorMode=berknet is the long name of e */
	if (mode == 'b')
		mode = 'e';
	if (mode == '\0' || !str_has(STR("mpqwe"), mode))
		return complain(e, value, "no error mode: e, m, p, q or w");
	o->errors = mode;
	return 0;
}

static int
set_verbose(struct options *o, struct str value, struct err *e)
{
	(void)e;
	o->verbose = value.len == 0 || !str_has(STR("fFnN0"), value.ptr[0]);
	return 0;
}

static const struct setting {
	const char *name;	/* the letter behind -o */
	const char *word;	/* the name behind -O */
	const char *value;
	set_fn *set;
	const char *words;
} settings[] = {
	{ "d", "DeliveryMode", "b|d|i|q", set_delivery,
	    "do not wait for the relay; leave it in the queue (d, q);"
	    " wait to the end (i)" },
	{ "e", "ErrorMode", "e|m|p|q|w", setting_errors,
	    "tell the caller about a refusal (p, w), also by mail (m),"
	    " not at all (q), by mail only (e)" },
	{ "i", "IgnoreDots", "", set_dots,
	    "as -i" },
	{ "v", "Verbose", "", set_verbose,
	    "as -v" },
};

static bool
is_letter(char c)
{
	return str_is_alpha(c) || str_is_digit(c);
}

/*
 * All of sendmail's settings are one letter and a value.  What has no row here
 * belongs to an MTA of another shape, and has no effect.
 */
int
setting_letter(struct options *o, struct str value, struct err *e)
{
	struct str letter = str_head(value, 1);
	const struct setting *row;

	if (value.len == 0 || !is_letter(value.ptr[0]))
		return complain(e, value, "no setting");
	row = TABLE_FIND(settings, letter);
	return row != NULL ? row->set(o, str_skip(value, 1), e) : 0;
}

int
setting_name(struct options *o, struct str value, struct err *e)
{
	struct str rest = value, name;

	if (!str_eat_until(&rest, '=', &name)) {
		name = value;
		rest = STR("");
	}
	name = str_trim(name);
	if (name.len == 0 || !str_is_alpha(name.ptr[0]))
		return complain(e, value, "no setting");
	rest = str_trim(rest);
	for (size_t i = 0; i < TABLE_COUNT(settings); i++)
		if (str_ieq(name, str_of(settings[i].word)))
			return settings[i].set(o, rest, e);
	return 0;
}

/* -- words of RFC 3461 and RFC 6152 */

int
setting_body(struct options *o, struct str value, struct err *e)
{
	if (str_ieq(value, STR("8BITMIME")))
		o->body = BODY_8BITMIME;
	else if (str_ieq(value, STR("7BIT")))
		o->body = BODY_7BIT;
	else
		return complain(e, value, "no body type: 7BIT or 8BITMIME");
	return 0;
}

static const struct notify_row {
	const char *name;
	unsigned bit;
} notify_words[] = {
	{ "NEVER", NOTIFY_NEVER },
	{ "SUCCESS", NOTIFY_SUCCESS },
	{ "FAILURE", NOTIFY_FAILURE },
	{ "DELAY", NOTIFY_DELAY },
};

int
setting_notify(unsigned *notify, struct str value, struct err *e)
{
	struct str rest = value, word;
	unsigned bits = 0;
	bool more = true;

	while (more) {
		const struct notify_row *row;

		more = str_eat_until(&rest, ',', &word);
		if (!more)
			word = rest;
		row = TABLE_IFIND(notify_words, str_trim(word));
		if (row == NULL)
			return complain(e, value, "not never, or a list of"
			    " success, failure and delay");
		bits |= row->bit;
	}
	if ((bits & NOTIFY_NEVER) != 0 && bits != NOTIFY_NEVER)
		return complain(e, value, "never and something else");
	*notify = bits;
	return 0;
}

int
setting_ret(enum ret *ret, struct str value, struct err *e)
{
	if (str_ieq(value, STR("full")))
		*ret = RET_FULL;
	else if (str_ieq(value, STR("hdrs")))
		*ret = RET_HDRS;
	else
		return complain(e, value, "not full or hdrs");
	return 0;
}

static int
hex(char c)
{
	if (str_is_digit(c))
		return c - '0';
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

bool
setting_xtext(struct buf *out, struct str value)
{
	size_t before = out->len;
	char c;

	while (str_eat_byte(&value, &c)) {
		if (c == '+') {
			int high = value.len < 2 ? -1 : hex(value.ptr[0]);
			int low = value.len < 2 ? -1 : hex(value.ptr[1]);

			if (high < 0 || low < 0)
				goto bad;
			c = (char)(high * 16 + low);
			value = str_skip(value, 2);
		} else if (c == '=' || c < 33 || c > 126)
			goto bad;
		if (c < 32 || c > 126)
			goto bad;
		buf_putc(out, c);
	}
	return true;
bad:
	buf_cut(out, before);
	return false;
}

/* People write plain text here as well as xtext: what is no xtext is text. */
int
setting_envid(struct options *o, struct str value, struct err *e)
{
	buf_reset(&o->envid);
	if (!setting_xtext(&o->envid, value)) {
		for (size_t i = 0; i < value.len; i++)
			if (value.ptr[i] < 32 || value.ptr[i] > 126)
				return complain(e, value,
				    "no envelope id: printable ASCII only");
		buf_add(&o->envid, value);
	}
	if (o->envid.len == 0 || o->envid.len > ENVID_MAX)
		return complain(e, value, "no envelope id: 1 to 100 bytes");
	return 0;
}

/* -- -q */

/*
 * -q and -qf run the queue once, -q15m and -qp15m ask for a daemon, and
 * -q[!]X... selects: I by id, R by recipient, S by sender.  A mode that was
 * given with -b stays, except that of -bm.
 */
int
setting_queue(struct options *o, struct str value, struct err *e)
{
	enum mode mode = MODE_FLUSH;
	struct str rest = value, what;
	bool not = str_eat(&rest, STR("!"));

	if (rest.len > 0 && str_has(STR("IRS"), rest.ptr[0])) {
		struct buf *select;

		if (rest.len == 1)
			return complain(e, value, "no selection");
		select = strs_add(&o->select, not ? STR("!") : STR(""));
		buf_add(select, str_head(rest, 1));
		buf_putc(select, '=');
		buf_add(select, str_skip(rest, 1));
	} else if (not && !str_eq(str_head(rest, 1), STR("Q"))) {
		return complain(e, value, "no selection");
	} else if (str_eat(&rest, STR("p")) ||
	    (rest.len > 0 && str_is_digit(rest.ptr[0]))) {
		if (rest.len > 0 &&
		    (!str_eat_span(&rest, "0123456789smhdw", &what) ||
		    rest.len > 0))
			return complain(e, value, "no time");
		mode = MODE_DAEMON;
	} else if (rest.len > 0 && !str_eq(rest, STR("f")) &&
	    !str_has(STR("GLQ"), rest.ptr[0])) {
		return complain(e, value, "neither a time nor a selection");
	} else if (rest.len > 0 && str_has(STR("LQ"), rest.ptr[0])) {
		mode = MODE_NOTHING;	/* neither lost nor quarantined here */
	}
	if (o->mode == MODE_SUBMIT || o->mode == MODE_FLUSH)
		o->mode = mode;
	return 0;
}

bool
setting_row(size_t i, struct buf *spelling, struct str *words)
{
	buf_reset(spelling);
	if (i < TABLE_COUNT(modes)) {
		buf_printf(spelling, "-b%s", modes[i].name);
		*words = str_of(modes[i].words);
		return true;
	}
	i -= TABLE_COUNT(modes);
	if (i >= TABLE_COUNT(settings))
		return false;
	buf_printf(spelling, "-o%s%s", settings[i].name, settings[i].value);
	*words = str_of(settings[i].words);
	return true;
}
