// SPDX-License-Identifier: ISC
/*
 * dialogue.h - a message, and another one, asked for at the terminal
 *
 *	Host:  Port:  Login:  Password:
 *
 * where no configuration answers them, or with --ask; then the connection is
 * made and the login proved.  Then, for each message,
 *
 *	Your e-mail:  Recipient e-mail:  Carbon copy e-mails:  BCC:  Subject:
 *	Enter your message:
 *
 * of which the first one asks only what was not said already; it is sent, and
 * each recipient's fate told.  "quit" at any of them ends it, with QUIT.
 */
#ifndef MINISMTP_FRONT_DIALOGUE_H
#define MINISMTP_FRONT_DIALOGUE_H

#include <stdbool.h>

#include "base/err.h"
#include "front/sending.h"

/* Is there somebody to ask, and something that only he can answer? */
bool dialogue_is_wanted(const struct sending *said);

/* The exit status: the worst of all messages; or -1 with an err. */
int dialogue_run(struct sending *said, struct err *e);

#endif
