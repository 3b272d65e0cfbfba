// SPDX-License-Identifier: ISC
/*
 * fold.h - identical mail is sent once within a time (fold = "10m")
 *
 * For a job that fails every minute.  The first of its kind goes at once.  The
 * next one is kept until the time is over; those that come meanwhile are
 * counted into it, which is durable before they are removed.  Nothing is
 * removed that is not, byte for byte, in the one that is kept: sender,
 * recipients, From, Subject and text.  When that goes it says how many it
 * stands for, and the time begins anew.
 *
 * What is known of the last ones is in a small file for each user (state.h);
 * without it all mail goes.
 */
#ifndef MINISMTP_RELAY_FOLD_H
#define MINISMTP_RELAY_FOLD_H

#include <stdint.h>

#include "queue/id.h"
#include "queue/spool.h"
#include "relay/task.h"

enum fold {
	FOLD_GO,	/* it is the first */
	FOLD_KEEP,	/* it waits, for itself and those that come */
	FOLD_JOIN	/* it is in the one that waits, and may be removed */
};

/* The last of one kind; zeroed: there was none. */
struct fold_mark {
	uint64_t kind;
	int64_t until;		/* the time of the kept one, or of the next */
	struct id keeper;	/* who is kept, or "" */
};

/* What becomes of this message, the next of the mark's kind.  Pure. */
enum fold fold_decide(struct fold_mark *m, const struct id *id, int64_t fold,
    int64_t now);

/*
 * The same with what is in state (the directory), and done: after FOLD_JOIN the
 * keeper has counted it.  *until is when a kept one may go.
 */
enum fold fold_ask(struct spool *s, int state, int64_t fold, struct task *t,
    int64_t now, int64_t *until);

#endif
