// SPDX-License-Identifier: ISC
/*
 * assign.c - from the text of a value to the member that it sets
 */
#include "config/assign.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/strs.h"
#include "base/vis.h"
#include "base/xmem.h"
#include "config/config.h"
#include "config/secret.h"
#include "config/value.h"
#include "config/word.h"

/* One value on its way. */
struct assigning {
	const struct key *key;
	void *base;
	struct str text;
	struct place at;
	struct mistakes *mistakes;
};

/* The member at the key's place; every struct begins aligned for it. */
static void *
member(const struct key *k, void *base)
{
	return (char *)base + k->offset;
}

static void
wrong(const struct assigning *a, const char *why)
{
	struct buf text = { 0 };

	vis_add_some(&text, a->text, 60);
	mistakes_add(a->mistakes, a->at, "%s = %s: %s", a->key->name,
	    text.len > 0 ? buf_cstr(&text) : "\"\"", why);
	buf_free(&text);
}

static bool
checked(const struct assigning *a)
{
	const char *why = a->key->check == NULL ? word_text(a->text) :
	    a->key->check(a->text);

	if (why != NULL)
		wrong(a, why);
	return why == NULL;
}

static void
out_of_range(const struct assigning *a)
{
	struct buf why = { 0 };
	const struct key *k = a->key;

	buf_puts(&why, "it should be from ");
	if (k->type == KEY_INT) {
		buf_printf(&why, "%lld to %lld", (long long)k->min,
		    (long long)k->max);
	} else if (k->type == KEY_SIZE) {
		value_print_size(&why, (uint64_t)k->min);
		buf_puts(&why, " to ");
		value_print_size(&why, (uint64_t)k->max);
	} else {
		value_print_duration(&why, k->min);
		buf_puts(&why, " to ");
		value_print_duration(&why, k->max);
	}
	wrong(a, buf_cstr(&why));
	buf_free(&why);
}

static bool
in_range(const struct assigning *a, int64_t n)
{
	if (n >= a->key->min && n <= a->key->max)
		return true;
	out_of_range(a);
	return false;
}

static void
assign_bool(struct assigning *a)
{
	if (!value_bool(a->text, member(a->key, a->base)))
		wrong(a, "it should be yes or no");
}

static void
assign_int(struct assigning *a)
{
	int64_t n;

	if (!value_int(a->text, &n))
		wrong(a, "this is no number");
	else if (in_range(a, n))
		*(int *)member(a->key, a->base) = (int)n;
}

static bool
duration(struct assigning *a, int64_t *to)
{
	int64_t n;

	if (!value_duration(a->text, &n)) {
		wrong(a, "a time has a number and a unit: 90s, 5m, 4h, 5d");
		return false;
	}
	if (!in_range(a, n))
		return false;
	*to = n;
	return true;
}

static void
assign_duration(struct assigning *a)
{
	duration(a, member(a->key, a->base));
}

static void
assign_size(struct assigning *a)
{
	uint64_t n;

	if (!value_size(a->text, &n))
		wrong(a, "a size is a number, maybe with k, M or G");
	else if (in_range(a, (int64_t)n))
		*(uint64_t *)member(a->key, a->base) = n;
}

static void
assign_enum(struct assigning *a)
{
	const struct key_word *w;
	struct buf why = { 0 };
	bool truth;

	/* 1 and true are other ways to say yes, where there is a yes. */
	for (w = a->key->words; w->name != NULL; w++) {
		if (str_ieq(a->text, str_of(w->name)) ||
		    (str_eq(str_of(w->name), STR("yes")) &&
		    value_bool(a->text, &truth) && truth) ||
		    (str_eq(str_of(w->name), STR("no")) &&
		    value_bool(a->text, &truth) && !truth)) {
			*(int *)member(a->key, a->base) = w->value;
			return;
		}
	}
	buf_puts(&why, "it should be one of");
	for (w = a->key->words; w->name != NULL; w++)
		buf_printf(&why, "%s %s", w == a->key->words ? "" : ",",
		    w->name);
	wrong(a, buf_cstr(&why));
	buf_free(&why);
}

static void
assign_string(struct assigning *a)
{
	if (checked(a))
		buf_set(member(a->key, a->base), a->text);
}

static void
assign_strings(struct assigning *a)
{
	if (checked(a))
		strs_add(member(a->key, a->base), a->text);
}

static void
assign_relay(struct assigning *a)
{
	/* The count stands right behind the array. */
	struct relay **list = member(a->key, a->base);
	size_t *count = (size_t *)(void *)(list + 1);
	struct relay r;
	const char *why;

	/* It counts even so: that it is wrong is enough, it is not missing. */
	if (!value_relay(a->text, &r, &why))
		wrong(a, why);
	*list = xgrow(*list, *count, sizeof(**list));
	(*list)[(*count)++] = r;
}

static void
assign_rate(struct assigning *a)
{
	struct rate **list = member(a->key, a->base);
	size_t *count = (size_t *)(void *)(list + 1);
	struct rate r;

	if (!value_rate(a->text, &r)) {
		wrong(a, "a limit is messages or bytes in a time: 100/h, "
		    "25M/d");
		return;
	}
	*list = xgrow(*list, *count, sizeof(**list));
	(*list)[(*count)++] = r;
}

