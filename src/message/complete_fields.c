// SPDX-License-Identifier: ISC
/*
 * complete_fields.c - the fields as they were given, each through the row that
 * knows its name
 */
#include "message/complete_work.h"

#include "base/table.h"
#include "message/date.h"
#include "message/fold.h"
#include "message/from.h"
#include "message/msgid.h"
#include "message/qualify.h"
#include "message/words.h"

#define FIELD_PARSED_MAX (8 << 20)	/* longer is no list of addresses */

/* What to do with a field of that name. */
typedef void row_fn(struct work *w, const struct field *f);

static struct str
charset(const struct work *w)
{
	return buf_str(&w->facts->charset);
}

bool
field_is_empty(const struct field *f)
{
	return str_trim(f->value).len == 0;
}

void
work_add(struct work *w, const char *name, struct str value)
{
	struct buf field = { 0 };

	buf_printf(&field, "%s: ", name);
	buf_add(&field, value);
	fold_add(w->out, buf_str(&field), FOLD_NICE);
	buf_free(&field);
}

/* name, then what was behind the colon and has been changed. */
static void
add_changed(struct work *w, struct str name, const struct buf *value)
{
	struct buf field = { 0 };

	buf_add(&field, name);
	buf_putc(&field, ':');
	if (value->len > 0 && !str_is_blank(value->data[0]))
		buf_putc(&field, ' ');
	buf_add(&field, buf_str(value));
	fold_add(w->out, buf_str(&field), FOLD_NICE);
	buf_free(&field);
}

/* As given, but for line ends and what is too long for any relay. */
static void
add_whole(struct work *w, const struct field *f)
{
	struct buf value = { 0 };

	if (f->whole.len > f->name.len && f->whole.ptr[f->name.len] == ':') {
		fold_add(w->out, f->whole, FOLD_MUST);
		return;
	}
	buf_add(&value, f->value);
	add_changed(w, f->name, &value);
	buf_free(&value);
}

void
work_add_text(struct work *w, const struct field *f)
{
	struct buf value = { 0 };

	if (!words_needed(f->value)) {
		add_whole(w, f);
		return;
	}
	words_text(&value, f->value, charset(w));
	add_changed(w, f->name, &value);
	buf_free(&value);
}

/* Comments and names may be encoded; if that is not enough, all of it. */
static void
add_structured(struct work *w, const struct field *f)
{
	struct buf value = { 0 };

	if (!words_needed(f->value)) {
		add_whole(w, f);
		return;
	}
	if (f->value.len > FIELD_PARSED_MAX ||
	    !words_structured(&value, f->value, charset(w)))
		work_add_text(w, f);
	else
		add_changed(w, f->name, &value);
	buf_free(&value);
}

static void
add_params(struct work *w, const struct field *f)
{
	struct buf value = { 0 };

	if (!words_needed(f->value)) {
		add_whole(w, f);
		return;
	}
	words_params(&value, f->value, charset(w));
	add_changed(w, f->name, &value);
	buf_free(&value);
}

typedef bool qualify_fn(struct buf *out, struct str value,
    const struct policy *policy);

/* An address list.  What only SMTPUTF8 can carry is left for complete(). */
static void
add_addresses(struct work *w, struct str name, const struct field *f,
    qualify_fn *how)
{
	struct buf value = { 0 }, words = { 0 };

	if (f->value.len > FIELD_PARSED_MAX) {
		/* Somebody's mailing: the addresses are right or hopeless. */
		work_add_text(w, f);
	} else if (!how(&value, f->value, w->policy) &&
	    !words_needed(f->value) && str_eq(name, f->name)) {
		add_whole(w, f);
	} else if (words_needed(buf_str(&value))) {
		if (!words_structured(&words, buf_str(&value), charset(w)) &&
		    !names_in_utf8(f->value)) {
			buf_reset(&words);
			words_text(&words, buf_str(&value), charset(w));
		}
		add_changed(w, name, &words);
	} else {
		add_changed(w, name, &value);
	}
	buf_free(&value);
	buf_free(&words);
}

static void
add_list(struct work *w, struct str name, const struct field *f)
{
	add_addresses(w, name, f, qualify);
}

static void
do_list(struct work *w, const struct field *f)
{
	add_list(w, f->name, f);
}

/* Whoever is in it may have got the message for that. */
static void
do_recipients(struct work *w, const struct field *f)
{
	add_addresses(w, f->name, f, qualify_recipients);
}

/* It was there and is worth nothing: who looks for it shall find it. */
static void
keep_original(struct work *w, const struct field *f, bool addresses)
{
	struct buf name = { 0 }, value = { 0 };

	if (field_is_empty(f))
		return;
	buf_puts(&name, "X-Original-");
	buf_add(&name, f->name);
	if (addresses) {
		add_list(w, buf_str(&name), f);
	} else {
		words_text(&value, f->value, charset(w));
		add_changed(w, buf_str(&name), &value);
	}
	buf_free(&name);
	buf_free(&value);
}

