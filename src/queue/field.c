// SPDX-License-Identifier: ISC
/*
 * field.c - one named value with its length in front
 */
#include "queue/field.h"

/* A listing has a million of them: printf(3) would be a third of its time. */
static void
begin(struct buf *out, const char *key, size_t len)
{
	buf_puts(out, key);
	buf_putc(out, ' ');
	buf_number(out, len);
	buf_putc(out, ':');
}

void
field_add(struct buf *out, const char *key, struct str value)
{
	begin(out, key, value.len);
	buf_add(out, value);
	buf_putc(out, '\n');
}

void
field_add_pair(struct buf *out, const char *key, struct str first,
    struct str second)
{
	begin(out, key, first.len + 1 + second.len);
	buf_add(out, first);
	buf_putc(out, ' ');
	buf_add(out, second);
	buf_putc(out, '\n');
}

void
field_add_number(struct buf *out, const char *key, uint64_t n)
{
	size_t digits = 1;

	for (uint64_t left = n; left > 9; left /= 10)
		digits++;
	begin(out, key, digits);
	buf_number(out, n);
	buf_putc(out, '\n');
}

void
field_addf(struct buf *out, const char *key, const char *fmt, ...)
{
	struct buf value = { 0 };
	va_list ap;

	va_start(ap, fmt);
	buf_vprintf(&value, fmt, ap);
	va_end(ap);
	field_add(out, key, buf_str(&value));
	buf_free(&value);
}

/* How many bytes at the front are of a key. */
static size_t
key_len(struct str s)
{
	size_t n = 0;

	while (n < s.len && ((s.ptr[n] >= 'a' && s.ptr[n] <= 'z') ||
	    str_is_digit(s.ptr[n]) || s.ptr[n] == '-'))
		n++;
	return n;
}

/*
 * "KEY LENGTH:" off the front.  There is one way to write a number, so that a
 * record has one form only: no sign, no zeros in front.
 */
static int
eat_head(struct str *in, size_t max, struct str *key, size_t *len)
{
	struct str s = *in;
	size_t n = key_len(s), digits = 0;

	if (n > FIELD_KEY_MAX || (n == 0 && s.len > 0))
		return -1;
	*key = str_head(s, n);
	s = str_skip(s, n);
	if (s.len == 0)
		return 0;
	if (!str_eat(&s, STR(" ")))
		return -1;
	*len = 0;
	for (; s.len > 0 && str_is_digit(s.ptr[0]); s = str_skip(s, 1)) {
		if (digits++ > 0 && *len == 0)
			return -1;
		*len = *len * 10 + (size_t)(s.ptr[0] - '0');
		if (*len > max)
			return -1;
	}
	if (s.len == 0)
		return 0;
	if (digits == 0 || !str_eat(&s, STR(":")))
		return -1;
	*in = s;
	return 1;
}

int
field_eat(struct str *in, size_t max, struct str *key, struct str *value)
{
	struct str s = *in, k;
	size_t len;
	int rc = eat_head(&s, max, &k, &len);

	if (rc <= 0)
		return rc;
	if (s.len < len + 1)
		return 0;
	if (s.ptr[len] != '\n')
		return -1;
	*key = k;
	*value = str_head(s, len);
	*in = str_skip(s, len + 1);
	return 1;
}

size_t
field_missing(struct str in, size_t max)
{
	struct str key;
	size_t len;

	if (eat_head(&in, max, &key, &len) <= 0 || in.len > len)
		return 0;
	return len + 1 - in.len;
}
