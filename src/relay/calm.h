// SPDX-License-Identifier: ISC
/*
 * calm.h - until when nothing of what waits is due, known without a look
 *
 * What is due stands in the names of a directory, and to read 100,000 of them
 * takes as long as to send some hundred messages.  So a run that has read many
 * and found nothing to do leaves the earliest NEXT, and when the directory had
 * changed last, as a small file in the spool's directory "state".  As long as
 * it has not changed since, and that time has not come, the next run reads no
 * names: neither a timer's, nor the one that a new message starts.
 *
 * Whatever is wrong with the file is as if it were missing, and it is believed
 * for ten minutes only.
 */
#ifndef MINISMTP_RELAY_CALM_H
#define MINISMTP_RELAY_CALM_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>
#include <time.h>

#include "queue/listing.h"
#include "queue/spool.h"

/* How cur/ was before it was read.  Zeroed: nothing is known. */
struct calm {
	int dir;		/* state/ */
	int64_t now;
	ino_t inode;
	struct timespec changed;
};

/*
 * True: nothing is due at this time, and nothing will be before *wake.  False:
 * look, and tell with calm_note() what there was.  dir is state/, 0 is none.
 */
bool calm_look(struct calm *c, int dir, const struct spool *s, int64_t now,
    int64_t *wake);

/* All names of cur/ were read since, with this result; see listing_read(). */
void calm_note(const struct calm *c, const struct listing *list,
    int64_t wake);

#endif
