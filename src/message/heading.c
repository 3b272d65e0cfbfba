// SPDX-License-Identifier: ISC
/*
 * heading.c - the header of a message that is written here
 */
#include "message/heading.h"

#include <sysexits.h>

#include "base/table.h"
#include "base/vis.h"
#include "message/date.h"
#include "message/fold.h"
#include "message/header.h"
#include "message/words.h"

/* Fields that are ours, and what to say instead. */
static const struct ours {
	const char *name;
	const char *instead;
} ours[] = {
	{ "Bcc", "--bcc" },
	{ "Cc", "--cc" },
	{ "Content-Disposition", "--attach or --inline" },
	{ "Content-ID", "--inline" },
	{ "Content-Transfer-Encoding", "nothing: it follows from the text" },
	{ "Content-Type", "--charset, --html or --attach" },
	{ "From", "--from" },
	{ "MIME-Version", "nothing: it is always there" },
	{ "Reply-To", "--reply-to" },
	{ "Subject", "--subject" },
	{ "To", "--to" },
};

/* Fields whose values are addresses. */
static const struct structured {
	const char *name;
} structured[] = {
	{ "Disposition-Notification-To" }, { "Errors-To" },
	{ "Mail-Followup-To" }, { "Return-Receipt-To" }, { "Sender" },
};

/* One line: -1 for what would be two, or hides something. */
static int
check_line(struct str text, struct err *e)
{
	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];

		if (c == '\n' || c == '\r')
			return err_set(e, EX_DATAERR,
			    "a line break at position %zu", i + 1);
		if (str_is_control(c) && c != '\t')
			return err_set(e, EX_DATAERR,
			    "a control byte at position %zu", i + 1);
	}
	return 0;
}

int
heading_subject(struct heading *h, struct str text, struct err *e)
{
	if (check_line(text, e) < 0)
		return -1;
	buf_set(&h->subject, str_trim(text));
	return 0;
}

int
heading_more(struct heading *h, struct str line, struct err *e)
{
	const struct ours *row;
	struct str name;
	size_t value;
	bool cut;

	if (check_line(line, e) < 0)
		return -1;
	name = str_head(line, field_name_len(line, &value, &cut));
	if (name.len == 0)
		return err_set(e, EX_DATAERR,
		    "it wants 'Name: value', the name without blanks");
	row = TABLE_IFIND(ours, name);
	if (row != NULL)
		return err_set(e, EX_USAGE, "%s is not set so; say %s",
		    row->name, row->instead);
	strs_add(&h->more, line);
	return 0;
}

static void
add_field(struct buf *out, const char *name, const struct buf *value)
{
	struct buf line = { 0 };

	buf_printf(&line, "%s: ", name);
	buf_add(&line, buf_str(value));
	fold_add(out, buf_str(&line), FOLD_NICE);
	buf_free(&line);
}

/* Written anew from what was understood: so it is the same everywhere. */
static void
add_addresses(struct buf *out, const char *name, const struct addresses *list,
    struct str charset)
{
	struct buf value = { 0 };

	for (size_t i = 0; i < list->count; i++) {
		const struct mailbox *m = &list->box[i];

		if (i > 0)
			buf_puts(&value, ", ");
		if (m->phrase.len > 0) {
			words_phrase(&value, buf_str(&m->phrase), charset);
			buf_puts(&value, " <");
		}
		mailbox_add(&value, m);
		if (m->phrase.len > 0)
			buf_putc(&value, '>');
	}
	if (list->count > 0)
		add_field(out, name, &value);
	buf_free(&value);
}

static void
add_more(struct buf *out, struct str line, struct str charset)
{
	struct buf value = { 0 }, name = { 0 };
	struct str head;

	(void)str_eat_until(&line, ':', &head);
	buf_add(&name, str_trim(head));
	if (TABLE_IFIND(structured, buf_str(&name)) != NULL)
		(void)words_structured(&value, str_trim(line), charset);
	else
		words_text(&value, str_trim(line), charset);
	add_field(out, buf_cstr(&name), &value);
	buf_free(&value);
	buf_free(&name);
}

static bool
is_there(const struct heading *h, const char *name)
{
	for (size_t i = 0; i < h->more.count; i++) {
		struct str line = strs_at(&h->more, i), head;

		if (str_eat_until(&line, ':', &head) &&
		    str_ieq(str_trim(head), str_of(name)))
			return true;
	}
	return false;
}

static void
add_own(struct buf *out, const struct heading *h, const char *name,
    const struct buf *value)
{
	if (value->len > 0 && !is_there(h, name))
		add_field(out, name, value);
}

void
heading_write(struct buf *out, const struct heading *h, struct str charset)
{
	struct buf value = { 0 };

	date_add(&value, h->time, h->zone);
	add_own(out, h, "Date", &value);
	add_addresses(out, "From", &h->from, charset);
	add_addresses(out, "Reply-To", &h->reply_to, charset);
	add_addresses(out, "To", &h->to, charset);
	add_addresses(out, "Cc", &h->cc, charset);
	buf_reset(&value);
	words_text(&value, buf_str(&h->subject), charset);
	if (value.len > 0)
		add_field(out, "Subject", &value);
	add_own(out, h, "Message-ID", &h->id);
	for (size_t i = 0; i < h->more.count; i++)
		add_more(out, strs_at(&h->more, i), charset);
	add_own(out, h, "X-Mailer", &h->mailer);
	buf_free(&value);
}

void
heading_free(struct heading *h)
{
	addresses_free(&h->from);
	addresses_free(&h->to);
	addresses_free(&h->cc);
	addresses_free(&h->reply_to);
	buf_free(&h->subject);
	strs_free(&h->more);
	buf_free(&h->id);
	buf_free(&h->mailer);
	*h = (struct heading){ 0 };
}