static void
assign_proxy(struct assigning *a)
{
	struct buf *host = member(a->key, a->base);
	int *port = (int *)(void *)(host + 1);
	struct str text = a->text;

	str_ieat(&text, STR("socks5h://"));
	str_ieat(&text, STR("socks5://"));
	if (!value_host_port(text, host, port)) {
		wrong(a, "a proxy is host or host:port");
		return;
	}
	if (*port == 0)
		*port = 1080;	/* RFC 1928 */
}

/* One text is a line to be taken apart, several are the words themselves. */
static void
assign_argv(struct assigning *a, size_t count)
{
	struct strs *argv = member(a->key, a->base);
	struct err e = { 0 };

	if (!checked(a))
		return;
	if (count > 1)
		strs_add(argv, a->text);
	else if (secret_split(a->text, argv, &e) < 0)
		wrong(a, buf_cstr(&e.text));
	err_clear(&e);
}

static void
assign_header(const struct key *k, void *base, const struct given *g,
    struct mistakes *m)
{
	struct strs *list = member(k, base);

	for (size_t i = 0; i + 1 < g->count; i += 2) {
		struct assigning a = { k, base, g->text[i], g->at[i], m };
		const char *why = word_header_name(g->text[i]);
		struct buf *field;

		if (why == NULL && word_text(g->text[i + 1]) != NULL)
			why = "a field's value is one line of text";
		if (why != NULL) {
			wrong(&a, why);
			continue;
		}
		field = strs_add(list, g->text[i]);
		buf_puts(field, ": ");
		buf_add(field, g->text[i + 1]);
	}
}

static void
assign_secret(struct assigning *a, const struct secret *secrets, size_t count)
{
	uint64_t i;
	struct str bytes;

	if (!str_eat_number(&a->text, &i) || i >= count)
		return;
	bytes = secret_reveal(&secrets[i]);
	for (size_t n = 0; n < bytes.len; n++) {
		if (str_is_control(bytes.ptr[n])) {
			mistakes_add(a->mistakes, a->at,
			    "%s has a control byte in it", a->key->name);
			return;
		}
	}
	if (bytes.len > 0)
		secret_set(member(a->key, a->base), bytes);
}

static void
assign_retry(struct assigning *a, size_t i)
{
	int64_t *wait = member(a->key, a->base);

	if (i < 2 && duration(a, &wait[i]) && i == 0 && wait[1] < wait[0])
		wait[1] = wait[0];
	if (i == 1 && wait[1] < wait[0])
		wrong(a, "the longest wait is shorter than the first");
}

static void
assign_one(struct assigning *a, const struct given *g, size_t i)
{
	switch (a->key->type) {
	case KEY_STRING:
		assign_string(a);
		break;
	case KEY_STRINGS:
		assign_strings(a);
		break;
	case KEY_BOOL:
		assign_bool(a);
		break;
	case KEY_INT:
		assign_int(a);
		break;
	case KEY_DURATION:
		assign_duration(a);
		break;
	case KEY_SIZE:
		assign_size(a);
		break;
	case KEY_ENUM:
		assign_enum(a);
		break;
	case KEY_RELAYS:
		assign_relay(a);
		break;
	case KEY_RATES:
		assign_rate(a);
		break;
	case KEY_RETRY:
		assign_retry(a, i);
		break;
	case KEY_PROXY:
		assign_proxy(a);
		break;
	case KEY_ARGV:
		assign_argv(a, g->count);
		break;
	case KEY_SECRET:	/* these have their own ways in */
	case KEY_HEADERS:
		break;
	}
}

/* Does "" say that there shall be none of it? */
static bool
may_be_empty(const struct key *k)
{
	return k->init[0] == '\0' || k->check == word_path;
}

void
assign(const struct key *k, void *base, const struct given *g,
    const struct secret *secrets, size_t count, struct mistakes *m)
{
	size_t most = k->type == KEY_RETRY ? 2 : key_is_list(k) ? SIZE_MAX : 1;

	assign_free(k, base);
	if (k->type == KEY_HEADERS) {
		assign_header(k, base, g, m);
		return;
	}
	if (g->count > most)
		mistakes_add(m, g->at[most], "%s takes %s", k->name,
		    most == 1 ? "one value" : "two values");
	if (g->count == 1 && g->text[0].len == 0 && may_be_empty(k))
		return;
	for (size_t i = 0; i < g->count && i < most; i++) {
		struct assigning a = { k, base, g->text[i], g->at[i], m };

		if (k->type == KEY_SECRET)
			assign_secret(&a, secrets, count);
		else
			assign_one(&a, g, i);
	}
}

void
assign_default(const struct key *k, void *base)
{
	struct given g = { 0 };
	struct mistakes none = { 0 };
	struct str rest = str_of(k->init), head;

	while (key_is_list(k) && str_eat_until(&rest, ',', &head))
		given_add(&g, str_trim(head), (struct place){ { "", 0 }, 0 });
	if (rest.len > 0)
		given_add(&g, str_trim(rest), (struct place){ { "", 0 }, 0 });
	assign(k, base, &g, NULL, 0, &none);
	given_free(&g);
	mistakes_free(&none);
}
