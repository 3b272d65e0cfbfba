// SPDX-License-Identifier: ISC
/*
 * date.h - the date of RFC 5322, without asking the locale
 */
#ifndef MINISMTP_MESSAGE_DATE_H
#define MINISMTP_MESSAGE_DATE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/str.h"

/*
 * "Sat, 21 Nov 2026 04:30:50 +0100" for seconds since 1970 and the zone in
 * minutes east.  Years outside 1..9999 and zones of a day or more do not
 * exist; they are taken for the nearest that do.
 */
void date_add(struct buf *out, int64_t time, int zone);

/*
 * Would a reader understand this value of a Date field?  Obsolete forms pass
 * (RFC 5322, 4.3: two-digit years, named zones, comments and folds anywhere);
 * the 31st of February, a time alone, or "today" do not.
 */
bool date_is_valid(struct str value);

#endif
