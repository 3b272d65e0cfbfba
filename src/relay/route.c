// SPDX-License-Identifier: ISC
/*
 * route.c - who among the recipients on the wire stands for whom in the record
 */
#include "relay/route.h"

#include <search.h>
#include <stdlib.h>

#include "base/xmem.h"
#include "message/address.h"

static int
by_key(const void *a, const void *b)
{
	const struct stop *x = a, *y = b;

	return str_cmp(buf_str(&x->key), buf_str(&y->key));
}

static void
stop_free(void *stop)
{
	struct stop *s = stop;

	buf_free(&s->key);
	free(s);
}

/* The place of that address; a new one is put at the end. */
static struct stop *
find(struct route *r, struct str address)
{
	struct stop *s = xcalloc(1, sizeof(*s)), **found;

	address_key(&s->key, address);
	found = tsearch(s, &r->tree, by_key);
	if (found == NULL)
		xmem_die("a list of recipients");
	if (*found != s) {
		stop_free(s);
		return *found;
	}
	s->to = r->stops;
	s->first = s->last = ROUTE_END;
	r->stop = xgrow(r->stop, r->stops, sizeof(struct stop *));
	r->stop[r->stops++] = s;
	return s;
}

/* What was asked of the recorded one is asked of whoever stands for him. */
static void
add_to_wire(struct envelope *wire, const struct rcpt *said, struct str address)
{
	struct rcpt *to = envelope_add(wire, address);

	to->notify = said->notify;
	buf_add(&to->orcpt, buf_str(&said->orcpt));
	if (said->orcpt.len == 0 && !str_eq(buf_str(&said->address), address))
		buf_printf(&to->orcpt, "rfc822;%s", buf_cstr(&said->address));
}

void
route_add(struct route *r, const struct envelope *said, size_t from,
    struct envelope *wire, struct str address)
{
	struct stop *s = find(r, address);

	if (s->to == wire->count)
		add_to_wire(wire, &said->rcpt[from], address);
	else if (r->hop[s->last].from == from)
		return;
	r->hop = xgrow(r->hop, r->count, sizeof(*r->hop));
	r->hop[r->count] = (struct hop){ from, s->to, ROUTE_END };
	if (s->first == ROUTE_END)
		s->first = r->count;
	else
		r->hop[s->last].next = r->count;
	s->last = r->count++;
}

struct str
route_key(const struct route *r, size_t to)
{
	return buf_str(&r->stop[to]->key);
}

size_t
route_first(const struct route *r, size_t to)
{
	return r->stop[to]->first;
}

/* The state that counts more: somebody is waiting, somebody gets nothing. */
static int
weight(enum rcpt_state state)
{
	switch (state) {
	case RCPT_TODO:
	case RCPT_TAKEN:
		return 3;
	case RCPT_FAILED:
		return 2;
	case RCPT_DONE:
		break;
	}
	return 1;
}

/* All hops from the one from whom this hop goes: from *hop to the result. */
static size_t
same_from(const struct route *r, size_t *hop)
{
	size_t from = r->hop[*hop].from, end = *hop + 1;

	while (*hop > 0 && r->hop[*hop - 1].from == from)
		--*hop;
	while (end < r->count && r->hop[end].from == from)
		end++;
	return end;
}

bool
route_decides(const struct route *r, size_t hop,
    const struct envelope *wire, const bool *known, struct envelope *said)
{
	const struct rcpt *worst = NULL;
	struct rcpt *mine = &said->rcpt[r->hop[hop].from];
	size_t end = same_from(r, &hop);
	bool silent = false;

	for (; hop < end; hop++) {
		const struct rcpt *one = &wire->rcpt[r->hop[hop].to];

		if (!known[r->hop[hop].to])
			return false;
		silent |= one->silent;
		if (worst == NULL || weight(one->state) > weight(worst->state))
			worst = one;
	}
	mine->state = worst->state;
	mine->silent = silent;
	err_copy(&mine->why, &worst->why);
	buf_set(&mine->reply, buf_str(&worst->reply));
	return true;
}

bool
route_is_part(const struct route *r, size_t to)
{
	for (size_t i = route_first(r, to); i != ROUTE_END;
	    i = r->hop[i].next) {
		size_t begin = i;

		if (same_from(r, &begin) > begin + 1)
			return true;
	}
	return false;
}

void
route_free(struct route *r)
{
	tdestroy(r->tree, stop_free);
	free(r->stop);
	free(r->hop);
	*r = (struct route){ 0 };
}
