// SPDX-License-Identifier: ISC
/*
 * path.h - the arguments of MAIL and RCPT
 */
#ifndef MINISMTP_TESTS_PATH_H
#define MINISMTP_TESTS_PATH_H

#include <stdbool.h>

#include "session.h"

struct path {
	struct str all;		/* "<a@b> SIZE=3" */
	struct str address;	/* without its brackets */
	bool eight_bit;		/* BODY=8BITMIME was said */
};

/* What they object to they have replied to, and return false. */
bool path_check_mail(struct session *s, struct str args, struct path *path);
bool path_check_rcpt(struct session *s, struct str args, struct path *path);

#endif
