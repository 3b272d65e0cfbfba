// SPDX-License-Identifier: ISC
/*
 * desk.h - what all parcels of a run are made from
 *
 * The configuration and what it refers to, read once for each run.
 */
#ifndef MINISMTP_RELAY_DESK_H
#define MINISMTP_RELAY_DESK_H

#include <stdbool.h>

#include "base/err.h"
#include "config/aliases.h"
#include "config/config.h"
#include "config/file.h"
#include "config/local.h"

/* Zeroed is none. */
struct desk {
	bool personal;			/* all is the caller's own */
	bool lent;			/* we have a right that he has not */
	struct config config;
	struct here here;
	struct aliases aliases;
	struct loader files;		/* for :include: and .forward */
};

/*
 * -1 says that there is no configuration to work with, and nothing may be sent.
 * Mistakes with which one can work, those of the aliases, go to the log, one
 * line each.
 * With d->lent only root's configuration is good enough, and only root's
 * programs in it.
 */
int desk_load(struct desk *d, const char *config, bool personal,
    struct err *e);
void desk_free(struct desk *d);

#endif
