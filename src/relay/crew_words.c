// SPDX-License-Identifier: ISC
/*
 * crew_words.c - the words of a courier, as the run understands them
 */
#include "relay/crew_words.h"

#include <sysexits.h>

#include "base/log.h"
#include "base/table.h"
#include "queue/field.h"
#include "relay/direction.h"
#include "relay/fate.h"
#include "relay/post.h"

static bool
find(struct crew *c, struct str id)
{
	for (c->at = 0; c->at < c->count; c->at++)
		if (str_eq(buf_str(&c->task[c->at]->record.facts.id), id))
			return true;
	return false;
}

struct task *
crew_let_go(struct crew *c, size_t at)
{
	struct task *t = c->task[at];

	c->task[at] = c->task[--c->count];
	c->at = c->count;
	return t;
}

void
crew_settle(struct crew *c, size_t at, const struct crew_ear *ear)
{
	ear->settled(ear->who, crew_let_go(c, at), buf_str(&c->peer));
}

static int
hear_trace(struct crew *c, const struct crew_ear *ear, struct str *packet,
    struct err *e)
{
	struct str key, line;

	if (field_eat(packet, POST_MAX, &key, &line) != 1)
		return err_set(e, EX_SOFTWARE, "a trace without a line");
	ear->trace(ear->who, c->account, buf_str(&c->first), line);
	return 0;
}

static int
hear_notice(struct crew *c, const struct crew_ear *ear, struct str *packet,
    struct err *e)
{
	struct str key, line;

	(void)c;
	(void)ear;
	if (field_eat(packet, POST_MAX, &key, &line) != 1)
		return err_set(e, EX_SOFTWARE, "a notice without words");
	log_line(LOG_WARNING, "%.*s", STR_ARGS(line));
	return 0;
}

static int
hear_moved(struct crew *c, const struct crew_ear *ear, struct str *packet,
    struct err *e)
{
	struct str key, words;

	(void)c;
	if (field_eat(packet, POST_MAX, &key, &words) != 1)
		return err_set(e, EX_SOFTWARE, "moved, but how far");
	if (ear->moved != NULL)
		ear->moved(ear->who, words);
	return 0;
}

static int
hear_tried(struct crew *c, const struct crew_ear *ear, struct str *packet,
    struct err *e)
{
	struct str key, words;
	uint64_t relay, fate;

	if (field_eat(packet, POST_MAX, &key, &words) != 1 ||
	    !str_eat_number(&words, &relay) || !str_eat(&words, STR(" ")) ||
	    !str_eat_number(&words, &fate) || !str_eat(&words, STR(" ")) ||
	    relay >= c->account->relays || fate > LINE_LOGIN)
		return err_set(e, EX_SOFTWARE, "a relay that he does not have");
	ear->tried(ear->who, c->account, (size_t)relay, (enum line_fate)fate,
	    words);
	return 0;
}

static int
hear_up(struct crew *c, const struct crew_ear *ear, struct str *packet,
    struct err *e)
{
	struct str key, words;

	(void)ear;
	if (field_eat(packet, POST_MAX, &key, &words) != 1)
		return err_set(e, EX_SOFTWARE, "a session without a name");
	buf_set(&c->peer, words);
	return 0;
}

/* He is about to go, and says why; what he had comes back below. */
static int
hear_down(struct crew *c, const struct crew_ear *ear, struct str *packet,
    struct err *e)
{
	struct str key, words;
	uint64_t code;

	(void)ear;
	if (field_eat(packet, POST_MAX, &key, &words) != 1 ||
	    !str_eat_number(&words, &code) || !str_eat(&words, STR(" ")) ||
	    code > 255)
		return err_set(e, EX_SOFTWARE, "a failure without words");
	c->down = true;
	err_set(&c->why, (int)code, "%.*s", STR_ARGS(words));
	return 0;
}

/* Another one takes what he had to the next relay. */
static int
hear_again(struct crew *c, const struct crew_ear *ear, struct str *packet,
    struct err *e)
{
	struct str key, words;
	uint64_t from;

