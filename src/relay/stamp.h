// SPDX-License-Identifier: ISC
/*
 * stamp.h - who ran the queue, and when
 *
 * One small file "run" in the spool's directory "state".  Nothing depends on
 * it; it is for a person who asks whether anybody comes at all.  Who stays
 * (--watch) keeps it locked, so that the kernel knows whether he is alive.
 */
#ifndef MINISMTP_RELAY_STAMP_H
#define MINISMTP_RELAY_STAMP_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

enum stamp_by {
	STAMP_RUN,		/* a timer or cron */
	STAMP_FLUSH,		/* somebody who wanted it now */
	STAMP_WATCH		/* stays, and runs when there is work */
};

struct stamp {
	int64_t time;		/* of the end of the run; 0: none is known */
	enum stamp_by by;
	uid_t uid;
	bool left;		/* something that was due had to wait */
	bool watched;		/* somebody stays, and is alive */
};

/*
 * Never fails: what cannot be written is not known.  dir is state/, 0 is none.
 * *held is 0, or what an earlier call has locked for STAMP_WATCH.
 */
void stamp_note(int dir, enum stamp_by by, bool left, int *held);

void stamp_read(int dir, struct stamp *s);

#endif
