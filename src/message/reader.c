// SPDX-License-Identifier: ISC
/*
 * reader.c - where the header ends and the body begins
 *
 * Only the front of a line decides what it is, and that is looked at in head,
 * where it is whole whatever the pieces were; the rest of a line is a memchr.
 */
#include "message/reader.h"

#include <string.h>
#include <sysexits.h>

#include "message/header.h"

enum kind {
	UNSURE,			/* the next byte may tell */
	FIELD,			/* or more of one */
	FROM,
	EMPTY,
	TEXT
};

static size_t
limit(const struct reader *r)
{
	return r->max > 0 ? r->max : READER_HEADER_MAX;
}

static bool
has_field(const struct reader *r)
{
	return r->header_end > r->header_at;
}

/* This line, as far as it is here. */
static struct str
line(const struct reader *r)
{
	return str_skip(buf_str(&r->head), r->line);
}

static bool
is_whole(struct str s)
{
	return s.len > 0 && s.ptr[s.len - 1] == '\n';
}

/* Nothing but its line end. */
static bool
is_empty(struct str s)
{
	if (is_whole(s))
		s.len--;
	for (size_t i = 0; i < s.len; i++)
		if (s.ptr[i] != '\r')
			return false;
	return true;
}

static enum kind
kind_of(const struct reader *r, struct str s, bool over)
{
	size_t value;
	bool cut;

	if (is_empty(s)) {
		if (is_whole(s) || over)
			return EMPTY;
		return s.len < FIELD_NAME_MAX ? UNSURE : TEXT;
	}
	if (has_field(r) && str_is_blank(s.ptr[0]))
		return FIELD;
	if (field_name_len(s, &value, &cut) > 0)
		return FIELD;
	if (cut && !over)
		return UNSURE;
	if (!has_field(r) && (str_eat(&s, STR("From ")) ||
	    str_eat(&s, STR(">From "))))
		return FROM;
	return TEXT;
}

/* "04:30", as in the date that every mailbox's From line ends with. */
static bool
has_time(struct str s)
{
	for (; s.len >= 4; s = str_skip(s, 1))
		if (str_is_digit(s.ptr[0]) && s.ptr[1] == ':' &&
		    str_is_digit(s.ptr[2]) && str_is_digit(s.ptr[3]))
			return true;
	return false;
}

/* The header is over, and the body begins at body_at. */
static void
finish(struct reader *r, size_t body_at)
{
	if (!has_field(r))
		r->header_end = r->header_at;
	r->body_at = body_at;
	r->in_body = true;
}

/* Text where a field was due.  From lines that nothing proved are text too. */
static void
finish_with_text(struct reader *r)
{
	finish(r, has_field(r) ? r->line : r->header_at);
}

/* How many more bytes are needed at most to know what this line is. */
static size_t
wanted(const struct reader *r)
{
	return FIELD_NAME_MAX - line(r).len;
}

/* The line so far is the header's. */
static int
keep_field(struct reader *r, struct err *e)
{
	r->header_end = r->head.len;
	r->at = is_whole(line(r)) ? READER_START : READER_FIELD;
	if (r->at == READER_START)
		r->line = r->head.len;
	if (r->header_end > limit(r))
		return err_set(e, EX_DATAERR,
		    "the header is larger than %zu bytes", limit(r));
	return 0;
}

/* A From line goes, unless it looks like the first words of a text. */
static void
judge_from(struct reader *r, bool over)
{
	r->at = READER_FROM;
	if (is_whole(line(r)) || over) {
		bool proved = has_time(line(r));

		r->at = READER_START;
		r->line = r->head.len;
		if (proved)
			r->header_at = r->header_end = r->line;
	} else if (wanted(r) == 0) {
		finish_with_text(r);
	}
}

static int
judge(struct reader *r, bool over, struct err *e)
{
	switch (kind_of(r, line(r), over)) {
	case UNSURE:
		break;
	case FIELD:
		if (!has_field(r))
			r->header_at = r->line;
		return keep_field(r, e);
	case FROM:
		judge_from(r, over);
		break;
	case EMPTY:
		if (!has_field(r))
			r->header_at = r->line;
		finish(r, r->head.len);
		break;
	case TEXT:
		finish_with_text(r);
		break;
	}
	return 0;
}

/* Move the rest of the line, or at most max bytes of it, into head. */
static void
take(struct reader *r, struct str *piece, size_t max)
{
	struct str part = str_head(*piece, max);
	const char *lf = memchr(part.ptr, '\n', part.len);

	if (lf != NULL)
		part.len = (size_t)(lf - part.ptr) + 1;
	buf_add(&r->head, part);
	*piece = str_skip(*piece, part.len);
}

int
reader_push(struct reader *r, struct str *piece, struct err *e)
{
	int rc = 0;

	while (rc == 0 && !r->in_body && piece->len > 0) {
		switch (r->at) {
		case READER_START:
			take(r, piece, wanted(r));
			rc = judge(r, false, e);
			break;
		case READER_FIELD:
			take(r, piece, piece->len);
			rc = keep_field(r, e);
			break;
		case READER_FROM:
			take(r, piece, wanted(r));
			judge_from(r, false);
			break;
		}
	}
	return rc;
}

int
reader_end(struct reader *r, struct err *e)
{
	if (r->in_body)
		return 0;
	if (r->at == READER_FROM)
		judge_from(r, true);
	else if (r->at == READER_START && line(r).len > 0 &&
	    judge(r, true, e) < 0)
		return -1;
	/* Where no body begins, it begins at the end. */
	if (!r->in_body) {
		r->line = r->head.len;
		finish_with_text(r);
	}
	return 0;
}

struct str
reader_header(const struct reader *r)
{
	return str_skip(str_head(buf_str(&r->head), r->header_end),
	    r->header_at);
}

struct str
reader_body(const struct reader *r)
{
	if (!r->in_body)
		return STR("");
	return str_skip(buf_str(&r->head), r->body_at);
}

void
reader_free(struct reader *r)
{
	buf_free(&r->head);
	*r = (struct reader){ 0 };
}
