// SPDX-License-Identifier: ISC
/*
 * further.c - the files that a configuration stands on, and their lines
 */
#include "import/importer.h"

#include "base/vis.h"

/* What parsers may read in all; a circle of files ends here too. */
#define FILES_MAX 40

static bool
load(struct importer *im, struct str path, struct buf *text,
    struct importer *in, struct err *e)
{
	if (im->found->files.count >= FILES_MAX)
		return err_set(e, 0, "too many files") == 0;
	im->loader->exposed = false;
	if (im->loader->load(im->loader->arg, path, text, e) < 0)
		return false;
	*in = *im;
	in->exposed = im->loader->exposed;
	in->at.file = buf_str(strs_add(&im->found->files, path));
	in->at.line = 0;
	return true;
}

/* path's last part in the directory of the file that was asked for. */
static void
beside(const struct importer *im, struct str path, struct buf *out)
{
	struct str dir, base;

	if (str_cut_last(im->path, '/', &dir, &base)) {
		buf_add(out, dir);
		buf_putc(out, '/');
	}
	if (!str_cut_last(path, '/', &dir, &base))
		base = path;
	buf_add(out, base);
}

bool
importer_load_near(struct importer *im, struct str path, struct buf *text,
    struct importer *in)
{
	struct buf near = { 0 };
	struct err e = { 0 };
	bool good;

	if (im->moved)
		beside(im, path, &near);
	else
		buf_add(&near, path);
	good = load(im, buf_str(&near), text, in, &e);
	err_clear(&e);
	buf_free(&near);
	return good;
}

bool
importer_load_named(struct importer *im, struct str path, struct buf *text,
    struct importer *in)
{
	struct err e = { 0 };
	struct buf shown = { 0 };
	bool good = false;

	if (str_has(path, '\0'))
		err_set(&e, 0, "there is a NUL in this path");
	else
		good = (im->moved && importer_load_near(im, path, text, in)) ||
		    load(im, path, text, in, &e);
	if (!good) {
		vis_add_some(&shown, buf_str(&e.text), 200);
		importer_no_equal(im, "%s", buf_cstr(&shown));
	}
	buf_free(&shown);
	err_clear(&e);
	return good;
}

bool
importer_line(struct importer *im, struct str *text, struct str *line)
{
	while (str_eat_line(text, line)) {
		im->at.line++;
		*line = str_trim(*line);
		if (line->len > 0 && line->ptr[0] != '#')
			return true;
	}
	return false;
}
