// SPDX-License-Identifier: ISC
/*
 * transfer.c - quoted-printable and base64, streamed
 */
#include "message/transfer.h"

#include "base/base64.h"
#include "message/canon.h"

#define WIDTH 76		/* of a line, RFC 2045 */
#define SLICE 4096
#define MOST 6			/* a byte becomes "=XX" behind "=\r\n" */
#define GROUPS 57		/* bytes that fill a line of base64 */

const char *
transfer_name(enum transfer_kind kind)
{
	switch (kind) {
	case TRANSFER_NONE:
		return NULL;
	case TRANSFER_QP:
	case TRANSFER_QP_MEND:
		return "quoted-printable";
	case TRANSFER_BASE64:
	case TRANSFER_BASE64_MEND:
		return "base64";
	}
	return NULL;
}

/* "=" before the line end says that the line goes on. */
static char *
soft_break(struct transfer *t, char *to)
{
	*to++ = '=';
	*to++ = '\r';
	*to++ = '\n';
	t->column = 0;
	t->from = 0;
	return to;
}

static char *
hard_break(struct transfer *t, char *to)
{
	*to++ = '\r';
	*to++ = '\n';
	t->column = 0;
	t->from = 0;
	return to;
}

static char *
hex(struct transfer *t, char c, char *to)
{
	static const char digits[] = "0123456789ABCDEF";

	if (t->column + 3 >= WIDTH)
		to = soft_break(t, to);
	*to++ = '=';
	*to++ = digits[(unsigned char)c >> 4];
	*to++ = digits[(unsigned char)c & 15];
	t->column += 3;
	t->from = 0;
	return to;
}

/* A byte that may stand for itself, but for the places where it may not. */
static char *
plain(struct transfer *t, char c, char *to)
{
	if (t->column + 1 >= WIDTH)
		to = soft_break(t, to);
	if ((t->column == 0 && c == '.') || (t->from == 4 && c == ' '))
		return hex(t, c, to);
	t->from = t->from == t->column && t->from < 4 &&
	    c == "From"[t->from] ? t->from + 1 : 0;
	*to++ = c;
	t->column++;
	return to;
}

/* What was held back, now that the line goes on. */
static char *
release(struct transfer *t, char *to)
{
	if (t->blank != 0)
		to = plain(t, t->blank, to);
	t->blank = 0;
	for (; t->crs > 0; t->crs--)
		to = hex(t, '\r', to);
	return to;
}

/* Behind a CR that is held a blank can only be one that was before it. */
static char *
qp_byte(struct transfer *t, char c, char *to)
{
	if (c == '\n') {
		if (t->blank != 0)
			to = hex(t, t->blank, to);
		t->blank = 0;
		t->crs = 0;
		return hard_break(t, to);
	}
	if (c == '\r' && t->crs < CANON_CRS) {
		t->crs++;
		return to;
	}
	if (c == '\r') {
		if (t->blank != 0)
			to = plain(t, t->blank, to);
		t->blank = 0;
		return hex(t, c, to);
	}
	to = release(t, to);
	if (str_is_blank(c)) {
		t->blank = c;
		return to;
	}
	if (str_is_control(c) || (unsigned char)c > 126 || c == '=')
		return hex(t, c, to);
	return plain(t, c, to);
}

/* Encoded already: only what is too long, or not ASCII, is touched. */
static char *
qp_mend_byte(struct transfer *t, char c, char *to)
{
	if (c == '\n') {
		t->crs = 0;
		t->escape = 0;
		return hard_break(t, to);
	}
	if (c == '\r' && t->crs < CANON_CRS) {
		t->crs++;
		return to;
	}
	for (; t->crs > 0 && c != '\r'; t->crs--)
		to = hex(t, '\r', to);
	if (t->column >= WIDTH && t->escape == 0)
		to = soft_break(t, to);
	if (t->escape > 0)
		t->escape--;
	if (c == '=')
		t->escape = 2;
	if ((str_is_control(c) && c != '\t') || (unsigned char)c > 126) {
		t->escape = 0;
		return hex(t, c, to);
	}
	*to++ = c;
	t->column++;
	return to;
}

