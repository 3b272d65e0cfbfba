// SPDX-License-Identifier: ISC
/*
 * question.h - what may be asked of the configuration
 *
 * Answered with the rights of whoever asks, and without the network; the queue
 * is only looked at.  All return the exit status; the answer is on standard
 * output, what is wrong on standard error.
 */
#ifndef MINISMTP_RELAY_QUESTION_H
#define MINISMTP_RELAY_QUESTION_H

#include <stdbool.h>

#include "base/strs.h"

struct question {
	const char *config;		/* path */
	const char *spool;		/* and of the queue */
	bool personal;			/* it is the caller's own */
	struct strs about;		/* the words behind "--" */
	const char *sender;		/* --sender, or NULL */
	const char *account;		/* --account, or NULL */
	const char *format;		/* --format, or NULL */
	bool show_passwords, write;
	/* For --examine only, which may use the network as well. */
	const char *send;		/* --send, or NULL */
	bool offline, json;
};

#endif
