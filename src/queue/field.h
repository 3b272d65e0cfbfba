// SPDX-License-Identifier: ISC
/*
 * field.h - one named value with its length in front
 *
 *	sender 16:root@example.com\n
 *
 * The same framing serves the stream from the front to the drop, the reports
 * back, and the record of a spool file.  Nothing is escaped, so nothing can be
 * escaped wrongly, and no value can make another field.
 */
#ifndef MINISMTP_QUEUE_FIELD_H
#define MINISMTP_QUEUE_FIELD_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/str.h"

#define FIELD_KEY_MAX 16		/* bytes of a key: a-z, 0-9 and '-' */
#define FIELD_VALUE_MAX 16384		/* bytes of a value in a record */

void field_add(struct buf *out, const char *key, struct str value);
void field_add_pair(struct buf *out, const char *key, struct str first,
    struct str second);				/* with a blank between */
void field_add_number(struct buf *out, const char *key, uint64_t n);
void field_addf(struct buf *out, const char *key, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

/*
 * The next field of *in: 1 and *in moves behind it; 0 when it is not there
 * completely yet; -1 when this is none, or its value is longer than max.
 */
int field_eat(struct str *in, size_t max, struct str *key, struct str *value);

/* How much is missing of the first field, as far as it says: 0, unknown. */
size_t field_missing(struct str in, size_t max);

#endif
