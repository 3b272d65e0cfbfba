// SPDX-License-Identifier: ISC
/*
 * task.h - one message that this run has taken upon itself
 *
 * Open, locked, its record read.  What a courier says about it is written into
 * the envelope of the record; task_settle() turns that into a fact on disk.
 */
#ifndef MINISMTP_RELAY_TASK_H
#define MINISMTP_RELAY_TASK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "config/config.h"
#include "queue/entry.h"
#include "queue/marks.h"
#include "queue/record.h"
#include "queue/retry.h"

struct task {
	struct entry entry;
	struct record record;
	struct marks marks;		/* what earlier attempts have left */
	const struct account *account;
	struct buf to;			/* whom it goes to: direction.h */
	bool *open;			/* to be sent when this began, each */
	size_t done_before;		/* of those, in earlier sessions */
};

/*
 * 1 with a task; 0 when the message is somebody else's now, held, or gone; -1
 * when it cannot be read: EX_DATAERR if it is itself to blame.
 */
int task_take(struct task **t, struct spool *s, enum spool_where where,
    const struct id *id, int64_t next, struct err *e);

/* For all who are still open: why not.  Temporary or for good as why says. */
void task_refuse(struct task *t, const struct err *why);

/*
 * Writes down how the attempt ended and moves the file where it belongs.  The
 * names are durable only after spool_sync() of *where.
 */
int task_settle(struct task *t, const struct retry *retry, int64_t now,
    enum spool_where *where, struct err *e);

/*
 * Why nothing at all can be sent, in the history of a message that somebody
 * waits for; without an answer, it is in the log as well.
 */
void task_note(struct spool *s, const struct id *id, int64_t now,
    const struct err *why);

/*
 * Some got their verdict, and the others have none for no other reason than
 * that the session was full: the next one shall go on with them, at once.  Then
 * what is known is in the file.
 */
bool task_goes_on(struct task *t);

/* Everybody is done, or has failed and whoever must know has been told. */
bool task_is_finished(const struct task *t);

void task_free(struct task *t);

#endif
