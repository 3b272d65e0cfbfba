// SPDX-License-Identifier: ISC
/*
 * encode.c - a body that the relay would not take, in a form that it takes
 *
 * The body is a row of lines.  Only lines that begin with a hyphen need be
 * looked at whole, for they may be boundaries.
 */
#include "message/encode.h"

#include <stdlib.h>
#include <string.h>

#include "base/xmem.h"
#include "message/fold.h"
#include "message/header.h"
#include "message/leaf.h"
#include "message/words.h"

#define SLICE (32 * 1024)
#define DEPTH_MAX 32		/* nobody nests so deep in good faith */
#define LINE_LIMIT 1000		/* longer is no boundary */
#define HEAD_LIMIT (256 * 1024)	/* longer is no header of a part */

enum mode {
	MODE_RAW,		/* what is left alone */
	MODE_ASIDE,		/* preamble, epilogue: nobody is shown them */
	MODE_HEAD,		/* the header of a part */
	MODE_LEAF
};

struct level {
	struct buf boundary;
	bool digest;
};

struct encode {
	struct source source;
	struct source *from;
	struct str rest;	/* of the piece at hand */
	bool over;
	bool ascii;

	enum mode mode;
	struct level level[DEPTH_MAX];
	size_t depth;
	struct leaf leaf;
	bool digest;		/* of the part whose header is read */
	bool message;		/* it is one of a message in the message */
	bool mid_line;
	struct buf line;	/* not whole yet */
	struct buf head;
	struct buf out;
};

/* A field of a part, in 7 bits. */
static void
add_field(struct buf *out, const struct field *f)
{
	struct buf field = { 0 };

	if (!words_needed(f->value)) {
		buf_add(out, f->whole);
		return;
	}
	buf_printf(&field, "%.*s: ", STR_ARGS(f->name));
	if (field_is(f, "Content-Type") || field_is(f, "Content-Disposition"))
		words_params(&field, str_trim(f->value), STR(""));
	else
		words_text(&field, str_trim(f->value), STR(""));
	fold_add(out, buf_str(&field), FOLD_NICE);
	buf_free(&field);
}

/* The header of a part again, with the encoding that it has from now on. */
static void
add_head(struct encode *enc, const struct header *h, const char *cte)
{
	bool versioned = !enc->message || header_find(h, "MIME-Version");
	bool said = false;

	for (size_t i = 0; i < h->count; i++) {
		if (!field_is(&h->field[i], "Content-Transfer-Encoding") ||
		    cte == NULL) {
			add_field(&enc->out, &h->field[i]);
			continue;
		}
		if (!said)
			buf_printf(&enc->out,
			    "Content-Transfer-Encoding: %s\r\n", cte);
		said = true;
	}
	if (!versioned && cte != NULL)
		buf_puts(&enc->out, "MIME-Version: 1.0\r\n");
	if (!said && cte != NULL)
		buf_printf(&enc->out, "Content-Transfer-Encoding: %s\r\n", cte);
}

static void
push_level(struct encode *enc, const struct encode_plan *p)
{
	struct level *level = &enc->level[enc->depth++];

	*level = (struct level){ .digest = p->digest };
	buf_add(&level->boundary, buf_str(&p->boundary));
	enc->mode = MODE_ASIDE;
}

/* As given: what we do not understand is not ours to change. */
static void
leave_alone(struct encode *enc)
{
	buf_add(&enc->out, buf_str(&enc->head));
	buf_reset(&enc->head);
	enc->mode = MODE_RAW;
}

/* The empty line has come: what is this part? */
static void
begin_part(struct encode *enc)
{
	struct header h = { 0 };
	struct encode_plan p = { 0 };
	struct str type, cte;
	const char *name = NULL;

	header_parse(&h, buf_str(&enc->head));
	type = header_value(&h, "Content-Type");
	cte = header_value(&h, "Content-Transfer-Encoding");
	if (header_find(&h, "DKIM-Signature") == NULL)
		encode_plan(&p, type, cte, enc->digest);
	if (p.way == ENCODE_PARTS && enc->depth == DEPTH_MAX)
		p.way = ENCODE_NOT;
	if (p.way == ENCODE_LEAF)
		name = transfer_name(p.kind);
	else if (str_trim(cte).len > 0)
		name = "7bit";
	if (p.way == ENCODE_NOT) {
		leave_alone(enc);
	} else {
		add_head(enc, &h, name);
		buf_reset(&enc->head);
	}
	buf_puts(&enc->out, "\r\n");
	enc->digest = false;
	enc->message = p.way == ENCODE_MESSAGE;
	if (p.way == ENCODE_LEAF) {
		enc->mode = MODE_LEAF;
		enc->leaf = (struct leaf){ .transfer.kind = p.kind };
	} else if (p.way == ENCODE_PARTS) {
		push_level(enc, &p);
	}
	header_free(&h);
	encode_plan_free(&p);
}

/* "--" boundary, perhaps "--", and blanks. */
static bool
is_boundary(struct str line, struct str boundary, bool *last)
{
	if (!str_eat(&line, STR("--")) || !str_eat(&line, boundary))
		return false;
	*last = str_eat(&line, STR("--"));
	return str_trim(line).len == 0;
}

/* The innermost multipart that this line belongs to ends a part by it. */
static bool
eat_boundary(struct encode *enc, struct str line)
{
	bool last;

	for (size_t i = enc->depth; i-- > 0;) {
		if (!is_boundary(line, buf_str(&enc->level[i].boundary),
		    &last))
			continue;
		if (enc->mode == MODE_LEAF)
			leaf_cut(&enc->leaf, &enc->out);
		else if (enc->mode == MODE_HEAD)
			leave_alone(enc);
		buf_add(&enc->out, line);
		while (enc->depth > i + !last)
			buf_free(&enc->level[--enc->depth].boundary);
		enc->mode = last ? MODE_ASIDE : MODE_HEAD;
		enc->digest = !last && enc->level[i].digest;
		enc->message = false;
		return true;
	}
	return false;
}

