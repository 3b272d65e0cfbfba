// SPDX-License-Identifier: ISC
/*
 * include.c - further files, in the order of their names
 */
#include "config/reading.h"

#include "base/err.h"
#include "base/strs.h"

#define INCLUDE_FILES 200

/* Relative to the directory of the file that says it. */
static void
resolve(struct buf *out, struct str from, struct str pattern)
{
	struct str dir, base;

	if ((pattern.len == 0 || pattern.ptr[0] != '/') &&
	    str_cut_last(from, '/', &dir, &base)) {
		buf_add(out, dir);
		buf_putc(out, '/');
	}
	buf_add(out, pattern);
}

static bool
is_within(const struct reading *r, struct str path)
{
	const struct loader *l = r->loader;

	for (size_t i = 0; i < r->depth; i++) {
		struct str name = buf_str(r->chain[i]);

		if (str_eq(name, path) || (l->same != NULL &&
		    l->same(l->arg, name, path)))
			return true;
	}
	return false;
}

static void
include_file(struct reading *r, const struct scan *from, struct str path)
{
	struct buf name = { 0 }, text = { 0 };
	struct scan s;
	struct err e = { 0 };

	if (is_within(r, path)) {
		mistakes_add(r->mistakes, from->where,
		    "%.*s would include itself", STR_ARGS(path));
		return;
	}
	if (r->depth > INCLUDE_DEPTH || r->flat->files.count > INCLUDE_FILES) {
		mistakes_add(r->mistakes, from->where,
		    "too many files include one another");
		return;
	}
	if (r->loader->load(r->loader->arg, path, &text, &e) < 0) {
		mistakes_add(r->mistakes, from->where, "%s",
		    buf_cstr(&e.text));
	} else {
		buf_set(&name, path);
		r->chain[r->depth++] = &name;
		strs_add(&r->flat->files, path);
		scan_init(&s, buf_str(&name), buf_str(&text), r->loader,
		    r->mistakes);
		statement_body(r, &s, NULL);
		scan_free(&s);
		r->depth--;
	}
	err_clear(&e);
	buf_wipe(&text);
	buf_free(&name);
}

bool
statement_include(struct reading *r, struct scan *s)
{
	size_t line = s->where.line;
	enum token t = scan_next(s);
	struct buf pattern = { 0 };
	struct strs found = { 0 };
	struct err e = { 0 };

	if ((t != TOKEN_WORD && t != TOKEN_TEXT) || s->where.line != line) {
		mistakes_add(r->mistakes, (struct place){ s->at.file, line },
		    "include \"FILE\" is written without a = or braces");
		scan_back(s);
		return s->where.line != line;
	}
	resolve(&pattern, s->where.file, buf_str(&s->text));
	if (r->loader == NULL || r->loader->list == NULL) {
		mistakes_add(r->mistakes, s->where,
		    "nothing can be included here");
	} else if (r->loader->list(r->loader->arg, buf_str(&pattern), &found,
	    &e) < 0) {
		mistakes_add(r->mistakes, s->where, "%s",
		    buf_cstr(&e.text));
	} else if (found.count == 0 && !str_has(buf_str(&pattern), '*') &&
	    !str_has(buf_str(&pattern), '?') &&
	    !str_has(buf_str(&pattern), '[')) {
		mistakes_add(r->mistakes, s->where, "there is no %s",
		    buf_cstr(&pattern));
	}
	for (size_t i = 0; i < found.count; i++)
		include_file(r, s, strs_at(&found, i));
	err_clear(&e);
	strs_free(&found);
	buf_free(&pattern);
	return statement_end(r, "include", s, line);
}
