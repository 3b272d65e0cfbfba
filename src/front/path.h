// SPDX-License-Identifier: ISC
/*
 * path.h - what stands behind MAIL FROM: and RCPT TO: (RFC 5321, 4.1.2)
 *
 * The address in its angle brackets, and the parameters of RFC 1870, 3461, 6152
 * and 6531, each a row of a table.  A mistake is an err whose smtp member is
 * the reply code and whose text begins with the enhanced one.
 */
#ifndef MINISMTP_FRONT_PATH_H
#define MINISMTP_FRONT_PATH_H

#include "base/err.h"
#include "base/str.h"
#include "front/post.h"

/* "FROM:<a@b> SIZE=9" into the envelope's sender and the letter's body. */
int path_mail(struct letter *l, struct str args, struct err *e);

/* "TO:<a@b> NOTIFY=NEVER" into one more recipient. */
int path_rcpt(struct letter *l, struct str args, struct err *e);

#endif
