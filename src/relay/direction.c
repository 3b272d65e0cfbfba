// SPDX-License-Identifier: ISC
/*
 * direction.c - where each recipient of a letter really goes
 */
#include "relay/direction.h"

#include <sysexits.h>

#include "base/strs.h"
#include "config/local.h"
#include "queue/field.h"
#include "relay/post.h"

#define WORDS_MAX 4096

static void
add(struct buf *out, size_t i, const struct strs *real)
{
	for (size_t n = 0; n < real->count; n++)
		field_addf(out, "to", "%zu %.*s", i,
		    STR_ARGS(strs_at(real, n)));
}

static void
resolve(struct buf *out, const struct desk *d, const struct account *a,
    size_t i, struct str address)
{
	const struct local l = { .config = &d->config, .account = a,
	    .here = &d->here, .aliases = &d->aliases, .loader = &d->files };
	struct strs real = { 0 };
	struct err e = { 0 };

	if (local_resolve(&l, address, &real, NULL, &e) < 0)
		field_addf(out, "lost", "%zu %d %.*s", i, e.code,
		    STR_ARGS(str_head(buf_str(&e.text), WORDS_MAX)));
	else
		add(out, i, &real);
	strs_free(&real);
	err_clear(&e);
}

void
directions_write(struct buf *out, const struct desk *d,
    const struct account *a, const struct envelope *env)
{
	for (size_t i = 0; i < env->count; i++) {
		if (env->rcpt[i].state != RCPT_TODO)
			continue;
		if (a->redirect.count > 0)
			add(out, i, &a->redirect);
		else
			resolve(out, d, a, i, buf_str(&env->rcpt[i].address));
	}
}

struct str
directions_cut(struct str *in, size_t max)
{
	struct str all = *in, ahead = *in, key, value;

	while (field_eat(&ahead, POST_MAX, &key, &value) == 1 &&
	    (all.len - ahead.len <= max || in->len == all.len))
		*in = ahead;
	return str_head(all, all.len - in->len);
}

int
directions_eat(struct str *in, size_t *number, struct str *to,
    struct err *why)
{
	struct str key, value;
	uint64_t n, code;
	int rc = field_eat(in, POST_MAX, &key, &value);

	if (rc == 0 && in->len == 0)
		return 0;
	if (rc != 1 || !str_eat_number(&value, &n) ||
	    !str_eat(&value, STR(" ")))
		return -1;
	*number = (size_t)n;
	*to = value;
	if (str_eq(key, STR("to")))
		return value.len > 0 ? 1 : -1;
	if (!str_eq(key, STR("lost")) || !str_eat_number(&value, &code) ||
	    !str_eat(&value, STR(" ")) || code == 0 || code > 255)
		return -1;
	to->len = 0;
	err_set(why, (int)code, "%.*s", STR_ARGS(value));
	return 1;
}
