// SPDX-License-Identifier: ISC
/*
 * bounce.c - a report to the sender, put into the queue
 */
#include "relay/bounce.h"

#include <stdint.h>
#include <unistd.h>

#include "base/log.h"
#include "base/rand.h"
#include "base/source.h"
#include "base/table.h"
#include "guard/cell.h"
#include "message/encode.h"
#include "message/mime.h"
#include "queue/draft.h"
#include "relay/content.h"
#include "relay/notice.h"

bool
bounce_is_one(const struct record *r)
{
	return r->has_sender && r->env.sender.len == 0;
}

/* Who sent it: what he said, else his name here. */
static void
find_sender(const struct record *r, struct buf *out)
{
	if (r->env.sender.len > 0)
		buf_add(out, buf_str(&r->env.sender));
	else if (r->facts.login.len > 0)
		buf_add(out, buf_str(&r->facts.login));
	else
		buf_puts(out, "root");
}

static int
say_fields(struct draft *d, const struct record *r, struct str to,
    struct err *e)
{
	struct str account = buf_str(&r->facts.account);

	if (notice_fields(d, &r->facts, e) < 0 || (account.len > 0 &&
	    draft_field(d, STR("account"), account, e) < 0))
		return -1;
	return notice_rcpt(d, to, e);
}

static int
copy_body(struct draft *d, const struct content *c, int fd, struct err *e)
{
	struct source_file file;
	struct str piece;
	int rc;

	source_file_init(&file, fd, c->body, c->len);
	while ((rc = source_pull(&file.source, &piece, e)) > 0 &&
	    draft_data(d, piece, e) == 0)
		;
	source_file_free(&file);
	return rc == 0 ? 0 : -1;
}

/* One line of a field, or nothing: a view would have the folds in it. */
static void
one_line(const struct content *c, const char *name, struct buf *out)
{
	const struct field *f = header_find(&c->header, name);

	if (f != NULL)
		field_unfold(out, f->value);
}

/*
 * The original as it was handed in, without what it says about itself that a
 * reader of the report must not see: Bcc.
 */
static void
add_original_head(const struct content *c, struct buf *out)
{
	for (size_t i = 0; i < c->header.count; i++) {
		const struct field *f = &c->header.field[i];

		if (!field_is(f, "Bcc") && !field_is(f, "Resent-Bcc"))
			buf_add(out, f->whole);
	}
}

static int
write_text(struct draft *d, struct dsn *dsn, const struct content *c, int fd,
    struct err *e)
{
	struct buf out = { 0 }, id = { 0 }, subject = { 0 }, border = { 0 };
	int rc;

	one_line(c, "Message-ID", &id);
	one_line(c, "Subject", &subject);
	buf_printf(&border, "=_%016llx", (unsigned long long)rand_u64());
	dsn->message_id = str_trim(buf_str(&id));
	dsn->subject = str_trim(buf_str(&subject));
	dsn->boundary = buf_str(&border);
	dsn_begin(&out, dsn);
	add_original_head(c, &out);
	buf_putc(&out, '\n');
	rc = draft_data(d, buf_str(&out), e);
	if (rc == 0 && dsn->whole)
		rc = copy_body(d, c, fd, e);
	buf_reset(&out);
	dsn_end(&out, dsn);
	if (rc == 0)
		rc = draft_data(d, buf_str(&out), e);
	buf_free(&out);
	buf_free(&id);
	buf_free(&subject);
	buf_free(&border);
	return rc;
}

static bool
wants_whole(const struct record *r)
{
	switch (r->env.ret) {
	case RET_HDRS:
		return false;
	case RET_FULL:
	case RET_UNSAID:
		break;
	}
	return r->size <= BOUNCE_WHOLE_MAX;
}

/*
 * A relay without 8BITMIME would not take the report either: if that is what
 * it is about, nobody would ever know.
 */
static bool
goes_anywhere(const struct content *c, int fd)
{
	struct body_facts after = { 0 };
	struct encode_plan plan = { 0 };
	struct source_file file;
	struct err e = { 0 };
	bool good = true;

	if (!c->facts.eight_bit)
		return true;
	if (mime_seal(&c->header) != NULL)
		return false;
	encode_plan(&plan, header_value(&c->header, "Content-Type"),
	    header_value(&c->header, "Content-Transfer-Encoding"), false);
	plan.ascii = true;
	source_file_init(&file, fd, c->body, c->len);
	good = encode_look(&plan, &file.source, &after, &e) == 0 &&
	    !after.eight_bit;
	source_file_free(&file);
	encode_plan_free(&plan);
	err_clear(&e);
	return good;
}

static int
write_report(void *who, struct buf *report, struct err *e)
{
	const struct bounce *b = who;
	const struct record *r = b->record;
	struct content c = { 0 };
	struct draft d = { 0 };
	struct buf to = { 0 };
	struct dsn dsn = { .kind = b->kind, .env = &r->env, .about = b->about,
	    .id = buf_str(&r->facts.id), .arrived = r->facts.time,
	    .zone = r->facts.zone, .until = b->until,
	    .host = buf_str(&r->facts.host), .from = STR("MAILER-DAEMON"),
	    .whole = wants_whole(r) };
	int rc = -1;

	find_sender(r, &to);
	dsn.to = buf_str(&to);
	if (content_read(&c, r, b->fd, e) < 0)
		goto out;
	dsn.whole = dsn.whole && goes_anywhere(&c, b->fd);
	if (draft_begin(&d, b->spool, getuid(), e) == 0 &&
	    say_fields(&d, r, buf_str(&to), e) == 0 &&
	    write_text(&d, &dsn, &c, b->fd, e) == 0) {
		buf_puts(report, d.id.text);
		rc = draft_commit(&d, e);
	}
out:
	draft_abort(&d);
	content_free(&c);
	buf_free(&to);
	return rc;
}

static int
write_in_cell(const struct bounce *b, struct buf *report, struct err *e)
{
	const struct spool *s = b->spool;
	const int keep[] = { s->top, s->dir[SPOOL_TMP], s->dir[SPOOL_NEW],
	    b->fd };
	const struct cell c = { s->top, true, keep, TABLE_COUNT(keep) };

	return cell_work(&c, write_report, (void *)(uintptr_t)b, report, e);
}

int
bounce_write(const struct bounce *b, struct err *e)
{
	struct buf report = { 0 };
	int rc = b->bare ?
	    write_report((void *)(uintptr_t)b, &report, e) :
	    write_in_cell(b, &report, e);

	if (rc == 0)
		log_line(LOG_INFO, "%s: sender notified: %s",
		    buf_cstr(&b->record->facts.id), buf_cstr(&report));
	buf_free(&report);
	return rc == 0 ? 0 : err_wrap(e, "cannot queue the report");
}
