// SPDX-License-Identifier: ISC
/*
 * setting.h - the values of options: modes, settings, words of a protocol
 *
 * What stands behind -b, -o, -O, -N and their like.  Each function takes the
 * value and writes into the options, or says with EX_USAGE what is wrong.
 */
#ifndef MINISMTP_FRONT_SETTING_H
#define MINISMTP_FRONT_SETTING_H

#include "base/err.h"
#include "base/str.h"
#include "front/options.h"

int setting_mode(struct options *o, struct str value, struct err *e);
int setting_letter(struct options *o, struct str value, struct err *e);
int setting_name(struct options *o, struct str value, struct err *e);
int setting_errors(struct options *o, struct str value, struct err *e);
int setting_body(struct options *o, struct str value, struct err *e);
int setting_queue(struct options *o, struct str value, struct err *e);
int setting_envid(struct options *o, struct str value, struct err *e);

/* RFC 3461: "NEVER" or a list; and FULL or HDRS.  Also heard in -bs. */
int setting_notify(unsigned *notify, struct str value, struct err *e);
int setting_ret(enum ret *ret, struct str value, struct err *e);
/* RFC 3461, xtext; false: it is none.  Out holds no control bytes then. */
bool setting_xtext(struct buf *out, struct str value);

/* The usage rows of -b, -o and -O; false behind the last. */
bool setting_row(size_t i, struct buf *spelling, struct str *words);

#endif
