// SPDX-License-Identifier: ISC
/*
 * content.c - what was handed in, looked at once before it is sent
 */
#include "relay/content.h"

#include <sysexits.h>

#include "base/source.h"
#include "message/reader.h"

/* Behind it *rest is what is left of the last piece. */
static int
read_header(struct reader *r, struct source *s, struct str *rest, struct err *e)
{
	int rc = 1;

	while (!r->in_body && (rc = source_pull(s, rest, e)) > 0)
		if (reader_push(r, rest, e) < 0)
			return -1;
	if (rc < 0)
		return -1;
	return r->in_body ? 0 : reader_end(r, e);
}

static int
read_head(struct content *c, const struct record *r, struct source *s,
    struct reader *reader, struct str *rest, struct err *e)
{
	if (read_header(reader, s, rest, e) < 0)
		return -1;
	c->body = r->body + (off_t)reader->body_at;
	c->len = (off_t)r->size - (off_t)reader->body_at;
	header_parse(&c->header, reader_header(reader));
	return 0;
}

/* Both parts in one go: a large message is not read twice. */
static int
read_all(struct content *c, const struct record *r, struct source *s,
    struct err *e)
{
	struct reader reader = { 0 };
	struct scan scan = { 0 };
	struct str piece = STR("");
	int rc = read_head(c, r, s, &reader, &piece, e);

	if (rc == 0) {
		scan_add(&scan, reader_body(&reader));
		do
			scan_add(&scan, piece);
		while ((rc = source_pull(s, &piece, e)) > 0);
		scan_end(&scan, &c->facts);
	}
	c->head = reader.head;		/* the views go along with it */
	return rc;
}

int
content_head(struct content *c, const struct record *r, int fd, struct err *e)
{
	struct reader reader = { 0 };
	struct source_file file;
	struct str rest;
	int rc;

	source_file_init(&file, fd, r->body, (off_t)r->size);
	rc = read_head(c, r, &file.source, &reader, &rest, e);
	source_file_free(&file);
	c->head = reader.head;
	return rc;
}

int
content_read(struct content *c, const struct record *r, int fd, struct err *e)
{
	struct source_file file;
	int rc;

	source_file_init(&file, fd, r->body, (off_t)r->size);
	rc = read_all(c, r, &file.source, e);
	source_file_free(&file);
	return rc;
}

/* A header that cannot be read may be the fault of the tear. */
static bool
is_torn(struct source *rest, struct err *e)
{
	struct err other = { 0 };
	struct str piece;
	bool torn;
	int rc;

	do
		rc = source_pull(rest, &piece, &other);
	while (rc > 0);
	torn = rc < 0 && other.code == EX_DATAERR;
	if (torn)
		err_copy(e, &other);
	err_clear(&other);
	return torn;
}

int
content_verify(struct content *c, const struct record *r, int fd, struct err *e)
{
	struct record_text text;
	int rc = record_text_init(&text, r, fd, e);

	if (rc == 0)
		rc = read_all(c, r, &text.source, e);
	if (rc < 0 && e->code == EX_DATAERR && is_torn(&text.source, e))
		rc = 1;
	record_text_free(&text);
	return rc;
}

void
content_free(struct content *c)
{
	header_free(&c->header);
	buf_free(&c->head);
	*c = (struct content){ 0 };
}
