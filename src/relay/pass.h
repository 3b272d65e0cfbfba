// SPDX-License-Identifier: ISC
/*
 * pass.h - once through the queue
 *
 * Takes what is due, hands each message to a courier of its account, writes
 * down the verdicts, and goes on until nothing is left that is due; what is
 * handed in meanwhile is taken along.
 */
#ifndef MINISMTP_RELAY_PASS_H
#define MINISMTP_RELAY_PASS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/strs.h"
#include "queue/id.h"
#include "queue/report.h"
#include "queue/spool.h"
#include "relay/courier.h"
#include "relay/desk.h"
#include "relay/memory.h"
#include "relay/settle.h"
#include "relay/staff.h"
#include "relay/verdict.h"
#include "relay/watch.h"

struct orders {
	bool flush;		/* also what is not due */
	const struct strs *select;	/* select.h; NULL: all */
	bool verbose;		/* the dialogue on stderr */
	bool only_these;	/* due or not; and report on them */
	bool to_hear;		/* which ones, on standard input */
	struct id *id;
	size_t ids;
	struct report report;
};

struct pass {
	struct orders *orders;
	const struct desk *desk;
	struct spool *spool;
	const char *config;		/* its path */
	const volatile int *stop;	/* finish what is under way, and go */
	struct watch *watch;		/* hears that we are alive; or NULL */

	bool left;			/* something due stays in the queue */
	int64_t wake;			/* when the next attempt is due */
	struct verdict verdict;		/* on the one that somebody waits for */
	int status;			/* which he has been told */

	/* The pass's own. */
	struct memory memory;
	struct courier_brief brief;
	struct settle_rules rules;
	struct staff staff;
	struct strs stuck;		/* not to be taken again in this run */
	bool touched[SPOOL_DIRS];	/* has names that are not durable yet */
	size_t taken;			/* from new/ in one sweep */
	size_t busy;			/* there, but locked by somebody */
	bool told;			/* what sandbox is in force */
	bool given;			/* all of only_these are under way */
	bool reported;			/* and what has become of them */
};

/* Fill in what stands before the first gap, the rest zeroed. */
void pass_work(struct pass *p);
void pass_free(struct pass *p);

#endif
