// SPDX-License-Identifier: ISC
/*
 * complete.c - the header that goes out
 *
 * What must be known before, one pass over the fields as they were given, and
 * then what has turned out to be missing.
 */
#include "message/complete.h"

#include <sysexits.h>

#include "base/vis.h"
#include "message/complete_work.h"
#include "message/date.h"
#include "message/from.h"
#include "message/msgid.h"

/* The fields of the newest resending: those at the top (RFC 5322, 3.6.6). */
static void
look_at_resent(struct work *w)
{
	const struct header *h = w->handed->header;

	for (size_t i = 0; i < h->count; i++) {
		const struct field *f = &h->field[i];

		if (!str_ieq(str_head(f->name, 7), STR("Resent-"))) {
			if (w->resent && (field_is(f, "Received") ||
			    field_is(f, "Return-Path")))
				return;
			continue;
		}
		if ((w->has_resent_date && field_is(f, "Resent-Date")) ||
		    (w->has_resent_id && field_is(f, "Resent-Message-ID")) ||
		    (w->has_resent_from && field_is(f, "Resent-From")))
			return;
		w->resent = true;
		w->has_resent_date |= field_is(f, "Resent-Date") &&
		    !field_is_empty(f);
		w->has_resent_id |= field_is(f, "Resent-Message-ID") &&
		    !field_is_empty(f);
		w->has_resent_from |= field_is(f, "Resent-From") &&
		    !field_is_empty(f);
	}
}

/* What must be known before the first field goes out. */
static int
look_around(struct work *w, struct err *e)
{
	const struct header *h = w->handed->header;
	unsigned hops = 0;

	for (size_t i = 0; i < h->count; i++) {
		const struct field *f = &h->field[i];

		if (field_is(f, "Received") && ++hops > COMPLETE_HOPS)
			return err_set(e, EX_UNAVAILABLE, "the message has "
			    "been through more than %d hosts: it runs in a "
			    "loop", COMPLETE_HOPS);
		if (field_is_removed(w, f) || field_is_empty(f))
			continue;
		if (field_is(f, "To") || field_is(f, "Cc"))
			w->has_to = true;
		else if (field_is(f, "Reply-To"))
			w->has_reply_to = true;
	}
	look_at_resent(w);
	return 0;
}

static void
make_names(struct work *w)
{
	struct str host = buf_str(&w->facts->host);

	date_add(&w->date, w->facts->time, w->facts->zone);
	msgid_add(&w->id, buf_str(&w->facts->id), w->facts->time, host,
	    buf_str(&w->policy->domain));
}

/* One line that helps to find the mail in our log, and tells nothing else. */
static void
add_received(struct work *w)
{
	struct buf value = { 0 };
	struct str host = buf_str(&w->facts->host);

	if (w->policy->no_received)
		return;
	if (!host_is_full(host))
		host = buf_str(&w->policy->domain);
	buf_printf(&value, "by %.*s (minismtp)", STR_ARGS(host.len > 0 ? host :
	    STR("localhost")));
	if (w->facts->id.len > 0)
		buf_printf(&value, " id %s", buf_cstr(&w->facts->id));
	buf_printf(&value, "; %s", buf_cstr(&w->date));
	work_add(w, "Received", buf_str(&value));
	buf_free(&value);
}

static void
add_from(struct work *w, const char *name)
{
	struct buf value = { 0 };

	from_default(&value, w->facts, w->handed->sender, w->policy);
	work_add(w, name, buf_str(&value));
	buf_free(&value);
}

/* What the newest resending lacks, above it. */
static void
add_resent(struct work *w)
{
	struct buf id = { 0 }, entry = { 0 };

	if (!w->resent)
		return;
	if (!w->has_resent_date)
		work_add(w, "Resent-Date", buf_str(&w->date));
	if (!w->has_resent_from)
		add_from(w, "Resent-From");
	if (!w->has_resent_id) {
		buf_printf(&entry, "%s-resent", buf_cstr(&w->facts->id));
		msgid_add(&id, buf_str(&entry), w->facts->time,
		    buf_str(&w->facts->host), buf_str(&w->policy->domain));
		work_add(w, "Resent-Message-ID", buf_str(&id));
	}
	buf_free(&id);
	buf_free(&entry);
}

static void
add_mime(struct work *w)
{
	const struct mime *m = &w->mime;

	if (m->add_version)
		work_add(w, "MIME-Version", STR("1.0"));
	if (m->charset != NULL) {
		struct buf type = { 0 };

		buf_printf(&type, "text/plain; charset=%s", m->charset);
		work_add(w, "Content-Type", buf_str(&type));
		buf_free(&type);
	}
	if (m->cte != NULL && !w->has_cte)
		work_add(w, "Content-Transfer-Encoding", str_of(m->cte));
}

static bool
is_there(const struct work *w, struct str name)
{
	const struct header *h = w->handed->header;

	for (size_t i = 0; i < h->count; i++)
		if (str_ieq(h->field[i].name, name) &&
		    !field_is_removed(w, &h->field[i]))
			return true;
	return false;
}

