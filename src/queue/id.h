// SPDX-License-Identifier: ISC
/*
 * id.h - the name of a message
 *
 * Fifteen of 0-9A-Za-z: six for the second, four for the microsecond, five of
 * chance.  Names sort by time as bytes, hold nothing that a path, a log or a
 * Message-ID would mind, and two at once differ; should they not, O_EXCL says
 * so and another one is made.
 */
#ifndef MINISMTP_QUEUE_ID_H
#define MINISMTP_QUEUE_ID_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

#define ID_LEN 15

struct id {
	char text[ID_LEN + 1];	/* with a NUL behind it */
};

struct id id_make(void);		/* from the clock and chance */
struct id id_at(int64_t second, uint32_t micro, uint64_t chance);
bool id_parse(struct str s, struct id *id);	/* false: this is none */
int64_t id_time(const struct id *id);		/* seconds since 1970 */

#endif
