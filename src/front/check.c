// SPDX-License-Identifier: ISC
/*
 * check.c - what is wrong with my mail?
 */
#include "front/check.h"

#include <sysexits.h>

#include "front/ask.h"
#include "front/options.h"

struct wishes {
	struct options options;
	struct buf account, send;
	bool json, offline;
};

static const struct verb_option options[] = {
	{ "account", '\0', "NAME", verb_text,
	    offsetof(struct wishes, account),
	    "only the relays of this account", COMPLETES_ACCOUNT },
	{ "config", 'C', "FILE", verb_config,
	    offsetof(struct wishes, options),
	    "personal use, with this configuration", COMPLETES_FILE },
	{ "json", '\0', NULL, verb_flag, offsetof(struct wishes, json),
	    "what was found, for programs", COMPLETES_NOTHING },
	{ "offline", '\0', NULL, verb_flag, offsetof(struct wishes, offline),
	    "nothing that needs the network", COMPLETES_NOTHING },
	{ "send", '\0', "ADDRESS", verb_text, offsetof(struct wishes, send),
	    "and send a message there, to see it arrive",
	    COMPLETES_ADDRESS },
	{ 0 }
};

static void
add(struct strs *words, const char *option, const struct buf *value)
{
	if (value->len == 0)
		return;
	strs_add(words, str_of(option));
	strs_add(words, buf_str(value));
}

static int
run(void *wish, const struct strs *operands, struct err *e)
{
	const struct wishes *w = wish;
	struct strs words = { 0 };
	int status;

	(void)operands;
	if (w->offline && w->send.len > 0)
		return err_set(e, EX_USAGE, "--send wants the network");
	strs_add(&words, STR("--examine"));
	if (w->json)
		strs_add(&words, STR("--json"));
	if (w->offline)
		strs_add(&words, STR("--offline"));
	add(&words, "--account", &w->account);
	add(&words, "--send", &w->send);
	status = ask_become(&w->options, &words);
	strs_free(&words);
	return status;
}

static void
wishes_free(void *wish)
{
	struct wishes *w = wish;

	buf_free(&w->account);
	options_free(&w->options);
	buf_free(&w->send);
}

const struct verb check_verb = {
	.name = "check",
	.words = "say what is wrong with one's mail, and what mends it",
	.operands = "",
	.options = options,
	.size = sizeof(struct wishes),
	.run = run,
	.free = wishes_free,
};
