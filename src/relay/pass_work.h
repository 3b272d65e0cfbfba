// SPDX-License-Identifier: ISC
/*
 * pass_work.h - what the two files of a pass have in common
 */
#ifndef MINISMTP_RELAY_PASS_WORK_H
#define MINISMTP_RELAY_PASS_WORK_H

#include "relay/pass.h"

/* What the pass hears of its couriers. */
struct crew_ear pass_ear(struct pass *p);

/* There is something to do then. */
void pass_note_wake(struct pass *p, int64_t at);

/* In this run the message is left alone. */
void pass_stick(struct pass *p, struct str id, const struct err *why);

/* It has been tried, with that peer; frees the task (who is the pass). */
void pass_settled(void *who, struct task *t, struct str peer);

/*
 * The verdict goes to whoever waits, once nothing is under way any more.  He
 * waits for no farewell, and not until the name of what was sent is gone for
 * good; what stays is durable before he hears of it.
 */
void pass_report(struct pass *p);

/* Names that were changed are durable. */
void pass_sync(struct pass *p);

/* A file that makes no sense stops nobody: it goes where a person looks. */
void pass_set_aside(struct pass *p, enum spool_where where, const char *name,
    const struct err *why);

#endif
