// SPDX-License-Identifier: ISC
/*
 * exam.h - what the checks of an examination know
 *
 * A check is a row of a table and a function that fills its finding; one that
 * says nothing does not apply.  For the inside of the examination only.
 */
#ifndef MINISMTP_RELAY_EXAM_H
#define MINISMTP_RELAY_EXAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/buf.h"
#include "queue/id.h"
#include "queue/spool.h"
#include "relay/desk.h"
#include "relay/finding.h"
#include "relay/question.h"

struct learnt;

struct exam {
	const struct question *question;
	int sock;		/* to whom who prints listens */
	uid_t uid;		/* of the service; (uid_t)-1: there is none */
	gid_t gid;
	struct spool spool;	/* open, where that could be */
	bool has_spool;
	struct desk desk;
	bool has_config;
	const char *group;	/* the headline of what comes */
	const struct learnt *learnt;	/* of the relay that it is about */
	struct id sent;		/* what --send has put into the queue, */
	int64_t until;		/* and how long it is followed */
};

typedef void check_fn(struct exam *x, struct finding *f);

enum { SYSTEM = 1, PERSONAL = 2, BOTH = 3, ONLINE = 4 };

struct exam_row {
	const char *name;
	unsigned where;		/* SYSTEM, PERSONAL; ONLINE: not --offline */
	check_fn *check;
};

struct exam_table {
	const char *group;	/* NULL: that of the table before */
	const struct exam_row *row;
	size_t count;
};

/* The tables, in the order in which they are gone through. */
extern const struct exam_table exam_machine, exam_spool, exam_config,
    exam_names, exam_runner, exam_queue, exam_way, exam_trust, exam_mail;

/* Go through a table; each finding is sent as soon as it is there. */
void exam_go(struct exam *x, const struct exam_table *t);
void exam_tell(struct exam *x, const struct finding *f);

/*
 * A child for what gives rights away or locks itself up; work() has them both.
 * 0 when it ended well, else -1.
 */
int exam_fork(struct exam *x, void (*work)(struct exam *x));

/* As the service, if root may; else as whoever asks. */
int exam_become(const struct exam *x, struct err *e);

/* Every relay of every account, each in a child of its own. */
void exam_relays(struct exam *x);

/* --send: through all of the house, and what became of it. */
void exam_send(struct exam *x);

/* The sender of mail that names none, by that account. */
void exam_sender(const struct exam *x, const struct account *a,
    struct buf *out);

/* Each in a line, with how to get there. */
void exam_mistakes(struct finding *f, const struct mistakes *m);

/* -- words */

/* "3 days", "2 h", "40 s" */
void exam_add_span(struct buf *out, int64_t seconds);
/* "12 GB" */
void exam_add_bytes(struct buf *out, uint64_t bytes);
/* Beside this program if it is there, else in dir. */
void exam_program(struct buf *out, const char *dir, const char *name);
/* The command that tries the queue now, for this kind of use. */
const char *exam_flush(const struct exam *x);

#endif
