// SPDX-License-Identifier: ISC
/*
 * place.h - where the other two programs are, and whose queue it is
 *
 * The queue is the machine's, or the caller's own: with -C, or when the file
 * ~/.config/minismtp/minismtp.conf is there and is his.  The caller's own is
 * never a way to reach the machine's: everything in it runs with his rights.
 *
 * The programs stand beside this one (a build tree, a merged /usr) or in the
 * directory that was compiled in.  The front has no rights to lose, so it may
 * look at where it was started from.
 */
#ifndef MINISMTP_FRONT_PLACE_H
#define MINISMTP_FRONT_PLACE_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"
#include "front/options.h"

struct place {
	struct buf drop;	/* path of minismtp-drop */
	struct buf relay;	/* path of minismtp-relay */
	struct buf socket;	/* where a drop can be had without it */
	bool personal;
	struct buf spool;	/* personal only */
	struct buf config;	/* personal only */
};

int place_find(struct place *p, const struct options *o, struct err *e);

/*
 * The same for who writes a configuration: where none of the caller's own is
 * there it is still to come, unless he is root, whose is the machine's.  own:
 * root's is his own, too.
 */
int place_new(struct place *p, bool own, struct err *e);
void place_free(struct place *p);

#endif
