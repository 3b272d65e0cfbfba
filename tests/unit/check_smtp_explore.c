// SPDX-License-Identifier: ISC
/*
 * check_smtp_explore.c - every way in which a relay can answer
 *
 * For each set of extensions, 1 to 3 recipients and 1 or 2 messages, all
 * sequences of replies are played against the session: each reply is a yes, a
 * not now, a never, a 421, a reply of the wrong class, or the end of the
 * connection.  After each the states of the recipients are compared with what
 * the relay has really said.
 */
#include <check.h>
#include <stdio.h>
#include <string.h>
#include <sysexits.h>

#include "base/clock.h"
#include "base/table.h"
#include "play.h"
#include "post.h"
#include "run.h"
#include "smtp/session.h"

#define TEXT "Subject: x\r\n\r\n.hello\r\n"
#define MESSAGES_MAX 2
#define RCPTS_MAX 3
#define DEPTH_MAX 64

enum move { YES, LATER, NEVER, BYE, WRONG, GONE, MOVES };

/*
 * The first thing that the relay has said about one recipient's message, for
 * good or not; what it says after that is of no account.
 */
struct fate {
	bool taken;		/* RCPT in the transaction at hand */
	bool decided;
	enum move move;		/* YES, LATER or NEVER */
};

struct game {
	unsigned char move[DEPTH_MAX];
	size_t depth, at;
	bool lmtp, pipelining;
	size_t rcpts, messages;
	/* this time */
	size_t message;
	bool mail_ok;
	bool spoilt;		/* the client hears no more */
	bool bad_reset;
	bool odd;		/* 354 where nobody can say what follows */
	bool gave_up;		/* the client has closed */
	struct fate fate[MESSAGES_MAX][RCPTS_MAX];
};

static enum move
choose(struct game *g)
{
	/* The client does not listen any more. */
	if (g->spoilt)
		return YES;
	ck_assert_uint_lt(g->at, DEPTH_MAX);
	if (g->at == g->depth)
		g->move[g->depth++] = YES;
	return (enum move)g->move[g->at++];
}

static enum move
reply(struct game *g, struct play *p, struct buf *out, bool data)
{
	enum move m = choose(g);

	switch (m) {
	case YES:
		buf_puts(out, data ? "354 go\r\n" : "250 ok\r\n");
		break;
	case LATER:
		buf_puts(out, "450 4.2.1 later\r\n");
		break;
	case NEVER:
		buf_puts(out, "550 5.1.1 never\r\n");
		break;
	case BYE:
		buf_puts(out, "421 4.3.0 bye\r\n");
		p->hangs_up = p->said_421 = g->spoilt = true;
		break;
	case WRONG:
		buf_puts(out, data ? "250 ok\r\n" : "354 go\r\n");
		g->spoilt = true;
		break;
	case GONE:
		p->hangs_up = g->spoilt = true;
		break;
	case MOVES:
		break;
	}
	return m;
}

static void
decide(struct game *g, struct fate *f, enum move m)
{
	if (f->decided || g->spoilt)
		return;
	f->decided = true;
	f->move = m;
}

static void
decide_all(struct game *g, enum move m)
{
	for (size_t i = 0; i < g->rcpts; i++)
		decide(g, &g->fate[g->message][i], m);
}

static size_t
count_taken(const struct game *g)
{
	size_t n = 0;

	for (size_t i = 0; i < g->rcpts; i++)
		n += g->fate[g->message][i].taken;
	return n;
}

static void
hear_end(struct game *g, struct play *p, struct buf *out)
{
	struct fate *f = g->fate[g->message];

	if (!g->lmtp || count_taken(g) == 0) {
		decide_all(g, reply(g, p, out, false));
		return;
	}
	for (size_t i = 0; i < g->rcpts && !p->hangs_up; i++)
		if (f[i].taken)
			decide(g, &f[i], reply(g, p, out, false));
}

static void
hear_mail(struct game *g, struct play *p, size_t message, struct buf *out)
{
	enum move m;

	ck_assert_uint_lt(message, g->messages);
	ck_assert(!g->bad_reset || g->pipelining);
	g->message = message;
	for (size_t i = 0; i < g->rcpts; i++)
		g->fate[message][i].taken = false;
	m = reply(g, p, out, false);
	g->mail_ok = m == YES;
	if (m != YES)
		decide_all(g, m);
}

static void
hear_rcpt(struct game *g, struct play *p, size_t who, struct buf *out)
{
	struct fate *f = &g->fate[g->message][who];
	enum move m;

	ck_assert_uint_lt(who, g->rcpts);
	m = reply(g, p, out, false);
	f->taken = m == YES && g->mail_ok;
	if (m != YES)
		decide(g, f, m);
}

static void
answer(struct play *p, struct str command, struct buf *out)
{
	struct game *g = p->who;
	enum move m;
	uint64_t n;

	if (str_eat(&command, STR("MAIL FROM:<s")) &&
	    str_eat_number(&command, &n)) {
		hear_mail(g, p, (size_t)n, out);
	} else if (str_eat(&command, STR("RCPT TO:<r")) &&
	    str_eat_number(&command, &n)) {
		hear_rcpt(g, p, (size_t)n, out);
	} else if (str_eq(command, STR("DATA"))) {
		if ((m = reply(g, p, out, true)) != YES)
			decide_all(g, m);
		else if (!g->mail_ok || (g->lmtp && count_taken(g) == 0))
			g->odd = true;
	} else if (str_eq(command, STR(".")) && count_taken(g) == 0) {
		/* Nobody gets it, so nothing must be in it. */
		ck_assert_uint_eq(p->text.len, p->text_from);
		hear_end(g, p, out);
	} else if (str_eq(command, STR(".")) ||
	    str_eat(&command, STR("BDAT"))) {
		hear_end(g, p, out);
	} else if (str_eq(command, STR("RSET"))) {
		if (reply(g, p, out, false) != YES)
			g->spoilt = g->bad_reset = true;
	} else if (str_eq(command, STR("QUIT"))) {
		buf_puts(out, "221 bye\r\n");
		p->hangs_up = true;
	} else if (command.len > 0) {
		ck_abort_msg("what is %.*s?", STR_ARGS(command));
	}
}

