// SPDX-License-Identifier: ISC
/*
 * options.c - what minismtp-relay was started for
 */
#include "relay/options.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/table.h"
#include "base/xmem.h"
#include "relay/about.h"
#include "relay/adopt.h"
#include "relay/converse.h"
#include "relay/examine.h"
#include "relay/explain.h"
#include "relay/inspect.h"
#include "relay/select.h"
#include "relay/setup.h"
#include "relay/verify.h"

static int print_help(const struct question *q);

typedef int take_fn(struct options *o, const char *argument, struct err *e);

static int
take_account(struct options *o, const char *argument, struct err *e)
{
	(void)e;
	o->question.account = argument;
	return 0;
}

static int
ask(struct options *o, int (*answer)(const struct question *q), struct err *e)
{
	if (o->answer != NULL && o->answer != answer)
		return err_set(e, EX_USAGE, "one question at a time");
	o->answer = answer;
	return 0;
}

static int
take_check(struct options *o, const char *argument, struct err *e)
{
	(void)argument;
	return ask(o, inspect_config, e);
}

static int
take_check_aliases(struct options *o, const char *argument, struct err *e)
{
	(void)argument;
	return ask(o, inspect_aliases, e);
}

static int
take_config(struct options *o, const char *argument, struct err *e)
{
	(void)e;
	o->run.config = argument;
	return 0;
}

static int
take_converse(struct options *o, const char *argument, struct err *e)
{
	(void)argument;
	return ask(o, converse, e);
}

static int
take_defaults(struct options *o, const char *argument, struct err *e)
{
	(void)argument;
	o->asks_nothing = true;
	return ask(o, inspect_defaults, e);
}

static int
take_deliver(struct options *o, const char *argument, struct err *e)
{
	struct orders *orders = &o->run.orders;

	orders->only_these = true;
	orders->report.fd = STDOUT_FILENO;
	if (strcmp(argument, "-") == 0) {
		orders->to_hear = true;
		return 0;
	}
	orders->id = xgrow(orders->id, orders->ids, sizeof(*orders->id));
	if (!id_parse(str_of(argument), &orders->id[orders->ids++]))
		return err_set(e, EX_USAGE, "--deliver: not an ID");
	return 0;
}

static int
take_etrn(struct options *o, const char *argument, struct err *e)
{
	(void)e;
	o->wake = argument;
	return 0;
}

/* What "--json" means depends on what else is asked. */
static int
take_examine(struct options *o, const char *argument, struct err *e)
{
	(void)argument;
	if (o->answer == inspect_json)
		o->answer = NULL;
	return ask(o, examine, e);
}

static int
take_explain(struct options *o, const char *argument, struct err *e)
{
	(void)argument;
	return ask(o, explain, e);
}

static int
take_flush(struct options *o, const char *argument, struct err *e)
{
	(void)argument;
	(void)e;
	o->run.orders.flush = true;
	return 0;
}

static int
take_format(struct options *o, const char *argument, struct err *e)
{
	(void)e;
	o->question.format = argument;
	return 0;
}

static int
take_help(struct options *o, const char *argument, struct err *e)
{
	(void)argument;
	o->asks_nothing = true;
	return ask(o, print_help, e);
}

static int
take_import(struct options *o, const char *argument, struct err *e)
{
	(void)argument;
	return ask(o, adopt, e);
}

static int
take_json(struct options *o, const char *argument, struct err *e)
{
	(void)argument;
	o->question.json = true;
	return o->answer == examine ? 0 : ask(o, inspect_json, e);
}

static int
take_offline(struct options *o, const char *argument, struct err *e)
{
	(void)argument;
	(void)e;
	o->question.offline = true;
	return 0;
}

static int
take_print(struct options *o, const char *argument, struct err *e)
{
	(void)argument;
	return ask(o, inspect_print, e);
}

static int
take_send(struct options *o, const char *argument, struct err *e)
{
	struct str in = str_of(argument);
	bool good = in.len > 0 && argument[0] != '-';
	char c;

	while (str_eat_byte(&in, &c))
		good &= !str_is_control(c);
	o->question.send = argument;
	return good ? 0 : err_set(e, EX_USAGE, "--send: this is no address");
}

static int
take_sender(struct options *o, const char *argument, struct err *e)
{
	(void)e;
	o->question.sender = argument;
	return 0;
}

static int
take_show(struct options *o, const char *argument, struct err *e)
{
	(void)argument;
	(void)e;
	o->question.show_passwords = true;
	return 0;
}

static int
set_up(const struct question *q)
{
	return setup(q->config, q->personal, &q->about);
}

static int
take_setup(struct options *o, const char *argument, struct err *e)
{
	(void)argument;
	return ask(o, set_up, e);
}

static int
take_spool(struct options *o, const char *argument, struct err *e)
{
	(void)e;
	o->run.spool = argument;
	return 0;
}

static int
take_verbose(struct options *o, const char *argument, struct err *e)
{
	(void)argument;
	(void)e;
	o->run.orders.verbose = true;
	return 0;
}

static int
take_verify(struct options *o, const char *argument, struct err *e)
{
	(void)argument;
	return ask(o, verify, e);
}

static int
take_version(struct options *o, const char *argument, struct err *e)
{
	(void)argument;
	o->asks_nothing = true;
	return ask(o, about_version, e);
}

