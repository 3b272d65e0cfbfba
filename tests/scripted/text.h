// SPDX-License-Identifier: ISC
/*
 * text.h - the message comes in, by DATA or by BDAT
 *
 * Only CRLF "." CRLF is an end.  What a strict relay may object to is noted
 * as a problem: bare CR or LF, a NUL, a line longer than 998 bytes, and bytes
 * above 127 where BODY=8BITMIME was not said.
 */
#ifndef MINISMTP_TESTS_TEXT_H
#define MINISMTP_TESTS_TEXT_H

#include <stdbool.h>
#include <stdint.h>

#include "session.h"

/* Recorded without its dots; false: the connection was lost before the end. */
bool text_receive(struct session *s);
/* The same for count bytes as they are. */
bool text_receive_chunk(struct session *s, uint64_t count);

#endif
