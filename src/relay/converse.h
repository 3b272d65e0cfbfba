// SPDX-License-Identifier: ISC
/*
 * converse.h - somebody at a terminal, and one session for all that he writes
 *
 * Runs with the rights of whoever asks and has nothing to do with the queue.
 * Standard input and output are a socket; on it are fields (queue/field.h):
 *
 *	him -> us
 *	  config yes|no		may a configuration answer?  The first word.
 *	  account NAME		by this one of it
 *	  from ADDRESS		or by the one that he is for
 *	  relay TEXT, user NAME, password SECRET
 *				instead of what the configuration says
 *	  open			connect and log in
 *	  sender, rcpt, ... data, end
 *				a message, as for minismtp-drop(8)
 *	  quit			that was all
 *
 *	us -> him
 *	  known WORDS		"relay user password", as far as they are
 *				known, and "login" if there is one: the answer
 *				to config
 *	  closed WORDS		or it is there, and not for him to read
 *	  up PEER		we are logged in with that relay
 *	  login WORDS		it refuses user or password
 *	  down CODE WORDS	there is no session, and why
 *	  trace, rcpt, done	as in queue/report.h
 *	  bye WORDS		the relay's answer to QUIT; the end
 *
 * The session is a courier's (courier.h), in his sandbox.  One that the relay
 * has ended meanwhile is opened again for the next message.
 */
#ifndef MINISMTP_RELAY_CONVERSE_H
#define MINISMTP_RELAY_CONVERSE_H

#include "relay/question.h"

int converse(const struct question *q);

#endif
