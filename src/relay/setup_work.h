// SPDX-License-Identifier: ISC
/*
 * setup_work.h - what the parts of setup share
 */
#ifndef MINISMTP_RELAY_SETUP_WORK_H
#define MINISMTP_RELAY_SETUP_WORK_H

#include <stdbool.h>

#include "base/colour.h"
#include "base/err.h"
#include "base/prompt.h"
#include "base/secret.h"
#include "config/local.h"
#include "relay/plan.h"
#include "relay/wish.h"

struct setup {
	const char *config;		/* path */
	bool personal;
	struct wish wish;
	struct prompt prompt;
	bool asks;			/* there is somebody to ask */
	bool colour;
	struct here here;
	struct plan plan;
	struct secret password;
	bool offers_login;		/* the relay does */
};

/* setup.c */
void setup_say(const struct setup *s, enum colour c, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
/* -1: nobody is there, who shall say the option then; or he has quit. */
int setup_ask(const struct setup *s, const struct question *q,
    const char *option, struct buf *answer, struct err *e);
int setup_quit(struct err *e);		/* -1 */

/* setup_relay.c: plan.relay and what belongs to it is one that answers. */
int setup_find_relay(struct setup *s, struct err *e);

/* setup_login.c: user and password are taken there, or there are none. */
int setup_log_in(struct setup *s, struct err *e);

#endif
