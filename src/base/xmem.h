// SPDX-License-Identifier: ISC
/*
 * xmem.h - memory, or the end
 *
 * A process of ours lives for one message or one run.  Out of memory before
 * the commit, exit status 75 makes the caller keep the mail; after it, the
 * queue has it.  So nobody else needs to check.
 */
#ifndef MINISMTP_BASE_XMEM_H
#define MINISMTP_BASE_XMEM_H

#include <stddef.h>

#include "base/str.h"

void *xrealloc(void *p, size_t n);
void *xcalloc(size_t count, size_t size);
char *xstrdup(struct str s);		/* a NUL-terminated copy */
_Noreturn void xmem_die(const char *what);

/*
 * Room for one more element behind the count that a growing array has:
 *
 *	list->item = xgrow(list->item, list->count, sizeof(*list->item));
 *	list->item[list->count++] = ...;
 */
void *xgrow(void *array, size_t count, size_t size);

#endif