static void
do_date(struct work *w, const struct field *f)
{
	if (!w->has_date && date_is_valid(f->value)) {
		add_whole(w, f);
	} else {
		if (!w->has_date)
			work_add(w, "Date", buf_str(&w->date));
		keep_original(w, f, false);
	}
	w->has_date = true;
}

static void
do_id(struct work *w, const struct field *f)
{
	if (!w->has_id && msgid_is_valid(f->value)) {
		add_whole(w, f);
	} else {
		if (!w->has_id)
			work_add(w, "Message-ID", buf_str(&w->id));
		keep_original(w, f, false);
	}
	w->has_id = true;
}

/* The address that the relay insists on, and the original where it fits. */
static bool
force_from(struct work *w, const struct field *f)
{
	struct buf value = { 0 };
	bool away;

	if (w->policy->from.len == 0 || !from_forced(&value, f->value,
	    w->facts, w->policy, &away))
		return false;
	work_add(w, "From", buf_str(&value));
	if (away && !w->has_reply_to) {
		add_list(w, STR("Reply-To"), f);
		w->has_reply_to = true;
	} else {
		keep_original(w, f, true);
	}
	buf_free(&value);
	return true;
}

/* The same rule as for a From that was there. */
void
work_add_from(struct work *w)
{
	struct buf value = { 0 };
	struct field f = { .name = STR("From") };

	from_default(&value, w->facts, w->handed->sender, w->policy);
	f.value = buf_str(&value);
	if (!force_from(w, &f))
		work_add(w, "From", f.value);
	buf_free(&value);
}

static void
do_from(struct work *w, const struct field *f)
{
	bool good = !field_is_empty(f) && (f->value.len > FIELD_PARSED_MAX ||
	    names_somebody(f->value));

	if (!w->has_from && good) {
		if (!force_from(w, f))
			add_list(w, f->name, f);
	} else {
		if (!w->has_from)
			work_add_from(w);
		keep_original(w, f, false);
	}
	w->has_from = true;
}

/* An empty To beside nothing else is none. */
static void
do_to(struct work *w, const struct field *f)
{
	if (w->has_to || !field_is_empty(f))
		do_recipients(w, f);
}

/* Of a resending: what is empty has been added above it. */
static void
do_resent(struct work *w, const struct field *f)
{
	if (field_is_empty(f))
		return;
	if (field_is(f, "Resent-From"))
		do_list(w, f);
	else
		add_structured(w, f);
}

/* One for many: what the reader sees first says how many. */
static void
do_subject(struct work *w, const struct field *f)
{
	struct buf value = { 0 };

	w->has_subject = true;
	if (w->policy->folded < 2) {
		work_add_text(w, f);
		return;
	}
	words_text(&value, f->value, charset(w));
	buf_printf(&value, " (%u times)", w->policy->folded);
	add_changed(w, f->name, &value);
	buf_free(&value);
}

static void
do_not(struct work *w, const struct field *f)
{
	(void)w;
	(void)f;
}

static void
do_cte(struct work *w, const struct field *f)
{
	if (w->mime.cte == NULL || w->has_cte) {
		add_whole(w, f);
		return;
	}
	w->has_cte = true;
	work_add(w, "Content-Transfer-Encoding", str_of(w->mime.cte));
}

static const struct row {
	const char *name;
	row_fn *run;
} rows[] = {
	{ "Bcc", do_not },
	{ "Cc", do_recipients },
	{ "Content-Disposition", add_params },
	{ "Content-Length", do_not },
	{ "Content-Transfer-Encoding", do_cte },
	{ "Content-Type", add_params },
	{ "DKIM-Signature", add_structured },
	{ "Date", do_date },
	{ "Disposition-Notification-To", do_list },
	{ "Errors-To", do_list },
	{ "From", do_from },
	{ "In-Reply-To", add_structured },
	{ "MIME-Version", add_structured },
	{ "Mail-Followup-To", do_list },
	{ "Mail-Reply-To", do_list },
	{ "Message-ID", do_id },
	{ "Received", add_structured },
	{ "References", add_structured },
	{ "Reply-To", do_list },
	{ "Resent-Bcc", do_not },
	{ "Resent-Cc", do_recipients },
	{ "Resent-Date", do_resent },
	{ "Resent-From", do_resent },
	{ "Resent-Message-ID", do_resent },
	{ "Resent-Reply-To", do_list },
	{ "Resent-Sender", do_list },
	{ "Resent-To", do_recipients },
	{ "Return-Path", do_not },
	{ "Return-Receipt-To", do_list },
	{ "Sender", do_list },
	{ "Subject", do_subject },
	{ "To", do_to },
};

bool
field_is_removed(const struct work *w, const struct field *f)
{
	return strs_ihas(&w->policy->remove, f->name);
}

void
work_given(struct work *w)
{
	const struct header *h = w->handed->header;

	for (size_t i = 0; i < h->count; i++) {
		const struct field *f = &h->field[i];
		const struct row *row = TABLE_IFIND(rows, f->name);

		if (field_is_removed(w, f))
			continue;
		if (row != NULL)
			row->run(w, f);
		else
			work_add_text(w, f);
	}
}
