// SPDX-License-Identifier: ISC
/*
 * addresses.c - addresses as people and programs write them
 *
 * One pass from left to right.  Where a thing is no address, the parser goes
 * back to where that began and on to the next comma that is none of its own:
 * not in quotes, comments or angle brackets.  If one of these never closes,
 * nobody knows what was meant, and the rest is part of the mistake.
 */
#include "message/addresses.h"

#include <stdlib.h>
#include <sysexits.h>

#include "base/vis.h"
#include "base/xmem.h"
#include "message/address.h"

#define SHOWN 80
#define BAD_MAX 100

/* A list on its way, and where in the caller's text it stands. */
struct walk {
	struct parse parse;
	struct addresses *list;
	size_t base;
	size_t nulls;		/* <> */
};

static void
describe(struct buf *words, struct str what, size_t at, const char *why)
{
	buf_puts(words, "bad address \"");
	vis_add_some(words, str_trim(what), SHOWN);
	buf_printf(words, "\" at position %zu: %s", at + 1, why);
}

/* Put what is wrong into words, for the list and, if the first, for e. */
static void
report(struct walk *w, int *rc, struct err *e)
{
	struct parse *p = &w->parse;
	struct str text = str_head(p->lex.text, p->tok.at);
	struct buf words = { 0 };

	describe(&words, str_skip(text, p->start), w->base + p->wrong_at,
	    buf_cstr(&p->wrong));
	if (*rc == 0)
		*rc = err_set(e, EX_DATAERR, "%s", buf_cstr(&words));
	if (w->list->bad.count < BAD_MAX)
		(void)strs_add(&w->list->bad, buf_str(&words));
	buf_free(&words);
	buf_reset(&p->wrong);
}

static void
keep(struct walk *w, struct mailbox *m)
{
	struct addresses *list = w->list;
	struct str comment = w->parse.lex.comment;

	if (m->local.len == 0) {
		w->nulls++;
		mailbox_free(m);
		return;
	}
	if (m->phrase.len == 0 && comment.len > 0)
		comment_value(&m->phrase, comment);
	m->at += w->base;
	list->box = xgrow(list->box, list->count, sizeof(*list->box));
	list->box[list->count++] = *m;
}

/* One step of the list, up to a separator or behind a group's colon. */
static void
step(struct walk *w)
{
	struct parse *p = &w->parse;
	struct mailbox m = { 0 };
	bool got;

	if (mailbox_read(p, &m, &got) < 0 || !got)
		mailbox_free(&m);
	else if (w->list->count < ADDRESSES_MAX)
		keep(w, &m);
	else {
		(void)parse_fail(p, m.at, "there are too many before it");
		mailbox_free(&m);
	}
}

static void
separate(struct parse *p)
{
	if (token_is(&p->tok, ';'))
		p->group = PARSE_NOWHERE;
	p->lex.comment = STR("");
	lex_next(&p->lex, &p->tok);
	p->start = p->tok.at;
}

static int
walk(struct walk *w, struct str text, struct err *e)
{
	struct parse *p = &w->parse;
	int rc = 0;

	p->lex = (struct lex){ .text = text, .comment = STR("") };
	p->group = PARSE_NOWHERE;
	lex_next(&p->lex, &p->tok);
	p->start = p->tok.at;
	for (;;) {
		size_t group = p->group;

		step(w);
		if (p->wrong.len > 0) {
			parse_resync(p);
			report(w, &rc, e);
		} else if (p->group != group) {
			continue;
		}
		if (p->tok.kind == TOKEN_END)
			break;
		separate(p);
	}
	if (p->group != PARSE_NOWHERE) {
		p->start = p->group;
		(void)parse_fail(p, p->group,
		    "the group has no ';' at its end");
		report(w, &rc, e);
	}
	buf_free(&p->wrong);
	return rc;
}

int
addresses_add(struct addresses *list, struct str text, struct err *e)
{
	struct walk w = { .list = list };

	return walk(&w, text, e);
}

int
addresses_recipients(struct addresses *list, struct str text, struct err *e)
{
	struct walk w = { .list = list, .parse = { .recipients = true } };

	return walk(&w, text, e);
}

