// SPDX-License-Identifier: ISC
/*
 * serve.h - SMTP on two descriptors (sendmail -bs)
 *
 * For programs that would rather talk SMTP than options: the same door as
 * submit.h, and as safe: the 250 behind the end of the data is said only after
 * the drop has said that the message is on disk.
 *
 * Lines may end with CRLF or LF.  The end of the data is CRLF.CRLF; LF.LF ends
 * it only for a client that has never sent a CRLF, and a mixture never does
 * (SMTP smuggling, CERT VU#302671).
 */
#ifndef MINISMTP_FRONT_SERVE_H
#define MINISMTP_FRONT_SERVE_H

#include <stdint.h>

#include "front/options.h"

/* How a message leaves: in real life to the drop, in tests to anybody. */
struct serve_exit {
	int (*open)(void *who, struct err *e);	/* a socket, as door_open() */
	void *who;
};

/* Returns the exit status. */
int serve_run(const struct options *o, int in, int out,
    const struct serve_exit *to, int64_t idle_ms);

#endif
