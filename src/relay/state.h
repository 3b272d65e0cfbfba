// SPDX-License-Identifier: ISC
/*
 * state.h - a small file about one user in the spool's directory "state"
 *
 * What is in it is worth little: where it cannot be had, or is torn, all goes
 * on as if there were none.
 */
#ifndef MINISMTP_RELAY_STATE_H
#define MINISMTP_RELAY_STATE_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/str.h"
#include "queue/spool.h"

/* The directory, to be closed; 0 where there is none to be trusted. */
int state_dir(const struct spool *s);

/*
 * "limit,1000", made if need be and locked; -1 where dir is 0 (there is no such
 * directory) or somebody sits on the lock.  close(2) unlocks it.
 */
int state_open(int dir, const char *kind, uid_t uid);

/* All of its text anew; what goes wrong is logged. */
void state_write(int fd, const char *kind, struct str text);

/*
 * Shall these words be said?  Not when the last ones of that kind were the same
 * less than quiet seconds ago.
 */
bool state_is_news(int dir, const char *kind, struct str words, int64_t now,
    int64_t quiet);

#endif
