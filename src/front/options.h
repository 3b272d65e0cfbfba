// SPDX-License-Identifier: ISC
/*
 * options.h - what the caller wants
 *
 * Every option of sendmail(8) is a row of a table: its letter, whether it takes
 * an argument, what it does here (or that it has no effect, and why), and the
 * function that does it.  The parser, the usage text and the test of the man
 * page read the same rows.
 *
 * No option changes who gets the mail by accident: what has an argument takes
 * exactly one word, joined or separate, what has none never takes any, and what
 * is unknown is refused (64) before one byte of standard input has been read.
 * Options may stand behind recipients, as with getopt(3) of glibc; behind "--"
 * everything is a recipient.
 */
#ifndef MINISMTP_FRONT_OPTIONS_H
#define MINISMTP_FRONT_OPTIONS_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/strs.h"
#include "message/envelope.h"

enum mode {
	MODE_SUBMIT,		/* -bm: a message on standard input */
	MODE_SERVE,		/* -bs: SMTP on standard input and output */
	MODE_LIST,		/* -bp, mailq */
	MODE_COUNT,		/* -bP: how many wait */
	MODE_ALIASES,		/* -bi, newaliases: check the alias file */
	MODE_VERIFY,		/* -bv: what would happen to an address */
	MODE_CHECK,		/* -bC: check the configuration */
	MODE_FLUSH,		/* -q: try everything now */
	MODE_DAEMON,		/* -bd, -q15m: say who runs the queue here */
	MODE_WATCH,		/* -bD: run the queue in the foreground */
	MODE_REWRITE,		/* -bt: say that nothing is rewritten */
	MODE_NOTHING,		/* -bh, -bH, hoststat, purgestat */
	MODE_HELP,
	MODE_VERSION
};

enum wait {
	WAIT_PATIENCE,		/* as long as the configuration allows */
	WAIT_END,		/* -odi: until the relay has spoken */
	WAIT_BACKGROUND,	/* -odb: start the relay, do not wait */
	WAIT_NONE		/* -odq, -odd: leave it in the queue */
};

enum body {
	BODY_UNSAID,
	BODY_7BIT,
	BODY_8BITMIME
};

struct options {
	enum mode mode;
	struct strs operands;	/* recipients, or addresses for -bv; as given */
	bool extract;		/* -t */
	bool ignore_dots;	/* -i, -oi */
	bool sender_given;	/* -f or -r; then empty is the null sender */
	struct buf sender;	/* as given; the last one counts */
	struct buf name;	/* -F */
	struct buf envid;	/* -V, decoded */
	unsigned notify;	/* -N: NOTIFY_*, or 0 */
	enum ret ret;		/* -R */
	enum body body;		/* -B */
	enum wait wait;		/* -od */
	char errors;		/* -oe: one of m p q w e; 0: not said */
	bool verbose;		/* -v */
	bool report;		/* say whether it was sent, no dialogue */
	bool trace_given;	/* -X */
	struct buf trace;	/* the file */
	bool config_given;	/* -C: personal use */
	struct buf config;	/* the file */
	struct buf account;	/* --account */
	bool json;		/* --json, for -bp */
	struct strs select;	/* -qI, -qR, -qS: "I=text", "!R=text" */
	bool perhaps_extract;	/* -oit; see the table */
};

/*
 * The mode that a program's name stands for: mailq, newaliases, smtpd, ...
 * An unknown name is sendmail.
 */
void options_name(struct options *o, const char *argv0);

/* argv[1..argc-1]; argc may be 0.  On -1 the err has EX_USAGE and the words. */
int options_parse(struct options *o, int argc, char *const *argv,
    struct err *e);

/* -C, whatever it is called elsewhere. */
int options_set_config(struct options *o, struct str value, struct err *e);

void options_free(struct options *o);

/*
 * For the usage text: how each option is written ("-f ADDRESS") and what it
 * does; false behind the last.
 */
bool options_row(size_t i, struct buf *spelling, struct str *words);

#endif
