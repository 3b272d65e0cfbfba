// SPDX-License-Identifier: ISC
/*
 * wish.c - what was said behind "minismtp queue"
 */
#include "front/wish.h"

#include <sysexits.h>

#include "base/table.h"

static int
set_age(struct wish *w, struct str value, struct err *e)
{
	return choice_eat_time(value, &w->limits.age) ? 0 :
	    err_set(e, EX_USAGE, "--age: a time is 90, 30m, 4h or 2d");
}

static int
number(uint64_t *n, const char *name, struct str value, struct err *e)
{
	return str_eat_number(&value, n) && value.len == 0 ? 0 :
	    err_set(e, EX_USAGE, "%s: it wants a number", name);
}

static int
set_check(struct wish *w, struct str value, struct err *e)
{
	(void)value;
	(void)e;
	buf_set(&w->verb, STR("check"));
	return 0;
}

static int
set_config(struct wish *w, struct str value, struct err *e)
{
	(void)e;
	w->options.config_given = true;
	buf_set(&w->options.config, value);
	return 0;
}

static int
set_crit(struct wish *w, struct str value, struct err *e)
{
	return number(&w->limits.crit, "--crit", value, e);
}

static int
set_json(struct wish *w, struct str value, struct err *e)
{
	(void)value;
	(void)e;
	w->options.json = true;
	return 0;
}

static int
set_older(struct wish *w, struct str value, struct err *e)
{
	return choice_eat_time(value, &w->choice.older) ? 0 :
	    err_set(e, EX_USAGE, "--older: a time is 90, 30m, 4h or 2d");
}

static int
set_recipient(struct wish *w, struct str value, struct err *e)
{
	(void)e;
	strs_add(&w->choice.recipients, value);
	return 0;
}

static int
set_sender(struct wish *w, struct str value, struct err *e)
{
	(void)e;
	strs_add(&w->choice.senders, str_eq(value, STR("<>")) ? STR("") :
	    value);
	return 0;
}

static int
set_warn(struct wish *w, struct str value, struct err *e)
{
	return number(&w->limits.warn, "--warn", value, e);
}

static const struct option {
	const char *name;
	const char *value;	/* what it is called, or NULL */
	int (*set)(struct wish *w, struct str value, struct err *e);
	const char *help;
} options[] = {
	{ "--age", "TIME", set_age, "check: critical when one waits so long" },
	{ "--check", NULL, set_check, "as the verb check" },
	{ "--config", "FILE", set_config, "personal use, as sendmail -C" },
	{ "--crit", "N", set_crit, "check: critical from so many on (100)" },
	{ "--json", NULL, set_json, "list: one object for each message" },
	{ "--older", "TIME", set_older, "handed in so long ago" },
	{ "--recipient", "ADDRESS", set_recipient, "waiting for ADDRESS" },
	{ "--sender", "ADDRESS", set_sender, "from ADDRESS, or @DOMAIN" },
	{ "--warn", "N", set_warn, "check: a warning from so many on (20)" },
};

void
wish_help(struct buf *out)
{
	for (size_t i = 0; i < TABLE_COUNT(options); i++)
		buf_printf(out, "  %-11s %-8s %s\n", options[i].name,
		    options[i].value != NULL ? options[i].value : "",
		    options[i].help);
}

static int
take_option(struct wish *w, const struct strs *words, size_t *i,
    struct err *e)
{
	const char *word = buf_cstr(&words->item[*i]);
	struct str name = str_of(word), value = name;
	const struct option *row;
	bool joined = str_eat_until(&value, '=', &name);

	row = TABLE_FIND(options, name);
	if (row == NULL)
		return err_set(e, EX_USAGE, "queue: %s: no such option",
		    word);
	if (row->value == NULL && joined)
		return err_set(e, EX_USAGE, "queue: %s: takes no value",
		    row->name);
	if (row->value != NULL && !joined) {
		if (++*i >= words->count)
			return err_set(e, EX_USAGE, "queue: %s: %s is missing",
			    row->name, row->value);
		value = strs_at(words, *i);
	}
	return row->set(w, value, e);
}

static void
take_word(struct wish *w, struct str word)
{
	if (w->verb.len == 0)
		buf_set(&w->verb, word);
	else if (str_eq(word, STR("all")))
		w->all = true;
	else
		strs_add(&w->choice.ids, word);
}

int
wish_parse(struct wish *w, const struct strs *words, struct err *e)
{
	for (size_t i = 0; i < words->count; i++) {
		struct str word = strs_at(words, i);

		if (!str_eat(&word, STR("-")))
			take_word(w, word);
		else if (take_option(w, words, &i, e) < 0)
			return -1;
	}
	if (w->verb.len == 0)
		buf_puts(&w->verb, "list");
	if (w->all && w->choice.ids.count > 0)
		return err_set(e, EX_USAGE, "queue: all, or IDs");
	return 0;
}

bool
wish_is_choosy(const struct wish *w)
{
	const struct choice *c = &w->choice;

	return c->senders.count > 0 || c->recipients.count > 0 ||
	    c->older > 0 || c->select.count > 0;
}

void
wish_free(struct wish *w)
{
	choice_free(&w->choice);
	options_free(&w->options);
	buf_free(&w->verb);
}
