// SPDX-License-Identifier: ISC
/*
 * source.c - bytes that come in pieces
 */
#include "base/source.h"

#include <sysexits.h>

#include "base/fd.h"

#define CHUNK (128 * 1024)

int
source_pull(struct source *s, struct str *piece, struct err *e)
{
	return s->pull(s, piece, e);
}

static int
pull_text(struct source *source, struct str *piece, struct err *e)
{
	struct source_text *s = (struct source_text *)source;

	(void)e;
	*piece = s->text;
	s->text = STR("");
	return piece->len > 0 ? 1 : 0;
}

void
source_text_init(struct source_text *s, struct str text)
{
	s->source.pull = pull_text;
	s->text = text;
}

static int
pull_pair(struct source *source, struct str *piece, struct err *e)
{
	struct source_pair *s = (struct source_pair *)source;

	if (s->first != NULL) {
		int rc = source_pull(s->first, piece, e);

		if (rc != 0)
			return rc;
		s->first = NULL;
	}
	return source_pull(s->second, piece, e);
}

void
source_pair_init(struct source_pair *s, struct source *first,
    struct source *second)
{
	s->source.pull = pull_pair;
	s->first = first;
	s->second = second;
}

static int
pull_file(struct source *source, struct str *piece, struct err *e)
{
	struct source_file *s = (struct source_file *)source;
	off_t left = s->end - s->at;
	ssize_t n;

	if (left == 0)
		return 0;
	buf_reset(&s->chunk);
	n = fd_pread(s->fd, &s->chunk, left < CHUNK ? (size_t)left : CHUNK,
	    s->at, e);
	if (n < 0)
		return -1;
	if (n == 0)
		return err_set(e, EX_IOERR, "the file ends %lld bytes early",
		    (long long)left);
	s->at += n;
	*piece = buf_str(&s->chunk);
	return 1;
}

void
source_file_init(struct source_file *s, int fd, off_t from, off_t len)
{
	*s = (struct source_file){ .source.pull = pull_file, .fd = fd,
	    .at = from, .end = from + len };
}

void
source_file_free(struct source_file *s)
{
	buf_free(&s->chunk);
}
