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

/* Most rows differ in their first letter: nothing is measured, or called. */
static bool
is_name(const char *row, struct str name)
{
	for (size_t i = 0; i < name.len; i++)
		if (row[i] != name.ptr[i] || row[i] == '\0')
			return false;
	return row[name.len] == '\0';
}

const void *
table_find(const void *rows, size_t size, size_t count, struct str name)
{
	for (size_t i = 0; i < count; i++)
		if (is_name(name_at(rows, size, i), name))
			return (const char *)rows + i * size;
	return NULL;
}

const void *
table_ifind(const void *rows, size_t size, size_t count, struct str name)
{
	for (size_t i = 0; i < count; i++)
		if (str_ieq(str_of(name_at(rows, size, i)), name))
			return (const char *)rows + i * size;
	return NULL;
}

static size_t
least(size_t a, size_t b, size_t c)
{
	size_t ab = a < b ? a : b;

	return ab < c ? ab : c;
}

/* One row of the matrix: what it takes to make each head of b out of a's. */
static void
fill_row(size_t *row, const size_t *above, const size_t *above2, struct str a,
    size_t i, struct str b)
{
	row[0] = i + 1;
	for (size_t j = 0; j < b.len; j++) {
		char x = str_lower(a.ptr[i]), y = str_lower(b.ptr[j]);

		row[j + 1] = least(above[j] + (x != y), row[j] + 1,
		    above[j + 1] + 1);
		if (i > 0 && j > 0 && x == str_lower(b.ptr[j - 1]) &&
		    y == str_lower(a.ptr[i - 1]) &&
		    above2[j - 1] + 1 < row[j + 1])
			row[j + 1] = above2[j - 1] + 1;
	}
}

/* Letters that are wrong, missing, too many, or two that changed places. */
static size_t
distance(struct str a, struct str b)
{
	size_t width = b.len + 1;
	size_t *rows = xcalloc(3 * width, sizeof(*rows)), result;

	for (size_t j = 0; j < width; j++)
		rows[2 * width + j] = j;
	for (size_t i = 0; i < a.len; i++)
		fill_row(rows + i % 3 * width, rows + (i + 2) % 3 * width,
		    rows + (i + 1) % 3 * width, a, i, b);
	result = rows[(a.len + 2) % 3 * width + b.len];
	free(rows);
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