/* "a@x b@y": words with an @ inside, and nothing that could mean more. */
static bool
is_old_style(struct str text)
{
	struct str word;
	size_t words = 0;

	for (size_t i = 0; i < text.len; i++)
		if (str_has(STR(",;:<>()[]\"\\"), text.ptr[i]))
			return false;
	while (str_eat_word(&text, &word)) {
		struct str local, domain;

		if (!str_cut_last(word, '@', &local, &domain) ||
		    local.len == 0 || domain.len == 0)
			return false;
		words++;
	}
	return words > 1;
}

static int
add_words(struct addresses *list, struct str text, struct err *e)
{
	struct str rest = text, word;
	int rc = 0;

	while (str_eat_word(&rest, &word)) {
		struct walk w = { .list = list };
		struct err own = { 0 };

		w.base = (size_t)(word.ptr - text.ptr);
		if (walk(&w, word, &own) < 0 && rc == 0)
			rc = err_copy(e, &own);
		err_clear(&own);
	}
	return rc;
}

/* Words come with operands, line ends and the like do not. */
static int
refuse_controls(struct strs *bad, struct str text, struct err *e)
{
	struct buf words = { 0 };
	size_t i = 0;

	while (i < text.len &&
	    (!str_is_control(text.ptr[i]) || text.ptr[i] == '\t'))
		i++;
	if (i == text.len)
		return 0;
	describe(&words, text, i, "a control character is no part of it");
	(void)err_set(e, EX_DATAERR, "%s", buf_cstr(&words));
	(void)strs_add(bad, buf_str(&words));
	buf_free(&words);
	return -1;
}

int
addresses_operand(struct addresses *list, struct str text, struct err *e)
{
	if (refuse_controls(&list->bad, text, e) < 0)
		return -1;
	return is_old_style(text) ? add_words(list, text, e) :
	    addresses_add(list, text, e);
}

int
address_sender(struct buf *out, struct str text, struct err *e)
{
	struct addresses list = { 0 };
	struct walk w = { .list = &list, .parse = { .null_allowed = true } };
	int rc = refuse_controls(&list.bad, text, e);

	if (rc == 0)
		rc = walk(&w, text, e);
	if (rc == 0 && list.count + w.nulls > 1)
		rc = err_set(e, EX_DATAERR, "one message has one sender, "
		    "not %zu", list.count + w.nulls);
	if (rc == 0 && list.count == 1)
		mailbox_add(out, &list.box[0]);
	addresses_free(&list);
	return rc;
}

struct key {
	struct buf address;	/* the same for all that mean the same place */
	size_t i;
};

static int
by_key(const void *a, const void *b)
{
	const struct key *x = a, *y = b;
	int order = str_cmp(buf_str(&x->address), buf_str(&y->address));

	if (order != 0)
		return order;
	return x->i < y->i ? -1 : x->i > y->i;
}

/* What comes again loses its local part, and then its place. */
void
addresses_unique(struct addresses *list)
{
	struct key *key = xcalloc(list->count + 1, sizeof(*key));
	size_t kept = 0;

	for (size_t i = 0; i < list->count; i++) {
		struct buf wire = { 0 };

		mailbox_add(&wire, &list->box[i]);
		address_key(&key[i].address, buf_str(&wire));
		key[i].i = i;
		buf_free(&wire);
	}
	qsort(key, list->count, sizeof(*key), by_key);
	for (size_t i = 1; i < list->count; i++)
		if (str_eq(buf_str(&key[i].address),
		    buf_str(&key[i - 1].address)))
			buf_reset(&list->box[key[i].i].local);
	for (size_t i = 0; i < list->count; i++) {
		buf_free(&key[i].address);
		if (list->box[i].local.len > 0)
			list->box[kept++] = list->box[i];
		else
			mailbox_free(&list->box[i]);
	}
	list->count = kept;
	free(key);
}

void
addresses_free(struct addresses *list)
{
	for (size_t i = 0; i < list->count; i++)
		mailbox_free(&list->box[i]);
	free(list->box);
	strs_free(&list->bad);
	*list = (struct addresses){ 0 };
}
