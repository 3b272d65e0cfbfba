// SPDX-License-Identifier: ISC
/*
 * origin.h - who hands the message in, where and when
 *
 * From the account database, the locale of the caller, the machine's name.
 * None of it is proof: who the submitter is, the kernel tells the drop.
 */
#ifndef MINISMTP_FRONT_ORIGIN_H
#define MINISMTP_FRONT_ORIGIN_H

#include "base/str.h"
#include "message/facts.h"

/* Everything but id, time and what options say.  Cannot fail. */
void origin_note(struct facts *f);

/*
 * The charset that a locale's environment stands for: the first of LC_ALL,
 * LC_CTYPE and LANG that is not empty; "" where it names none.
 */
struct str origin_charset(const char *lc_all, const char *lc_ctype,
    const char *lang);

/*
 * -F: one line, without the quotes that some callers put around it although
 * no shell takes them off.
 */
void origin_name(struct buf *out, struct str name);

/* Whether a text may be a field of a submission: no control byte, not long. */
bool origin_is_sayable(struct str text);

#endif
