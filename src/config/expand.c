// SPDX-License-Identifier: ISC
/*
 * expand.c - whom an alias stands for in the end
 */
#include "config/expand.h"

#include <sysexits.h>

#include "base/vis.h"

/* The way down to where we are; each step lives in its caller's frame. */
struct step {
	struct str name;		/* or the path of an included file */
	const struct step *up;
};

struct expanding {
	const struct aliases *aliases;
	const struct alias_world *world;
	struct strs *out, *rest;
	struct strs done;		/* names that need no second look */
	size_t steps;
	struct buf *why;
	struct err *e;
};

static int expand_name(struct expanding *x, struct str name,
    const struct step *up, size_t depth);

static void
tell(struct expanding *x, struct str name, const char *what, struct str more)
{
	if (x->why == NULL)
		return;
	vis_add(x->why, name);
	buf_puts(x->why, what);
	vis_add(x->why, more);
	buf_putc(x->why, '\n');
}

static void
add_once(struct strs *list, struct str s)
{
	if (!strs_ihas(list, s))
		strs_add(list, s);
}

/* "a -> b -> a is a loop", from the top down. */
static void
add_way(struct buf *out, const struct step *step)
{
	if (step->up != NULL)
		add_way(out, step->up);
	vis_add_some(out, step->name, 60);
	buf_puts(out, " -> ");
}

static int
check_way(struct expanding *x, struct str name, const struct step *up,
    size_t depth)
{
	struct buf way = { 0 };
	const struct step *s = up;

	while (s != NULL && !str_ieq(s->name, name))
		s = s->up;
	if (s == NULL && depth <= ALIASES_DEPTH &&
	    ++x->steps <= ALIASES_MAX)
		return 0;
	if (up != NULL)
		add_way(&way, up);
	vis_add_some(&way, name, 60);
	if (s != NULL)
		err_set(x->e, EX_TEMPFAIL, "the aliases run in a circle: %s",
		    buf_cstr(&way));
	else
		err_set(x->e, EX_TEMPFAIL, "too many aliases: %s",
		    depth > ALIASES_DEPTH ? buf_cstr(&way) : "there are over "
		    "ten thousand addresses");
	buf_free(&way);
	return -1;
}

/* own: the name whose target this is; its own name ends there. */
static int
expand_target(struct expanding *x, struct str target, struct str own,
    const struct step *up, size_t depth)
{
	struct str name = target;

	if (str_eat(&name, STR("\\"))) {
		add_once(x->rest, name);
		return 0;
	}
	if (!x->world->local(x->world->arg, target, &name)) {
		if (++x->steps > ALIASES_MAX)
			return check_way(x, target, up, depth);
		add_once(x->out, target);
		return 0;
	}
	if (str_ieq(name, own)) {
		add_once(x->rest, name);
		return 0;
	}
	return expand_name(x, name, up, depth + 1);
}

static int
expand_list(struct expanding *x, const struct strs *list, struct str own,
    const struct step *up, size_t depth, bool trusted);

static int
expand_include(struct expanding *x, struct str path, struct str own,
    const struct step *up, size_t depth)
{
	struct step here = { path, up };
	struct buf text = { 0 }, file = { 0 }, words = { 0 };
	struct strs list = { 0 };
	struct mistakes m = { 0 };
	int rc = -1;

	if (check_way(x, path, up, depth) < 0)
		return -1;
	if (x->world->include == NULL) {
		err_set(x->e, EX_TEMPFAIL, "nothing can be included here");
		goto out;
	}
	rc = x->world->include(x->world->arg, path, &text, x->e);
	if (rc == 0)
		err_set(x->e, EX_TEMPFAIL, "an alias includes %.*s, which "
		    "does not exist", STR_ARGS(path));
	if (rc <= 0) {
		rc = -1;
		goto out;
	}
	vis_add(&file, path);
	aliases_parse_list(&list, buf_cstr(&file), buf_str(&text), &m);
	mistakes_print(&m, &words);
	if (x->why != NULL)
		buf_add(x->why, buf_str(&words));
	rc = expand_list(x, &list, own, &here, depth + 1, true);
out:
	buf_free(&text);
	buf_free(&file);
	buf_free(&words);
	strs_free(&list);
	mistakes_free(&m);
	return rc;
}

