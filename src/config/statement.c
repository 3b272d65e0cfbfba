// SPDX-License-Identifier: ISC
/*
 * statement.c - key = value, account, include
 */
#include "config/statement.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/strs.h"
#include "base/vis.h"
#include "base/xmem.h"
#include "config/keys.h"
#include "config/reading.h"

static void
add_value(struct reading *r, const struct key *key, struct scan *s)
{
	size_t spot = flat_spot(r->flat, s->where);

	if (key->type == KEY_SECRET)
		flat_secret(r->flat, &r->line, spot, buf_str(&s->text));
	else
		flat_quote(&r->line, spot, buf_str(&s->text));
}

/*
 * Something was wrong: go on with the next line that could begin a statement,
 * and do not fall over the values in between.
 */
static void
recover(struct scan *s, bool inside)
{
	size_t line = s->where.line, open = inside ? 1 : 0;
	enum token t = s->token;

	s->again = false;	/* the token at hand is the first to go */
	for (;; t = scan_next(s)) {
		if (t == TOKEN_END)
			return;
		if (open == 0 && (s->where.line != line || t == TOKEN_CLOSE) &&
		    (t == TOKEN_WORD || t == TOKEN_TEXT ||
		    t == TOKEN_CLOSE)) {
			scan_back(s);
			return;
		}
		if (t == TOKEN_OPEN)
			open++;
		if (t == TOKEN_CLOSE)
			open--;
		if (open == 0)
			line = s->where.line;
	}
}

static void
shorten(struct buf *out, struct str word)
{
	buf_reset(out);
	vis_add_some(out, word, 60);
}

/* "{ a, b }", behind the brace.  false: recover. */
static bool
list(struct reading *r, const struct key *key, struct scan *s)
{
	struct place from = s->where;
	size_t line = from.line;
	bool want = true;
	size_t n = 0;

	for (;;) {
		enum token t = scan_next(s);

		if (t == TOKEN_CLOSE)
			break;
		if (t == TOKEN_COMMA && !want) {
			want = true;
			continue;
		}
		if ((t != TOKEN_WORD && t != TOKEN_TEXT) || !want) {
			r->fresh = t == TOKEN_END || (t == TOKEN_WORD &&
			    s->where.line != line &&
			    keys_find(buf_str(&s->text)) != NULL);
			r->inside = !r->fresh;
			mistakes_add(r->mistakes, r->fresh ? from : s->where,
			    r->fresh ? "the { of this list is not closed" :
			    "values in a list stand between commas, and its "
			    "end is a }");
			scan_back(s);
			return false;
		}
		line = s->where.line;
		if (n++ > 0)
			buf_puts(&r->line, ", ");
		add_value(r, key, s);
		want = false;
	}
	if (n == 0)
		mistakes_add(r->mistakes, from, "'%s' has an empty list; "
		    "\"\" says that there is none", key->name);
	return true;
}

bool
statement_end(struct reading *r, const char *name, struct scan *s,
    size_t line)
{
	enum token t = scan_next(s);

	scan_back(s);
	if (t == TOKEN_END || t == TOKEN_CLOSE || s->where.line != line)
		return true;
	mistakes_add(r->mistakes, s->where, "something stands behind the "
	    "value of '%s': quote a value with blanks or signs in it, and "
	    "write one key on each line", name);
	return false;
}

/* Behind the "=": false where recover() is called for. */
static bool
value(struct reading *r, const struct key *key, struct scan *s)
{
	struct place at = s->where;
	enum token t = scan_next(s);

	if (s->where.line != at.line ||
	    (t != TOKEN_WORD && t != TOKEN_TEXT && t != TOKEN_OPEN)) {
		mistakes_add(r->mistakes, at, "'%s' has no value", key->name);
		scan_back(s);
		return s->where.line != at.line;
	}
	if (t == TOKEN_OPEN && key->type == KEY_HEADERS) {
		mistakes_add(r->mistakes, s->where,
		    "a header has one value, without braces");
		return false;
	}
	if (t == TOKEN_OPEN && !list(r, key, s))
		return false;
	if (t != TOKEN_OPEN)
		add_value(r, key, s);
	buf_add(&r->flat->text, buf_str(&r->line));
	buf_puts(&r->flat->text, " }\n");
	return statement_end(r, key->name, s, s->where.line);
}

/* May the key stand here, and is it the first of its name? */
static void
check_key(struct reading *r, const struct key *key, const struct scan *s)
{
	struct section *in = &r->section[r->now];
	size_t i = (size_t)(key - keys_at(0));
	struct place first;

	if (in->is_account && key->where == KEY_TOP)
		mistakes_add(r->mistakes, s->where, "'%s' is for the whole "
		    "machine and cannot stand in an account", key->name);
	if (!in->is_account && key->where == KEY_ACCOUNT)
		mistakes_add(r->mistakes, s->where,
		    "'%s' belongs into an account", key->name);
	if (key->type == KEY_HEADERS)
		return;
	if (in->seen[i] > 0) {
		first = flat_place(r->flat, in->seen[i] - 1);
		mistakes_add(r->mistakes, s->where, "'%s' is here for the "
		    "second time, after %.*s:%zu", key->name,
		    STR_ARGS(first.file), first.line);
		return;
	}
	in->seen[i] = flat_spot(r->flat, s->where) + 1;
}

