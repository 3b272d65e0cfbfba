// SPDX-License-Identifier: ISC
/*
 * table.c - rows with names
 */
#include "base/table.h"

#include <stdlib.h>
#include <string.h>

#include "base/xmem.h"

static const char *
name_at(const void *rows, size_t size, size_t i)
{
	const char *name;

	memcpy(&name, (const char *)rows + i * size, sizeof(name));
	return name;
}

static const void *
find(const void *rows, size_t size, size_t count, struct str name,
    bool (*same)(struct str, struct str))
{
	for (size_t i = 0; i < count; i++)
		if (same(str_of(name_at(rows, size, i)), name))
			return (const char *)rows + i * size;
	return NULL;
}

const void *
table_find(const void *rows, size_t size, size_t count, struct str name)
{
	return find(rows, size, count, name, str_eq);
}

const void *
table_ifind(const void *rows, size_t size, size_t count, struct str name)
{
	return find(rows, size, count, name, str_ieq);
}

static size_t
least(size_t a, size_t b, size_t c)
{
	size_t ab = a < b ? a : b;

	return ab < c ? ab : c;
}

/* Levenshtein's distance, one row of the matrix at a time. */
static size_t
distance(struct str a, struct str b)
{
	size_t *row = xcalloc(b.len + 1, sizeof(*row));
	size_t result;

	for (size_t j = 0; j <= b.len; j++)
		row[j] = j;
	for (size_t i = 0; i < a.len; i++) {
		size_t corner = row[0];

		row[0] = i + 1;
		for (size_t j = 0; j < b.len; j++) {
			size_t change = corner +
			    (str_lower(a.ptr[i]) != str_lower(b.ptr[j]));

			corner = row[j + 1];
			row[j + 1] = least(change, row[j] + 1, corner + 1);
		}
	}
	result = row[b.len];
	free(row);
	return result;
}

/* Near is: a third of the letters may be wrong, and one always. */
const char *
table_nearest(const void *rows, size_t size, size_t count, struct str name)
{
	const char *best = NULL;
	size_t limit = name.len / 3 > 0 ? name.len / 3 : 1;

	if (name.len > 64)
		return NULL;
	for (size_t i = 0; i < count; i++) {
		const char *candidate = name_at(rows, size, i);
		size_t d = distance(name, str_of(candidate));

		if (d <= limit && (best == NULL || d < limit)) {
			best = candidate;
			limit = d;
		}
	}
	return best;
}
