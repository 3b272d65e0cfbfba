// SPDX-License-Identifier: ISC
/*
 * dotted.c - message text behind DATA (RFC 5321, 4.5.2)
 */
#include "front/dotted.h"

/* Any byte of text: where does it leave us? */
static enum dotted_at
text(struct dotted *d, char c, struct buf *out)
{
	bool after_cr = d->at == DOTTED_CR;

	buf_putc(out, c);
	if (c == '\r')
		return DOTTED_CR;
	if (c != '\n')
		return DOTTED_TEXT;
	if (after_cr)
		d->crlf = true;
	return after_cr || !d->crlf ? DOTTED_START : DOTTED_TEXT;
}

/* True at the end of the message. */
static bool
behind_dot(struct dotted *d, char c, struct buf *out)
{
	if (c == '\n' && !d->crlf)
		return true;
	if (c == '\r') {
		d->at = DOTTED_DOT_CR;
		return false;
	}
	/* CRLF.LF: no end, and nothing that was stuffed */
	if (c == '\n')
		buf_putc(out, '.');
	d->at = DOTTED_TEXT;
	d->at = text(d, c, out);
	return false;
}

static bool
behind_dot_cr(struct dotted *d, char c, struct buf *out)
{
	if (c == '\n' && d->crlf)
		return true;
	/* LF.CRLF: the same; here the CR is a byte like others */
	if (c == '\n')
		buf_putc(out, '.');
	buf_putc(out, '\r');
	d->at = DOTTED_CR;
	d->at = text(d, c, out);
	return false;
}

/* The long runs of text between two line ends, in one go. */
static size_t
plain(struct str bytes, size_t from)
{
	size_t i = from;

	while (i < bytes.len && bytes.ptr[i] != '\r' && bytes.ptr[i] != '\n')
		i++;
	return i - from;
}

bool
dotted_feed(struct dotted *d, struct str bytes, struct buf *out, size_t *used)
{
	for (size_t i = 0; i < bytes.len; i++) {
		char c = bytes.ptr[i];
		bool end = false;
		size_t run;

		switch (d->at) {
		case DOTTED_START:
			if (c == '.')
				d->at = DOTTED_DOT;
			else
				d->at = text(d, c, out);
			break;
		case DOTTED_DOT:
			end = behind_dot(d, c, out);
			break;
		case DOTTED_DOT_CR:
			end = behind_dot_cr(d, c, out);
			break;
		case DOTTED_TEXT:
			run = plain(bytes, i);
			if (run > 0) {
				buf_add(out, str_head(str_skip(bytes, i),
				    run));
				i += run - 1;
				break;
			}
			/* FALLTHROUGH */
		case DOTTED_CR:
			d->at = text(d, c, out);
			break;
		}
		if (end) {
			*used = i + 1;
			return true;
		}
	}
	*used = bytes.len;
	return false;
}
