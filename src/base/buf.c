// SPDX-License-Identifier: ISC
/*
 * buf.c - bytes that grow
 */
#include "base/buf.h"

#include <assert.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/xmem.h"

#define SMALLEST 64

/* Doubling keeps a long series of appends linear. */
static void
grow(struct buf *b, size_t n)
{
	size_t cap = b->cap > 0 ? b->cap : SMALLEST;

	if (n > SIZE_MAX / 2 - b->len - 1)
		xmem_die("a text has grown beyond all bounds");
	while (cap - b->len < n + 1)
		cap *= 2;
	b->data = xrealloc(b->data, cap);
	b->cap = cap;
}

char *
buf_room(struct buf *b, size_t n)
{
	if (b->cap - b->len <= n)
		grow(b, n);
	return b->data + b->len;
}

void
buf_grew(struct buf *b, size_t n)
{
	assert(b->cap - b->len > n);
	b->len += n;
	b->data[b->len] = '\0';
}

void
buf_add(struct buf *b, struct str s)
{
	char *end = buf_room(b, s.len);

	if (s.len > 0)
		memcpy(end, s.ptr, s.len);
	buf_grew(b, s.len);
}

void
buf_puts(struct buf *b, const char *cstr)
{
	buf_add(b, str_of(cstr));
}

void
buf_putc(struct buf *b, char c)
{
	*buf_room(b, 1) = c;
	buf_grew(b, 1);
}

void
buf_number(struct buf *b, uint64_t n)
{
	char digits[20], *at = digits + sizeof(digits);

	do {
		*--at = (char)('0' + n % 10);
		n /= 10;
	} while (n > 0);
	buf_add(b, (struct str){ at, (size_t)(digits + sizeof(digits) - at) });
}

/* Print into the room there is; where that is too little, it says how much. */
void
buf_vprintf(struct buf *b, const char *fmt, va_list ap)
{
	char *end = buf_room(b, SMALLEST);
	size_t room = b->cap - b->len;
	va_list again;
	int n;

	va_copy(again, ap);
	n = vsnprintf(end, room, fmt, ap);
	if (n < 0)
		xmem_die("vsnprintf");
	if ((size_t)n >= room) {
		end = buf_room(b, (size_t)n);
		(void)vsnprintf(end, (size_t)n + 1, fmt, again);
	}
	va_end(again);
	buf_grew(b, (size_t)n);
}

void
buf_printf(struct buf *b, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	buf_vprintf(b, fmt, ap);
	va_end(ap);
}

void
buf_set(struct buf *b, struct str s)
{
	buf_reset(b);
	buf_add(b, s);
}

struct str
buf_str(const struct buf *b)
{
	return (struct str){ buf_cstr(b), b->len };
}

const char *
buf_cstr(const struct buf *b)
{
	return b->data != NULL ? b->data : "";
}

void
buf_shift(struct buf *b, size_t n)
{
	assert(n <= b->len);
	if (n == 0)
		return;
	memmove(b->data, b->data + n, b->len - n + 1);
	b->len -= n;
}

void
buf_cut(struct buf *b, size_t len)
{
	assert(len <= b->len);
	if (len == b->len)
		return;
	b->len = len;
	b->data[len] = '\0';
}

void
buf_reset(struct buf *b)
{
	buf_cut(b, 0);
}

void
buf_free(struct buf *b)
{
	free(b->data);
	*b = (struct buf){ 0 };
}

void
buf_wipe(struct buf *b)
{
	if (b->data != NULL)
		explicit_bzero(b->data, b->cap);
	buf_free(b);
}
