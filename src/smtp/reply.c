// SPDX-License-Identifier: ISC
/*
 * reply.c - one answer of the relay (RFC 5321, 4.2)
 */
#include "smtp/reply.h"

#include <sysexits.h>

#include "base/vis.h"

#define WORDS_MAX 1000		/* of a relay, in one line of ours */
#define SHOWN_MAX 80		/* of what is no reply */

/* "250-", "250 " and a bare "250"; the grammar's [2-5][0-5][0-9]. */
static bool
parse_line(struct str line, int *code, bool *more, struct str *text)
{
	if (!str_eat_digits(&line, 3, code) || *code < 200 || *code > 559 ||
	    *code / 10 % 10 > 5)
		return false;
	*more = str_eat(&line, STR("-"));
	if (!*more && line.len > 0 && !str_eat(&line, STR(" ")))
		return false;
	*text = line;
	return true;
}

static int
no_reply(struct err *e, struct str line)
{
	struct buf shown = { 0 };

	vis_add_some(&shown, line, SHOWN_MAX);
	err_set(e, EX_PROTOCOL, "the relay does not speak SMTP: \"%s\"",
	    buf_cstr(&shown));
	buf_free(&shown);
	return -1;
}

int
reply_feed(struct reply *r, struct str line, struct err *e)
{
	struct str text;
	bool more;
	int code;

	if (!parse_line(line, &code, &more, &text))
		return no_reply(e, line);
	if (r->code != 0 && r->code != code)
		return err_set(e, EX_PROTOCOL,
		    "the relay's reply changes its code from %d to %d",
		    r->code, code);
	if (++r->lines > REPLY_LINES_MAX)
		return err_set(e, EX_PROTOCOL,
		    "the relay's reply has more than %d lines",
		    REPLY_LINES_MAX);
	if (r->text.len + text.len + 1 > REPLY_BYTES_MAX)
		return err_set(e, EX_PROTOCOL,
		    "the relay's reply has more than %d bytes",
		    REPLY_BYTES_MAX);
	r->code = code;
	if (r->lines > 1)
		buf_putc(&r->text, '\n');
	buf_add(&r->text, text);
	return more ? 1 : 0;
}

int
reply_class(const struct reply *r)
{
	return r->code / 100;
}

/* class "." subject "." detail, with up to three digits (RFC 3463, 2). */
bool
reply_status(int code, struct str text, struct str *status)
{
	struct str rest = text, digits;
	uint64_t class;

	if (!str_eat_number(&rest, &class) || class != (uint64_t)code / 100)
		return false;
	for (int i = 0; i < 2; i++)
		if (!str_eat(&rest, STR(".")) ||
		    !str_eat_span(&rest, "0123456789", &digits) ||
		    digits.len > 3)
			return false;
	if (rest.len > 0 && rest.ptr[0] != ' ' && rest.ptr[0] != '\n')
		return false;
	*status = str_head(text, text.len - rest.len);
	return status->ptr[1] == '.';
}

void
reply_words(int code, struct str text, struct buf *out)
{
	struct str line;
	size_t start = out->len;

	buf_printf(out, "%d", code);
	while (text.len > 0) {
		str_eat_line(&text, &line);
		line = str_trim(line);
		if (line.len == 0)
			continue;
		if (out->len - start > WORDS_MAX) {
			buf_puts(out, " ...");
			return;
		}
		buf_putc(out, ' ');
		vis_add_some(out, line, WORDS_MAX);
	}
}

int
reply_refusal(const struct reply *r, struct err *e, const char *fmt, ...)
{
	struct buf what = { 0 }, words = { 0 };
	va_list ap;

	va_start(ap, fmt);
	buf_vprintf(&what, fmt, ap);
	va_end(ap);
	reply_words(r->code, buf_str(&r->text), &words);
	err_reply(e, r->code, buf_str(&r->text), "%s: %s", buf_cstr(&what),
	    buf_cstr(&words));
	buf_free(&what);
	buf_free(&words);
	return -1;
}

void
reply_reset(struct reply *r)
{
	r->code = 0;
	r->lines = 0;
	buf_reset(&r->text);
}

void
reply_free(struct reply *r)
{
	buf_free(&r->text);
	*r = (struct reply){ 0 };
}
