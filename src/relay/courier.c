// SPDX-License-Identifier: ISC
/*
 * courier.c - the process that talks to the relay
 */
#include "relay/courier.h"

#include <poll.h>
#include <stdlib.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/table.h"
#include "base/vis.h"
#include "base/xmem.h"
#include "config/secret.h"
#include "guard/fds.h"
#include "message/idn2.h"
#include "queue/field.h"
#include "relay/credentials.h"
#include "relay/fate.h"
#include "relay/line.h"
#include "relay/post.h"
#include "smtp/session.h"

#define MOVED_MS 200		/* between two words on how far it is */
#define IDLE_MS 5000		/* how long a session waits for more letters */

struct courier {
	int sock;		/* to the run */
	bool lost;		/* the run is gone: nobody takes verdicts */
	const struct account *account;
	const struct courier_brief *brief;
	struct parcel_ear ear;
	struct parcel *ahead;	/* taken, and not given to the session yet */
	struct buf to;		/* whom the next letter goes to */
	struct line line;
	bool over;		/* the run has nothing more */
	bool home;		/* what is ahead is for another session */
	int64_t moved;		/* when we last said how far it is */
};

/* -- what we say to the run */

static void
tell(struct courier *c, struct buf *packet)
{
	struct err e = { 0 };

	if (!c->lost && post_send(c->sock, buf_str(packet), -1, &e) < 0)
		c->lost = true;
	buf_free(packet);
	err_clear(&e);
}

static void
tell_line(struct courier *c, const char *key, struct str line)
{
	struct buf packet = { 0 };

	field_add(&packet, key, str_head(line, POST_MAX / 2));
	tell(c, &packet);
}

static void
tell_trace(void *who, struct str line)
{
	tell_line(who, "trace", line);
}

static void
tell_verdict(void *who, const struct record *r, size_t i)
{
	struct buf packet = { 0 };

	field_add(&packet, "about", buf_str(&r->facts.id));
	fate_pack(&packet, &r->env, i);
	tell(who, &packet);
}

static void
tell_sent(void *who, const struct record *r, struct str address)
{
	struct buf packet = { 0 };

	field_add(&packet, "about", buf_str(&r->facts.id));
	field_add(&packet, "sent", address);
	tell(who, &packet);
}

static void
tell_settled(void *who, const struct record *r)
{
	tell_line(who, "settled", buf_str(&r->facts.id));
}

static void
tell_torn(void *who, const struct record *r, const struct err *why)
{
	struct buf packet = { 0 };

	field_add(&packet, "torn", buf_str(&r->facts.id));
	field_add(&packet, "why", str_head(buf_str(&why->text), POST_MAX / 2));
	tell(who, &packet);
}

/* Who looks at a bar sees no more than that. */
static void
tell_moved(void *who, uint64_t done, uint64_t total)
{
	struct courier *c = who;
	int64_t now = clock_ms();
	struct buf packet = { 0 };

	if (now - c->moved < MOVED_MS)
		return;
	c->moved = now;
	field_addf(&packet, "moved", "%llu %llu", (unsigned long long)done,
	    (unsigned long long)total);
	tell(c, &packet);
}

static void
add_words(struct buf *out, const struct err *why)
{
	struct str text = buf_str(&why->text);

	buf_add(out, text);
	/* Most say it in their text already, and some in parentheses. */
	if (str_ends(text, STR(")")))
		text = str_head(text, text.len - 1);
	if (why->smtp != 0 && (why->reply.len == 0 ||
	    !str_ends(text, buf_str(&why->reply)))) {
		buf_printf(out, ": %d ", why->smtp);
		vis_add(out, buf_str(&why->reply));
	}
}

/*
 * Whatever keeps a session from standing says nothing about any message.  In a
 * sandbox there is no way to another relay, but somebody else may take it.
 */
static void
tell_down(struct courier *c, size_t next, const struct err *why)
{
	bool again = next < c->account->relays;
	struct buf words = { 0 };

	if (again)
		buf_printf(&words, "%zu ", next);
	else
		buf_printf(&words, "%d ", err_is_temporary(why) ? why->code :
		    EX_TEMPFAIL);
	add_words(&words, why);
	tell_line(c, again ? "again" : "down", buf_str(&words));
	buf_free(&words);
}

static void
tell_tried(void *who, size_t relay, enum line_fate fate,
    const struct err *why)
{
	struct buf words = { 0 };

	buf_printf(&words, "%zu %d ", relay, (int)fate);
	if (fate != LINE_WORKS)
		add_words(&words, why);
	tell_line(who, "tried", buf_str(&words));
	buf_free(&words);
}

/* -- what the run gives us */

/*
 * The next parcel: 1, or 0 when there is none now (or none will come any more:
 * c->over).  A letter that cannot go is settled here, and the next is looked
 * at.
 */
static int
take(struct courier *c, bool wait)
{
	struct buf packet = { 0 };
	struct err e = { 0 };
	int fd = -1, rc = 0;

	while (rc == 0) {
		rc = post_recv(c->sock, wait, &packet, &fd, &e);
		if (rc == 2) {
			rc = 0;
			break;
		}
		if (rc <= 0) {
			c->over = true;
			rc = 0;
			break;
		}
		if (fd < 0) {
			buf_add(&c->to, buf_str(&packet));
			rc = 0;
			continue;
		}
		rc = parcel_make(&c->ahead, c->brief->desk, c->account, fd,
		    buf_str(&c->to), &c->ear, &e) == 1;
		buf_reset(&c->to);
	}
	buf_free(&packet);
	err_clear(&e);
	return rc;
}

