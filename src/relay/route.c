// SPDX-License-Identifier: ISC
/*
 * route.c - who among the recipients on the wire stands for whom in the record
 */
#include "relay/route.h"

#include <stdlib.h>

#include "base/xmem.h"
#include "message/address.h"

/* Where on the wire is that address?  A new one is put at the end. */
static size_t
find(struct route *r, struct str address)
{
	struct buf key = { 0 };
	size_t i = 0;

	address_key(&key, address);
	while (i < r->key.count &&
	    !str_eq(strs_at(&r->key, i), buf_str(&key)))
		i++;
	if (i == r->key.count)
		strs_add(&r->key, buf_str(&key));
	buf_free(&key);
	return i;
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
	size_t to = find(r, address);

	if (to == wire->count)
		add_to_wire(wire, &said->rcpt[from], address);
	r->hop = xgrow(r->hop, r->count, sizeof(*r->hop));
	r->hop[r->count++] = (struct hop){ from, to };
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

bool
route_decides(const struct route *r, size_t from, size_t to,
    const struct envelope *wire, const bool *known, struct envelope *said)
{
	const struct rcpt *worst = NULL;
	struct rcpt *mine = &said->rcpt[from];
	bool concerned = false, silent = false;

	for (size_t i = 0; i < r->count; i++) {
		const struct rcpt *one = &wire->rcpt[r->hop[i].to];

		if (r->hop[i].from != from)
			continue;
		if (!known[r->hop[i].to])
			return false;
		concerned |= r->hop[i].to == to;
		silent |= one->silent;
		if (worst == NULL || weight(one->state) > weight(worst->state))
			worst = one;
	}
	if (!concerned)
		return false;
	mine->state = worst->state;
	mine->silent = silent;
	err_copy(&mine->why, &worst->why);
	buf_set(&mine->reply, buf_str(&worst->reply));
	return true;
}

static size_t
hops_from(const struct route *r, size_t from)
{
	size_t n = 0;

	for (size_t i = 0; i < r->count; i++)
		n += r->hop[i].from == from;
	return n;
}

bool
route_is_part(const struct route *r, size_t to)
{
	for (size_t i = 0; i < r->count; i++)
		if (r->hop[i].to == to && hops_from(r, r->hop[i].from) > 1)
			return true;
	return false;
}

void
route_free(struct route *r)
{
	free(r->hop);
	strs_free(&r->key);
	*r = (struct route){ 0 };
}
