// SPDX-License-Identifier: ISC
/*
 * write.c - a message, from what somebody said about it
 */
#include "front/write.h"

#include <inttypes.h>
#include <stdlib.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/rand.h"
#include "base/vis.h"
#include "base/xmem.h"
#include "config.h"
#include "front/origin.h"
#include "message/html.h"
#include "message/msgid.h"
#include "message/refer.h"

#define HTML_MAX ((size_t)64 << 20)	/* it is held as a whole */

/* -- who, and the header */

static int
add_list(struct addresses *list, const struct strs *said, const char *option,
    struct err *e)
{
	for (size_t i = 0; i < said->count; i++)
		if (addresses_operand(list, strs_at(said, i), e) < 0)
			return err_wrap(e, "--%s", option);
	return 0;
}

/* The last one that was said, which must be one address. */
static int
add_one(struct addresses *list, const struct strs *said, const char *option,
    struct err *e)
{
	if (said->count == 0)
		return 0;
	if (addresses_add(list, strs_at(said, said->count - 1), e) < 0)
		return err_wrap(e, "--%s", option);
	if (list->count == 1)
		return 0;
	return err_set(e, EX_DATAERR, "--%s: one address is wanted", option);
}

static int
add_fields(struct writing *w, const struct sending *s, struct err *e)
{
	if (s->subject.count > 0 && heading_subject(&w->heading,
	    strs_at(&s->subject, s->subject.count - 1), e) < 0)
		return err_wrap(e, "--subject");
	for (size_t i = 0; i < s->headers.count; i++) {
		struct buf shown = { 0 };
		int rc = heading_more(&w->heading, strs_at(&s->headers, i), e);

		if (rc < 0) {
			vis_add_some(&shown, strs_at(&s->headers, i), 40);
			err_wrap(e, "--header '%s'", buf_cstr(&shown));
			buf_free(&shown);
			return -1;
		}
	}
	return 0;
}

/*
 * Made here, so that what --dry-run prints is what is sent.  Without a host
 * name that means something, and without a sender, the relay program names the
 * message.
 */
static void
name_message(struct writing *w)
{
	struct heading *h = &w->heading;
	struct str host = buf_str(&w->facts.host), domain = STR("");
	struct buf token = { 0 };

	if (h->from.count > 0)
		domain = buf_str(&h->from.box[0].domain);
	if (!host_is_full(host) && !host_is_full(domain))
		return;
	buf_printf(&token, "%012" PRIx64, rand_u64() >> 16);
	msgid_add(&h->id, buf_str(&token), h->time, host, domain);
	buf_free(&token);
}

int
write_who(struct writing *w, const struct sending *s, struct err *e)
{
	struct heading *h = &w->heading;

	origin_note(&w->facts);
	buf_set(&w->facts.account, buf_str(&s->options.account));
	if (add_one(&h->from, &s->from, "from", e) < 0 ||
	    add_list(&h->to, &s->to, "to", e) < 0 ||
	    add_list(&h->cc, &s->cc, "cc", e) < 0 ||
	    add_list(&w->bcc, &s->bcc, "bcc", e) < 0 ||
	    add_one(&h->reply_to, &s->reply_to, "reply-to", e) < 0 ||
	    add_fields(w, s, e) < 0)
		return -1;
	h->time = clock_now();
	h->zone = w->facts.zone;
	buf_set(&h->mailer, STR(PACKAGE_NAME "/" PACKAGE_VERSION));
	name_message(w);
	return 0;
}

bool
write_has_recipients(const struct writing *w)
{
	return w->heading.to.count + w->heading.cc.count + w->bcc.count > 0;
}

/* -- the parts */

/* What 8-bit text is in that is no UTF-8. */
static struct str
charset(const struct writing *w, const struct sending *s)
{
	return buf_str(s->charset.len > 0 ? &s->charset : &w->facts.charset);
}

void
write_text(struct writing *w, struct str text)
{
	/* So that nobody takes root at his terminal for a program. */
	strs_add(&w->heading.more, STR("Auto-Submitted: no"));
	attach_text(&w->body, text);
}

static int
open_files(struct writing *w, const struct strs *paths, struct attach **list,
    size_t *count, const char *option, struct str set, struct err *e)
{
	*list = xcalloc(paths->count, sizeof(**list));
	for (; *count < paths->count; ++*count) {
		struct attach *a = &(*list)[*count];

		a->progress = &w->progress;
		if (attach_open(a, strs_at(paths, *count), e) < 0) {
			attach_free(a);
			return err_wrap(e, "--%s", option);
		}
		attach_file(a, &w->magic, set);
	}
	return 0;
}

/* A name that no other part of any message has (RFC 2392). */
static void
name_pictures(struct writing *w)
{
	for (size_t i = 0; i < w->pictures; i++) {
		struct part *p = &w->picture[i].part;

		p->is_inline = true;
		buf_printf(&p->cid, "%016" PRIx64 ".%zu@minismtp.invalid",
		    rand_u64(), i + 1);
	}
}

