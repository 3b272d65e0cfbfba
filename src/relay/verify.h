// SPDX-License-Identifier: ISC
/*
 * verify.h - what would happen to an address, and why
 */
#ifndef MINISMTP_RELAY_VERIFY_H
#define MINISMTP_RELAY_VERIFY_H

#include "relay/question.h"

/* Of each address step by step; nothing is sent.  EX_DATAERR for none. */
int verify(const struct question *q);

#endif
