// SPDX-License-Identifier: ISC
/*
 * fuzz_session.c - a whole session with a relay that says what it likes
 *
 * The first byte says what it can do, the second how many recipients there
 * are; the rest comes one line at a time, and then the connection is closed.
 */
#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "base/clock.h"
#include "smtp/session.h"

#define MESSAGES 3
#define RCPTS_MAX 8

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct mail {
	struct letter letter;
	struct envelope env;
	struct source_text text;
	unsigned verdicts, settled;
};

struct bag {
	struct mail mail[MESSAGES];
	size_t taken;
};

static ssize_t
take_all(struct conn *c, struct str bytes, struct err *e)
{
	(void)c;
	(void)e;
	return (ssize_t)bytes.len;
}

static ssize_t
give_line(struct conn *c, char *to, size_t max, struct err *e)
{
	struct str *rest = c->state, line = *rest, head;
	size_t n;

	(void)e;
	n = str_eat_until(&line, '\n', &head) ? head.len + 1 : line.len;
	n = n < max ? n : max;
	if (n > 0)
		memcpy(to, rest->ptr, n);
	*rest = str_skip(*rest, n);
	return (ssize_t)n;
}

static void
do_nothing(struct conn *c)
{
	(void)c;
}

static const struct conn_ops ops = { take_all, give_line, do_nothing };

static int
open_mail(struct letter *l, const struct ehlo *caps, struct source **text,
    struct err *e)
{
	struct mail *m = (struct mail *)l;

	(void)caps;
	(void)e;
	source_text_init(&m->text, STR("Subject: x\r\n\r\n.\r\n"));
	*text = &m->text.source;
	return 0;
}

static void
close_mail(struct letter *l)
{
	(void)l;
}

static void
note_verdict(struct letter *l, size_t who)
{
	struct mail *m = (struct mail *)l;

	assert(l->env->rcpt[who].state != RCPT_TAKEN);
	assert((l->env->rcpt[who].state == RCPT_DONE) ==
	    (l->env->rcpt[who].why.code == 0));
	m->verdicts++;
}

static void
note_settled(struct letter *l)
{
	((struct mail *)l)->settled++;
}

static struct letter *
next_mail(void *who)
{
	struct bag *b = who;

	return b->taken < MESSAGES ? &b->mail[b->taken++].letter : NULL;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str rest = { (const char *)data, size };
	struct conn c = { .fd = -1, .ops = &ops, .state = &rest };
	struct session s = { .wire.conn = &c };
	struct bag bag = { .taken = 0 };
	struct err e = { 0 };
	size_t rcpts;

	if (size < 2)
		return 0;
	clock_fix(1700000000, 1000000);
	s.caps.has = data[0] & (EHLO_PIPELINING | EHLO_CHUNKING | EHLO_DSN);
	s.lmtp = data[0] >= 128;
	s.rcpts = data[0] & 32 ? 2 : 0;
	rcpts = data[1] % RCPTS_MAX + 1;
	rest = str_skip(rest, 2);
	for (size_t m = 0; m < MESSAGES; m++) {
		bag.mail[m].letter = (struct letter){ .env =
		    &bag.mail[m].env, .open = open_mail, .close = close_mail,
		    .verdict = note_verdict, .settled = note_settled };
		for (size_t i = 0; i < rcpts; i++)
			envelope_add(&bag.mail[m].env, STR("a@x.test"));
	}
	if (session_send(&s, next_mail, &bag, &e) < 0)
		assert(e.code != 0);
	session_quit(&s);
	for (size_t m = 0; m < MESSAGES; m++) {
		assert(bag.mail[m].settled == (m < bag.taken));
		assert(bag.mail[m].verdicts == (m < bag.taken ? rcpts : 0));
		envelope_free(&bag.mail[m].env);
	}
	session_free(&s);
	conn_close(&c);
	err_clear(&e);
	return 0;
}
