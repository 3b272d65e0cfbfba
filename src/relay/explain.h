// SPDX-License-Identifier: ISC
/*
 * explain.h - what would become of a message, and why
 *
 * The first word is a file, "-" for standard input, or the ID of one that is
 * queued, which has its recipients.  The other words are recipients; without
 * any those count that the header names.
 *
 * On standard output: each recipient step by step, the account, the sender, the
 * relays; then the header, where "-" is in front of what was said and does not
 * leave, and "+" of what leaves instead.  It is what a relay gets that takes
 * 8-bit text.
 */
#ifndef MINISMTP_RELAY_EXPLAIN_H
#define MINISMTP_RELAY_EXPLAIN_H

#include "relay/question.h"

int explain(const struct question *q);

#endif
