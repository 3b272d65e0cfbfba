// SPDX-License-Identifier: ISC
/*
 * list.h - what is in the queue, for whom it may concern
 *
 * Writes the fields that minismtp-drop(8) tells about: everybody gets his own
 * messages, root and the queue's group get all.
 */
#ifndef MINISMTP_DROP_LIST_H
#define MINISMTP_DROP_LIST_H

#include "drop/drop.h"

drop_fn list_run;

/* Those of d->id that he may see, and the text of each, as it was given. */
drop_fn list_show;

#endif
