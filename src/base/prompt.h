// SPDX-License-Identifier: ISC
/*
 * prompt.h - ask the person at the terminal
 *
 * Works as well where no terminal is: then the answers are the lines of a pipe,
 * and a wrong one is followed by the next question like any other.
 *
 *	struct prompt p = { STDIN_FILENO, STDERR_FILENO, NULL, NULL };
 *	const struct question q = { "Port:", .usual = "587", .check = port };
 *
 *	switch (prompt_ask(&p, &q, &answer)) { ...
 *
 * "quit" is an answer to every question, and the end of the input (Ctrl-D) is
 * the same.  Who asks for text that may hold the word, such as a message, takes
 * prompt_line().  Input is read byte by byte, so what is behind the answer is
 * still there for whoever reads next.
 */
#ifndef MINISMTP_BASE_PROMPT_H
#define MINISMTP_BASE_PROMPT_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/secret.h"
#include "base/str.h"

#define PROMPT_MAX 4096		/* bytes of an answer */

enum said {
	SAID_IT,
	SAID_QUIT
};

struct prompt {
	int in, out;
	/*
	 * Reads a line instead of us (an editor); false at the end.  May be
	 * NULL.  Never asked for what must not be seen.
	 */
	bool (*edit)(void *who, const char *words, struct buf *line);
	void *who;
};

/* Is there somebody to ask? */
bool prompt_is_terminal(const struct prompt *p);

struct question {
	const char *words;	/* "Port:" */
	const char *usual;	/* for an empty answer, or NULL */
	bool optional;		/* an empty answer is one */
	/* -1 and words in e: it is asked again.  May be NULL. */
	int (*check)(void *who, struct str answer, struct err *e);
	void *who;		/* for check */
};

/* Until the answer is right; blanks around it are taken off. */
enum said prompt_ask(const struct prompt *p, const struct question *q,
    struct buf *answer);

/* Yes or no; an empty answer is what *yes was before. */
enum said prompt_yes(const struct prompt *p, const char *words, bool *yes);

/*
 * Not echoed on a terminal, which is as it was afterwards, whatever happens:
 * Ctrl-C, Ctrl-Z, or a signal from elsewhere.  An empty answer is asked again.
 */
enum said prompt_secret(const struct prompt *p, const char *words,
    struct secret *s);

/* One line as it is, "quit" too; false at the end of the input. */
bool prompt_line(const struct prompt *p, const char *words, struct buf *line);

void prompt_say(const struct prompt *p, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

#endif
