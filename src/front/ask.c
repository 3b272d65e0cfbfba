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
#include "base/vis.h"
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

static const struct view {
	const char *name;
	const char *question;
	bool files;		/* may stand behind it */
} views[] = {
	{ "--check", "--check", true },
	{ "--defaults", "--defaults", false },
	{ "--json", "--json", false },
};

static int
refuse(struct str word)
{
	struct buf shown = { 0 };

	vis_add_some(&shown, word, 60);
	fprintf(stderr, "minismtp: config: %s: what is that?\n"
	    "usage: minismtp config"
	    " [--check [file ...] | --defaults | --json]\n",
	    buf_cstr(&shown));
	buf_free(&shown);
	return EX_USAGE;
}

int
ask_config(const struct options *o)
{
	const struct strs *said = &o->operands;
	const struct view *view = said->count == 0 ? NULL :
	    TABLE_FIND(views, strs_at(said, 0));
	struct strs words = { 0 };
	int status;

	if (said->count > 0 && view == NULL)
		return refuse(strs_at(said, 0));
	if (said->count > 1 && !view->files)
		return refuse(strs_at(said, 1));
	add(&words, view != NULL ? view->question : "--print", NULL);
	if (said->count > 1)
		add(&words, "--", NULL);
	for (size_t i = 1; i < said->count; i++)
		strs_add(&words, strs_at(said, i));
	status = become(o, &words);
	strs_free(&words);
	return status;
}
