// SPDX-License-Identifier: ISC
/*
 * importer.h - what the readers of all formats have in common
 *
 * A format is a table of its words: what has the same meaning and form here
 * names our key, what needs more has a function, and the rest says why there
 * is nothing like it.  The reader finds word and value of a line, says where
 * they stand, and gives them to importer_word(); each ends in at least one
 * remark.
 *
 * Readers take bytes and fill a struct; further files come from a loader, so
 * that a test has them too.
 */
#ifndef MINISMTP_IMPORT_IMPORTER_H
#define MINISMTP_IMPORT_IMPORTER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/str.h"
#include "config/file.h"
#include "import/found.h"

struct importer {
	struct loader *loader;
	struct str path;	/* of the file that was asked for */
	bool moved;		/* and it is not where its program has it */
	struct str home;	/* for ~/, or empty */
	struct found *found;
	size_t outlet;		/* in found: the one that is being filled */
	struct place at;	/* the line at hand */
	struct str word;	/* its word */
	bool exposed;		/* everybody can read the file at hand */
	const struct row *row;	/* the one that word belongs to */
	void *own;		/* what a format keeps for itself */
};

struct row {
	const char *name;
	const char *key;	/* ours of the same meaning and form, or NULL */
	/* Or this, which may look at im->row; take.h has some. */
	void (*take)(struct importer *im, struct str value);
	const char *why;	/* or why there is nothing like it */
	unsigned bit;		/* of outlet.own, for take */
};

#define WORDS(rows) (rows), sizeof(rows) / sizeof((rows)[0])
/* Without regard to case; all words that ours has are safe to compare so. */
void importer_word(struct importer *im, const struct row *rows, size_t count,
    struct str word, struct str value);

struct outlet *importer_outlet(struct importer *im);
/*
 * From here on the lines are about the account of that name.  False with a
 * remark if there are too many; then they are about nothing.
 */
bool importer_start(struct importer *im, struct str name);

/* The remarks about the line at hand: "WORD as KEY", "WORD: words". */
void importer_taken(struct importer *im, const char *key);
void importer_noted(struct importer *im, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
void importer_no_equal(struct importer *im, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
void importer_less_safe(struct importer *im, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/*
 * value for one of our keys, if the key's own check finds no fault in it; else
 * that is remarked, and false.  add: besides what it has already.
 */
bool importer_set(struct importer *im, const char *key, struct str value);
bool importer_add(struct importer *im, const char *key, struct str value);
/* The same for seconds, clamped to nothing: what is out of range is told. */
bool importer_set_seconds(struct importer *im, const char *key,
    struct str value);
/*
 * A command for a shell: as its words where no shell is needed, else for
 * /bin/sh -c, which is remarked.
 */
void importer_set_command(struct importer *im, const char *key,
    struct str command);
void importer_set_password(struct importer *im, struct str value);
/* A bit of the outlet's own. */
void importer_set_bit(struct importer *im, unsigned bit, bool set);
void importer_set_host(struct importer *im, struct str host);
bool importer_set_port(struct importer *im, struct str port, int *to);
void importer_set_tls(struct importer *im, enum found_tls tls);
void importer_set_unverified(struct importer *im, bool unverified);

/* A path with ~/ in front as one from the root; false if there is no home. */
bool importer_path(struct importer *im, struct str value, struct buf *out);

/*
 * A further file.  Named: the configuration says its path; where the file that
 * was asked for is not in its usual place, one of that name beside it comes
 * first.  Near: nobody says it, the program knows where it is; for a file that
 * is elsewhere only the one beside it counts, and none is no fault.
 *
 * On true the file is read by in, a copy of im for it: in->at and in->exposed
 * are the file's own.  text is to be wiped.
 */
bool importer_load_named(struct importer *im, struct str path, struct buf *text,
    struct importer *in);
bool importer_load_near(struct importer *im, struct str path, struct buf *text,
    struct importer *in);

/*
 * The next line of *text that is neither empty nor a comment, trimmed; at is
 * moved to it.
 */
bool importer_line(struct importer *im, struct str *text, struct str *line);

#endif
