// SPDX-License-Identifier: ISC
/*
 * wish.c - what was said behind "minismtp queue"
 */
#include "front/wish.h"

#include <sysexits.h>

static int
set_time(void *at, struct str value, struct err *e)
{
	return choice_eat_time(value, at) ? 0 :
	    err_set(e, EX_USAGE, "a time is 90, 30m, 4h or 2d");
}

static int
set_check(void *at, struct str value, struct err *e)
{
	(void)value;
	(void)e;
	buf_set(at, STR("check"));
	return 0;
}

static int
add_sender(void *at, struct str value, struct err *e)
{
	(void)e;
	strs_add(at, str_eq(value, STR("<>")) ? STR("") : value);
	return 0;
}

#define AT(member) offsetof(struct wish, member)

const struct verb_option wish_options[] = {
	{ "age", '\0', "TIME", set_time, AT(limits.age),
	    "check: critical when one waits so long", COMPLETES_NOTHING },
	{ "check", '\0', NULL, set_check, AT(verb),
	    "as the verb check", COMPLETES_NOTHING },
	{ "config", 'C', "FILE", verb_config, AT(options),
	    "personal use, as sendmail -C", COMPLETES_FILE },
	{ "crit", '\0', "N", verb_number, AT(limits.crit),
	    "check: critical from so many on (100)", COMPLETES_NOTHING },
	{ "json", '\0', NULL, verb_flag, AT(options.json),
	    "list: one object for each message", COMPLETES_NOTHING },
	{ "older", '\0', "TIME", set_time, AT(choice.older),
	    "handed in so long ago", COMPLETES_NOTHING },
	{ "recipient", '\0', "ADDRESS", verb_texts, AT(choice.recipients),
	    "waiting for ADDRESS", COMPLETES_ADDRESS },
	{ "sender", '\0', "ADDRESS", add_sender, AT(choice.senders),
	    "from ADDRESS, or @DOMAIN", COMPLETES_ADDRESS },
	{ "warn", '\0', "N", verb_number, AT(limits.warn),
	    "check: a warning from so many on (20)", COMPLETES_NOTHING },
	{ 0 }
};

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
wish_words(struct wish *w, const struct strs *words, struct err *e)
{
	for (size_t i = 0; i < words->count; i++)
		take_word(w, strs_at(words, i));
	if (w->verb.len == 0)
		buf_puts(&w->verb, "list");
	if (w->all && w->choice.ids.count > 0)
		return err_set(e, EX_USAGE, "all, or IDs");
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
