// SPDX-License-Identifier: ISC
/*
 * gate.c - what has come in, and does not go out at once
 */
#include "relay/gate.h"

#include <sysexits.h>

#include "base/clock.h"
#include "base/log.h"
#include "relay/fold.h"
#include "relay/notice.h"
#include "relay/quota.h"

static void
hold(struct task *t)
{
	struct err e = { 0 };

	if (entry_accept(&t->entry, SPOOL_HELD, &e) < 0)
		log_line(LOG_ERR, "%s", buf_cstr(&e.text));
	else
		log_line(LOG_INFO, "%s: held", buf_cstr(&t->record.facts.id));
	err_clear(&e);
}

/* A program that runs wild shall not fill another mailbox: once a day. */
static void
tell_admin(struct spool *s, const struct config *c, const struct facts *f)
{
	struct buf text = { 0 };
	struct err e = { 0 };

	buf_printf(&text, "User %lu (%s) on %s sends more mail than \"limit\""
	    " in the\nconfiguration allows.\n\n"
	    "Nothing is lost: what is too much waits in the queue and goes out"
	    "\nin its turn.  See what it is with\n\n"
	    "\tminismtp queue list\n\n"
	    "and throw away what nobody needs with\n\n"
	    "\tminismtp queue remove ID\n\n"
	    "This is said once a day.\n", (unsigned long)f->uid,
	    f->login.len > 0 ? buf_cstr(&f->login) : "without a name",
	    buf_cstr(&f->host));
	if (notice_write(s, f, &c->admin, STR("more mail than limit allows"),
	    buf_str(&text), &e) < 0)
		log_line(LOG_ERR, "%s", buf_cstr(&e.text));
	buf_free(&text);
	err_clear(&e);
}

/* True where it waits for others of its kind, or has become part of one. */
static bool
folds(struct spool *s, int state, int64_t fold, struct task *t, int64_t now,
    int64_t *turn)
{
	const char *id = buf_cstr(&t->record.facts.id);
	struct err e = { 0 };
	int64_t until = 0;
	int rc = 0;

	switch (fold_ask(s, state, fold, t, now, &until)) {
	case FOLD_GO:
		return false;
	case FOLD_KEEP:
		*turn = until;
		log_line(LOG_INFO, "%s: as the one before: waits %lld s for "
		    "others of its kind", id, (long long)(until - now));
		rc = marks_try(&t->marks, &t->entry, MARKS_ALL, now,
		    EX_TEMPFAIL, STR("as the one before: waits for others of"
		    " its kind"), &e);
		if (rc == 0)
			rc = entry_accept(&t->entry, until, &e);
		break;
	case FOLD_JOIN:
		rc = entry_remove(&t->entry, &e);
		break;
	}
	if (rc < 0)
		log_line(LOG_ERR, "%s: %s", id, buf_cstr(&e.text));
	err_clear(&e);
	return true;
}

static void
put_off(struct task *t, int64_t turn, int64_t now)
{
	const struct facts *f = &t->record.facts;
	struct err e = { 0 };

	log_line(LOG_WARNING, "%s: user %lu has sent more than limit allows: "
	    "this waits for %lld s", buf_cstr(&f->id), (unsigned long)f->uid,
	    (long long)(turn - now));
	if (marks_try(&t->marks, &t->entry, MARKS_ALL, now, EX_TEMPFAIL,
	    STR("more than limit allows: waits for its turn"), &e) < 0 ||
	    entry_accept(&t->entry, turn, &e) < 0)
		log_line(LOG_ERR, "%s", buf_cstr(&e.text));
	err_clear(&e);
}

bool
gate_keeps(struct spool *s, const struct config *c, int state,
    struct task *t, int64_t *turn)
{
	const struct record *r = &t->record;
	int64_t now = clock_now();
	bool tell;

	*turn = 0;
	if (t->entry.where != SPOOL_NEW)
		return false;
	if (t->account->hold) {
		hold(t);
		return true;
	}
	if (folds(s, state, c->fold, t, now, turn))
		return true;
	*turn = quota_ask(state, c, r->facts.uid, r->size, now, &tell);
	if (*turn == 0)
		return false;
	if (tell && c->admin.count > 0)
		tell_admin(s, c, &r->facts);
	put_off(t, *turn, now);
	return true;
}
