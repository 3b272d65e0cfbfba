// SPDX-License-Identifier: ISC
/*
 * finding.h - what one check has come to
 *
 * One line, its details, and what mends it: commands, or lines of the
 * configuration, each as it is to be typed.  A check may speak several times;
 * the worst it has to say is its line, the rest stands below.
 */
#ifndef MINISMTP_RELAY_FINDING_H
#define MINISMTP_RELAY_FINDING_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/str.h"
#include "base/strs.h"

enum finding_state {
	FINDING_GOOD,
	FINDING_UNKNOWN,	/* not ours to know, or not to be had now */
	FINDING_WARNING,
	FINDING_BAD
};

/* Zeroed is none. */
struct finding {
	struct buf check;	/* its name in the table */
	struct buf group;	/* the headline that it stands under */
	enum finding_state state;
	struct buf words;
	struct strs details, mend;
};

/* Foreign text in the arguments is made harmless here. */
void finding_say(struct finding *f, enum finding_state state,
    const char *fmt, ...) __attribute__((format(printf, 3, 4)));
void finding_add(struct finding *f, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
void finding_mend(struct finding *f, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/*
 * What the err says; where its words end with the command that mends it
 * ("...: chmod o-rwx FILE") that becomes the mend.
 */
void finding_err(struct finding *f, enum finding_state state,
    const struct err *e);

/* As fields (queue/field.h), and back: false where these are none. */
void finding_pack(struct buf *out, const struct finding *f);
bool finding_unpack(struct finding *f, struct str in);

const char *finding_word(enum finding_state state);	/* for programs */
void finding_free(struct finding *f);

#endif
