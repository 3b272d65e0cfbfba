// SPDX-License-Identifier: ISC
/*
 * strs.c - a list of texts, each an own copy
 */
#include "base/strs.h"

#include <assert.h>
#include <stdlib.h>

#include "base/xmem.h"

struct buf *
strs_add(struct strs *list, struct str s)
{
	struct buf *b;

	list->item = xgrow(list->item, list->count, sizeof(*list->item));
	b = &list->item[list->count++];
	*b = (struct buf){ 0 };
	buf_add(b, s);
	return b;
}

struct str
strs_at(const struct strs *list, size_t i)
{
	assert(i < list->count);
	return buf_str(&list->item[i]);
}

bool
strs_has(const struct strs *list, struct str s)
{
	for (size_t i = 0; i < list->count; i++)
		if (str_eq(strs_at(list, i), s))
			return true;
	return false;
}

bool
strs_ihas(const struct strs *list, struct str s)
{
	for (size_t i = 0; i < list->count; i++)
		if (str_ieq(strs_at(list, i), s))
			return true;
	return false;
}

void
strs_free(struct strs *list)
{
	for (size_t i = 0; i < list->count; i++)
		buf_free(&list->item[i]);
	free(list->item);
	*list = (struct strs){ 0 };
}
