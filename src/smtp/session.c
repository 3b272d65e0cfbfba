// SPDX-License-Identifier: ISC
/*
 * session.c - many messages over one connection
 */
#include "smtp/session.h"

#include <assert.h>
#include <stdlib.h>
#include <sysexits.h>

#include "base/xmem.h"
#include "message/canon.h"
#include "smtp/command.h"
#include "smtp/flight.h"
#include "smtp/transact.h"

#define QUIT_PATIENCE 2000	/* ms to get rid of four letters */

static struct way *
take(struct session *s, struct letter *l)
{
	struct way *way = xcalloc(1, sizeof(*way)), **at = &s->flight->ways;
	size_t count = l->env->count;

	way->letter = l;
	way->stand = xcalloc(count > 0 ? count : 1, sizeof(*way->stand));
	for (size_t i = 0; i < count; i++) {
		if (l->env->rcpt[i].state == RCPT_TODO)
			way->waiting++;
		else
			way->stand[i] = STAND_TOLD;
	}
	l->way = way;
	while (*at != NULL)
		at = &(*at)->next;
	*at = way;
	return way;
}

/* Letters with nothing left to be done go home. */
static void
let_go(struct session *s)
{
	struct way **at = &s->flight->ways;

	while (*at != NULL) {
		struct way *way = *at;

		if (way->waiting > 0 || way->under_way > 0) {
			at = &way->next;
			continue;
		}
		*at = way->next;
		way->letter->way = NULL;
		way->letter->settled(way->letter);
		free(way->stand);
		free(way);
	}
}

static bool
has_free(const struct way *way)
{
	for (size_t i = 0; i < way->letter->env->count; i++)
		if (way->stand[i] == STAND_FREE)
			return true;
	return false;
}

static void
tell_free(struct way *way, const struct err *why)
{
	for (size_t i = 0; i < way->letter->env->count; i++)
		if (way->stand[i] == STAND_FREE)
			tell_why(way, i, why);
}

/* RFC 9422, 4: no more than so many domains, where the relay counts them. */
static bool
fits_domains(const struct session *s, const struct transaction *t,
    size_t count, const struct envelope *env, size_t who)
{
	struct str local, domain = STR(""), other, seen;
	uint64_t domains = 1;

	if (s->caps.rcpt_domain_max == 0)
		return true;
	(void)str_cut_last(buf_str(&env->rcpt[who].address), '@', &local,
	    &domain);
	for (size_t i = 0; i < count; i++) {
		bool first = true;

		other = STR("");
		(void)str_cut_last(buf_str(&env->rcpt[t->rcpt[i]].address),
		    '@', &local, &other);
		if (str_ieq(other, domain))
			return true;
		for (size_t k = 0; k < i && first; k++) {
			seen = STR("");
			(void)str_cut_last(
			    buf_str(&env->rcpt[t->rcpt[k]].address), '@',
			    &local, &seen);
			first = !str_ieq(seen, other);
		}
		domains += first;
	}
	return domains <= s->caps.rcpt_domain_max;
}

static size_t
rcpt_limit(const struct session *s)
{
	size_t most = s->rcpts > 0 ? s->rcpts : SESSION_RCPTS;

	if (s->caps.rcpt_max > 0 && s->caps.rcpt_max < most)
		most = (size_t)s->caps.rcpt_max;
	if (s->flight->rcpts > 0 && s->flight->rcpts < most)
		most = s->flight->rcpts;
	return most;
}

/*
 * As many recipients as may be in one transaction.  Whoever has an address
 * that cannot be written is told so and holds nobody up.  NULL when nobody is
 * left.
 */
static struct transaction *
gather(struct session *s, struct way *way)
{
	const struct envelope *env = way->letter->env;
	struct transaction *t = xcalloc(1, sizeof(*t));
	size_t most = rcpt_limit(s);

	t->way = way;
	t->rcpt = xcalloc(most, sizeof(*t->rcpt));
	for (size_t i = 0; i < env->count && t->count < most; i++) {
		struct buf line = { 0 };
		struct err why = { 0 };

		if (way->stand[i] != STAND_FREE ||
		    !fits_domains(s, t, t->count, env, i))
			continue;
		if (command_rcpt(&line, &env->rcpt[i], &s->caps, &why) < 0) {
			tell_why(way, i, &why);
		} else {
			way->stand[i] = STAND_BUSY;
			t->rcpt[t->count++] = i;
		}
		buf_free(&line);
		err_clear(&why);
	}
	if (t->count > 0)
		return t;
	free(t->rcpt);
	free(t);
	return NULL;
}

/*
 * The oldest answers first, until there is room in the window, and then all
 * that came with them: so what may be said now goes out at once, and not one
 * message alone, and the others behind its answer.
 */
static int
make_room(struct session *s, uint64_t bytes, struct err *e)
{
	struct flight *f = s->flight;
	size_t window = s->window > 0 ? s->window : SESSION_WINDOW;
	uint64_t most = s->window_bytes > 0 ? s->window_bytes :
	    SESSION_WINDOW_BYTES;

	while (f->count > 0 && (f->messages >= window ||
	    f->bytes + bytes > most || f->count > FLIGHT_MAX / 2))
		if (settle(s, f->count - 1, e) < 0 ||
		    settle_arrived(s, e) < 0)
			return -1;
	return 0;
}