static int
take_watch(struct options *o, const char *argument, struct err *e)
{
	(void)argument;
	(void)e;
	o->run.watch = true;
	return 0;
}

static int
take_write(struct options *o, const char *argument, struct err *e)
{
	(void)argument;
	(void)e;
	o->question.write = true;
	return 0;
}

static const struct option {
	const char *name;
	const char *argument;	/* what it is called in the usage, or NULL */
	take_fn *take;
	const char *help;
} options[] = {
	{ "--account", "NAME", take_account, "to be asked about: by it" },
	{ "--check", NULL, take_check, "every mistake of the configuration" },
	{ "--check-aliases", NULL, take_check_aliases, "of the alias file" },
	{ "--config", "FILE", take_config, "another configuration" },
	{ "--converse", NULL, take_converse, "one session for a person" },
	{ "--defaults", NULL, take_defaults, "every key and its default" },
	{ "--deliver", "ID", take_deliver, "only this (-: told by stdin)" },
	{ "--etrn", "NAME", take_etrn, "the relay shall send what it holds" },
	{ "--examine", NULL, take_examine, "what is wrong with my mail?" },
	{ "--explain", NULL, take_explain, "what becomes of a MESSAGE" },
	{ "--flush", NULL, take_flush, "also what is not due yet" },
	{ "--format", "PROGRAM", take_format, "for --import: whose it is" },
	{ "--help", NULL, take_help, "this text" },
	{ "--import", NULL, take_import, "another program's configuration" },
	{ "--json", NULL, take_json, "the configuration or findings as JSON" },
	{ "--offline", NULL, take_offline, "for --examine: no network" },
	{ "--print", NULL, take_print, "the configuration in force" },
	{ "--send", "ADDRESS", take_send, "for --examine: a message too" },
	{ "--sender", "ADDRESS", take_sender, "to be asked about: as -f" },
	{ "--setup", NULL, take_setup, "make a configuration" },
	{ "--show-passwords", NULL, take_show, "for --import: as well" },
	{ "--spool", "DIR", take_spool, "another queue" },
	{ "--verbose", NULL, take_verbose, "dialogue and log on stderr" },
	{ "--verify", NULL, take_verify, "what becomes of each ADDRESS" },
	{ "--version", NULL, take_version, "what is built in" },
	{ "--watch", NULL, take_watch, "stay, and deliver what comes" },
	{ "--write", NULL, take_write, "for --import: not only print it" },
};

static int
print_help(const struct question *q)
{
	(void)q;
	puts("usage: minismtp-relay [options] [-- word ...]\n\n"
	    "Carries the queue to the relay.  Options:\n");
	for (size_t i = 0; i < TABLE_COUNT(options); i++)
		printf("  %s %-*s  %s\n", options[i].name,
		    (int)(18 - strlen(options[i].name)),
		    options[i].argument != NULL ? options[i].argument : "",
		    options[i].help);
	puts("\nSee minismtp-relay(8).");
	return EX_OK;
}

static bool
takes_words(const struct options *o)
{
	return o->answer == verify || o->answer == explain ||
	    o->answer == inspect_config || o->answer == set_up;
}

/* Behind "--" are no options: addresses, files, what a flush selects. */
static int
take_words(struct options *o, int argc, char *argv[], struct err *e)
{
	bool selects = o->answer == NULL && o->run.orders.flush;

	if (!selects && !takes_words(o) && argc > (o->answer == adopt))
		return err_set(e, EX_USAGE, "%s: what is that for?", argv[0]);
	for (int i = 0; i < argc; i++) {
		if (selects && !select_is_valid(str_of(argv[i])))
			return err_set(e, EX_USAGE, "%s: selects nothing; "
			    "try I=ID, R=RECIPIENT or S=SENDER", argv[i]);
		strs_add(&o->question.about, str_of(argv[i]));
	}
	if (selects)
		o->run.orders.select = &o->question.about;
	return 0;
}

static int
take_option(struct options *o, int argc, char *argv[], int *i, struct err *e)
{
	const struct option *row = TABLE_FIND(options, str_of(argv[*i]));
	const char *argument = NULL;

	if (row == NULL)
		return err_set(e, EX_USAGE, "%s: no such option; try "
		    "minismtp-relay --help", argv[*i]);
	if (row->argument != NULL && ++*i < argc)
		argument = argv[*i];
	if (row->argument != NULL && argument == NULL)
		return err_set(e, EX_USAGE, "%s: %s is missing", row->name,
		    row->argument);
	return row->take(o, argument, e);
}

int
options_parse(struct options *o, int argc, char *argv[], struct err *e)
{
	int i = 1;

	for (; i < argc && !str_eq(str_of(argv[i]), STR("--")); i++)
		if (take_option(o, argc, argv, &i, e) < 0)
			return -1;
	if ((o->run.config != NULL) != (o->run.spool != NULL))
		return err_set(e, EX_USAGE,
		    "--config and --spool go together");
	return i < argc ? take_words(o, argc - i - 1, argv + i + 1, e) : 0;
}

void
options_free(struct options *o)
{
	strs_free(&o->question.about);
	free(o->run.orders.id);
	*o = (struct options){ 0 };
}
