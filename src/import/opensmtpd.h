// SPDX-License-Identifier: ISC
/*
 * opensmtpd.h - smtpd.conf, statement by statement
 */
#ifndef MINISMTP_IMPORT_OPENSMTPD_H
#define MINISMTP_IMPORT_OPENSMTPD_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"
#include "base/strs.h"
#include "import/importer.h"

#define WORDS_MAX 2000		/* of one statement */
#define MACROS_MAX 200

struct statements {
	struct str rest;
	size_t line;		/* of what comes next */
	size_t begins;		/* of the statement at hand */
	/* Its words: texts without their quotes, and { } < > , = alone. */
	struct strs words;
	size_t at;		/* the one that is next */
	struct strs macro;	/* name, value, name, value, ... */
};

/*
 * The next statement, which ends with its line, but goes on behind a backslash
 * and within braces.  A macro is kept and put in where it is named, and is no
 * statement.  False at the end.
 */
bool statements_next(struct statements *s);
/* Its words, one after the other; empty behind the last. */
bool statements_more(const struct statements *s);
struct str statements_word(struct statements *s);
/* Is it this one?  Then it is over. */
bool statements_is(struct statements *s, struct str word);
/* <name>, or a name. */
struct str statements_table(struct statements *s);
void statements_free(struct statements *s);

/* What the statements have said so far; im->own. */
struct opensmtpd {
	struct statements s;
	struct strs table;	/* name, "file:/path", name, ... */
	struct buf chosen;	/* the action that all mail takes */
	struct strs pairs;	/* tables in place: table, key, value, ... */
	struct buf label;	/* of the action at hand */
};

/* action NAME relay ..., of which the statement's words are next. */
void opensmtpd_action(struct importer *im, struct str name);

#endif
