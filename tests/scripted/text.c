// SPDX-License-Identifier: ISC
/*
 * text.c - the message comes in, by DATA or by BDAT
 */
#include "text.h"

#include <string.h>

#define LINE_LIMIT 998
#define LOOK_AHEAD 65536

static bool
has_high_bytes(struct str s)
{
	for (size_t i = 0; i < s.len; i++)
		if ((unsigned char)s.ptr[i] > 127)
			return true;
	return false;
}

/* Each kind once per message is enough to fail a test. */
struct faults {
	bool bare_lf, bare_cr, nul, length, high;
};

static void
fault(struct session *s, bool *known, bool is, const char *words)
{
	if (is && !*known)
		record_problem(&s->record, "the text has %s", words);
	*known |= is;
}

/* A line with its end, or a piece of one when it is very long. */
static void
look_at(struct session *s, struct faults *f, struct str line, bool crlf)
{
	struct str body = crlf ? str_head(line, line.len - 2) : line;
	bool lf = !crlf && line.len > 0 && line.ptr[line.len - 1] == '\n';

	fault(s, &f->bare_lf, lf, "a bare LF");
	fault(s, &f->bare_cr, memchr(body.ptr, '\r', body.len) != NULL,
	    "a bare CR");
	fault(s, &f->nul, memchr(body.ptr, '\0', body.len) != NULL, "a NUL");
	fault(s, &f->length, body.len > LINE_LIMIT,
	    "a line of more than 998 bytes");
	if (!s->eight_bit)
		fault(s, &f->high, has_high_bytes(body),
		    "8-bit bytes without BODY=8BITMIME");
}

/*
 * The next line of what is there, or all of it if no line ends in a very long
 * time; the rest of an unfinished line stays.
 */
static bool
next_line(struct session *s, struct buf *partial, struct str *line)
{
	struct str got;
	const char *lf;

	while (stream_bytes(&s->stream, SIZE_MAX, &got)) {
		lf = memchr(got.ptr, '\n', got.len);
		if (lf != NULL) {
			size_t len = (size_t)(lf - got.ptr) + 1;

			stream_unread(&s->stream, got.len - len);
			got.len = len;
			if (partial->len == 0) {
				*line = got;
				return true;
			}
		}
		buf_add(partial, got);
		if (lf != NULL || partial->len > LOOK_AHEAD) {
			*line = buf_str(partial);
			return true;
		}
	}
	return false;
}

bool
text_receive(struct session *s)
{
	struct faults f = { 0 };
	struct buf partial = { 0 };
	struct str line;
	bool start = true;	/* behind a CRLF */
	bool whole = false;

	while (next_line(s, &partial, &line)) {
		bool crlf = line.len >= 2 &&
		    line.ptr[line.len - 2] == '\r' &&
		    line.ptr[line.len - 1] == '\n';

		if (start && crlf && line.len == 3 && line.ptr[0] == '.') {
			whole = true;
			break;
		}
		if (start && line.ptr[0] == '.')
			line = str_skip(line, 1);
		if (s->record.dir != NULL)
			look_at(s, &f, line, crlf);
		record_text(&s->record, line);
		s->received += line.len;
		start = crlf;
		buf_reset(&partial);
	}
	buf_free(&partial);
	return whole;
}

bool
text_receive_chunk(struct session *s, uint64_t count)
{
	struct str got;

	while (count > 0) {
		if (!stream_bytes(&s->stream, count > SIZE_MAX ? SIZE_MAX :
		    (size_t)count, &got))
			return false;
		if (!s->eight_bit && s->record.dir != NULL &&
		    has_high_bytes(got))
			record_problem(&s->record,
			    "8-bit bytes without BODY=8BITMIME");
		record_text(&s->record, got);
		s->received += got.len;
		count -= got.len;
	}
	return true;
}
