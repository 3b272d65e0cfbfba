// SPDX-License-Identifier: ISC
/*
 * adopt.h - the configuration of another program becomes ours
 */
#ifndef MINISMTP_RELAY_ADOPT_H
#define MINISMTP_RELAY_ADOPT_H

#include "relay/question.h"

/*
 * Reads the file that the question is about, or the first that is found where
 * programs have theirs.  Our configuration goes to standard output, without
 * passwords unless they are asked for; or, with them, to where it belongs.
 * What became of each line is said on standard error.  EX_CONFIG where the file
 * says no relay.
 */
int adopt(const struct question *q);

#endif
