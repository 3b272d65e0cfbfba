// SPDX-License-Identifier: ISC
/*
 * notice.h - a letter of our own, put into the queue
 *
 * Like a report it comes from the null sender, so that nothing answers it, and
 * is completed and sent like any other mail.
 */
#ifndef MINISMTP_RELAY_NOTICE_H
#define MINISMTP_RELAY_NOTICE_H

#include "base/err.h"
#include "base/str.h"
#include "base/strs.h"
#include "message/facts.h"
#include "queue/draft.h"
#include "queue/spool.h"

/* What every letter of ours says of itself, but for its recipients. */
int notice_fields(struct draft *d, const struct facts *about, struct err *e);
int notice_rcpt(struct draft *d, struct str to, struct err *e);

/* A plain one, about what came with these facts; 0 when it is safe. */
int notice_write(struct spool *s, const struct facts *about,
    const struct strs *to, struct str subject, struct str text,
    struct err *e);

#endif
