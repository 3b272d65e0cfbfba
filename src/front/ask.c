// SPDX-License-Identifier: ISC
/*
 * ask.c - questions that need the configuration
 */
#include "front/ask.h"

#include <stdio.h>
#include <stdlib.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/table.h"
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

int
ask_at(const struct place *p, const struct strs *words, struct err *e)
{
	const char **argv = xcalloc(words->count + 6, sizeof(*argv));
	size_t n = 0;

	argv[n++] = "minismtp-relay";
	if (p->personal) {
		argv[n++] = "--spool";
		argv[n++] = buf_cstr(&p->spool);
		argv[n++] = "--config";
		argv[n++] = buf_cstr(&p->config);
	}
	for (size_t i = 0; i < words->count; i++)
		argv[n++] = buf_cstr(&words->item[i]);
	fflush(NULL);
	execv(buf_cstr(&p->relay), (char *const *)argv);
	free(argv);
	return err_sys(e, EX_TEMPFAIL, "cannot run %s", buf_cstr(&p->relay));
}

/* With the configuration that is in force. */
int
ask_become(const struct options *o, const struct strs *words)
{
	struct place p = { 0 };
	struct err e = { 0 };
	int status;

	if (place_find(&p, o, &e) == 0)
		(void)ask_at(&p, words, &e);
	fprintf(stderr, "minismtp: %s\n", buf_cstr(&e.text));
	status = e.code;
	place_free(&p);
	err_clear(&e);
	return status;
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
	status = ask_become(o, &words);
	strs_free(&words);
	return status;
}

struct view {
	bool check, defaults, explain, json;
	struct buf account, sender;
};

static const struct verb_option config_options[] = {
	{ "account", '\0', "NAME", verb_text, offsetof(struct view, account),
	    "explain: by this account", COMPLETES_ACCOUNT },
	{ "check", '\0', NULL, verb_flag, offsetof(struct view, check),
	    "every mistake, of the configuration or of the files",
	    COMPLETES_NOTHING },
	{ "defaults", '\0', NULL, verb_flag, offsetof(struct view, defaults),
	    "every key, what it is for, and its default",
	    COMPLETES_NOTHING },
	{ "explain", '\0', NULL, verb_flag, offsetof(struct view, explain),
	    "what becomes of a message (a file, - or an ID) and why;"
	    " recipients may follow", COMPLETES_NOTHING },
	{ "json", '\0', NULL, verb_flag, offsetof(struct view, json),
	    "the configuration for programs", COMPLETES_NOTHING },
	{ "sender", 'f', "ADDRESS", verb_text, offsetof(struct view, sender),
	    "explain: as with sendmail -f", COMPLETES_ADDRESS },
	{ 0 }
};

static int
check_view(const struct view *v, size_t operands, struct err *e)
{
	if (v->check + v->defaults + v->explain + v->json > 1)
		return err_set(e, EX_USAGE, "one question at a time");
	if (operands > 0 && !v->check && !v->explain)
		return err_set(e, EX_USAGE,
		    "files go with --check or --explain");
	if (operands == 0 && v->explain)
		return err_set(e, EX_USAGE,
		    "--explain: which message? (a file, - or an ID)");
	if (!v->explain && v->account.len + v->sender.len > 0)
		return err_set(e, EX_USAGE,
		    "--account and --sender go with --explain");
	return 0;
}

static const char *
asked(const struct view *v)
{
	const struct {
		bool is;
		const char *question;
	} rows[] = {
		{ v->check, "--check" },
		{ v->defaults, "--defaults" },
		{ v->explain, "--explain" },
		{ v->json, "--json" },
	};

	for (size_t i = 0; i < TABLE_COUNT(rows); i++)
		if (rows[i].is)
			return rows[i].question;
	return "--print";
}

static void
free_view(void *wish)
{
	struct view *view = wish;

	buf_free(&view->account);
	buf_free(&view->sender);
}

static int
run_config(void *wish, const struct strs *operands, struct err *e)
{
	const struct view *view = wish;
	const struct options none = { 0 };
	struct strs words = { 0 };
	int status;

	if (check_view(view, operands->count, e) < 0)
		return -1;
	add(&words, asked(view), NULL);
	if (view->sender.len > 0)
		add(&words, "--sender", &view->sender);
	if (view->account.len > 0)
		add(&words, "--account", &view->account);
	if (operands->count > 0)
		add(&words, "--", NULL);
	for (size_t i = 0; i < operands->count; i++)
		strs_add(&words, strs_at(operands, i));
	status = ask_become(&none, &words);
	strs_free(&words);
	return status;
}

const struct verb config_verb = {
	.name = "config",
	.words = "print the configuration in force, check or explain it",
	.operands = "[file ...]",
	.completes = COMPLETES_FILE,
	.options = config_options,
	.size = sizeof(struct view),
	.run = run_config,
	.free = free_view,
};
