// SPDX-License-Identifier: ISC
/*
 * import.c - the configuration of another program, read and judged
 */
#include "import/import.h"

#include <sysexits.h>

#include "import/settle.h"

/* The path as it is on this machine; false for ~/ without a home. */
static bool
resolve(struct str path, struct str home, struct buf *out)
{
	buf_reset(out);
	if (str_eat(&path, STR("~/"))) {
		if (home.len == 0)
			return false;
		buf_add(out, home);
		buf_putc(out, '/');
	}
	buf_add(out, path);
	return true;
}

static bool
is_there(struct loader *loader, struct str path)
{
	struct strs found = { 0 };
	struct err e = { 0 };
	bool there = loader->list(loader->arg, path, &found, &e) == 0 &&
	    found.count > 0;

	strs_free(&found);
	err_clear(&e);
	return there;
}

/* Is path where the format's program looks for it? */
static bool
is_usual(const struct format *f, struct str path, struct str home)
{
	struct buf usual = { 0 };
	bool same = false;

	for (size_t i = 0; i < 4 && f->path[i] != NULL && !same; i++)
		same = resolve(str_of(f->path[i]), home, &usual) &&
		    str_eq(buf_str(&usual), path);
	buf_free(&usual);
	return same;
}

/*
 * Is the file named as one of the format's own?  "main.cf.old" and "msmtprc~"
 * are, too.
 */
static bool
is_named(const struct format *f, struct str path)
{
	struct str dir, name = path, ours, rest;

	/* "config" alone could be anybody's. */
	if (str_ends(path, STR("msmtp/config")))
		return f->read == read_msmtp;
	(void)str_cut_last(path, '/', &dir, &name);
	for (size_t i = 0; i < 4 && f->path[i] != NULL; i++) {
		rest = name;
		if (!str_cut_last(str_of(f->path[i]), '/', &dir, &ours) ||
		    str_eq(ours, STR("config")) || !str_eat(&rest, ours))
			continue;
		if (rest.len == 0 || str_has(STR(".~-_"), rest.ptr[0]))
			return true;
	}
	return false;
}

static void
read_as(const struct import *i, const struct format *format, struct found *f,
    struct str path, struct str text, bool exposed)
{
	struct importer im = { .loader = i->loader,
		.path = path,
		.home = i->home,
		.found = f,
		.exposed = exposed };

	f->program = format->name;
	im.at.file = buf_str(strs_add(&f->files, path));
	im.moved = !is_usual(format, path, i->home);
	(void)found_outlet(f, STR(""));
	format->read(&im, text);
}

/* How many of its words the format knows, if a relay is among them. */
static long
fitness(const struct import *i, const struct format *format, struct str path,
    struct str text)
{
	struct found f = { 0 };
	struct err e = { 0 };
	long score;

	read_as(i, format, &f, path, text, false);
	score = (long)f.remarks.taken - 3 * (long)f.remarks.unknown;
	if (found_settle(&f, &e) < 0)
		score = 0;
	found_free(&f);
	err_clear(&e);
	return score;
}

static const struct format *
guess(const struct import *i, struct str path, struct str text)
{
	const struct format *best = NULL;
	long most = 0;

	for (size_t n = 0; n < formats_count(); n++) {
		if (is_named(formats_at(n), path))
			return formats_at(n);
	}
	for (size_t n = 0; n < formats_count(); n++) {
		long score = fitness(i, formats_at(n), path, text);

		if (score > most) {
			most = score;
			best = formats_at(n);
		}
	}
	return best;
}

static int
understand(const struct import *i, struct found *f, struct str path,
    struct str text, struct err *e)
{
	bool exposed = i->loader->exposed;
	const struct format *format = i->format;

	if (format == NULL)
		format = guess(i, path, text);
	if (format == NULL)
		return err_set(e, EX_CONFIG,
		    "this is the configuration of no "
		    "program that is known here");
	read_as(i, format, f, path, text, exposed);
	return found_settle(f, e);
}

int
import_read(const struct import *i, struct found *f, struct err *e)
{
	struct buf path = { 0 }, text = { 0 };
	int rc;

	buf_add(&path, i->path);
	while (path.len > 1 && path.data[path.len - 1] == '/')
		buf_cut(&path, path.len - 1);
	/* A directory with remotes in it is nullmailer's. */
	buf_puts(&path, "/remotes");
	if (!is_there(i->loader, buf_str(&path)))
		buf_set(&path, i->path);
	i->loader->exposed = false;
	rc = i->loader->load(i->loader->arg, buf_str(&path), &text, e);
	if (rc < 0)
		e->code = EX_NOINPUT;
	if (rc == 0 && understand(i, f, buf_str(&path), buf_str(&text), e) < 0)
		rc = err_wrap(e, "%s", buf_cstr(&path));
	remarks_sort(&f->remarks);
	buf_wipe(&text);
	buf_free(&path);
	return rc;
}

static void
find_in(struct loader *loader, const struct format *f, struct str home,
    bool own, struct strs *paths)
{
	struct buf path = { 0 };

	for (size_t i = 0; i < 4 && f->path[i] != NULL; i++) {
		if (own == (f->path[i][0] == '~') &&
		    resolve(str_of(f->path[i]), home, &path) &&
		    is_there(loader, buf_str(&path)))
			strs_add(paths, buf_str(&path));
	}
	buf_free(&path);
}

void
import_find(struct loader *loader, struct str home, bool home_first,
    struct strs *paths)
{
	for (int turn = 0; turn < 2; turn++) {
		for (size_t n = 0; n < formats_count(); n++)
			find_in(loader, formats_at(n), home,
			    home_first == (turn == 0), paths);
	}
}
