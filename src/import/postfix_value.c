// SPDX-License-Identifier: ISC
/*
 * postfix_value.c - main.cf: parameters that stand in one another
 */
#include "import/postfix.h"

#include <stdlib.h>

#include "base/xmem.h"

#define DEPTH_MAX 10
#define STEPS_MAX 20000		/* in all: values of nothing cost time too */
#define LENGTH_MAX 65536	/* of one value, expanded */

static bool
is_name_byte(char c)
{
	return str_is_alpha(c) || str_is_digit(c) || c == '_' || c == '.';
}

static void
add(struct parameters *p, struct str line, size_t number)
{
	struct parameter *x;
	struct str name;

	if (p->count >= PARAMETERS_MAX)
		return;
	p->item = xgrow(p->item, p->count, sizeof(*p->item));
	x = &p->item[p->count++];
	*x = (struct parameter){ .line = number };
	if (str_eat_until(&line, '=', &name))
		buf_set(&x->value, str_trim(line));
	else
		name = line;
	buf_set(&x->name, str_trim(name));
}

/* A line that begins with a blank goes on with the one before. */
void
parameters_read(struct parameters *p, struct str text)
{
	struct str line, bare;

	for (size_t number = 1; str_eat_line(&text, &line); number++) {
		bare = str_trim(line);
		if (bare.len == 0 || bare.ptr[0] == '#')
			continue;
		if (!str_is_blank(line.ptr[0])) {
			add(p, bare, number);
		} else if (p->count > 0) {
			struct buf *value = &p->item[p->count - 1].value;

			if (value->len > 0)
				buf_putc(value, ' ');
			buf_add(value, bare);
		}
	}
}

const struct parameter *
parameters_find(const struct parameters *p, struct str name)
{
	for (size_t i = p->count; i > 0; i--) {
		if (str_eq(buf_str(&p->item[i - 1].name), name))
			return &p->item[i - 1];
	}
	return NULL;
}

/* What is between the braces, which may stand in one another. */
static bool
eat_braces(struct str *in, char close, struct str *inner)
{
	char open = in->ptr[0];
	size_t depth = 0;

	for (size_t i = 0; i < in->len; i++) {
		depth += in->ptr[i] == open;
		if (in->ptr[i] == close && --depth == 0) {
			*inner = str_skip(str_head(*in, i), 1);
			*in = str_skip(*in, i + 1);
			return true;
		}
	}
	return false;
}

static struct str
eat_name(struct str *in)
{
	size_t n = 0;
	struct str name;

	while (n < in->len && is_name_byte(in->ptr[n]))
		n++;
	name = str_head(*in, n);
	*in = str_skip(*in, n);
	return name;
}

static bool expand(struct parameters *p, struct str in, struct buf *out,
    int depth);

/* "name", "name?text" or "name:text". */
static bool
expand_one(struct parameters *p, struct str inner, struct buf *out, int depth)
{
	const struct parameter *x = parameters_find(p, eat_name(&inner));
	struct str text = inner, braced;
	bool set = x != NULL && x->value.len > 0;

	if (inner.len == 0)
		return !set || expand(p, buf_str(&x->value), out, depth - 1);
	if (set != (inner.ptr[0] == '?'))
		return true;
	(void)str_eat(&text, STR("?"));
	(void)str_eat(&text, STR(":"));
	text = str_trim(text);
	if (text.len > 0 && text.ptr[0] == '{' &&
	    eat_braces(&text, '}', &braced))
		text = braced;
	return expand(p, text, out, depth - 1);
}

static bool
expand(struct parameters *p, struct str in, struct buf *out, int depth)
{
	struct str inner;
	char c;

	if (depth <= 0 || p->steps++ > STEPS_MAX)
		return false;
	while (str_eat_byte(&in, &c)) {
		if (out->len > LENGTH_MAX)
			return false;
		if (c != '$' || in.len == 0) {
			buf_putc(out, c);
			continue;
		}
		if (str_eat(&in, STR("$"))) {
			buf_putc(out, '$');
			continue;
		}
		if (in.ptr[0] != '{' && in.ptr[0] != '(')
			inner = eat_name(&in);
		else if (!eat_braces(&in, in.ptr[0] == '{' ? '}' : ')', &inner))
			return false;
		if (!expand_one(p, inner, out, depth))
			return false;
	}
	return true;
}

bool
parameters_expand(struct parameters *p, struct str value, struct buf *out)
{
	return expand(p, value, out, DEPTH_MAX);
}

void
parameters_free(struct parameters *p)
{
	for (size_t i = 0; i < p->count; i++) {
		buf_free(&p->item[i].name);
		buf_wipe(&p->item[i].value);
	}
	free(p->item);
	*p = (struct parameters){ 0 };
}