/* All that can be known before the first word is said. */
static int
prepare(struct session *s, struct letter *l, struct source *text,
    struct err *e)
{
	struct buf line = { 0 };
	int rc;

	if (transact_fill(s, text, e) < 0) {
		err_wrap(e, "cannot read the message");
		e->code = EX_TEMPFAIL;
		return -1;
	}
	if (l->env->size == 0 && s->flight->over)
		l->env->size = s->flight->chunk.len;
	rc = command_possible(l->env, &s->caps, s->wire.conn->secure, e);
	if (rc == 0)
		rc = command_mail(&line, l->env, &s->caps, e);
	buf_free(&line);
	return rc;
}

static int
send_some(struct session *s, struct way *way, struct source *text,
    struct err *e)
{
	struct err why = { 0 };
	struct transaction *t;
	int rc = 0;

	if (make_room(s, way->letter->env->size, e) < 0)
		return -1;
	if (prepare(s, way->letter, text, &why) < 0) {
		tell_free(way, &why);
	} else if ((t = gather(s, way)) != NULL) {
		t->bytes = way->letter->env->size;
		s->flight->messages++;
		s->flight->bytes += t->bytes;
		way->under_way++;
		rc = transact(s, t, text, e);
	}
	err_clear(&why);
	return rc;
}

/* Trouble with a letter is the letter's; -1 is trouble of the session. */
static int
offer(struct session *s, struct way *way, struct err *e)
{
	struct letter *l = way->letter;
	struct source *text = NULL;
	struct canon canon;
	struct err why = { 0 };
	int rc;

	if (l->open(l, &s->caps, &text, &why) < 0) {
		tell_free(way, &why);
		err_clear(&why);
		return 0;
	}
	canon_init(&canon, text, !ehlo_has(&s->caps, EHLO_CHUNKING));
	rc = send_some(s, way, &canon.source, e);
	canon_free(&canon);
	l->close(l);
	return rc < 0 ? -1 : settle_arrived(s, e);
}

bool
session_takes_more(const struct session *s)
{
	uint64_t mails = s->flight != NULL ? s->flight->mails : 0;

	return !s->wire.closed && s->wire.lost.code == 0 &&
	    (s->caps.mail_max == 0 || mails < s->caps.mail_max);
}

/*
 * First the recipients that an earlier transaction has left over, then new
 * letters.  When there are none, what is in the air may leave some over yet,
 * and while we wait for one answer there may be a letter: it need not wait for
 * the others.
 */
static int
pick(struct session *s, struct letter *(*next)(void *who), void *who,
    struct way **way, struct err *e)
{
	struct letter *l;

	*way = NULL;
	let_go(s);
	if (session_takes_more(s)) {
		for (*way = s->flight->ways; *way != NULL;
		    *way = (*way)->next)
			if (has_free(*way))
				return 1;
		if ((l = next(who)) != NULL) {
			*way = take(s, l);
			return 1;
		}
	}
	if (s->flight->count == 0)
		return 0;
	return settle(s, s->flight->count - 1, e) < 0 ||
	    settle_arrived(s, e) < 0 ? -1 : 1;
}

static int
send_all(struct session *s, struct letter *(*next)(void *who), void *who,
    struct err *e)
{
	struct way *way;
	int rc;

	while ((rc = pick(s, next, who, &way, e)) > 0)
		if (way != NULL && has_free(way) && offer(s, way, e) < 0)
			return -1;
	return rc;
}

int
session_send(struct session *s, struct letter *(*next)(void *who), void *who,
    struct err *e)
{
	struct err left = { 0 };
	int rc;

	if (s->flight == NULL)
		s->flight = xcalloc(1, sizeof(*s->flight));
	rc = send_all(s, next, who, e);
	if (rc < 0)
		err_copy(&left, e);
	else
		err_set(&left, EX_TEMPFAIL, SESSION_FULL);
	if (!err_is_temporary(&left))
		left.code = EX_TEMPFAIL;
	for (struct way *w = s->flight->ways; w != NULL; w = w->next)
		tell_free(w, &left);
	let_go(s);
	assert(s->flight->ways == NULL && s->flight->count == 0);
	err_clear(&left);
	return rc;
}

void
session_quit(struct session *s)
{
	struct err ignored = { 0 };
	struct reply bye = { 0 };

	if (s->wire.closed || s->wire.lost.code != 0)
		return;
	s->wire.patience = QUIT_PATIENCE;
	wire_say(&s->wire, STR("QUIT"));
	if (s->wire.trace.line != NULL)
		(void)wire_hear(&s->wire, &bye, &ignored);
	else
		(void)wire_flush(&s->wire, &ignored);
	wire_close(&s->wire);
	reply_free(&bye);
	err_clear(&ignored);
}

void
session_free(struct session *s)
{
	if (s->flight != NULL)
		buf_free(&s->flight->chunk);
	free(s->flight);
	wire_free(&s->wire);
	ehlo_free(&s->caps);
	*s = (struct session){ 0 };
}