static struct parcel *
take_ahead(struct courier *c)
{
	struct parcel *p = c->ahead;

	c->ahead = NULL;
	return p;
}

/* Locked up without libidn2 we go home, and the next one begins with it. */
static struct letter *
next_letter(void *who)
{
	struct courier *c = who;

	if (c->ahead == NULL && !take(c, false))
		return NULL;
	c->home = c->line.locked && !idn2_is_there() &&
	    !parcel_is_ascii(c->ahead);
	return c->home ? NULL : parcel_letter(take_ahead(c));
}

/*
 * Between two flights: wait for another letter, but not so long that the relay
 * loses patience with us.
 */
static bool
wait_for_more(struct courier *c)
{
	bool patient = c->brief->patient;
	struct line *line = &c->line;
	struct pollfd p[2] = {
		{ .fd = c->sock, .events = POLLIN },
		{ .fd = patient ? line->conn.fd : -1, .events = POLLIN },
	};

	if (c->over || c->lost || c->home)
		return false;
	if (poll(p, 2, patient ? -1 : IDLE_MS) <= 0)
		return false;
	/* What the relay says now can only be a farewell. */
	if (p[1].revents != 0 || take(c, true) != 1)
		return false;
	if (patient)
		line->session.wire.end = clock_deadline(
		    c->account->session_timeout * 1000);
	return true;
}

/* -- the work */

static void
refuse_rest(struct courier *c, const struct err *why)
{
	if (c->ahead != NULL)
		parcel_refuse(take_ahead(c), why);
}

static void
carry(struct courier *c)
{
	struct session *s = &c->line.session;
	struct err e = { 0 };

	if (c->ahead == NULL && !wait_for_more(c)) {
		session_quit(s);
		return;
	}
	do
		if (session_send(s, next_letter, c, &e) < 0)
			break;
	while (session_takes_more(s) && wait_for_more(c));
	session_quit(s);
	if (e.code != 0)
		refuse_rest(c, &e);
	err_clear(&e);
}

static int
discard(struct courier *c)
{
	tell_line(c, "up", STR("discard"));
	while (c->ahead != NULL || take(c, true) == 1)
		parcel_discard(take_ahead(c));
	return c->lost ? EX_IOERR : EX_OK;
}

static int
open_line(struct courier *c, size_t *next, const struct trace *trace,
    struct err *e)
{
	const struct account *a = c->account;
	const struct memory *m = c->brief->memory;
	bool *held = xcalloc(a->relays + 1, sizeof(*held));
	struct buf netrc = { 0 };
	struct line_ear ear = { .held = held, .state = m->dir,
	    .tried = tell_tried, .who = c };
	int rc = memory_look(m, a, c->brief->ask, held, e);

	if (c->brief->desk->personal && a->user.len > 0 &&
	    !credentials_are_named(a) && secret_netrc_path(&netrc))
		ear.netrc = buf_cstr(&netrc);
	c->line.mode = c->brief->desk->config.sandbox;
	c->line.ascii = c->ahead != NULL && parcel_is_ascii(c->ahead);
	if (rc == 0)
		rc = line_open(&c->line, a, next, &c->brief->desk->here, trace,
		    &ear, e);
	else
		*next = a->relays;
	buf_free(&netrc);
	free(held);
	return rc;
}

/* Nothing else that the run has open is our business. */
static int
be_alone(const struct courier *c, struct err *e)
{
	const int keep[] = { c->sock, log_fd(), c->brief->memory->dir };

	if (fds_null(STDIN_FILENO, e) < 0 || fds_null(STDOUT_FILENO, e) < 0)
		return -1;
	return fds_keep(keep, TABLE_COUNT(keep), e);
}

int
courier_work(int sock, const struct account *account, size_t from, void *arg)
{
	struct courier c = { .sock = sock, .account = account, .brief = arg };
	struct trace trace = { 0 };
	struct err e = { 0 };

	c.ear = (struct parcel_ear){ .verdict = tell_verdict,
	    .sent = tell_sent, .moved = tell_moved,
	    .settled = tell_settled, .torn = tell_torn,
	    .who = &c };
	c.moved = clock_ms();
	if (c.brief->trace || account->trace)
		trace = (struct trace){ .line = tell_trace, .who = &c };
	if (be_alone(&c, &e) < 0) {
		tell_down(&c, account->relays, &e);
		err_clear(&e);
		return EX_TEMPFAIL;
	}
	if (!c.brief->patient && take(&c, true) == 0)
		return EX_OK;
	if (account->relays > 0 && account->relay[0].kind == RELAY_DISCARD)
		return discard(&c);
	if (open_line(&c, &from, &trace, &e) < 0) {
		tell_down(&c, from, &e);
		err_clear(&e);
		return from < account->relays ? EX_OK : EX_TEMPFAIL;
	}
	tell_line(&c, "up", buf_str(&c.line.conn.peer));
	carry(&c);
	line_close(&c.line);
	return c.lost ? EX_IOERR : EX_OK;	/* a verdict is lost, too */
}
