// SPDX-License-Identifier: ISC
/*
 * staff.c - all couriers of a run, and who of them gets a message
 */
#include "relay/staff.h"

#include <poll.h>
#include <stdlib.h>
#include <sysexits.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/xmem.h"

#define BURDEN 64		/* letters with one courier at a time */
#define EARFUL ((size_t)64 << 10)	/* bytes of addresses for them */
#define HURRY_MS 5000		/* to finish in, after a signal */
#define LOOK_MS 1000		/* the signal may come just before poll(2) */

void
staff_again(struct staff *s, struct task *t)
{
	s->again = xgrow(s->again, s->agains, sizeof(struct task *));
	s->again[s->agains++] = t;
}

/* It is not settled: it waits for the next courier. */
static void
take_back(void *who, struct task *t)
{
	staff_again(who, t);
}

void
staff_begin(struct staff *s)
{
	s->ear.back = take_back;
	s->ear.staff = s;
	s->hurry = CLOCK_NEVER;
}

/* -- what they say */

static size_t
under_way(const struct staff *s)
{
	size_t n = 0;

	for (size_t i = 0; i < s->count; i++)
		n += s->crew[i]->count;
	return n;
}

/* What they had not settled stays in the queue. */
static void
hurry(struct staff *s)
{
	if (!*s->stop)
		return;
	if (s->hurry == CLOCK_NEVER) {
		s->hurry = clock_deadline(HURRY_MS);
		for (size_t i = 0; i < s->count; i++)
			crew_dismiss(s->crew[i]);
	} else if (clock_left(s->hurry) == 0)
		for (size_t i = 0; i < s->count; i++)
			crew_stop(s->crew[i]);
}

static void
listen(struct staff *s)
{
	size_t count = s->count;
	struct pollfd *fds = xcalloc(count, sizeof(*fds));

	for (size_t i = 0; i < count; i++)
		fds[i] = (struct pollfd){ .fd = s->crew[i]->sock,
		    .events = POLLIN };
	hurry(s);
	if (under_way(s) > 0 && poll(fds, count, LOOK_MS) > 0)
		for (size_t i = 0; i < count; i++)
			if (fds[i].revents != 0 && s->crew[i]->sock >= 0)
				crew_hear(s->crew[i], &s->ear);
	free(fds);
	if (s->ear.heard != NULL)
		s->ear.heard(s->ear.who);
}

/* -- who gets it */

/* What there is of an account. */
struct choice {
	struct crew *best;	/* can work, and has the least to do */
	struct crew *down;	/* knows why there is no session */
	size_t count;
};

static void
look(const struct staff *s, const struct account *a, struct choice *c)
{
	*c = (struct choice){ 0 };
	for (size_t i = 0; i < s->count; i++) {
		struct crew *crew = s->crew[i];

		if (crew->account != a)
			continue;
		c->count++;
		if (crew->down)
			c->down = crew;
		else if (c->best == NULL || crew->count < c->best->count)
			c->best = crew;
	}
}

static struct crew *
add(struct staff *s, const struct account *a)
{
	struct crew *c = xcalloc(1, sizeof(*c));

	*c = (struct crew){ .account = a, .sock = -1 };
	s->crew = xgrow(s->crew, s->count, sizeof(struct crew *));
	s->crew[s->count++] = c;
	return c;
}

/*
 * Whoever talks does not listen: what we have said to him and he has not heard
 * must fit into the socket, or we would wait for each other.
 */
static bool
has_room(const struct crew *c, const struct task *t)
{
	size_t said = t->to.len;

	for (size_t i = 0; i < c->count; i++)
		said += c->task[i]->to.len;
	return c->count == 0 || (c->count < BURDEN && said <= EARFUL);
}

/* NULL with *why: there is no session to be had. */
static struct crew *
choose(struct staff *s, const struct task *t, const struct err **why)
{
	const struct account *a = t->account;
	struct choice c;

	for (;;) {
		look(s, a, &c);
		if (c.count == 0)
			return add(s, a);
		if (c.best == NULL) {
			*why = &c.down->why;
			return NULL;
		}
		if (has_room(c.best, t))
			return c.best;
		if (c.count < (size_t)a->connections)
			return add(s, a);
		listen(s);
	}
}

/*
 * A courier that went home (idle, or the relay wanted no more) is replaced.
 * When he left just now the letter was not taken: it is as before.
 */
static bool
hand_over(struct staff *s, struct crew *c, struct task *t)
{
	struct err e = { 0 };
	bool done = false;

	if (c->sock < 0 &&
	    crew_start(c, courier_work, (void *)(uintptr_t)s->brief, &e) < 0) {
		c->down = true;
		err_copy(&c->why, &e);
	} else if (crew_give(c, t, &e) == 0) {
		done = true;
	} else {
		crew_hear(c, &s->ear);
		if (c->sock >= 0) {
			c->down = true;
			err_copy(&c->why, &e);
		}
	}
	err_clear(&e);
	return done;
}

static void
give(struct staff *s, struct task *t)
{
	struct err stopped = { 0 };
	const struct err *why = &stopped;
	struct crew *c;

	while (!*s->stop && (c = choose(s, t, &why)) != NULL)
		if (hand_over(s, c, t))
			return;
	if (why == &stopped)
		err_set(&stopped, EX_TEMPFAIL, "the run was stopped");
	task_refuse(t, why);
	s->ear.settled(s->ear.who, t, STR(""));
	err_clear(&stopped);
}

static void
give_again(struct staff *s)
{
	while (s->agains > 0)
		give(s, s->again[--s->agains]);
}

void
staff_give(struct staff *s, struct task *t)
{
	give(s, t);
	give_again(s);
}

/* -- to the end */

bool
staff_is_busy(const struct staff *s)
{
	return s->agains > 0 || under_way(s) > 0;
}

bool
staff_talks(const struct staff *s, const struct account *a)
{
	for (size_t i = 0; i < s->count; i++) {
		const struct crew *c = s->crew[i];

		if (c->account == a && !c->down && c->sock >= 0 &&
		    c->peer.len > 0)
			return true;
	}
	return false;
}

void
staff_listen(struct staff *s)
{
	listen(s);
	give_again(s);
}

void
staff_end(struct staff *s)
{
	while (staff_is_busy(s))
		staff_listen(s);
	for (size_t i = 0; i < s->count; i++)
		crew_dismiss(s->crew[i]);
	for (size_t i = 0; i < s->count; i++)
		if (s->brief->trace || s->crew[i]->account->trace)
			crew_part(s->crew[i], &s->ear);
	for (size_t i = 0; i < s->count; i++) {
		crew_free(s->crew[i]);
		free(s->crew[i]);
	}
	free(s->crew);
	free(s->again);
	*s = (struct staff){ 0 };
}
