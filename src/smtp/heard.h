// SPDX-License-Identifier: ISC
/*
 * heard.h - what the relay's answers in a transaction mean
 *
 * Who decides: the class of a reply, never its words.  A 5xx is for good where
 * it is about the recipient or the message; a reply about the order of
 * commands or about us is about neither.  What cannot be an answer to what was
 * asked ends the session: from there on nobody knows which reply is whose.
 *
 * For the inside of the session only (transact.c).
 */
#ifndef MINISMTP_SMTP_HEARD_H
#define MINISMTP_SMTP_HEARD_H

#include "smtp/flight.h"

hear_fn hear_reset, hear_mail, hear_rcpt, hear_data;
hear_fn hear_chunk;		/* BDAT that is not the last */
hear_fn hear_end;		/* the text, all of it */
hear_fn hear_nothing;		/* to a message for nobody: no verdict */

#endif
