// SPDX-License-Identifier: ISC
/*
 * judge.h - do the values fit one another?
 */
#ifndef MINISMTP_CONFIG_JUDGE_H
#define MINISMTP_CONFIG_JUDGE_H

#include <stdbool.h>

#include "config/config.h"
#include "config/mistakes.h"

/*
 * at is where the account begins; exposed: others can read the file, so that
 * no password may stand in it.
 */
void judge_account(const struct account *a, struct place at, bool exposed,
    struct mistakes *m);
void judge_config(const struct config *c, struct place at,
    struct mistakes *m);

/* Loopback or a unix socket: nobody listens in between. */
bool relay_is_local(const struct relay *r);

#endif
