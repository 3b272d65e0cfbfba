// SPDX-License-Identifier: ISC
/*
 * session.h - many messages over one connection
 *
 *	struct session s = { .wire = { .conn = &c, .end = ..., ... } };
 *	struct greet_policy p = { ... };
 *
 *	if (greet(&s.wire, &p, &s.caps, &step, &e) == 0)
 *		rc = session_send(&s, next, who, &e);
 *	session_quit(&s);
 *	session_free(&s);
 *	conn_close(&c);
 *
 * Letters are taken one by one from next() and sent as many at a time as the
 * window and the relay's extensions allow.  Each recipient that was open gets
 * exactly one verdict, as soon as it is known; after the last one the letter
 * is settled.
 */
#ifndef MINISMTP_SMTP_SESSION_H
#define MINISMTP_SMTP_SESSION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/source.h"
#include "message/envelope.h"
#include "smtp/ehlo.h"
#include "smtp/wire.h"

#define SESSION_RCPTS 100		/* RFC 5321, 4.5.3.1.8 */
#define SESSION_WINDOW 16
#define SESSION_WINDOW_BYTES (1024 * 1024)

/*
 * A message on its way.  The caller has it as the first member of a struct of
 * his own, zeroed but for env and the functions, and keeps it until settled.
 */
struct letter {
	struct envelope *env;

	/*
	 * The whole message, fit for a relay with these extensions; line
	 * ends and dots are the session's.  env->size (0: not known),
	 * eight_bit and smtputf8 are brought up to date.  Called once for
	 * each transaction, which may be several.  An err that is not
	 * temporary fails the message for all who have no verdict yet.
	 */
	int (*open)(struct letter *l, const struct ehlo *caps,
	    struct source **text, struct err *e);
	/* The text is not needed any more; after each open() that was 0. */
	void (*close)(struct letter *l);

	/*
	 * env->rcpt[who] has got its verdict: DONE with reply, FAILED with
	 * why, or open with why.  Record it now.
	 */
	void (*verdict)(struct letter *l, size_t who);
	/* The session has nothing more to do with l; it may be freed. */
	void (*settled)(struct letter *l);

	bool twice;	/* sent whole, no reply: may be delivered twice */

	struct way *way;	/* the session's own */
};

/* Why a recipient is left over when MAILMAX is reached. */
#define SESSION_FULL "the relay takes no more messages in this session"

struct flight;

struct session {
	struct wire wire;
	struct ehlo caps;
	bool lmtp;		/* a reply for each recipient (RFC 2033) */
	size_t rcpts;		/* most in a transaction; 0: SESSION_RCPTS */
	size_t window;		/* messages in flight; 0: SESSION_WINDOW */
	uint64_t window_bytes;	/* 0: SESSION_WINDOW_BYTES */
	int64_t patience_end;	/* ms for the verdict on a message; 0: the
				   wire's patience */

	struct flight *flight;	/* the session's own */
};

/*
 * Sends what next() gives until it gives NULL (it never waits for mail) and
 * nothing is in the air any more, the relay's MAILMAX is reached or the
 * connection is lost; so next() is asked again after a NULL.  0 when the relay
 * spoke SMTP to the end, whatever it said; -1 when the connection is of no
 * more use, and why.  All letters that were taken from next() are settled in
 * either case.
 */
int session_send(struct session *s, struct letter *(*next)(void *who),
    void *who, struct err *e);

/* May session_send() be called again? */
bool session_takes_more(const struct session *s);

/*
 * Says QUIT, where anybody may still listen, and does not wait; only where
 * there is a trace the answer is part of it, if it comes within 2 seconds.
 */
void session_quit(struct session *s);

void session_free(struct session *s);		/* not the conn */

#endif
