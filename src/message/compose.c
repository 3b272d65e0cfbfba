// SPDX-License-Identifier: ISC
/*
 * compose.c - a message with its parts, written as it is read
 *
 * What stands between the parts is made beforehand: a list of texts, each with
 * the part that follows it.
 */
#include "message/compose.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/rand.h"
#include "base/xmem.h"
#include "message/param.h"

struct compose_step {
	struct buf text;
	const struct part *part;	/* NULL behind the last */
};

/* -- parts */

void
part_judge(struct part *p, const struct survey *s, struct str type,
    struct str charset)
{
	struct str ahead = type;
	bool message = str_ieat(&ahead, STR("message/"));
	bool text = message || str_ieat(&ahead, STR("text/"));

	buf_set(&p->type, type);
	p->how = survey_transfer(s, text);
	if (p->how == TRANSFER_NONE && !message && s->from_line)
		p->how = TRANSFER_QP;
	if (text && !message)
		buf_set(&p->charset, survey_charset(s, charset));
	p->size = s->bytes;
	p->ends_line = s->bytes == 0 || s->last == '\n';
	/* A file keeps its own, where its encoding can keep them. */
	p->lines = p->how == TRANSFER_NONE ||
	    (text && p->name.len == 0 && !s->facts.nul);
}

uint64_t
part_encoded(const struct part *p)
{
	uint64_t base64 = p->size / 57 * 78 + 78;

	return p->how == TRANSFER_BASE64 ? base64 : p->size;
}

void
part_free(struct part *p)
{
	buf_free(&p->type);
	buf_free(&p->charset);
	buf_free(&p->name);
	buf_free(&p->cid);
	*p = (struct part){ 0 };
}

/* -- the texts between them */

/* No line of a part can be it by chance. */
static void
make_boundary(struct buf *out)
{
	buf_printf(out, "=_%016" PRIx64 "%016" PRIx64, rand_u64(), rand_u64());
}

static void
add_type(struct buf *out, const struct part *p)
{
	buf_printf(out, "Content-Type: %s", buf_cstr(&p->type));
	if (p->charset.len > 0)
		buf_printf(out, "; charset=%s", buf_cstr(&p->charset));
	if (p->name.len > 0)
		param_add(out, "name", buf_str(&p->name),
		    buf_str(&p->charset));
	buf_puts(out, "\r\nContent-Transfer-Encoding: ");
	buf_puts(out, p->how == TRANSFER_NONE ? "7bit" :
	    transfer_name(p->how));
	buf_puts(out, "\r\n");
}

static void
add_disposition(struct buf *out, const struct part *p)
{
	if (p->name.len > 0 || p->is_inline) {
		buf_printf(out, "Content-Disposition: %s",
		    p->is_inline ? "inline" : "attachment");
		if (p->name.len > 0)
			param_add(out, "filename", buf_str(&p->name),
			    buf_str(&p->charset));
		buf_puts(out, "\r\n");
	}
	if (p->cid.len > 0)
		buf_printf(out, "Content-ID: <%s>\r\n", buf_cstr(&p->cid));
}

/* The step that is being written. */
static struct buf *
text(struct compose *c)
{
	return &c->step[c->steps - 1].text;
}

static void
next_step(struct compose *c)
{
	c->step = xgrow(c->step, c->steps, sizeof(*c->step));
	c->step[c->steps++] = (struct compose_step){ 0 };
}

/* Fields, the empty line, and the part itself. */
static void
add_part(struct compose *c, const struct part *p)
{
	add_type(text(c), p);
	add_disposition(text(c), p);
	buf_puts(text(c), "\r\n");
	c->step[c->steps - 1].part = p;
	next_step(c);
}

/* The first field of what has parts; boundary is filled in. */
static void
begin_parts(struct compose *c, const char *subtype, const char *more,
    struct buf *boundary)
{
	make_boundary(boundary);
	buf_printf(text(c), "Content-Type: multipart/%s;%s\r\n"
	    "\tboundary=\"%s\"\r\n\r\n", subtype, more, buf_cstr(boundary));
}

