// SPDX-License-Identifier: ISC
/*
 * submit.h - one message from standard input into the queue
 *
 * Reads it, finds the recipients, hands it to the drop and waits as long as
 * was asked.  Returns the exit status (sysexits); the words are on stderr.
 */
#ifndef MINISMTP_FRONT_SUBMIT_H
#define MINISMTP_FRONT_SUBMIT_H

#include "front/options.h"

int submit_run(const struct options *o, int in);

#endif
