// SPDX-License-Identifier: ISC
/*
 * options.c - what the caller wants
 */
#include "front/options.h"

#include <sysexits.h>

#include "base/table.h"
#include "base/vis.h"
#include "front/rows.h"

static const struct name {
	const char *name;
	enum mode mode;
} names[] = {
	{ "hoststat", MODE_NOTHING },
	{ "mailq", MODE_LIST },
	{ "newaliases", MODE_ALIASES },
	{ "purgestat", MODE_NOTHING },
	{ "smtpd", MODE_SERVE },
};

void
options_name(struct options *o, const char *argv0)
{
	struct str name = str_of(argv0 != NULL ? argv0 : ""), dir;
	const struct name *row;

	(void)str_cut_last(name, '/', &dir, &name);
	row = TABLE_FIND(names, name);
	o->mode = row != NULL ? row->mode : MODE_SUBMIT;
}

int
options_set_config(struct options *o, struct str value, struct err *e)
{
	if (value.len == 0)
		return err_set(e, EX_USAGE, "it wants the name of a file");
	o->config_given = true;
	buf_set(&o->config, value);
	return 0;
}

/* The words of the command line that are still to be looked at. */
struct line {
	int count;
	char *const *word;
};

static bool
next(struct line *line, struct str *word)
{
	if (line->count <= 0 || *line->word == NULL)
		return false;
	*word = str_of(*line->word++);
	line->count--;
	return true;
}

static int
apply(struct options *o, const struct row *row, struct str value,
    struct err *e)
{
	if (row->set(o, value, e) == 0)
		return 0;
	return err_wrap(e, "%s%s", row_dash(row), row->name);
}

/* The argument of an option that wants one and has none joined. */
static int
separate(struct options *o, const struct row *row, struct line *line,
    struct err *e)
{
	struct str value;

	if (!next(line, &value))
		return err_set(e, EX_USAGE, "%s%s: it wants an argument",
		    row_dash(row), row->name);
	if (row->takes == ADDRESS && value.len > 1 && value.ptr[0] == '-')
		return err_set(e, EX_USAGE, "%s%s: it wants an address, and"
		    " the next word looks like an option", row_dash(row),
		    row->name);
	return apply(o, row, value, e);
}

static int
unknown(struct err *e, struct str word, const char *nearest)
{
	struct buf shown = { 0 };

	vis_add_some(&shown, word, 60);
	if (nearest != NULL)
		err_set(e, EX_USAGE, "%s: unknown option (--%s?)",
		    buf_cstr(&shown), nearest);
	else
		err_set(e, EX_USAGE, "%s: unknown option", buf_cstr(&shown));
	buf_free(&shown);
	return -1;
}

static int
parse_long(struct options *o, struct str word, struct line *line,
    struct err *e)
{
	struct str value = str_skip(word, 2), name;
	bool joined = str_eat_until(&value, '=', &name);
	const struct row *row;

	if (!joined)
		name = value;
	row = row_long(name);
	if (row == NULL)
		return unknown(e, word, row_nearest(name));
	if (row->takes == NOTHING)
		return joined ? err_set(e, EX_USAGE, "--%s: it takes no"
		    " argument", row->name) : apply(o, row, STR(""), e);
	return joined ? apply(o, row, value, e) : separate(o, row, line, e);
}

static int
parse_cluster(struct options *o, struct str word, struct line *line,
    struct err *e)
{
	struct str rest = str_skip(word, 1);

	while (rest.len > 0) {
		const struct row *row = row_short(str_head(rest, 1));

		if (row == NULL)
			return unknown(e, word, NULL);
		rest = str_skip(rest, 1);
		switch (row->takes) {
		case NOTHING:
			if (apply(o, row, STR(""), e) < 0)
				return -1;
			break;
		case WORD:
		case ADDRESS:
			return rest.len > 0 ? apply(o, row, rest, e) :
			    separate(o, row, line, e);
		case REST:
			return apply(o, row, rest, e);
		}
	}
	return 0;
}

/*
 * A run of the queue reads no message: who names recipients as well wants
 * something else, and must not be told that it is done.
 */
static int
check(struct options *o, struct err *e)
{
	/*
	 * To sendmail -oit is -oi with the value "true".  With recipients on
	 * the command line it stays that; without any it can only mean -t.
	 */
	if (o->perhaps_extract && o->operands.count == 0)
		o->extract = true;
	switch (o->mode) {
	case MODE_FLUSH:
	case MODE_DAEMON:
	case MODE_WATCH:
		if (o->operands.count > 0 || o->extract)
			return err_set(e, EX_USAGE,
			    "a run of the queue takes no recipients");
		return 0;
	case MODE_VERIFY:
		if (o->operands.count == 0)
			return err_set(e, EX_USAGE, "-bv: it wants addresses");
		return 0;
	case MODE_SUBMIT:
	case MODE_SERVE:
	case MODE_LIST:
	case MODE_COUNT:
	case MODE_ALIASES:
	case MODE_CHECK:
	case MODE_REWRITE:
	case MODE_NOTHING:
	case MODE_HELP:
	case MODE_VERSION:
		return 0;
	}
	return 0;
}

int
options_parse(struct options *o, int argc, char *const *argv, struct err *e)
{
	struct line line = { argc - 1, argv + 1 };
	bool more = true;	/* options: no "--" yet */
	struct str word;
	int rc = 0;

	while (rc == 0 && next(&line, &word)) {
		if (!more || word.len < 2 || word.ptr[0] != '-')
			strs_add(&o->operands, word);
		else if (str_eq(word, STR("--")))
			more = false;
		else if (word.ptr[1] == '-')
			rc = parse_long(o, word, &line, e);
		else
			rc = parse_cluster(o, word, &line, e);
	}
	return rc < 0 ? -1 : check(o, e);
}

void
options_free(struct options *o)
{
	strs_free(&o->operands);
	strs_free(&o->select);
	buf_free(&o->sender);
	buf_free(&o->name);
	buf_free(&o->envid);
	buf_free(&o->trace);
	buf_free(&o->config);
	buf_free(&o->account);
	*o = (struct options){ 0 };
}
