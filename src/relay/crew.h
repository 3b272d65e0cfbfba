// SPDX-License-Identifier: ISC
/*
 * crew.h - a courier, seen from the run that sent him
 *
 * A process of its own for each session.  It gets the open descriptor of a
 * message at a time and says how it went; when it dies, whatever it had not
 * settled is open again.
 */
#ifndef MINISMTP_RELAY_CREW_H
#define MINISMTP_RELAY_CREW_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/str.h"
#include "config/config.h"
#include "relay/line.h"
#include "relay/task.h"

/* What the run wants to hear of a courier. */
struct crew_ear {
	/* A line of the dialogue, and the first letter of that session. */
	void (*trace)(void *who, const struct account *a, struct str id,
	    struct str line);
	/* rcpt[i] of its envelope has a verdict; the task is not settled. */
	void (*verdict)(void *who, struct task *t, size_t i);
	/* One of several who stand for a recipient has it. */
	void (*sent)(void *who, struct task *t, struct str address);
	void (*settled)(void *who, struct task *t, struct str peer);
	/* It makes no sense: the sum of the file is wrong, or worse. */
	void (*torn)(void *who, struct task *t, const struct err *why);
	/* For now that is all; may be NULL. */
	void (*heard)(void *who);
	/* relay[i] of the account was asked. */
	void (*tried)(void *who, const struct account *a, size_t i,
	    enum line_fate fate, struct str why);
	/* So many bytes of a text, of about so many, are gone; may be NULL. */
	void (*moved)(void *who, struct str words);
	void *who;

	/* He never looked at it: somebody else may have it (staff.h). */
	void (*back)(void *staff, struct task *t);
	void *staff;
};

struct crew {
	const struct account *account;
	pid_t pid;
	int sock;			/* -1: not started, or gone */
	struct task **task;		/* with the courier */
	size_t count;
	size_t at;			/* which of them is spoken of */
	struct buf first;		/* ID of his first letter */
	struct buf peer;		/* with whom it speaks, when it does */
	bool fruit;			/* this session has settled something */
	unsigned vain;			/* sessions without, in succession */
	bool stopped;			/* by us */
	size_t from;			/* the relay that he begins with */
	bool down;			/* no session is to be had: why */
	struct err why;
};

/*
 * The child's whole life; it ends with _exit() of what this returns.  from is
 * the first of the account's relays that is worth a try.
 */
typedef int courier_fn(int sock, const struct account *account, size_t from,
    void *arg);

int crew_start(struct crew *c, courier_fn *courier, void *arg, struct err *e);

/* From here on the task is the crew's, until it is settled. */
int crew_give(struct crew *c, struct task *t, struct err *e);

/* There is nothing more; he may go home when he is done. */
void crew_dismiss(struct crew *c);

/* He shall not even finish what he has begun. */
void crew_stop(struct crew *c);

/* Listens until he has gone home. */
void crew_part(struct crew *c, const struct crew_ear *ear);

/*
 * Everything that has come by now.  When the courier went home, what he had
 * not looked at comes back.  When he died nobody knows how far he was: all
 * that he had is settled as deferred.
 */
void crew_hear(struct crew *c, const struct crew_ear *ear);

void crew_free(struct crew *c);		/* awaits the child */

#endif
