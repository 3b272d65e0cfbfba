// SPDX-License-Identifier: ISC
/*
 * whom.h - the sender and the recipients of a submission
 *
 * Recipients are the operands and, with -t, those that the header names: both,
 * each once.  One that is no address does not take the others down: they get
 * their mail, and the caller gets the words and EX_DATAERR.
 */
#ifndef MINISMTP_FRONT_WHOM_H
#define MINISMTP_FRONT_WHOM_H

#include "base/buf.h"
#include "base/err.h"
#include "front/options.h"
#include "front/post.h"
#include "message/extract.h"
#include "message/header.h"

struct whom {
	struct addresses list;
	struct buf bad;		/* a line of words for each that is none */
};

/* Before standard input is read: -f, -r and the operands. */
int whom_said(struct whom *w, struct letter *l, const struct options *o,
    struct err *e);

/* With -t: those of the header. */
void whom_header(struct whom *w, const struct header *h);

/* Everybody into the envelope; -1 if there is nobody. */
int whom_settle(struct whom *w, struct letter *l, const struct options *o,
    struct err *e);

void whom_free(struct whom *w);

#endif
