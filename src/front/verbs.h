// SPDX-License-Identifier: ISC
/*
 * verbs.h - which verbs there are
 */
#ifndef MINISMTP_FRONT_VERBS_H
#define MINISMTP_FRONT_VERBS_H

#include "front/verb.h"

const struct verb *verbs_at(size_t i);		/* by name; NULL at the end */
const struct verb *verbs_find(struct str name);	/* or NULL */
const char *verbs_nearest(struct str name);	/* or NULL */

/* The first argument and what stands behind it.  The exit status. */
int verbs_run(struct str name, char *const *words);

#endif
