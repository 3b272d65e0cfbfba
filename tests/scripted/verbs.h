// SPDX-License-Identifier: ISC
/*
 * verbs.h - what the friendly relay does: RFC 5321, by the letter
 */
#ifndef MINISMTP_TESTS_VERBS_H
#define MINISMTP_TESTS_VERBS_H

#include <stdbool.h>

#include "session.h"

void verbs_run(struct session *s, struct str command);
/* Is this keyword (its first word) in our reply to EHLO? */
bool verbs_offered(const struct session *s, const char *keyword);
/*
 * Says this, unless a rule has said something else; the first digit of what
 * was said.
 */
char verbs_reply(struct session *s, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

#endif
