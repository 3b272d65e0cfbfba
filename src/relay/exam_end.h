// SPDX-License-Identifier: ISC
/*
 * exam_end.h - where a session ended, and what is said of it
 *
 * For the inside of the examination only.
 */
#ifndef MINISMTP_RELAY_EXAM_END_H
#define MINISMTP_RELAY_EXAM_END_H

#include "base/err.h"
#include "base/str.h"
#include "relay/exam.h"
#include "relay/learnt.h"

/* Whose row does the end belong to? */
enum end {
	END_NONE,
	END_CONNECT,
	END_BANNER,
	END_HELLO,
	END_TLS,
	END_CERT,
	END_AUTH,
	END_LOGIN
};

enum end end_of(const struct learnt *l);

/* A failure in the words of the err, and what mends it (mends.h). */
void end_say(const struct exam *x, struct finding *f, const char *check,
    const struct err *e);
/* The lines alone, for the words that f has. */
void end_mend(const struct exam *x, struct finding *f, const char *check,
    int smtp);

/* Without the name of the relay, which stands in the headline. */
struct str end_words(const struct learnt *l, struct str words);

#endif
