// SPDX-License-Identifier: ISC
/*
 * instead.h - what somebody says instead of what an account has
 */
#ifndef MINISMTP_RELAY_INSTEAD_H
#define MINISMTP_RELAY_INSTEAD_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/secret.h"
#include "config/config.h"

struct instead {
	bool relay_said, user_said;
	struct buf relay;	/* as "relay" of the configuration */
	struct buf user;	/* empty: no login */
	struct secret password;
};

/*
 * A password goes to the relay that it is for, and to no other: with another
 * relay or user all secrets of the account are forgotten.
 */
int instead_use(const struct instead *i, struct account *a, struct err *e);

void instead_free(struct instead *i);

#endif
