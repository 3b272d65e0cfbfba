// SPDX-License-Identifier: ISC
/*
 * script.h - what the relay shall do instead of being friendly
 *
 * One step on a line; blank lines and those that begin with # are skipped.
 *
 *	say 250-mx		this line and CRLF
 *	raw "250 a\r\n\x80"	these bytes and nothing else
 *	repeat 1000 "250-a\r\n"	and so on
 *	expect MAIL FROM:<*	the next line must match this pattern
 *	hear			a line, any
 *	text			everything up to the dot on its own line
 *	bytes 100		so many bytes
 *	slow [MS]		from here on one byte at a time
 *	fast			and back
 *	delay MS		before each flight from here on
 *	stall [SECONDS]		not a word until the other side gives up
 *	wait MS			be late
 *	tls			the handshake, here
 *	swallow			what has not been sent yet is never said
 *	close			FIN
 *	reset			RST
 *	deny			in a rule: whatever is said next means no
 *	default			in a rule: what the friendly relay would do
 *
 * Behind the last step the friendly dialogue goes on, with these rules.  The
 * steps of a rule are done when a command begins with its pattern; "connect"
 * is the greeting and "." the end of the text.  After a rule that says 2xx or
 * 3xx things go on as if the relay had said so by itself.
 *
 *	on RCPT TO:<bob@	each time
 *	once DATA		the first time in this connection
 *
 * A script is for the first connection; "connection" begins the part for the
 * next one, "always" that for all further ones.  Without a part a connection
 * is friendly.
 */
#ifndef MINISMTP_TESTS_SCRIPT_H
#define MINISMTP_TESTS_SCRIPT_H

#include <stdbool.h>
#include <stddef.h>

#include "session.h"

struct step {
	const struct action *action;
	char *rest;		/* of the line, without blanks around it */
	unsigned line;
};

struct steps {
	struct step *step;
	size_t count;
};

struct rule {
	char *pattern;
	bool once;
	struct steps steps;
};

struct part {
	bool always;
	struct steps steps;	/* before the friendly dialogue */
	struct rule *rule;
	size_t rules;
};

struct script {
	struct part *part;
	size_t parts;
};

/* Ends the process with words when the script is none. */
void script_read(struct script *script, const char *path);
void script_free(struct script *script);
const struct part *script_part(const struct script *script,
    unsigned long connection);

void script_run(struct session *s, const struct steps *steps);
/* The first rule for this command that has not had its only turn, or NULL. */
const struct rule *script_rule(struct session *s, struct str command);

#endif
