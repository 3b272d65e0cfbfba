// SPDX-License-Identifier: ISC
/*
 * relay.c - the program that has the secrets and the network
 */
#include "relay/relay.h"

#include <stdio.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include <gnutls/gnutls.h>

#include "base/table.h"
#include "guard/environment.h"
#include "guard/fds.h"
#include "guard/ids.h"
#include "guard/process.h"
#include "queue/spool.h"
#include "relay/run.h"

#include "config.h"

struct options {
	struct run_options run;
	bool help, version;
};

typedef int take_fn(struct options *o, const char *argument, struct err *e);

static int
take_config(struct options *o, const char *argument, struct err *e)
{
	(void)e;
	o->run.config = argument;
	return 0;
}

static int
take_deliver(struct options *o, const char *argument, struct err *e)
{
	o->run.orders.only_one = true;
	o->run.orders.report.fd = STDOUT_FILENO;
	if (!id_parse(str_of(argument), &o->run.orders.id))
		return err_set(e, EX_USAGE, "--deliver: not an ID");
	return 0;
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
take_help(struct options *o, const char *argument, struct err *e)
{
	(void)argument;
	(void)e;
	o->help = true;
	return 0;
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
take_version(struct options *o, const char *argument, struct err *e)
{
	(void)argument;
	(void)e;
	o->version = true;
	return 0;
}

static int
take_watch(struct options *o, const char *argument, struct err *e)
{
	(void)argument;
	(void)e;
	o->run.watch = true;
	return 0;
}

static const struct option {
	const char *name;
	const char *argument;	/* what it is called in the usage, or NULL */
	take_fn *take;
	const char *help;
} options[] = {
	{ "--config", "FILE", take_config, "another configuration" },
	{ "--deliver", "ID", take_deliver, "only this message, and report" },
	{ "--flush", NULL, take_flush, "also what is not due yet" },
	{ "--help", NULL, take_help, "this text" },
	{ "--spool", "DIR", take_spool, "another queue" },
	{ "--verbose", NULL, take_verbose, "dialogue and log on stderr" },
	{ "--version", NULL, take_version, "what is built in" },
	{ "--watch", NULL, take_watch, "stay, and deliver what comes" },
};

static void
print_help(void)
{
	puts("usage: minismtp-relay [options]\n\n"
	    "Carries the queue to the relay.  Options:\n");
	for (size_t i = 0; i < TABLE_COUNT(options); i++)
		printf("  %s %-*s  %s\n", options[i].name,
		    (int)(14 - strlen(options[i].name)),
		    options[i].argument != NULL ? options[i].argument : "",
		    options[i].help);
	puts("\nSee minismtp-relay(8).");
}

static void
print_version(void)
{
	printf("%s\nGnuTLS %s\nqueue %s, configuration %s\n", PACKAGE_STRING,
	    gnutls_check_version(NULL), SPOOLDIR,
	    SYSCONFDIR "/minismtp.conf");
}

static int
parse(struct options *o, int argc, char *argv[], struct err *e)
{
	for (int i = 1; i < argc; i++) {
		const struct option *row = TABLE_FIND(options,
		    str_of(argv[i]));
		const char *argument = NULL;

		if (row == NULL)
			return err_set(e, EX_USAGE, "%s: no such option; try "
			    "minismtp-relay --help", argv[i]);
		if (row->argument != NULL && ++i < argc)
			argument = argv[i];
		if (row->argument != NULL && argument == NULL)
			return err_set(e, EX_USAGE, "%s: %s is missing",
			    row->name, row->argument);
		if (row->take(o, argument, e) < 0)
			return -1;
	}
	if ((o->run.config != NULL) != (o->run.spool != NULL))
		return err_set(e, EX_USAGE,
		    "--config and --spool go together");
	return 0;
}

/*
 * The machine's queue belongs to an account of its own: root becomes it before
 * anything is read that others have written.
 */
static int
enter_system(struct run_options *o, struct err *e)
{
	/* What a service manager says to its services. */
	static const char *const kept[] = { "CREDENTIALS_DIRECTORY",
	    "NOTIFY_SOCKET", "WATCHDOG_USEC", NULL };
	struct spool s = { 0 };
	int rc = 0;

	environment_clear(kept);
	o->config = SYSCONFDIR "/minismtp.conf";
	o->spool = SPOOLDIR;
	if (geteuid() != 0)
		return 0;
	if (spool_open(&s, o->spool, e) < 0)
		return -1;
	if (s.owner == 0)
		rc = err_set(e, EX_TEMPFAIL, "spool %s: belongs to root: "
		    "cd to it, chown " MAIL_USER ":" MAIL_GROUP
		    " tmp new cur failed", o->spool);
	else
		rc = ids_become(s.owner, s.group, e);
	spool_close(&s);
	return rc;
}

static int
enter(struct run_options *o, struct err *e)
{
	if (process_reset(e) < 0 || fds_clean(e) < 0)
		return -1;
	if (o->config == NULL)
		return enter_system(o, e);
	o->personal = true;
	if (ids_give_back(e) < 0)
		return -1;
	environment_clear(environment_personal);
	return 0;
}

int
relay_main(int argc, char *argv[])
{
	struct options o = { 0 };
	struct err e = { 0 };
	int status;

	if (parse(&o, argc, argv, &e) < 0 || (!o.help && !o.version &&
	    enter(&o.run, &e) < 0)) {
		fprintf(stderr, "minismtp-relay: %s\n", buf_cstr(&e.text));
		report_send(&o.run.orders.report, "done", "%d %s", EX_TEMPFAIL,
		    buf_cstr(&e.text));
		status = e.code;
		err_clear(&e);
		return status;
	}
	if (o.help)
		print_help();
	else if (o.version)
		print_version();
	else
		return run(&o.run);
	return EX_OK;
}
