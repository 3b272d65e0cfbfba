// SPDX-License-Identifier: ISC
/*
 * settle.h - what becomes of a message after an attempt
 *
 * The one place that decides: remove it, keep it for another attempt, give it
 * up, tell its sender.  Nothing is lost on the way: the file goes only when
 * every recipient is done or somebody has been told, and whatever goes wrong
 * here leaves the message in the queue.
 */
#ifndef MINISMTP_RELAY_SETTLE_H
#define MINISMTP_RELAY_SETTLE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "queue/retry.h"
#include "relay/task.h"

struct settle_rules {
	struct retry retry;
	int64_t bounce_lifetime;
	bool bare;		/* reports are written without a sandbox */
	/*
	 * Somebody waits for this message and gets each refusal in words, so
	 * that he need not get it by mail as well.
	 */
	bool heard;
};

/*
 * *where is the directory whose names have changed; they are durable after
 * spool_sync().  -1 says that something could not be written; then the message
 * is still in the queue, perhaps with fewer of its verdicts.
 */
int settle_task(struct task *t, const struct settle_rules *rules, int64_t now,
    enum spool_where *where, struct err *e);

#endif
