// SPDX-License-Identifier: ISC
/*
 * write.c - what was found, as a configuration of ours
 */
#include "import/write.h"

#include <stdlib.h>

#include "base/vis.h"
#include "base/xmem.h"
#include "config/print.h"
#include "config/store.h"

struct writing {
	const struct found *found;
	enum write_secrets how;
	const char *path;	/* of the configuration */
	struct buf *out;
	struct secret_files *files;
	const char *indent;
};

static void
value(struct buf *out, const struct key *k, struct str s)
{
	switch (k->type) {
	case KEY_BOOL:
	case KEY_INT:
	case KEY_DURATION:
	case KEY_SIZE:
	case KEY_ENUM:
	case KEY_RETRY:
		if (s.len > 0) {
			buf_add(out, s);
			return;
		}
		break;
	case KEY_STRING:
	case KEY_STRINGS:
	case KEY_SECRET:
	case KEY_RELAYS:
	case KEY_RATES:
	case KEY_PROXY:
	case KEY_ARGV:
	case KEY_HEADERS:
		break;
	}
	print_text(out, s);
}

static void
setting(const struct writing *w, const struct setting *s)
{
	const struct strs *values = &s->values;
	bool list = values->count > 1 || s->key->type == KEY_ARGV;

	buf_printf(w->out, "%s%s = %s", w->indent, s->key->name,
	    list ? "{ " : "");
	for (size_t i = 0; i < values->count; i++) {
		buf_puts(w->out, i > 0 ? ", " : "");
		value(w->out, s->key, strs_at(values, i));
	}
	buf_puts(w->out, list ? " }\n" : "\n");
}

static bool
same_values(const struct setting *a, const struct setting *b)
{
	size_t count = a == NULL ? 0 : a->values.count;

	if ((b == NULL ? 0 : b->values.count) != count)
		return false;
	for (size_t i = 0; i < count; i++) {
		if (!str_eq(strs_at(&a->values, i), strs_at(&b->values, i)))
			return false;
	}
	return true;
}

/* Do both go to the same relay in the same way, with the same login? */
static bool
same_relay(const struct outlet *a, const struct outlet *b)
{
	for (size_t i = 0; i < keys_count(); i++) {
		const struct key *k = keys_at(i);

		if (k->where == KEY_OF_RELAY &&
		    !same_values(outlet_get(a, k), outlet_get(b, k)))
			return false;
	}
	return str_eq(secret_reveal(&a->password), secret_reveal(&b->password));
}

static bool
is_taken(const struct secret_files *files, struct str path)
{
	for (size_t i = 0; i < files->count; i++) {
		if (str_eq(buf_str(&files->item[i].path), path))
			return true;
	}
	return false;
}

/* Two names may come to the same file's name; a number tells them apart. */
static void
secret_path(const struct writing *w, const struct outlet *o, struct buf *out)
{
	struct buf name = { 0 };

	buf_add(&name, buf_str(&o->name));
	store_secret_path(out, w->path, buf_str(&name));
	for (unsigned n = 2; is_taken(w->files, buf_str(out)); n++) {
		buf_cut(&name, o->name.len);
		buf_printf(&name, "%u", n);
		buf_reset(out);
		store_secret_path(out, w->path, buf_str(&name));
	}
	buf_free(&name);
}

static void
password(const struct writing *w, const struct outlet *o)
{
	struct secret_files *files = w->files;
	struct secret_file *file;

	if (!secret_is_set(&o->password))
		return;
	if (w->how == WRITE_PASSWORDS) {
		buf_printf(w->out, "%spassword = ", w->indent);
		print_text(w->out, secret_reveal(&o->password));
		buf_putc(w->out, '\n');
		return;
	}
	files->item = xgrow(files->item, files->count, sizeof(*files->item));
	file = &files->item[files->count];
	*file = (struct secret_file){ .secret = &o->password };
	secret_path(w, o, &file->path);
	files->count++;
	buf_printf(w->out, "%spassword_file = ", w->indent);
	print_text(w->out, buf_str(&file->path));
	buf_putc(w->out, '\n');
}

/* How the old program had it, for who wants it back. */
static void
hints(const struct writing *w, const struct outlet *o)
{
	if (o->hints.count == 0)
		return;
	buf_printf(w->out, "%s# %s had it less safely:\n", w->indent,
	    w->found->program);
	for (size_t i = 0; i < o->hints.count; i++)
		buf_printf(w->out, "%s#%.*s\n", w->indent,
		    STR_ARGS(strs_at(&o->hints, i)));
}

static void
top_level(const struct writing *w)
{
	const struct outlet *top = &w->found->outlet[0];

	for (size_t i = 0; i < keys_count(); i++) {
		const struct key *k = keys_at(i);
		const struct setting *s = outlet_get(top, k);

		if (k->type == KEY_SECRET)
			password(w, top);
		if (s != NULL && k->where != KEY_ACCOUNT)
			setting(w, s);
	}
	hints(w, top);
}

/* What the top level says and this account does not. */
static void
take_back(const struct writing *w, const struct key *k)
{
	buf_printf(w->out, "%s%s = ", w->indent, k->name);
	value(w->out, k, str_of(k->init));
	buf_putc(w->out, '\n');
}

static void
account(const struct writing *w, const struct outlet *o)
{
	const struct outlet *top = &w->found->outlet[0];
	bool same = same_relay(o, top);
	const struct setting *from = outlet_get(o, keys_find(STR("from")));

	if (from != NULL)
		setting(w, from);
	for (size_t i = 0; i < keys_count(); i++) {
		const struct key *k = keys_at(i);
		const struct setting *s = outlet_get(o, k);

		if (k->where == KEY_TOP || k->where == KEY_ACCOUNT ||
		    (k->where == KEY_OF_RELAY && same))
			continue;
		if (k->type == KEY_SECRET)
			password(w, o);
		if (k->where == KEY_ANYWHERE &&
		    same_values(s, outlet_get(top, k)))
			continue;
		if (s != NULL)
			setting(w, s);
		else if (k->where == KEY_ANYWHERE)
			take_back(w, k);
	}
	if (!same)
		hints(w, o);
}

void
write_config(const struct found *f, enum write_secrets how, const char *path,
    struct buf *out, struct secret_files *files)
{
	struct secret_files unasked = { 0 };
	struct writing w = { .found = f,
		.how = how,
		.path = path,
		.out = out,
		.files = files != NULL ? files : &unasked,
		.indent = "" };

	buf_puts(out, "# minismtp.conf(5), made by \"minismtp import\" from\n");
	for (size_t i = 0; i < f->files.count; i++) {
		buf_puts(out, "#\t");
		vis_add(out, strs_at(&f->files, i));
		buf_putc(out, '\n');
	}
	buf_putc(out, '\n');
	top_level(&w);
	w.indent = "\t";
	for (size_t i = 1; i < f->outlets; i++) {
		buf_puts(out, "\naccount ");
		print_text(out, buf_str(&f->outlet[i].name));
		buf_puts(out, " {\n");
		account(&w, &f->outlet[i]);
		buf_puts(out, "}\n");
	}
	secret_files_free(&unasked);
}

void
secret_files_free(struct secret_files *files)
{
	for (size_t i = 0; i < files->count; i++)
		buf_free(&files->item[i].path);
	free(files->item);
	*files = (struct secret_files){ 0 };
}
