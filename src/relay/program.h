// SPDX-License-Identifier: ISC
/*
 * program.h - a program that speaks SMTP on its standard input and output
 *
 * "command" of the configuration: ssh, a tunnel, another mailer.  No shell
 * reads the words.  Its end is ours: it sees the stream close and goes.
 */
#ifndef MINISMTP_RELAY_PROGRAM_H
#define MINISMTP_RELAY_PROGRAM_H

#include "base/err.h"
#include "base/strs.h"
#include "net/conn.h"

/*
 * Starts it and makes c the connection to it, which counts as local: how it
 * keeps others out is its business.  -1 when it cannot be started.
 */
int program_start(const struct strs *argv, struct conn *c, struct err *e);

#endif
