// SPDX-License-Identifier: ISC
/*
 * post.h - letters for tests, which remember what has become of them
 */
#ifndef MINISMTP_TESTS_POST_H
#define MINISMTP_TESTS_POST_H

#include <stdbool.h>
#include <stddef.h>

#include "base/source.h"
#include "message/envelope.h"
#include "smtp/session.h"

#define POST_RCPTS 1024

struct post {
	struct letter letter;
	struct envelope env;
	struct source_text text;
	const char *words;	/* the message */
	struct source broken;	/* instead, if it breaks */
	size_t breaks;		/* after so many pieces; 0: never */
	unsigned char verdicts[POST_RCPTS];
	unsigned opened, closed, settled;
	struct post *next;	/* in the order of sending */
};

/* From s0@x to r0@y, r1@y, ...; words: the text of the message. */
void post_init(struct post *p, size_t number, size_t rcpts,
    const char *words);
void post_free(struct post *p);

/* For session_send(): who is a struct post ** that moves on. */
struct letter *post_next(void *who);

#endif
