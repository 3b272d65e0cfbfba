// SPDX-License-Identifier: ISC
/*
 * sending.h - what was said behind "minismtp send"
 */
#ifndef MINISMTP_FRONT_SENDING_H
#define MINISMTP_FRONT_SENDING_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/strs.h"
#include "front/options.h"
#include "front/verb.h"

/* All as it was said; front/write.h understands it. */
struct sending {
	struct options options;		/* -C, --account, -v */
	struct strs to, cc, bcc;
	struct strs from, reply_to;	/* the last one counts */
	struct strs subject;
	struct strs headers;
	struct strs bodies, htmls;	/* one of each at most */
	struct strs attached, pictures;
	struct buf charset;
	bool ask;			/* even where a configuration answers */
	bool dry_run;
	bool now;			/* not by way of the queue */
	bool wait;
};

extern const struct verb_option sending_options[];

/* What holds for the next message, too: not to whom, and not what. */
void sending_again(struct sending *next, const struct sending *last);

void sending_free(struct sending *s);

#endif