/*
 * A text keeps its last line end, or its lack of one: behind what has none,
 * the one that its encoding adds is the boundary's (RFC 2046, 5.1.1).
 */
static void
delimit(struct compose *c, const struct buf *boundary, const char *end)
{
	const struct part *before = c->steps > 1 && text(c)->len == 0 ?
	    c->step[c->steps - 2].part : NULL;

	if (before != NULL && before->ends_line)
		buf_puts(text(c), "\r\n");
	buf_printf(text(c), "--%s%s\r\n", buf_cstr(boundary), end);
}

static void
add_related(struct compose *c, const struct composition *what)
{
	struct buf boundary = { 0 };

	if (what->relateds == 0) {
		add_part(c, what->html);
		return;
	}
	begin_parts(c, "related", " type=\"text/html\";", &boundary);
	delimit(c, &boundary, "");
	add_part(c, what->html);
	for (size_t i = 0; i < what->relateds; i++) {
		delimit(c, &boundary, "");
		add_part(c, &what->related[i]);
	}
	delimit(c, &boundary, "--");
	buf_free(&boundary);
}

static void
add_alternative(struct compose *c, const struct composition *what)
{
	struct buf boundary = { 0 };

	if (what->html == NULL) {
		add_part(c, what->plain);
		return;
	}
	if (what->plain == NULL) {
		add_related(c, what);
		return;
	}
	begin_parts(c, "alternative", "", &boundary);
	delimit(c, &boundary, "");
	add_part(c, what->plain);
	delimit(c, &boundary, "");
	add_related(c, what);
	delimit(c, &boundary, "--");
	buf_free(&boundary);
}

static void
add_mixed(struct compose *c, const struct composition *what)
{
	struct buf boundary = { 0 };

	if (what->attacheds == 0) {
		add_alternative(c, what);
		return;
	}
	begin_parts(c, "mixed", "", &boundary);
	if (what->plain != NULL || what->html != NULL) {
		delimit(c, &boundary, "");
		add_alternative(c, what);
	}
	for (size_t i = 0; i < what->attacheds; i++) {
		delimit(c, &boundary, "");
		add_part(c, &what->attached[i]);
	}
	delimit(c, &boundary, "--");
	buf_free(&boundary);
}

/* -- the source */

static void
open_part(struct compose *c, const struct part *p)
{
	struct source *from = p->from;

	if (p->lines) {
		canon_init(&c->canon, from, false);
		from = &c->canon.source;
	}
	source_transfer_init(&c->transfer, p->how, from);
}

static void
close_part(struct compose *c)
{
	source_transfer_free(&c->transfer);
	canon_free(&c->canon);
}

static int
pull(struct source *source, struct str *piece, struct err *e)
{
	struct compose *c = (struct compose *)source;
	const struct part *p;
	int rc;

	for (; c->at < c->steps; c->at++, c->said = false) {
		p = c->step[c->at].part;
		if (!c->said) {
			c->said = true;
			if (p != NULL)
				open_part(c, p);
			*piece = buf_str(&c->step[c->at].text);
			if (piece->len > 0)
				return 1;
		}
		if (p == NULL)
			continue;
		rc = source_pull(&c->transfer.source, piece, e);
		if (rc != 0)
			return rc;
		close_part(c);
	}
	return 0;
}

void
compose_init(struct compose *c, const struct composition *what)
{
	*c = (struct compose){ .source.pull = pull };
	next_step(c);
	buf_add(text(c), buf_str(&what->header));
	buf_puts(text(c), "MIME-Version: 1.0\r\n");
	if (what->plain == NULL && what->html == NULL && what->attacheds == 0)
		buf_puts(text(c), "\r\n");
	else
		add_mixed(c, what);
}

void
compose_free(struct compose *c)
{
	close_part(c);
	for (size_t i = 0; i < c->steps; i++)
		buf_free(&c->step[i].text);
	free(c->step);
	*c = (struct compose){ 0 };
}
