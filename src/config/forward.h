// SPDX-License-Identifier: ISC
/*
 * forward.h - a user's ~/.forward
 *
 * We read it with rights that he does not have, so it must be his: a regular
 * file with his uid, no link to somebody else's, writable by nobody else.
 * Anything else is as good as no file.
 */
#ifndef MINISMTP_CONFIG_FORWARD_H
#define MINISMTP_CONFIG_FORWARD_H

#include "base/buf.h"
#include "base/err.h"
#include "base/str.h"

#define FORWARD_MAX 65536

/* 1 with text, 0: there is none (or no such user), -1: it cannot be read. */
int forward_load(void *arg, struct str login, struct buf *text,
    struct err *e);

#endif