static void
refer(struct writing *w, struct buf *html)
{
	struct refer *ref = xcalloc(w->pictures, sizeof(*ref));
	struct buf changed = { 0 };

	for (size_t i = 0; i < w->pictures; i++) {
		ref[i].name = buf_str(&w->picture[i].part.name);
		ref[i].cid = buf_str(&w->picture[i].part.cid);
	}
	refer_all(&changed, buf_str(html), ref, w->pictures);
	for (size_t i = 0; i < w->pictures; i++)
		if (!ref[i].used) {
			buf_puts(&w->warning, "the HTML has no cid:");
			vis_add(&w->warning, ref[i].name);
			buf_putc(&w->warning, '\n');
		}
	buf_set(html, buf_str(&changed));
	buf_free(&changed);
	free(ref);
}

/* It is changed and read, so it is held; who reads none gets a text. */
static int
take_html(struct writing *w, const struct sending *s, struct err *e)
{
	struct buf html = { 0 }, plain = { 0 };
	int rc = -1;

	w->html.progress = &w->progress;
	if (attach_open(&w->html, strs_at(&s->htmls, 0), e) == 0 &&
	    attach_read(&w->html, &html, HTML_MAX, e) == 0) {
		name_pictures(w);
		refer(w, &html);
		if (w->html.fd > 0)
			close(w->html.fd);
		w->html.fd = 0;
		w->html.at = 0;
		attach_text(&w->html, buf_str(&html));
		rc = attach_body(&w->html, "text/html", buf_str(&s->charset),
		    charset(w, s), e);
	}
	if (rc == 0 && w->body.path.len == 0) {
		html_plain(&plain, buf_str(&html), w->html.survey.facts.utf8);
		attach_text(&w->body, buf_str(&plain));
	}
	buf_free(&html);
	buf_free(&plain);
	return rc < 0 ? err_wrap(e, "--html") : 0;
}

/* The parts of two lists behind each other, as compose.h wants them. */
static void
line_up(struct writing *w)
{
	struct composition *c = &w->what;
	size_t n = 0;

	w->part = xcalloc(w->pictures + w->files, sizeof(*w->part));
	for (size_t i = 0; i < w->pictures; i++)
		w->part[n++] = w->picture[i].part;
	for (size_t i = 0; i < w->files; i++)
		w->part[n++] = w->file[i].part;
	c->plain = &w->body.part;
	c->related = c->attached = w->part;
	if (w->html.path.len > 0) {
		c->html = &w->html.part;
		c->relateds = w->pictures;
		c->attached += w->pictures;
		c->attacheds = w->files;
	} else
		c->attacheds = w->pictures + w->files;
	w->size = part_encoded(c->plain);
	if (c->html != NULL)
		w->size += part_encoded(c->html);
	for (size_t i = 0; i < n; i++)
		w->size += part_encoded(&w->part[i]);
}

int
write_parts(struct writing *w, const struct sending *s, struct err *e)
{
	struct str set = charset(w, s);

	w->body.progress = &w->progress;
	if (s->bodies.count > 0 &&
	    attach_open(&w->body, strs_at(&s->bodies, 0), e) < 0)
		return err_wrap(e, "--body");
	if (open_files(w, &s->pictures, &w->picture, &w->pictures, "inline",
	    set, e) < 0 ||
	    open_files(w, &s->attached, &w->file, &w->files, "attach", set,
	    e) < 0)
		return -1;
	if (s->htmls.count > 0 && take_html(w, s, e) < 0)
		return -1;
	if (s->htmls.count == 0)
		for (size_t i = 0; i < w->pictures; i++)
			w->picture[i].part.is_inline = true;
	if (attach_body(&w->body, "text/plain", buf_str(&s->charset), set,
	    e) < 0)
		return -1;
	line_up(w);
	heading_write(&w->what.header, &w->heading, set);
	return 0;
}

void
write_begin(struct writing *w)
{
	compose_init(&w->compose, &w->what);
}

/* -- the envelope */

static void
add_operands(struct strs *out, const struct addresses *list)
{
	for (size_t i = 0; i < list->count; i++)
		mailbox_add(strs_add(out, STR("")), &list->box[i]);
}

void
write_envelope(const struct writing *w, struct options *o)
{
	const struct heading *h = &w->heading;

	if (h->from.count > 0) {
		o->sender_given = true;
		buf_reset(&o->sender);
		mailbox_add(&o->sender, &h->from.box[0]);
	}
	add_operands(&o->operands, &h->to);
	add_operands(&o->operands, &h->cc);
	add_operands(&o->operands, &w->bcc);
}

static void
free_list(struct attach *list, size_t count)
{
	for (size_t i = 0; i < count; i++)
		attach_free(&list[i]);
	free(list);
}

void
write_free(struct writing *w)
{
	compose_free(&w->compose);
	facts_free(&w->facts);
	heading_free(&w->heading);
	addresses_free(&w->bcc);
	attach_free(&w->body);
	attach_free(&w->html);
	free_list(w->file, w->files);
	free_list(w->picture, w->pictures);
	free(w->part);
	magic_free(&w->magic);
	buf_free(&w->what.header);
	buf_free(&w->warning);
	*w = (struct writing){ 0 };
}
