// SPDX-License-Identifier: ISC
/*
 * xmem.c - memory, or the end
 */
#include "base/xmem.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/log.h"

void
xmem_die(const char *what)
{
	log_line(LOG_ERR, "giving up, the mail is kept: %s", what);
	_exit(EX_TEMPFAIL);
}

void *
xrealloc(void *p, size_t n)
{
	void *q = realloc(p, n > 0 ? n : 1);

	if (q == NULL)
		xmem_die("out of memory");
	return q;
}

void *
xcalloc(size_t count, size_t size)
{
	void *p = calloc(count > 0 ? count : 1, size > 0 ? size : 1);

	if (p == NULL)
		xmem_die("out of memory");
	return p;
}

char *
xstrdup(struct str s)
{
	char *copy = xrealloc(NULL, s.len + 1);

	if (s.len > 0)
		memcpy(copy, s.ptr, s.len);
	copy[s.len] = '\0';
	return copy;
}

/* The capacity is a function of the count: the powers of two from 8 on. */
void *
xgrow(void *array, size_t count, size_t size)
{
	size_t cap = 8;

	if (array != NULL && (count < 8 || (count & (count - 1)) != 0))
		return array;
	if (count >= 8)
		cap = count * 2;
	if (cap > SIZE_MAX / 2 / size)
		xmem_die("a list has grown beyond all bounds");
	return xrealloc(array, cap * size);
}
