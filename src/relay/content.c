// SPDX-License-Identifier: ISC
/*
 * content.c - what was handed in, looked at once before it is sent
 */
#include "relay/content.h"

#include "base/source.h"
#include "message/reader.h"

static int
read_header(struct reader *r, struct source *s, struct err *e)
{
	struct str piece;
	int rc = 1;

	while (!r->in_body && (rc = source_pull(s, &piece, e)) > 0)
		if (reader_push(r, &piece, e) < 0)
			return -1;
	if (rc < 0)
		return -1;
	return r->in_body ? 0 : reader_end(r, e);
}

int
content_head(struct content *c, const struct record *r, int fd, struct err *e)
{
	off_t size = (off_t)r->size;
	struct reader reader = { 0 };
	struct source_file file;
	int rc;

	source_file_init(&file, fd, r->body, size);
	rc = read_header(&reader, &file.source, e);
	source_file_free(&file);
	if (rc < 0) {
		reader_free(&reader);
		return -1;
	}
	c->body = r->body + (off_t)reader.body_at;
	c->len = size - (off_t)reader.body_at;
	header_parse(&c->header, reader_header(&reader));
	c->head = reader.head;		/* the views go along with it */
	return 0;
}

int
content_read(struct content *c, const struct record *r, int fd, struct err *e)
{
	struct source_file file;
	int rc;

	if (content_head(c, r, fd, e) < 0)
		return -1;
	source_file_init(&file, fd, c->body, c->len);
	rc = scan_source(&file.source, &c->facts, e);
	source_file_free(&file);
	return rc;
}

void
content_free(struct content *c)
{
	header_free(&c->header);
	buf_free(&c->head);
	*c = (struct content){ 0 };
}