/* A whole line of a part's header, or one that should be. */
static void
head_line(struct encode *enc, struct str line)
{
	size_t value;
	bool cut;

	if (str_trim(line).len == 0 && !str_is_blank(line.ptr[0])) {
		begin_part(enc);
		return;
	}
	buf_add(&enc->head, line);
	if (enc->head.len > HEAD_LIMIT || line.ptr[line.len - 1] != '\n' ||
	    (str_is_blank(line.ptr[0]) ? enc->head.len == line.len :
	    field_name_len(line, &value, &cut) == 0))
		leave_alone(enc);
}

static void
aside(struct encode *enc, struct str bytes)
{
	size_t from = enc->out.len;

	buf_add(&enc->out, bytes);
	for (size_t i = from; enc->ascii && i < enc->out.len; i++)
		if ((unsigned char)enc->out.data[i] > 127)
			enc->out.data[i] = '?';
}

/* Bytes up to the end of a line or of what there is. */
static void
text(struct encode *enc, struct str bytes)
{
	switch (enc->mode) {
	case MODE_RAW:
		buf_add(&enc->out, bytes);
		return;
	case MODE_ASIDE:
		aside(enc, bytes);
		return;
	case MODE_LEAF:
		leaf_add(&enc->leaf, &enc->out, bytes);
		return;
	case MODE_HEAD:
		head_line(enc, bytes);
		return;
	}
}

/* Must this line be seen whole before anything can be done with it? */
static bool
must_be_whole(const struct encode *enc, struct str rest)
{
	if (enc->mode == MODE_HEAD)
		return true;
	return !enc->mid_line && enc->depth > 0 &&
	    (enc->line.len > 0 || rest.ptr[0] == '-');
}

static void
whole_line(struct encode *enc)
{
	struct str line = buf_str(&enc->line);

	enc->mid_line = line.ptr[line.len - 1] != '\n';
	if (line.ptr[0] != '-' || !eat_boundary(enc, line))
		text(enc, line);
	buf_reset(&enc->line);
}

static void
add(struct encode *enc, struct str bytes)
{
	while (bytes.len > 0) {
		const char *lf = memchr(bytes.ptr, '\n', bytes.len);
		struct str part = lf == NULL ? bytes :
		    str_head(bytes, (size_t)(lf - bytes.ptr) + 1);
		size_t max = enc->mode == MODE_HEAD ? HEAD_LIMIT : LINE_LIMIT;

		bytes = str_skip(bytes, part.len);
		if (must_be_whole(enc, part)) {
			buf_add(&enc->line, part);
			if (lf != NULL || enc->line.len > max)
				whole_line(enc);
			continue;
		}
		enc->mid_line = lf == NULL;
		text(enc, part);
	}
}

static void
finish(struct encode *enc)
{
	enc->over = true;
	if (enc->line.len > 0)
		whole_line(enc);
	if (enc->mode == MODE_HEAD)
		leave_alone(enc);
	if (enc->mode == MODE_LEAF)
		leaf_end(&enc->leaf, &enc->out);
}

/* Nothing more will be changed, and no boundary can end that. */
static bool
is_left_alone(const struct encode *enc)
{
	return enc->depth == 0 && enc->line.len == 0 &&
	    (enc->mode == MODE_RAW || (enc->mode == MODE_ASIDE && !enc->ascii));
}

/* Most mail is left alone from the first byte on, and is not copied. */
static int
pass(struct encode *enc, struct str *piece, struct err *e)
{
	*piece = enc->rest;
	enc->rest = STR("");
	return piece->len > 0 ? 1 : source_pull(enc->from, piece, e);
}

static int
pull(struct source *source, struct str *piece, struct err *e)
{
	struct encode *enc = (struct encode *)source;
	struct str slice;

	if (is_left_alone(enc))
		return pass(enc, piece, e);
	buf_reset(&enc->out);
	while (enc->out.len == 0 && !enc->over) {
		if (enc->rest.len == 0) {
			int rc = source_pull(enc->from, &enc->rest, e);

			if (rc < 0)
				return -1;
			if (rc == 0) {
				finish(enc);
				break;
			}
		}
		slice = str_head(enc->rest, SLICE);
		add(enc, slice);
		enc->rest = str_skip(enc->rest, slice.len);
	}
	*piece = buf_str(&enc->out);
	return piece->len > 0 ? 1 : 0;
}

struct encode *
encode_new(const struct encode_plan *p, struct source *from)
{
	struct encode *enc = xcalloc(1, sizeof(*enc));

	enc->source.pull = pull;
	enc->from = from;
	enc->ascii = p->ascii;
	switch (p->way) {
	case ENCODE_NOT:
		break;
	case ENCODE_LEAF:
		enc->mode = MODE_LEAF;
		enc->leaf.transfer.kind = p->kind;
		break;
	case ENCODE_PARTS:
		push_level(enc, p);
		break;
	case ENCODE_MESSAGE:
		enc->mode = MODE_HEAD;
		enc->message = true;
		break;
	}
	return enc;
}

struct source *
encode_source(struct encode *enc)
{
	return &enc->source;
}

void
encode_free(struct encode *enc)
{
	if (enc == NULL)
		return;
	while (enc->depth > 0)
		buf_free(&enc->level[--enc->depth].boundary);
	buf_free(&enc->line);
	buf_free(&enc->head);
	buf_free(&enc->out);
	free(enc);
}
