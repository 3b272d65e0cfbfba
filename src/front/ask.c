// SPDX-License-Identifier: ISC
/*
 * ask.c - questions that need the configuration
 */
#include "front/ask.h"

#include <stdio.h>
#include <stdlib.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/xmem.h"
#include "front/place.h"

static const char *
question(enum mode mode)
{
	switch (mode) {
	case MODE_ALIASES:
		return "--check-aliases";
	case MODE_VERIFY:
		return "--verify";
	case MODE_CHECK:
		return "--check";
	case MODE_FLUSH:
		return "--flush";
	case MODE_WATCH:
		return "--watch";
	case MODE_SUBMIT:
	case MODE_SERVE:
	case MODE_LIST:
	case MODE_COUNT:
	case MODE_DAEMON:
	case MODE_REWRITE:
	case MODE_NOTHING:
	case MODE_HELP:
	case MODE_VERSION:
		break;
	}
	return "--help";
}

/* What the question is about, or NULL. */
static const struct strs *
subjects(const struct options *o)
{
	if (o->mode == MODE_VERIFY)
		return &o->operands;
	return o->mode == MODE_FLUSH ? &o->select : NULL;
}

/*
 * Become the relay program.  The words are its options; personal use goes in
 * front of them.
 */
static int
become(const struct options *o, const struct strs *words)
{
	const char **argv = xcalloc(words->count + 6, sizeof(*argv));
	struct place p = { 0 };
	struct err e = { 0 };
	size_t n = 0;

	if (place_find(&p, o, &e) == 0) {
		argv[n++] = "minismtp-relay";
		if (p.personal) {
			argv[n++] = "--spool";
			argv[n++] = buf_cstr(&p.spool);
			argv[n++] = "--config";
			argv[n++] = buf_cstr(&p.config);
		}
		for (size_t i = 0; i < words->count; i++)
			argv[n++] = buf_cstr(&words->item[i]);
		fflush(NULL);
		execv(buf_cstr(&p.relay), (char *const *)argv);
		err_sys(&e, EX_TEMPFAIL, "cannot run %s", buf_cstr(&p.relay));
	}
	fprintf(stderr, "minismtp: %s\n", buf_cstr(&e.text));
	n = (size_t)e.code;
	place_free(&p);
	err_clear(&e);
	free(argv);
	return (int)n;
}

static void
add(struct strs *words, const char *option, const struct buf *value)
{
	strs_add(words, str_of(option));
	if (value != NULL)
		strs_add(words, buf_str(value));
}

int
ask_relay(const struct options *o)
{
	const struct strs *list = subjects(o);
	struct strs words = { 0 };
	int status;

	add(&words, question(o->mode), NULL);
	if (o->verbose)
		add(&words, "--verbose", NULL);
	if (o->mode == MODE_VERIFY && o->sender_given)
		add(&words, "--sender", &o->sender);
	if (o->mode == MODE_VERIFY && o->account.len > 0)
		add(&words, "--account", &o->account);
	if (list != NULL && list->count > 0)
		add(&words, "--", NULL);
	for (size_t i = 0; list != NULL && i < list->count; i++)
		strs_add(&words, strs_at(list, i));
	status = become(o, &words);
	strs_free(&words);
	return status;
}

struct view {
	bool check, defaults, json;
};

static const struct verb_option config_options[] = {
	{ "check", '\0', NULL, verb_flag, offsetof(struct view, check),
	    "every mistake, of the configuration or of the files",
	    COMPLETES_NOTHING },
	{ "defaults", '\0', NULL, verb_flag, offsetof(struct view, defaults),
	    "every key, what it is for, and its default",
	    COMPLETES_NOTHING },
	{ "json", '\0', NULL, verb_flag, offsetof(struct view, json),
	    "the configuration for programs", COMPLETES_NOTHING },
	{ 0 }
};

static int
run_config(void *wish, const struct strs *operands, struct err *e)
{
	const struct view *view = wish;
	const struct options none = { 0 };
	struct strs words = { 0 };
	int status;

	if (view->check + view->defaults + view->json > 1)
		return err_set(e, EX_USAGE, "one question at a time");
	if (operands->count > 0 && !view->check)
		return err_set(e, EX_USAGE, "files go with --check");
	add(&words, view->check ? "--check" : view->defaults ? "--defaults" :
	    view->json ? "--json" : "--print", NULL);
	if (operands->count > 0)
		add(&words, "--", NULL);
	for (size_t i = 0; i < operands->count; i++)
		strs_add(&words, strs_at(operands, i));
	status = become(&none, &words);
	strs_free(&words);
	return status;
}

const struct verb config_verb = {
	.name = "config",
	.words = "print the configuration in force, or check it",
	.operands = "[file ...]",
	.completes = COMPLETES_FILE,
	.options = config_options,
	.size = sizeof(struct view),
	.run = run_config,
};