/* trusted: of the administrator; a user's .forward includes nothing. */
static int
expand_list(struct expanding *x, const struct strs *list, struct str own,
    const struct step *up, size_t depth, bool trusted)
{
	for (size_t i = 0; i < list->count; i++) {
		struct str target = strs_at(list, i);
		int rc;

		if (!str_ieat(&target, STR(":include:")))
			rc = expand_target(x, target, own, up, depth);
		else if (trusted)
			rc = expand_include(x, str_trim(target), own, up,
			    depth);
		else
			rc = 0;
		if (rc < 0)
			return -1;
	}
	return 0;
}

/* 1: he has a .forward, and it has been followed. */
static int
expand_forward(struct expanding *x, struct str login, const struct step *here,
    size_t depth)
{
	struct buf text = { 0 };
	struct strs list = { 0 };
	struct mistakes m = { 0 };
	int rc;

	if (x->world->forward == NULL)
		return 0;
	rc = x->world->forward(x->world->arg, login, &text, x->e);
	if (rc > 0) {
		aliases_parse_list(&list, ".forward", buf_str(&text), &m);
		if (list.count == 0)
			rc = 0;		/* it says nothing that we do */
		else if (expand_list(x, &list, login, here, depth, false) < 0)
			rc = -1;
		if (rc > 0)
			tell(x, login, ": by his .forward", STR(""));
	}
	buf_free(&text);
	strs_free(&list);
	mistakes_free(&m);
	return rc;
}

/* The alias of name, or of what stands before its "+". */
static const struct alias *
find(struct expanding *x, struct str name)
{
	const struct alias *a = aliases_find(x->aliases, name);
	struct str plain, in = name;

	if (a == NULL && str_eat_until(&in, '+', &plain) && plain.len > 0)
		a = aliases_find(x->aliases, plain);
	return a != NULL && a->target.count > 0 ? a : NULL;
}

static int
expand_name(struct expanding *x, struct str name, const struct step *up,
    size_t depth)
{
	struct step here = { name, up };
	const struct alias *a = find(x, name);
	int rc;

	if (check_way(x, name, up, depth) < 0)
		return -1;
	if (strs_ihas(&x->done, name))
		return 0;
	strs_add(&x->done, name);
	if (a == NULL) {
		rc = expand_forward(x, name, &here, depth);
		if (rc != 0)
			return rc < 0 ? -1 : 0;
	}
	/* The last resort is for the name that the mail came with. */
	if (a == NULL && depth == 0)
		a = find(x, STR("default"));
	if (a == NULL && depth == 0)
		a = find(x, STR("*"));
	if (a == NULL) {
		add_once(x->rest, name);
		return 0;
	}
	for (size_t i = 0; i < a->target.count; i++)
		tell(x, name, " -> ", strs_at(&a->target, i));
	return expand_list(x, &a->target, name, &here, depth, true);
}

int
aliases_expand(const struct aliases *a, const struct alias_world *world,
    struct str name, struct strs *out, struct strs *rest, struct buf *why,
    struct err *e)
{
	struct expanding x = { a, world, out, rest, { 0 }, 0, why, e };
	int rc = expand_name(&x, name, NULL, 0);

	strs_free(&x.done);
	return rc;
}

void
aliases_check(const struct aliases *a, const struct alias_world *world,
    struct mistakes *m)
{
	for (size_t i = 0; i < a->count; i++) {
		struct place at = { buf_str(&a->file), a->item[i].line };
		struct strs out = { 0 }, rest = { 0 };
		struct err e = { 0 };

		if (aliases_expand(a, world, buf_str(&a->item[i].name), &out,
		    &rest, NULL, &e) < 0)
			mistakes_add(m, at, "%s", buf_cstr(&e.text));
		err_clear(&e);
		strs_free(&out);
		strs_free(&rest);
	}
	mistakes_sort(m);
}
