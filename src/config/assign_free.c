// SPDX-License-Identifier: ISC
/*
 * assign_free.c - and back to zero
 */
#include "config/assign.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/strs.h"
#include "base/xmem.h"
#include "config/config.h"

static void
free_relays(struct relay **list)
{
	size_t *count = (size_t *)(void *)(list + 1);

	for (size_t i = 0; i < *count; i++) {
		buf_free(&(*list)[i].host);
		buf_free(&(*list)[i].text);
	}
	free(*list);
	*list = NULL;
	*count = 0;
}

void
assign_free(const struct key *k, void *base)
{
	void *p = (char *)base + k->offset;

	switch (k->type) {
	case KEY_STRING:
	case KEY_PROXY:
		buf_free(p);
		break;
	case KEY_STRINGS:
	case KEY_ARGV:
	case KEY_HEADERS:
		strs_free(p);
		break;
	case KEY_SECRET:
		secret_free(p);
		break;
	case KEY_RELAYS:
		free_relays(p);
		break;
	case KEY_RATES:
		free(*(struct rate **)p);
		*(struct rate **)p = NULL;
		*(size_t *)(void *)((struct rate **)p + 1) = 0;
		break;
	case KEY_ENUM:
		*(int *)p = 0;
		break;
	case KEY_BOOL:
	case KEY_INT:
	case KEY_DURATION:
	case KEY_SIZE:
	case KEY_RETRY:
		break;		/* a number is overwritten */
	}
}

void
given_add(struct given *g, struct str text, struct place at)
{
	g->text = xgrow(g->text, g->count, sizeof(*g->text));
	g->at = xgrow(g->at, g->count, sizeof(*g->at));
	g->text[g->count] = text;
	g->at[g->count++] = at;
}

void
given_free(struct given *g)
{
	free(g->text);
	free(g->at);
	*g = (struct given){ 0 };
}
