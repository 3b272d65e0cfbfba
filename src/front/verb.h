// SPDX-License-Identifier: ISC
/*
 * verb.h - a verb of minismtp, as a row: "minismtp queue", "minismtp config"
 *
 * Under the name minismtp the first argument may be a verb; under sendmail
 * never.  A verb is a struct verb, and its options are rows of a table.  The
 * one parser, the usage text, the completions of the shells and the test of
 * the man page read the same rows; what is not in a row does not exist.
 *
 * To add one, say "minismtp greet --loud alice":
 *
 *	struct greeting {			// what the options fill
 *		bool loud;
 *		struct buf language;
 *	};
 *
 *	static const struct verb_option options[] = {
 *		{ "language", 'l', "NAME", verb_text,
 *		    offsetof(struct greeting, language),
 *		    "in this language", COMPLETES_NOTHING },
 *		{ "loud", 0, NULL, verb_flag, offsetof(struct greeting, loud),
 *		    "so that all hear it", COMPLETES_NOTHING },
 *		{ 0 }
 *	};
 *
 *	const struct verb greet_verb = {
 *		.name = "greet",
 *		.words = "say hello to somebody",
 *		.operands = "[name ...]",
 *		.options = options,
 *		.size = sizeof(struct greeting),
 *		.run = greet,			// (struct greeting *, operands)
 *		.free = greeting_free,
 *	};
 *
 * then a line in verbs.c, and a section in man/minismtp.1: tests look there
 * for the verb and each of its options.
 *
 * Options are "--name value", "--name=value", "-x value", "-xvalue" and "-xy";
 * they may stand behind operands, and behind "--" all are operands.  A lone
 * "-" is an operand, or a value.  A value is taken as it is, also if it begins
 * with a dash.  "--help" and "-h" (where no option has that letter) every verb
 * has.  All of it is understood before run() is called, which is before
 * anything is read: else 64, and the nearest name that there is.
 */
#ifndef MINISMTP_FRONT_VERB_H
#define MINISMTP_FRONT_VERB_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/str.h"
#include "base/strs.h"

/* What a shell offers for the value of an option, or for an operand. */
enum completes {
	COMPLETES_NOTHING,
	COMPLETES_FILE,
	COMPLETES_DIRECTORY,
	COMPLETES_ADDRESS,
	COMPLETES_ACCOUNT,	/* of the configuration */
	COMPLETES_HOST,
	COMPLETES_PROVIDER,	/* that minismtp setup knows */
	COMPLETES_ID,		/* of a message in the queue, or "all" */
	COMPLETES_CHOICE	/* the value's name is them: "on|off" */
};

struct verb_option;

/*
 * Writes the value where the option is told to.  On -1 the err has EX_USAGE
 * and says what is wrong ("it wants a number"); the option's name is put in
 * front of that.
 */
typedef int verb_set(void *at, struct str value, struct err *e);

verb_set verb_flag;		/* bool: true */
verb_set verb_text;		/* struct buf: the last one counts */
verb_set verb_texts;		/* struct strs: one more */
verb_set verb_config;		/* struct options: personal use */
verb_set verb_number;		/* uint64_t */

struct verb_option {
	const char *name;	/* without the dashes */
	char letter;		/* or '\0': it has no short form */
	const char *value;	/* as the usage text calls it; NULL: has none */
	verb_set *set;
	size_t at;		/* offsetof, within what the options fill */
	const char *words;	/* what it does, for the usage text */
	enum completes completes;
};

struct verb {
	const char *name;
	const char *words;	/* what it does: one line, no full stop */
	const char *operands;	/* for the synopsis: "[ID ... | all]", or "" */
	enum completes completes;	/* an operand */
	/* The words that are known as first operand; false behind the last. */
	bool (*choice)(size_t i, struct str *name, struct str *words);
	const struct verb_option *options;	/* up to a { 0 }; or NULL */

	size_t size;		/* of what the options fill */
	const void *blank;	/* what it begins as; NULL: zeroes */
	/* The exit status; or -1 and an err, which is said with the name. */
	int (*run)(void *wish, const struct strs *operands, struct err *e);
	/* The status after such an err; NULL: the err's code. */
	int (*failed)(const void *wish, const struct strs *operands,
	    const struct err *e);
	void (*free)(void *wish);	/* NULL: there is nothing to free */
};

/*
 * The words behind the verb, up to a NULL: parse, run, free, or print the usage
 * text.  Returns the exit status.
 */
int verb_run(const struct verb *v, char *const *words);

/*
 * For verb_run() and the tests.  wish may be NULL: then nothing is set.  help
 * says that somebody asked for it; then the rest is not looked at.
 */
int verb_parse(const struct verb *v, char *const *words, void *wish,
    struct strs *operands, bool *help, struct err *e);

void verb_usage(struct buf *out, const struct verb *v);	/* one line */
void verb_help(struct buf *out, const struct verb *v);	/* all of it */

size_t verb_options(const struct verb *v);	/* how many */

/* "-t, --to ADDRESS", as the usage text has it. */
void verb_spell(struct buf *out, const struct verb_option *row);

#endif
