// SPDX-License-Identifier: ISC
/*
 * table.h - rows with names
 *
 * Options, keywords, mechanisms, checks: each is a static const array of some
 * struct whose first member is its name, "const char *name".
 *
 *	static const struct verb { const char *name; verb_fn *run; } verbs[];
 *	const struct verb *v = TABLE_FIND(verbs, word);
 */
#ifndef MINISMTP_BASE_TABLE_H
#define MINISMTP_BASE_TABLE_H

#include <stddef.h>

#include "base/str.h"

#define TABLE_COUNT(rows) (sizeof(rows) / sizeof((rows)[0]))
#define TABLE_FIND(rows, name) \
	table_find((rows), sizeof((rows)[0]), TABLE_COUNT(rows), (name))
#define TABLE_IFIND(rows, name) \
	table_ifind((rows), sizeof((rows)[0]), TABLE_COUNT(rows), (name))
#define TABLE_NEAREST(rows, name) \
	table_nearest((rows), sizeof((rows)[0]), TABLE_COUNT(rows), (name))

/* The row of that name, or NULL; "i" looks away from ASCII case. */
const void *table_find(const void *rows, size_t size, size_t count,
    struct str name);
const void *table_ifind(const void *rows, size_t size, size_t count,
    struct str name);

/* The name that was probably meant, or NULL if none is near. */
const char *table_nearest(const void *rows, size_t size, size_t count,
    struct str name);

#endif
