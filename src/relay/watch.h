// SPDX-License-Identifier: ISC
/*
 * watch.h - wait until there is something to do in the queue
 *
 * Mail that is handed in (inotify), the next attempt that is due, a signal, or
 * the service manager's watchdog, which wants to hear from us in time.  Where
 * inotify cannot be had, the queue is looked at every few seconds.
 */
#ifndef MINISMTP_RELAY_WATCH_H
#define MINISMTP_RELAY_WATCH_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

struct watch {
	int inotify;		/* -1: by looking */
	int notify;		/* the service manager's socket, or -1 */
	int64_t watchdog_ms;	/* how often it wants to hear from us; 0: not */
	int64_t due;		/* then it shall, by clock_deadline() */
	const volatile int *stop;	/* set by a signal */
	volatile int *look;	/* by another: look again, at once */
};

/*
 * new_dir is a descriptor of new/.  The environment's NOTIFY_SOCKET and
 * WATCHDOG_USEC are looked at here.
 */
void watch_open(struct watch *w, int new_dir);

/* "READY=1", "STATUS=...": for the service manager, if there is one. */
void watch_say(struct watch *w, const char *words);

/*
 * For the watchdog, as often as one likes: work that takes long is no hang.
 * w may be NULL.
 */
void watch_alive(struct watch *w);

/*
 * Returns when there may be work, at the latest at that time (seconds since
 * 1970; CLOCK_NEVER: none is known), or when a signal came.
 */
void watch_wait(struct watch *w, int64_t wake);

void watch_close(struct watch *w);

#endif
