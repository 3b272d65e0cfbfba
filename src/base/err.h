// SPDX-License-Identifier: ISC
/*
 * err.h - the one error type
 *
 * What can fail returns 0 or -1 and takes a struct err last, which it touches
 * only when it fails.  The words are for a person and complete: whoever ends
 * up with the err prints it, logs it or puts it into a bounce as it is, and
 * exits with its code.
 *
 *	if (spool_commit(spool, &entry, e) < 0)
 *		return err_wrap(e, "cannot queue the message");
 *
 * Who notices describes; callers add context; only main() and the relay's
 * verdict decide.  Lower case, no full stop, the object first, the cause last.
 */
#ifndef MINISMTP_BASE_ERR_H
#define MINISMTP_BASE_ERR_H

#include <stdarg.h>
#include <stdbool.h>

#include "base/buf.h"
#include "base/str.h"

struct err {
	int code;		/* from <sysexits.h>; 0 when all is well */
	int smtp;		/* the reply code that caused it, or 0 */
	struct buf text;	/* what went wrong */
	struct buf reply;	/* the server's own words, or empty */
};

/* All of these return -1, so that "return err_set(...)" is one thought. */
int err_set(struct err *e, int code, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
int err_sys(struct err *e, int code, const char *fmt, ...)  /* + strerror */
    __attribute__((format(printf, 3, 4)));
int err_reply(struct err *e, int smtp, struct str reply, const char *fmt, ...)
    __attribute__((format(printf, 4, 5)));
int err_wrap(struct err *e, const char *fmt, ...)	/* outer: inner */
    __attribute__((format(printf, 2, 3)));
int err_copy(struct err *to, const struct err *from);

/* Is it worth another try later?  When in doubt, yes. */
bool err_is_temporary(const struct err *e);

void err_clear(struct err *e);			/* ready for use again */

#endif
