// SPDX-License-Identifier: ISC
/*
 * complete_work.h - what the two halves of complete.h share, and nobody else
 *
 * complete_fields.c writes the fields that were given, complete.c what has
 * turned out to be missing.
 */
#ifndef MINISMTP_MESSAGE_COMPLETE_WORK_H
#define MINISMTP_MESSAGE_COMPLETE_WORK_H

#include <stdbool.h>

#include "message/complete.h"
#include "message/mime.h"

struct work {
	const struct handed *handed;
	const struct policy *policy;
	const struct facts *facts;
	struct buf *out;
	struct mime mime;
	struct buf date, id;		/* made once, used twice perhaps */
	bool resent;
	/* What is there, and needs not be added. */
	bool has_date, has_id, has_from, has_to, has_reply_to, has_cte;
	bool has_subject;
	bool has_resent_date, has_resent_id, has_resent_from;
};

bool field_is_empty(const struct field *f);
bool field_is_removed(const struct work *w, const struct field *f);

void work_given(struct work *w);	/* all fields, in their order */
void work_add(struct work *w, const char *name, struct str value);
void work_add_text(struct work *w, const struct field *f);
void work_add_from(struct work *w);	/* where there is none */

#endif
