// SPDX-License-Identifier: ISC
/*
 * flight.h - what has been asked and not yet answered
 *
 * ask() says a command and remembers who wants the answer; settle() hears what
 * is outstanding, in order.  Without PIPELINING every ask settles at once,
 * with it only when it must: the same straight line serves both.
 *
 * For the inside of the session only (transact.c, session.c).
 */
#ifndef MINISMTP_SMTP_FLIGHT_H
#define MINISMTP_SMTP_FLIGHT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/str.h"
#include "smtp/reply.h"
#include "smtp/session.h"

#define FLIGHT_MAX 256		/* replies outstanding */

/* Where a letter's recipients stand in this session. */
enum stand {
	STAND_FREE,		/* not asked yet, or to be asked again */
	STAND_BUSY,		/* in a transaction */
	STAND_AGAIN,		/* one too many for it: free when it is over */
	STAND_TOLD		/* the verdict is out */
};

struct way {
	struct letter *letter;
	enum stand *stand;	/* of each recipient */
	size_t waiting;		/* recipients that are not TOLD */
	size_t under_way;	/* transactions that are not over */
	struct way *next;
};

/* MAIL, some RCPTs and the text: one attempt for some recipients. */
struct transaction {
	struct way *way;
	size_t *rcpt;		/* their places in the envelope */
	size_t count;
	size_t taken;		/* the relay said yes to so many */
	size_t ended;		/* LMTP: verdicts heard */
	struct err no;		/* why nobody gets it, if so */
	bool go;		/* 354 */
	bool asking;		/* still being said */
	uint64_t end;		/* wire's count behind the text, or 0 */
	uint64_t bytes;
	size_t outstanding;	/* replies */
};

/* Hears one reply; false when this question has another one coming. */
typedef bool hear_fn(struct session *s, struct transaction *t, size_t who,
    const struct reply *r);

struct asked {
	hear_fn *hear;
	struct transaction *t;
	size_t who;
	bool final;		/* the relay may take its time */
};

struct flight {
	struct asked asked[FLIGHT_MAX];
	size_t first, count;
	struct way *ways;	/* of the letters that are not settled */
	size_t messages;	/* transactions in the air */
	uint64_t bytes;
	uint64_t mails;		/* MAIL commands so far */
	size_t rcpts;		/* more of them were too many; 0: not known */
	const struct transaction *latest;
	bool open;		/* the latest may not be over at the relay */
	bool out_of_step;	/* its answers do not fit our questions */
	bool over;		/* all of the text is in chunk or was said */
	struct buf chunk;
};

/* -1 where the relay has said something that nobody wanted to know. */
int quiet(struct session *s, struct err *e);

int ask(struct session *s, struct transaction *t, struct str line,
    hear_fn *hear, size_t who, struct err *e);
/* The same for what has been said already. */
int expect(struct session *s, struct transaction *t, hear_fn *hear,
    size_t who, bool final, struct err *e);

/*
 * Hear until no more than keep replies are outstanding.  On -1 everything
 * that was outstanding has been given up.
 */
int settle(struct session *s, size_t keep, struct err *e);
/* Hear only what is here already. */
int settle_arrived(struct session *s, struct err *e);

/* The verdict for one recipient: tell it, once. */
void tell_done(struct way *way, size_t who, const struct reply *r);
void tell_why(struct way *way, size_t who, const struct err *why);

/* Over, if nothing is outstanding any more: all who are left get t->no. */
void conclude(struct session *s, struct transaction *t);
/* The connection is gone, or as good as: e goes to all of t. */
void give_up(struct session *s, struct transaction *t, const struct err *e);

#endif
