// SPDX-License-Identifier: ISC
/*
 * mailq.h - the queue, in the layout that everybody's scripts know (Postfix)
 *
 * And as JSON, one object on each line, for scripts that are yet to come.
 */
#ifndef MINISMTP_FRONT_MAILQ_H
#define MINISMTP_FRONT_MAILQ_H

#include "base/buf.h"
#include "base/err.h"
#include "base/str.h"
#include "front/jobs.h"
#include "front/options.h"

/* -bp and -bP.  Returns the exit status. */
int mailq_run(const struct options *o);

/* The fields of "minismtp-drop list" as a table; -1: they make no sense. */
int mailq_format(struct buf *out, struct str fields, struct err *e);
/* The same as a number. */
int mailq_count(struct buf *out, struct str fields, struct err *e);

void mailq_table(struct buf *out, const struct jobs *q);
void mailq_json(struct buf *out, const struct jobs *q);

#endif