/* The dialogue that led to it, when something is wrong. */
#define ENSURE(what) \
	ck_assert_msg((what), "%s\n%s", #what, buf_cstr(&p->dialogue))

static void
judge(const struct game *g, const struct play *p, const struct post *post)
{
	ENSURE(!p->waited_in_vain);
	ENSURE(!p->talked_on);
	ENSURE(!g->gave_up || g->spoilt || g->odd);
	for (size_t m = 0; m < g->messages; m++) {
		ENSURE(post[m].opened == post[m].closed);
		ENSURE(post[m].settled == 1 || g->spoilt || g->gave_up);
		ENSURE(post[m].settled <= 1);
		ENSURE(!post[m].letter.twice ||
		    (p->texts > 0 && !p->said_421));
		for (size_t i = 0; i < g->rcpts; i++) {
			const struct fate *f = &g->fate[m][i];
			const struct rcpt *to = &post[m].env.rcpt[i];

			ENSURE(post[m].verdicts[i] == post[m].settled);
			ENSURE((to->why.code != 0) == (post[m].settled &&
			    to->state != RCPT_DONE));
			switch (to->state) {
			case RCPT_DONE:
				ENSURE(f->decided && f->move == YES);
				break;
			case RCPT_FAILED:
				ENSURE(f->decided && f->move == NEVER);
				break;
			case RCPT_TODO:
				ENSURE(g->spoilt || g->gave_up ||
				    (f->decided && f->move == LATER));
				break;
			case RCPT_TAKEN:
				ENSURE(to->state != RCPT_TAKEN);
			}
		}
	}
}

static void
play_once(struct game *g, unsigned has)
{
	struct post post[MESSAGES_MAX], *at = &post[0];
	struct play p = { 0 };
	struct session s = { .lmtp = g->lmtp };
	struct err e = { 0 };

	g->at = 0;
	g->mail_ok = g->spoilt = g->odd = g->bad_reset = false;
	g->pipelining = has & EHLO_PIPELINING;
	memset(g->fate, 0, sizeof(g->fate));
	for (size_t m = 0; m < g->messages; m++) {
		post_init(&post[m], m, g->rcpts, TEXT);
		if (m > 0)
			post[m - 1].next = &post[m];
	}
	g->gave_up = false;
	play_start(&p, answer, g);
	s.wire.conn = &p.conn;
	s.caps.has = has;
	g->gave_up = session_send(&s, post_next, &at, &e) < 0;
	session_quit(&s);
	judge(g, &p, post);
	for (size_t m = 0; m < g->messages; m++)
		post_free(&post[m]);
	session_free(&s);
	play_free(&p);
	err_clear(&e);
}

static unsigned long
play_all(struct game *g, unsigned has)
{
	unsigned long count = 0;

	g->depth = 0;
	for (;;) {
		play_once(g, has);
		count++;
		g->depth = g->at;
		while (g->depth > 0 && g->move[g->depth - 1] == MOVES - 1)
			g->depth--;
		if (g->depth == 0)
			return count;
		g->move[g->depth - 1]++;
	}
}

static const struct setting {
	const char *name;
	unsigned has;
	bool lmtp;
	size_t rcpts_of_two;	/* most recipients when there are 2 messages */
} settings[] = {
	{ "nothing", 0, false, 3 },
	{ "PIPELINING", EHLO_PIPELINING, false, 2 },
	{ "CHUNKING", EHLO_CHUNKING, false, 3 },
	{ "PIPELINING and CHUNKING", EHLO_PIPELINING | EHLO_CHUNKING, false,
	  2 },
	{ "LMTP", 0, true, 2 },
	{ "LMTP, PIPELINING", EHLO_PIPELINING, true, 2 },
	{ "LMTP, PIPELINING and CHUNKING", EHLO_PIPELINING | EHLO_CHUNKING,
	  true, 2 },
};

START_TEST(every_sequence_ends_in_the_right_verdicts)
{
	const struct setting *set = &settings[_i];
	unsigned long count = 0;

	clock_fix(1700000000, 1000000);
	for (size_t messages = 1; messages <= MESSAGES_MAX; messages++) {
		size_t most = messages == 1 ? RCPTS_MAX : set->rcpts_of_two;

		for (size_t rcpts = 1; rcpts <= most; rcpts++) {
			struct game g = { .lmtp = set->lmtp,
			    .rcpts = rcpts, .messages = messages };

			count += play_all(&g, set->has);
		}
	}
	printf("%s: %lu sequences\n", set->name, count);
}
END_TEST

int
main(void)
{
	const struct test_row tests[] = {
		{ every_sequence_ends_in_the_right_verdicts,
		  TABLE_COUNT(settings) },
	};
	return RUN("smtp_explore", tests);
}