static void
tell_unknown(struct reading *r, const struct scan *s)
{
	struct buf name = { 0 };
	const char *near = keys_nearest(buf_str(&s->text));

	shorten(&name, buf_str(&s->text));
	if (near != NULL)
		mistakes_add(r->mistakes, s->where, "there is no key '%s'; did "
		    "you mean '%s'?", buf_cstr(&name), near);
	else
		mistakes_add(r->mistakes, s->where, "there is no key '%s'",
		    buf_cstr(&name));
	buf_free(&name);
}

/* header "Name" = "value": the name goes first into the list. */
static bool
header_name(struct reading *r, const struct key *key, struct scan *s)
{
	enum token t = scan_next(s);

	if (t != TOKEN_WORD && t != TOKEN_TEXT) {
		mistakes_add(r->mistakes, s->where, "a header is written "
		    "%s \"Name\" = \"value\"", key->name);
		scan_back(s);
		return false;
	}
	add_value(r, key, s);
	buf_puts(&r->line, ", ");
	return true;
}

static bool
assignment(struct reading *r, struct scan *s)
{
	const struct key *key = keys_find(buf_str(&s->text));
	struct place at = s->where;
	enum token t;

	if (key == NULL) {
		tell_unknown(r, s);
		return false;
	}
	check_key(r, key, s);
	buf_reset(&r->line);
	buf_printf(&r->line, "%s %s { ", key->name,
	    key->type == KEY_HEADERS ? "+=" : "=");
	if (key->type == KEY_HEADERS && !header_name(r, key, s))
		return false;
	t = scan_next(s);
	if (t != TOKEN_EQUALS || s->where.line != at.line) {
		mistakes_add(r->mistakes, at, t == TOKEN_PLUS ?
		    "'%s' takes all its values at once: = { a, b }" :
		    "'%s' lacks its =", key->name);
		scan_back(s);
		return s->where.line != at.line;
	}
	return value(r, key, s);
}

static void
new_section(struct reading *r, struct scan *s, bool is_account)
{
	struct section *x;
	struct place first;

	for (size_t i = 1; is_account && i < r->sections; i++) {
		if (!str_ieq(buf_str(&r->section[i].title),
		    buf_str(&s->text)))
			continue;
		first = flat_place(r->flat, r->section[i].spot);
		mistakes_add(r->mistakes, s->where, "this account is here for "
		    "the second time, after %.*s:%zu", STR_ARGS(first.file),
		    first.line);
	}
	r->section = xgrow(r->section, r->sections, sizeof(*r->section));
	x = &r->section[r->sections++];
	*x = (struct section){ .is_account = is_account };
	x->spot = flat_spot(r->flat, s->where);
	x->seen = xcalloc(keys_count(), sizeof(*x->seen));
	if (is_account)
		buf_set(&x->title, buf_str(&s->text));
}

static bool
account(struct reading *r, struct scan *s)
{
	enum token t = scan_next(s);
	size_t line = s->where.line;
	struct place brace;

	if ((t != TOKEN_WORD && t != TOKEN_TEXT) || s->text.len == 0) {
		mistakes_add(r->mistakes, s->where,
		    "an account is written account \"name\" { ... }");
		scan_back(s);
		return false;
	}
	if (r->now != 0)
		mistakes_add(r->mistakes, s->where,
		    "an account cannot stand in an account");
	new_section(r, s, true);
	t = scan_next(s);
	if (t != TOKEN_OPEN) {
		mistakes_add(r->mistakes, (struct place){ s->at.file, line },
		    "this account lacks its {");
		scan_back(s);
		return false;
	}
	if (r->now != 0)
		return false;
	brace = s->where;
	r->now = r->sections - 1;
	buf_puts(&r->flat->text, "account ");
	flat_quote(&r->flat->text, r->section[r->now].spot,
	    buf_str(&r->section[r->now].title));
	buf_puts(&r->flat->text, " {\n");
	statement_body(r, s, &brace);
	buf_puts(&r->flat->text, "}\n");
	r->now = 0;
	return true;
}

void
statement_body(struct reading *r, struct scan *s, const struct place *brace)
{
	for (;;) {
		enum token t = scan_next(s);
		bool well = false;

		if (t == TOKEN_END) {
			if (brace != NULL)
				mistakes_add(r->mistakes, *brace,
				    "the { of this account is not closed");
			return;
		}
		if (t == TOKEN_CLOSE && brace != NULL)
			return;
		if (t == TOKEN_CLOSE) {
			mistakes_add(r->mistakes, s->where,
			    "this } closes nothing");
			continue;
		}
		if (t != TOKEN_WORD)
			mistakes_add(r->mistakes, s->where,
			    "here should be the name of a key");
		else if (str_eq(buf_str(&s->text), STR("account")))
			well = account(r, s);
		else if (str_eq(buf_str(&s->text), STR("include")))
			well = statement_include(r, s);
		else
			well = assignment(r, s);
		if (!well && !r->fresh)
			recover(s, r->inside);
		r->fresh = r->inside = false;
	}
}

void
statement_read(struct flat *f, const char *name, struct str text,
    const struct loader *loader, struct mistakes *m)
{
	struct reading r = { .flat = f, .loader = loader, .mistakes = m };
	struct buf chain = { 0 };
	struct scan s;

	buf_puts(&chain, name);
	r.chain[r.depth++] = &chain;
	strs_add(&f->files, str_of(name));
	scan_init(&s, str_of(name), text, loader, m);
	s.where = s.at;
	new_section(&r, &s, false);
	statement_body(&r, &s, NULL);
	scan_free(&s);
	for (size_t i = 0; i < r.sections; i++) {
		buf_free(&r.section[i].title);
		free(r.section[i].seen);
	}
	free(r.section);
	buf_free(&r.line);
	buf_free(&chain);
}
