// SPDX-License-Identifier: ISC
/*
 * options.h - what the scripted relay is told on its command line
 */
#ifndef MINISMTP_TESTS_OPTIONS_H
#define MINISMTP_TESTS_OPTIONS_H

#include <stdbool.h>

#include "scripted/script.h"
#include "scripted/session.h"
#include "scripted/tls.h"

struct options {
	struct settings set;
	struct tls_settings tls;
	struct script script;
	const char *address;	/* or NULL: 127.0.0.1 */
	const char *into;
	const char *ca;		/* a directory for the certificates */
	const char *unix_path;
	const char *syslog;
	const char *tally;	/* a file that whoever waits maps */
	bool six;
	bool own_offers;	/* --offer was given */
	unsigned seconds;
	unsigned long connections;
};

/* o has the defaults; ends the process when it does not understand. */
void options_read(struct options *o, int argc, char *argv[]);
void options_free(struct options *o);

#endif
