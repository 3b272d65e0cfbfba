// SPDX-License-Identifier: ISC
/*
 * select.h - which messages somebody means
 *
 * A list of "I=text", "R=text" and "S=text": the ID, a recipient who still
 * waits, the sender has that text in it, in any case; with "!" in front it has
 * not.  As with sendmail's -q, of each kind one must fit, and all kinds must.
 */
#ifndef MINISMTP_RELAY_SELECT_H
#define MINISMTP_RELAY_SELECT_H

#include <stdbool.h>

#include "base/str.h"
#include "base/strs.h"
#include "queue/record.h"

/* Is that a word of such a list? */
bool select_is_valid(struct str word);

/* NULL and an empty list mean all. */
bool select_fits(const struct strs *list, const struct record *r);

#endif
