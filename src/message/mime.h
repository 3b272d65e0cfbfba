// SPDX-License-Identifier: ISC
/*
 * mime.h - what the MIME fields of a message must say, and what its body needs
 */
#ifndef MINISMTP_MESSAGE_MIME_H
#define MINISMTP_MESSAGE_MIME_H

#include <stdbool.h>

#include "base/err.h"
#include "base/str.h"
#include "message/encode.h"
#include "message/header.h"
#include "message/scan.h"

struct mime {
	struct encode_plan plan;
	bool add_version;	/* "MIME-Version: 1.0" */
	const char *charset;	/* for a Content-Type to add, or NULL */
	const char *cte;	/* the encoding to name; NULL: as it is */
	bool eight_bit;		/* the body goes out with 8-bit bytes, */
};				/* unless encode_look() finds some later */

/* Why it must not be changed, "it is signed", or NULL. */
const char *mime_seal(const struct header *h);

/*
 * hint is the charset of the submitter's locale, eight_bit whether the relay
 * has 8BITMIME.  -1 when the message must not be changed and cannot go as it
 * is.
 */
int mime_decide(struct mime *m, const struct header *h,
    const struct body_facts *body, const char *hint, bool eight_bit,
    struct err *e);
void mime_free(struct mime *m);

#endif
