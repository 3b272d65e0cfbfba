// SPDX-License-Identifier: ISC
/*
 * put.h - one submission from standard input into the queue
 *
 * Answers "ok ID" and becomes the relay, or returns: 0 when no relay was
 * wanted, -1 when there is no mail.
 */
#ifndef MINISMTP_DROP_PUT_H
#define MINISMTP_DROP_PUT_H

#include "base/err.h"

struct drop;
int put_run(struct drop *d, struct err *e);

#endif
