// SPDX-License-Identifier: ISC
/*
 * header.c - a header block, taken apart into fields
 */
#include "message/header.h"

#include <stdlib.h>
#include <string.h>

#include "base/xmem.h"

/* RFC 5322, 2.2: printable ASCII but the colon. */
static bool
is_name(char c)
{
	return c > ' ' && c < 127 && c != ':';
}

size_t
field_name_len(struct str line, size_t *value, bool *cut)
{
	struct str s = str_head(line, FIELD_NAME_MAX);
	size_t name = 0, i;

	*cut = false;
	while (name < s.len && is_name(s.ptr[name]))
		name++;
	for (i = name; i < s.len && str_is_blank(s.ptr[i]); i++)
		;
	if (i == s.len)
		*cut = line.len < FIELD_NAME_MAX && (name > 0 || i == 0);
	/* "--part:1" is where a MIME part begins, as sendmail knows. */
	if (i == s.len || s.ptr[i] != ':' || name == 0 ||
	    str_eq(str_head(s, 2), STR("--")))
		return 0;
	*value = i + 1;
	return name;
}

static struct str
without_line_end(struct str s)
{
	if (s.len > 0 && s.ptr[s.len - 1] == '\n')
		s.len--;
	while (s.len > 0 && s.ptr[s.len - 1] == '\r')
		s.len--;
	return s;
}

/* Up to and with the next LF. */
static struct str
first_line(struct str s)
{
	const char *lf = s.len > 0 ? memchr(s.ptr, '\n', s.len) : NULL;

	return lf == NULL ? s : str_head(s, (size_t)(lf - s.ptr) + 1);
}

static bool
begins_with_blank(struct str s)
{
	return s.len > 0 && str_is_blank(s.ptr[0]);
}

/* The first field of *block; what is none, with its folds, is false. */
static bool
eat_field(struct str *block, struct field *f)
{
	struct str rest = *block, line = first_line(rest);
	size_t name, value = 0;
	bool cut;

	name = field_name_len(line, &value, &cut);
	do
		rest = str_skip(rest, first_line(rest).len);
	while (begins_with_blank(rest));
	f->whole = str_head(*block, block->len - rest.len);
	f->name = str_head(f->whole, name);
	f->value = without_line_end(str_skip(f->whole, value));
	*block = rest;
	return name > 0;
}

void
header_parse(struct header *h, struct str block)
{
	struct field f;

	header_free(h);
	while (block.len > 0) {
		if (!eat_field(&block, &f))
			continue;
		h->field = xgrow(h->field, h->count, sizeof(*h->field));
		h->field[h->count++] = f;
	}
}

void
header_free(struct header *h)
{
	free(h->field);
	*h = (struct header){ 0 };
}

bool
field_is(const struct field *f, const char *name)
{
	return str_ieq(f->name, str_of(name));
}

const struct field *
header_next(const struct header *h, const char *name,
    const struct field *after)
{
	size_t i = after != NULL ? (size_t)(after - h->field) + 1 : 0;

	for (; i < h->count; i++)
		if (field_is(&h->field[i], name))
			return &h->field[i];
	return NULL;
}

const struct field *
header_find(const struct header *h, const char *name)
{
	return header_next(h, name, NULL);
}

struct str
header_value(const struct header *h, const char *name)
{
	const struct field *f = header_find(h, name);

	return f != NULL ? str_trim(f->value) : STR("");
}

/* CRs, an LF, and a blank that says that the line goes on. */
static bool
is_fold(struct str s, size_t *len)
{
	size_t n = 0;

	while (n < s.len && s.ptr[n] == '\r')
		n++;
	if (n + 1 >= s.len || s.ptr[n] != '\n' || !str_is_blank(s.ptr[n + 1]))
		return false;
	*len = n + 1;
	return true;
}

void
field_unfold(struct buf *out, struct str value)
{
	struct str s = str_trim(value);

	while (s.len > 0) {
		size_t plain = 0, fold;

		while (plain < s.len && s.ptr[plain] != '\r' &&
		    s.ptr[plain] != '\n' && s.ptr[plain] != '\0')
			plain++;
		buf_add(out, str_head(s, plain));
		s = str_skip(s, plain);
		if (s.len == 0)
			break;
		if (is_fold(s, &fold)) {
			s = str_skip(s, fold);
		} else {
			buf_putc(out, ' ');
			s = str_skip(s, 1);
		}
	}
}
