// SPDX-License-Identifier: ISC
/*
 * memory.h - relays that failed are left alone for a while, across runs
 *
 * One small file for each relay and user in the spool's directory "state"; its
 * absence is the normal case, and whatever is wrong with one is as if it were
 * absent: then the relay is asked, and that is all.  A relay that works again,
 * a newer configuration or password file, and --flush forget.
 */
#ifndef MINISMTP_RELAY_MEMORY_H
#define MINISMTP_RELAY_MEMORY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/str.h"
#include "config/config.h"
#include "queue/spool.h"
#include "relay/line.h"

#define MEMORY_LOGIN (15 * 60)		/* after a refused login, seconds */
#define MEMORY_LONGEST (4 * 3600)	/* nothing is held longer */

/* A user's wish to try again must not lock the account for everybody. */
enum memory_ask {
	MEMORY_ASK_OPEN,		/* those that are not left alone */
	MEMORY_ASK_DOWN,		/* and those that were down */
	MEMORY_ASK_ALL
};

struct memory {
	int dir;			/* state/, or 0: nothing is kept */
	const char *config;		/* path; newer than a file: forget it */
	int64_t first, longest;		/* seconds, as for messages */
};

/* Never fails: without the directory nothing is remembered. */
void memory_open(struct memory *m, const struct spool *s, const char *config,
    const struct config *c);
void memory_close(struct memory *m);

/*
 * Until when is relay[i] of the account left alone?  0: it may be asked.  why
 * gets the words of its last failure.
 */
int64_t memory_held(const struct memory *m, const struct account *a, size_t i,
    enum memory_ask ask, struct buf *why);

/*
 * The same for each: held has room for all of the account.  -1 when none may be
 * asked (EX_TEMPFAIL), and the words of the one that may be first.
 */
int memory_look(const struct memory *m, const struct account *a,
    enum memory_ask ask, bool *held, struct err *e);

/* It was asked, and how it went; returns for how many seconds it is held. */
int64_t memory_note(const struct memory *m, const struct account *a, size_t i,
    enum line_fate fate, struct str why);

/* Removes what nobody has touched for eight days. */
void memory_clean(const struct memory *m);

#endif
