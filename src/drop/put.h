// SPDX-License-Identifier: ISC
/*
 * put.h - one submission from standard input into the queue
 */
#ifndef MINISMTP_DROP_PUT_H
#define MINISMTP_DROP_PUT_H

#include "drop/drop.h"

/* Answers "ok ID", and the relay hears of it if there is one to hear. */
drop_fn put_run;

#endif
