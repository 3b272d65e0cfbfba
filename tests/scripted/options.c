// SPDX-License-Identifier: ISC
/*
 * options.c - what the scripted relay is told on its command line
 */
#include "scripted/options.h"

#include <getopt.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/table.h"

static const char *const usual_offers[] = { "PIPELINING", "SIZE 52428800",
    "8BITMIME", "ENHANCEDSTATUSCODES", "DSN", "CHUNKING", "SMTPUTF8" };

static unsigned
number(const char *s)
{
	struct str in = str_of(s);
	uint64_t value;

	if (!str_eat_number(&in, &value) || in.len > 0 || value > INT_MAX) {
		(void)fprintf(stderr, "%s: not a number\n", s);
		exit(EXIT_FAILURE);
	}
	return (unsigned)value;
}

static void
set_address(struct options *o, const char *s)
{
	o->address = s;
}

static void
set_cert(struct options *o, const char *s)
{
	o->tls.kind = s;
}

static void
set_ask(struct options *o, const char *s)
{
	(void)s;
	o->tls.ask = true;
}

static void
set_connections(struct options *o, const char *s)
{
	o->connections = number(s);
}

static void
set_delay(struct options *o, const char *s)
{
	o->set.delay = number(s);
}

static void
set_into(struct options *o, const char *s)
{
	o->into = s;
}

static void
set_mechanisms(struct options *o, const char *s)
{
	o->set.mechanisms = s;
}

static void
set_name(struct options *o, const char *s)
{
	o->set.name = o->tls.name = s;
}

static void
set_offer(struct options *o, const char *s)
{
	struct str in = str_of(s), word;

	o->own_offers = true;
	while (in.len > 0) {
		if (!str_eat_until(&in, ',', &word)) {
			word = in;
			in = STR("");
		}
		(void)strs_add(&o->set.offers, str_trim(word));
	}
}

static void
set_password(struct options *o, const char *s)
{
	o->set.password = s;
}

static void
set_priority(struct options *o, const char *s)
{
	o->tls.priority = s;
}

static void
set_qualified(struct options *o, const char *s)
{
	(void)s;
	o->set.qualified = true;
}

static void
set_refuse(struct options *o, const char *s)
{
	(void)strs_add(&o->set.refuse, str_of(s));
}

static void
set_seconds(struct options *o, const char *s)
{
	o->seconds = number(s);
}

static void
set_sender(struct options *o, const char *s)
{
	o->set.only_sender = s;
}

static void
set_six(struct options *o, const char *s)
{
	(void)s;
	o->six = true;
}

static void
set_ca(struct options *o, const char *s)
{
	o->ca = s;
}

static void
set_syslog(struct options *o, const char *s)
{
	o->syslog = s;
}

static void
set_starttls(struct options *o, const char *s)
{
	(void)s;
	o->set.tls = TLS_STARTTLS;
}

static void
set_tally(struct options *o, const char *s)
{
	o->tally = s;
}

static void
set_tls(struct options *o, const char *s)
{
	(void)s;
	o->set.tls = TLS_AT_ONCE;
}

static void
set_unix(struct options *o, const char *s)
{
	o->unix_path = s;
}

static void
set_user(struct options *o, const char *s)
{
	o->set.user = s;
}

static const struct row {
	const char *name;
	const char *arg;
	const char *help;
	void (*set)(struct options *o, const char *s);
} rows[] = {
	{ "address", "A", "listen there, in a network of the test's own",
	    set_address },
	{ "ask-certificate", NULL, "of whoever comes with TLS", set_ask },
	{ "ca", "DIR", "certificates go there and not to --into", set_ca },
	{ "cert", "KIND", "good, lasting, expired, future, other-name, "
	    "client-only, self-signed", set_cert },
	{ "connections", "N", "end after so many", set_connections },
	{ "delay", "MS", "before each flight of replies", set_delay },
	{ "into", "DIR", "record there; without it only count", set_into },
	{ "mechanisms", "WORDS", "for AUTH; PLAIN LOGIN", set_mechanisms },
	{ "name", "HOST", "of the relay; localhost", set_name },
	{ "offer", "A,B,...", "the keywords after EHLO, or \"\"", set_offer },
	{ "only-sender", "ADDRESS", "refuse all others but <>", set_sender },
	{ "password", "TEXT", "the user's", set_password },
	{ "priority", "STRING", "of GnuTLS", set_priority },
	{ "qualified", NULL, "refuse addresses without a domain",
	    set_qualified },
	{ "refuse", "PATTERN", "recipients that are unknown", set_refuse },
	{ "seconds", "N", "end after so long; 60", set_seconds },
	{ "six", NULL, "listen on ::1", set_six },
	{ "starttls", NULL, "offer it", set_starttls },
	{ "syslog", "PATH", "a socket whose lines go to --into/log",
	    set_syslog },
	{ "tally", "FILE", "count there while it goes on", set_tally },
	{ "tls", NULL, "from the first byte", set_tls },
	{ "unix", "PATH", "listen there", set_unix },
	{ "user", "NAME", "no mail without AUTH", set_user },
};

_Noreturn static void
usage(void)
{
	puts("relay [options] [SCRIPT]");
	for (size_t i = 0; i < TABLE_COUNT(rows); i++)
		printf("  --%s %s\n\t%s\n", rows[i].name,
		    rows[i].arg != NULL ? rows[i].arg : "", rows[i].help);
	exit(EXIT_FAILURE);
}

void
options_read(struct options *o, int argc, char *argv[])
{
	struct option longs[TABLE_COUNT(rows) + 1] = { 0 };
	int at;

	for (size_t i = 0; i < TABLE_COUNT(rows); i++) {
		longs[i].name = rows[i].name;
		longs[i].has_arg = rows[i].arg != NULL ? required_argument :
		    no_argument;
	}
	while ((at = -1, getopt_long(argc, argv, "", longs, &at)) == 0)
		rows[at].set(o, optarg);
	if (at != -1 || argc - optind > 1)
		usage();
	if (!o->own_offers)
		for (size_t i = 0; i < TABLE_COUNT(usual_offers); i++)
			(void)strs_add(&o->set.offers,
			    str_of(usual_offers[i]));
	if (optind < argc)
		script_read(&o->script, argv[optind]);
	o->set.script = &o->script;
}

void
options_free(struct options *o)
{
	strs_free(&o->set.offers);
	strs_free(&o->set.refuse);
	script_free(&o->script);
}
