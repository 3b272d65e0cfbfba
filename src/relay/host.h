// SPDX-License-Identifier: ISC
/*
 * host.h - one session for many messages, outside of any queue
 *
 * For converse.h: a courier who stays until he is dismissed, and what becomes
 * of each message in fields (queue/report.h).
 */
#ifndef MINISMTP_RELAY_HOST_H
#define MINISMTP_RELAY_HOST_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"
#include "config/config.h"
#include "queue/report.h"
#include "relay/courier.h"
#include "relay/crew.h"
#include "relay/desk.h"

/* Zeroed but for crew.sock -1; desk, account and report are to be set. */
struct host {
	struct desk desk;
	struct account *account;	/* one of desk's */
	struct report report;
	struct memory memory;		/* of nothing: he shall always try */
	struct courier_brief brief;
	struct crew crew;
	struct task *task;		/* with him */
	bool login;			/* user or password were refused */
	struct buf bye;			/* the relay's last words */
};

/* up, login or down is reported; -1 for the latter two. */
int host_open(struct host *h, struct err *e);

/*
 * The message in fd (queue/record.h), which is ours now: rcpt for each and done
 * are reported.  -1 when it could not be read.
 */
int host_send(struct host *h, int fd, struct err *e);

/* QUIT, and its answer in bye. */
void host_quit(struct host *h);
void host_free(struct host *h);

#endif
