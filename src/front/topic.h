// SPDX-License-Identifier: ISC
/*
 * topic.h - what "minismtp help" can explain besides the verbs
 *
 * A screen for each, for somebody who does not want to read a manual now.
 */
#ifndef MINISMTP_FRONT_TOPIC_H
#define MINISMTP_FRONT_TOPIC_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/str.h"

struct topic {
	const char *name;
	const char *words;	/* one line */
	const char *text;	/* whole lines; NULL: add() makes it */
	void (*add)(struct buf *out);
};

const struct topic *topic_at(size_t i);		/* by name; NULL at the end */
const struct topic *topic_find(struct str name);	/* or NULL */
const char *topic_nearest(struct str name);		/* or NULL */

void topic_add(struct buf *out, const struct topic *t);

#endif
