// SPDX-License-Identifier: ISC
/*
 * receive.h - a message by DATA or BDAT (RFC 5321, RFC 3030)
 *
 * Straight through to the drop, piece by piece; nothing is kept here.
 */
#ifndef MINISMTP_FRONT_RECEIVE_H
#define MINISMTP_FRONT_RECEIVE_H

#include "base/str.h"
#include "front/session.h"

void receive_data(struct session *s, struct str args);
void receive_bdat(struct session *s, struct str args);

#endif
