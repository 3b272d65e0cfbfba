// SPDX-License-Identifier: ISC
/*
 * answers.h - is this an answer to that?
 *
 * Checks for base/prompt.h, in words that help to answer better.  who is not
 * used.
 */
#ifndef MINISMTP_FRONT_ANSWERS_H
#define MINISMTP_FRONT_ANSWERS_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/str.h"

int answer_one(void *who, struct str answer, struct err *e);	/* address */
int answer_list(void *who, struct str answer, struct err *e);	/* many */
int answer_host(void *who, struct str answer, struct err *e);
int answer_port(void *who, struct str answer, struct err *e);

/* "unix:/path", "srv:domain" and their like, and host:port, need no port. */
bool answer_has_port(struct str host);

/* Both in one, as "relay" of the configuration has it. */
void answer_relay(struct buf *out, struct str host, struct str port);

#endif
