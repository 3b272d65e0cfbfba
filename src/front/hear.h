// SPDX-License-Identifier: ISC
/*
 * hear.h - what the drop and the relay say about a submission
 *
 * First "ok ID": the mail is on disk, and from here on the exit status is 0
 * unless the relay refuses it for good while we still listen.  Whatever else
 * goes wrong afterwards (silence, a dead relay, nonsense) is the queue's
 * business, not the caller's.
 */
#ifndef MINISMTP_FRONT_HEAR_H
#define MINISMTP_FRONT_HEAR_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "front/options.h"

#define HEAR_COMMIT_MS 300000	/* a disk may be slow, but not for ever */
#define HEAR_PATIENCE_MS 10000	/* until the configuration has been read */

struct hear {
	int fd;			/* the connection; stays the caller's */
	struct buf in;		/* read, not yet understood */
	struct buf id;		/* of the queue entry, when it is there */
	struct buf words;	/* the refusals, a line for each recipient */
	bool sent;		/* the relay has taken it */
	int code;		/* with "done", or -1 without one */
	int64_t commit_ms;	/* 0 is HEAR_COMMIT_MS */
	int64_t patience_ms;	/* 0 is HEAR_PATIENCE_MS */
	void (*line)(void *who, struct str line);	/* trace, or NULL */
	/* sent, failed or deferred, an address and why; or NULL */
	void (*verdict)(void *who, struct str state, struct str address,
	    struct str words);
	/* so many bytes of about so many are on their way; or NULL */
	void (*moved)(void *who, uint64_t done, uint64_t total);
	void *who;
};

/*
 * Any field: 1 with copies of key and value, 0 when there is none by then, -1
 * when the other end is gone or talks nonsense.
 */
int hear_field(struct hear *h, int64_t deadline, struct buf *key,
    struct buf *value);

/* 0 when the message is safe; -1: it is not, and e says why. */
int hear_commit(struct hear *h, struct err *e);

/*
 * Listen until the verdict, or until time is up.  0: delivered, or queued; -1:
 * refused for good, with the code and the relay's words in e.
 */
int hear_verdict(struct hear *h, enum wait wait, struct err *e);

void hear_free(struct hear *h);

#endif