	(void)ear;
	if (field_eat(packet, POST_MAX, &key, &words) != 1 ||
	    !str_eat_number(&words, &from) || !str_eat(&words, STR(" ")) ||
	    from <= c->from || from >= c->account->relays)
		return err_set(e, EX_SOFTWARE, "another relay that is none");
	c->from = (size_t)from;
	c->fruit = true;
	log_line(LOG_NOTICE, "%.*s; trying the next relay", STR_ARGS(words));
	return 0;
}

static int
hear_about(struct crew *c, const struct crew_ear *ear, struct str *packet,
    struct err *e)
{
	struct str key, id;

	(void)ear;
	if (field_eat(packet, POST_MAX, &key, &id) != 1 || !find(c, id))
		return err_set(e, EX_SOFTWARE, "a letter that nobody gave him");
	return 0;
}

static int
hear_rcpt(struct crew *c, const struct crew_ear *ear, struct str *packet,
    struct err *e)
{
	struct task *t = c->at < c->count ? c->task[c->at] : NULL;
	size_t i;

	if (t == NULL)
		return err_set(e, EX_SOFTWARE, "a verdict without a letter");
	if (fate_unpack(packet, &t->record.env, &i, e) < 0)
		return -1;
	c->fruit |= t->record.env.rcpt[i].state != RCPT_TODO ||
	    t->record.env.rcpt[i].why.smtp != 0;
	ear->verdict(ear->who, t, i);
	return 0;
}

static int
hear_sent(struct crew *c, const struct crew_ear *ear, struct str *packet,
    struct err *e)
{
	struct task *t = c->at < c->count ? c->task[c->at] : NULL;
	struct str key, address;

	if (t == NULL ||
	    field_eat(packet, FIELD_VALUE_MAX, &key, &address) != 1)
		return err_set(e, EX_SOFTWARE, "sent, but what to whom");
	ear->sent(ear->who, t, address);
	return 0;
}

static int
hear_settled(struct crew *c, const struct crew_ear *ear, struct str *packet,
    struct err *e)
{
	if (hear_about(c, ear, packet, e) < 0)
		return -1;
	crew_settle(c, c->at, ear);
	return 0;
}

static int
hear_torn(struct crew *c, const struct crew_ear *ear, struct str *packet,
    struct err *e)
{
	struct str key, words;
	struct err why = { 0 };

	if (hear_about(c, ear, packet, e) < 0)
		return -1;
	if (field_eat(packet, POST_MAX, &key, &words) != 1)
		return err_set(e, EX_SOFTWARE, "a torn letter without words");
	err_set(&why, EX_DATAERR, "%.*s", STR_ARGS(words));
	c->fruit = true;
	ear->torn(ear->who, crew_let_go(c, c->at), &why);
	err_clear(&why);
	return 0;
}

static const struct {
	const char *name;
	int (*hear)(struct crew *, const struct crew_ear *, struct str *,
	    struct err *);
} words[] = {
	{ "trace", hear_trace },
	{ "moved", hear_moved },
	{ "notice", hear_notice },
	{ "tried", hear_tried },
	{ "up", hear_up },
	{ "down", hear_down },
	{ "again", hear_again },
	{ "about", hear_about },
	{ "rcpt", hear_rcpt },
	{ "sent", hear_sent },
	{ "settled", hear_settled },
	{ "torn", hear_torn },
};

/* The name of the next field decides who eats it. */
int
crew_take(struct crew *c, const struct crew_ear *ear, struct str packet,
    struct err *e)
{
	while (packet.len > 0) {
		struct str ahead = packet, key, value;
		size_t i = 0;

		if (field_eat(&ahead, POST_MAX, &key, &value) != 1)
			return err_set(e, EX_SOFTWARE, "a torn packet");
		while (i < TABLE_COUNT(words) &&
		    !str_eq(str_of(words[i].name), key))
			i++;
		if (i == TABLE_COUNT(words))
			return err_set(e, EX_SOFTWARE, "an unknown word");
		if (words[i].hear(c, ear, &packet, e) < 0)
			return -1;
	}
	return 0;
}
