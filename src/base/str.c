// SPDX-License-Identifier: ISC
/*
 * str.c - a view of bytes that belong to somebody else
 */
#include "base/str.h"

#include <limits.h>
#include <string.h>

bool
str_is_ascii(struct str s)
{
	for (size_t i = 0; i < s.len; i++)
		if ((unsigned char)s.ptr[i] > 127)
			return false;
	return true;
}

int
str_printable_len(struct str s)
{
	return s.len > INT_MAX ? INT_MAX : (int)s.len;
}

static bool
same_but_case(const char *a, const char *b, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (str_lower(a[i]) != str_lower(b[i]))
			return false;
	return true;
}

bool
str_ieq(struct str a, struct str b)
{
	return a.len == b.len && same_but_case(a.ptr, b.ptr, a.len);
}

int
str_cmp(struct str a, struct str b)
{
	size_t len = a.len < b.len ? a.len : b.len;
	int order = len > 0 ? memcmp(a.ptr, b.ptr, len) : 0;

	if (order != 0)
		return order;
	return a.len < b.len ? -1 : a.len > b.len;
}

bool
str_has(struct str s, char c)
{
	return s.len > 0 && memchr(s.ptr, c, s.len) != NULL;
}

bool
str_ends(struct str s, struct str suffix)
{
	return s.len >= suffix.len &&
	    str_eq(str_skip(s, s.len - suffix.len), suffix);
}

bool
str_iends(struct str s, struct str suffix)
{
	return s.len >= suffix.len &&
	    str_ieq(str_skip(s, s.len - suffix.len), suffix);
}

bool
str_ieat(struct str *in, struct str prefix)
{
	if (!str_ieq(str_head(*in, prefix.len), prefix))
		return false;
	*in = str_skip(*in, prefix.len);
	return true;
}

bool
str_eat_byte(struct str *in, char *c)
{
	if (in->len == 0)
		return false;
	*c = in->ptr[0];
	*in = str_skip(*in, 1);
	return true;
}

bool
str_eat_until(struct str *in, char stop, struct str *head)
{
	const char *at = in->len > 0 ? memchr(in->ptr, stop, in->len) : NULL;

	if (at == NULL)
		return false;
	*head = str_head(*in, (size_t)(at - in->ptr));
	*in = str_skip(*in, head->len + 1);
	return true;
}

bool
str_eat_span(struct str *in, const char *set, struct str *head)
{
	struct str bytes = str_of(set);
	size_t n = 0;

	while (n < in->len && str_has(bytes, in->ptr[n]))
		n++;
	if (n == 0)
		return false;
	*head = str_head(*in, n);
	*in = str_skip(*in, n);
	return true;
}

bool
str_eat_word(struct str *in, struct str *word)
{
	struct str rest = *in, blanks;
	size_t n = 0;

	(void)str_eat_span(&rest, " \t", &blanks);
	while (n < rest.len && !str_is_blank(rest.ptr[n]))
		n++;
	if (n == 0)
		return false;
	*word = str_head(rest, n);
	*in = str_skip(rest, n);
	(void)str_eat_span(in, " \t", &blanks);
	return true;
}

bool
str_eat_line(struct str *in, struct str *line)
{
	if (in->len == 0)
		return false;
	if (!str_eat_until(in, '\n', line)) {
		*line = *in;
		*in = str_skip(*in, in->len);
	}
	if (line->len > 0 && line->ptr[line->len - 1] == '\r')
		line->len--;
	return true;
}

bool
str_eat_digits(struct str *in, size_t count, int *value)
{
	int v = 0;

	/* Nine digits always fit into an int. */
	if (count > 9 || in->len < count)
		return false;
	for (size_t i = 0; i < count; i++) {
		if (!str_is_digit(in->ptr[i]))
			return false;
		v = v * 10 + (in->ptr[i] - '0');
	}
	*in = str_skip(*in, count);
	*value = v;
	return true;
}

bool
str_eat_number(struct str *in, uint64_t *value)
{
	uint64_t v = 0;
	size_t n;

	for (n = 0; n < in->len && str_is_digit(in->ptr[n]); n++) {
		uint64_t digit = (uint64_t)(in->ptr[n] - '0');

		if (v > (UINT64_MAX - digit) / 10)
			return false;
		v = v * 10 + digit;
	}
	if (n == 0)
		return false;
	*in = str_skip(*in, n);
	*value = v;
	return true;
}

static bool
is_space(char c)
{
	return str_is_blank(c) || c == '\r' || c == '\n';
}

struct str
str_trim(struct str s)
{
	while (s.len > 0 && is_space(s.ptr[0]))
		s = str_skip(s, 1);
	while (s.len > 0 && is_space(s.ptr[s.len - 1]))
		s.len--;
	return s;
}

bool
str_cut_last(struct str s, char c, struct str *head, struct str *tail)
{
	const char *at = s.len > 0 ? memrchr(s.ptr, c, s.len) : NULL;

	if (at == NULL)
		return false;
	*head = str_head(s, (size_t)(at - s.ptr));
	*tail = str_skip(s, head->len + 1);
	return true;
}
