// SPDX-License-Identifier: ISC
/*
 * strs.h - a list of texts, each an own copy
 */
#ifndef MINISMTP_BASE_STRS_H
#define MINISMTP_BASE_STRS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/str.h"

struct strs {
	struct buf *item;
	size_t count;
};

struct buf *strs_add(struct strs *list, struct str s);
struct str strs_at(const struct strs *list, size_t i);
bool strs_has(const struct strs *list, struct str s);
bool strs_ihas(const struct strs *list, struct str s);
void strs_free(struct strs *list);

#endif
