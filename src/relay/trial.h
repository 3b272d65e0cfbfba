// SPDX-License-Identifier: ISC
/*
 * trial.h - would a relay take our mail?
 *
 * Everything up to where the first message would begin: connection, greeting,
 * TLS, and the login if the account has a user.  Each trial is a process of its
 * own, locked up like one that delivers, so that several can go on at once and
 * nothing that a relay says reaches a process with rights.
 */
#ifndef MINISMTP_RELAY_TRIAL_H
#define MINISMTP_RELAY_TRIAL_H

#include <stdbool.h>
#include <sys/types.h>

#include "base/buf.h"
#include "base/err.h"
#include "config/config.h"
#include "config/local.h"

/* Zeroed is none. */
struct trial {
	pid_t pid;
	int fd;			/* what it has to say */

	bool works;		/* to the end; else why says what does not */
	bool login_refused;	/* it does, but for these credentials */
	bool offers_login;
	struct buf tls;		/* "TLS1.3 ..." or empty */
	struct err why;
};

/*
 * a and here must stay as they are until the end.  As root the trial is made
 * by the account that carries the machine's mail, unless it is personal.
 */
int trial_start(struct trial *t, const struct account *a,
    const struct here *here, bool personal, bool verbose, struct err *e);

/* Waits for the result; t->why is set unless it works. */
void trial_end(struct trial *t);

/* It may be under way. */
void trial_free(struct trial *t);

#endif