static char *
base64_letters(struct transfer *t, const char *letters, size_t n, char *to)
{
	for (size_t i = 0; i < n; i++) {
		*to++ = letters[i];
		if (++t->column == WIDTH)
			to = hard_break(t, to);
	}
	return to;
}

static bool
is_letter(char c)
{
	return str_is_alpha(c) || str_is_digit(c) || c == '+' || c == '/' ||
	    c == '=';
}

static void
add_group(struct transfer *t, struct buf *out)
{
	struct buf four = { 0 };
	char *to;

	base64_encode(&four, (struct str){ (char *)t->left, t->nleft });
	t->nleft = 0;
	to = buf_room(out, 6);
	buf_grew(out, (size_t)(base64_letters(t, buf_cstr(&four), four.len,
	    to) - to));
	buf_free(&four);
}

static void
add_base64(struct transfer *t, struct buf *out, struct str bytes)
{
	while (bytes.len > 0) {
		if (t->column == 0 && t->nleft == 0 && bytes.len >= GROUPS) {
			base64_encode(out, str_head(bytes, GROUPS));
			buf_puts(out, "\r\n");
			bytes = str_skip(bytes, GROUPS);
			continue;
		}
		t->left[t->nleft++] = (unsigned char)bytes.ptr[0];
		bytes = str_skip(bytes, 1);
		if (t->nleft == 3)
			add_group(t, out);
	}
}

static char *
add_byte(struct transfer *t, char c, char *to)
{
	switch (t->kind) {
	case TRANSFER_QP:
		return qp_byte(t, c, to);
	case TRANSFER_QP_MEND:
		return qp_mend_byte(t, c, to);
	case TRANSFER_BASE64_MEND:
		if (c == '\n' && t->column > 0)
			return hard_break(t, to);
		return is_letter(c) ? base64_letters(t, &c, 1, to) : to;
	case TRANSFER_NONE:
	case TRANSFER_BASE64:
		break;
	}
	*to++ = c;
	return to;
}

void
transfer_add(struct transfer *t, struct buf *out, struct str bytes)
{
	if (t->kind == TRANSFER_NONE) {
		buf_add(out, bytes);
		return;
	}
	if (t->kind == TRANSFER_BASE64) {
		add_base64(t, out, bytes);
		return;
	}
	while (bytes.len > 0) {
		struct str slice = str_head(bytes, SLICE);
		char *start = buf_room(out, MOST * (slice.len + CANON_CRS +
		    1)), *to = start;

		for (size_t i = 0; i < slice.len; i++)
			to = add_byte(t, slice.ptr[i], to);
		buf_grew(out, (size_t)(to - start));
		bytes = str_skip(bytes, slice.len);
	}
}

void
transfer_end(struct transfer *t, struct buf *out)
{
	char *start, *to;

	if (t->nleft > 0)
		add_group(t, out);
	start = to = buf_room(out, MOST * (CANON_CRS + 2));
	if (t->blank != 0 && t->crs == 0)
		to = hex(t, t->blank, to);
	else if (t->blank != 0)
		to = plain(t, t->blank, to);
	t->blank = 0;
	to = release(t, to);
	if (t->column > 0)
		to = hard_break(t, to);
	buf_grew(out, (size_t)(to - start));
	*t = (struct transfer){ .kind = t->kind };
}

static int
pull(struct source *source, struct str *piece, struct err *e)
{
	struct source_transfer *s = (struct source_transfer *)source;
	struct str in;
	int rc;

	if (s->transfer.kind == TRANSFER_NONE)
		return source_pull(s->from, piece, e);
	buf_reset(&s->block);
	while (s->block.len == 0 && !s->over) {
		rc = source_pull(s->from, &in, e);
		if (rc < 0)
			return -1;
		if (rc > 0) {
			transfer_add(&s->transfer, &s->block, in);
		} else {
			transfer_end(&s->transfer, &s->block);
			s->over = true;
		}
	}
	*piece = buf_str(&s->block);
	return piece->len > 0 ? 1 : 0;
}

void
source_transfer_init(struct source_transfer *s, enum transfer_kind kind,
    struct source *from)
{
	*s = (struct source_transfer){ .source.pull = pull, .from = from,
	    .transfer.kind = kind };
}

void
source_transfer_free(struct source_transfer *s)
{
	buf_free(&s->block);
	*s = (struct source_transfer){ 0 };
}