/* A user's cron job is no more a person than root's. */
static bool
is_of_cron(const struct work *w)
{
	static const char daemon[] = "Cron Daemon";
	const struct header *h = w->handed->header;
	const struct field *from = header_find(h, "From");
	struct str in = from != NULL ? from->value : STR("");

	if (header_find(h, "X-Cron-Env") != NULL)
		return true;
	for (; in.len >= sizeof(daemon) - 1; in = str_skip(in, 1))
		if (str_ieq(str_head(in, sizeof(daemon) - 1), str_of(daemon)))
			return true;
	return false;
}

static bool
is_automatic(const struct work *w)
{
	return w->policy->auto_submitted ||
	    (w->policy->auto_if_cron && is_of_cron(w));
}

/* What the configuration wants to see in each message. */
static void
add_extras(struct work *w)
{
	const struct policy *p = w->policy;
	struct header h = { 0 };

	for (size_t i = 0; i < p->original_to.count; i++)
		work_add(w, "X-Original-To", strs_at(&p->original_to, i));
	if (p->mailer.len > 0 && !is_there(w, STR("X-Mailer")) &&
	    !is_there(w, STR("User-Agent")))
		work_add(w, "X-Mailer", buf_str(&p->mailer));
	if (is_automatic(w) && !is_there(w, STR("Auto-Submitted")))
		work_add(w, "Auto-Submitted", STR("auto-generated"));
	for (size_t i = 0; i < p->add.count; i++) {
		header_parse(&h, strs_at(&p->add, i));
		if (h.count == 1 && !is_there(w, h.field[0].name))
			work_add_text(w, &h.field[0]);
		header_free(&h);
	}
}

static void
add_count(struct work *w)
{
	struct buf value = { 0 };

	buf_printf(&value, "(%u times)", w->policy->folded);
	work_add(w, "Subject", buf_str(&value));
	buf_free(&value);
}

static void
add_missing(struct work *w)
{
	if (!w->has_date)
		work_add(w, "Date", buf_str(&w->date));
	if (!w->has_from)
		work_add_from(w);
	if (!w->has_to && !w->policy->disclosed)
		work_add(w, "To", STR("undisclosed-recipients:;"));
	if (!w->has_id)
		work_add(w, "Message-ID", buf_str(&w->id));
	if (!w->has_subject && w->policy->folded > 1)
		add_count(w);
	add_mime(w);
	add_extras(w);
}

/*
 * What is still not ASCII is an address that has no other form.  Bytes that
 * are no UTF-8 have no form at all.
 */
static int
check_utf8(struct completed *out, const struct offer *offer, struct err *e)
{
	struct buf *h = &out->header;
	bool odd = false;

	for (size_t i = 0; i < h->len && !odd; i++)
		odd = (unsigned char)h->data[i] > 127;
	if (!odd)
		return 0;
	if (!utf8_is_valid(buf_str(h))) {
		for (size_t i = 0; i < h->len; i++)
			if ((unsigned char)h->data[i] > 127)
				h->data[i] = '?';
		return 0;
	}
	out->smtputf8 = true;
	if (!offer->smtputf8)
		return err_set(e, EX_UNAVAILABLE, "the header has an address "
		    "that needs SMTPUTF8, which the relay does not offer");
	return 0;
}

static void
conclude(struct work *w, struct completed *out)
{
	const struct body_facts *body = w->handed->body;

	buf_puts(w->out, "\r\n");
	out->plan = w->mime.plan;
	w->mime.plan = (struct encode_plan){ 0 };
	out->eight_bit = w->mime.eight_bit;
	out->size = out->header.len + body->size;
	/* Base64 adds a third, and quoted-printable to most text less. */
	if (out->plan.way != ENCODE_NOT)
		out->size += body->size / 3 + body->size / 36;
}

int
complete(const struct handed *handed, const struct policy *policy,
    const struct offer *offer, struct completed *out, struct err *e)
{
	struct work w = { .handed = handed, .policy = policy,
	    .facts = handed->facts, .out = &out->header };
	int rc = -1;

	*out = (struct completed){ 0 };
	if (look_around(&w, e) < 0 || mime_decide(&w.mime, handed->header,
	    handed->body, buf_cstr(&handed->facts->charset), offer->eight_bit,
	    e) < 0)
		goto out;
	make_names(&w);
	add_received(&w);
	add_resent(&w);
	work_given(&w);
	add_missing(&w);
	conclude(&w, out);
	rc = check_utf8(out, offer, e);
out:
	mime_free(&w.mime);
	buf_free(&w.date);
	buf_free(&w.id);
	if (rc < 0)
		completed_free(out);
	return rc;
}

void
completed_free(struct completed *c)
{
	buf_free(&c->header);
	encode_plan_free(&c->plan);
	*c = (struct completed){ 0 };
}
