// SPDX-License-Identifier: ISC
/*
 * said.h - the fields that a submitter may say
 *
 * One table for the drop, which refuses what is not in it, and for the record,
 * which is read back with it: what could be stored can be understood.
 */
#ifndef MINISMTP_QUEUE_SAID_H
#define MINISMTP_QUEUE_SAID_H

#include "base/err.h"
#include "base/str.h"
#include "queue/record.h"

/*
 * Take one field into r.  -1 with EX_DATAERR when the key is unknown or comes
 * twice, or the value is not one of its.
 */
int said_take(struct record *r, struct str key, struct str value,
    struct err *e);

#endif
