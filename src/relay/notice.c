// SPDX-License-Identifier: ISC
/*
 * notice.c - a letter of our own, put into the queue
 */
#include "relay/notice.h"

#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "queue/entry.h"

int
notice_fields(struct draft *d, const struct facts *about, struct err *e)
{
	struct buf zone = { 0 };
	int rc = -1;

	buf_printf(&zone, "%d", about->zone);
	if (draft_field(d, STR("sender"), STR(""), e) == 0 &&
	    draft_field(d, STR("host"), buf_str(&about->host), e) == 0 &&
	    draft_field(d, STR("zone"), buf_str(&zone), e) == 0)
		rc = 0;
	buf_free(&zone);
	return rc;
}

int
notice_rcpt(struct draft *d, struct str to, struct err *e)
{
	if (draft_field(d, STR("rcpt"), to, e) < 0)
		return -1;
	return draft_field(d, STR("notify"), STR("never"), e);
}

static int
say_rcpts(struct draft *d, const struct strs *to, struct buf *field,
    struct err *e)
{
	for (size_t i = 0; i < to->count; i++) {
		if (notice_rcpt(d, strs_at(to, i), e) < 0)
			return -1;
		buf_puts(field, i == 0 ? "To: " : ",\n ");
		buf_add(field, strs_at(to, i));
	}
	buf_putc(field, '\n');
	return 0;
}

/* What says that somebody sends too much is not itself too much (gate.h). */
static void
let_pass(struct spool *s, const struct id *id)
{
	struct entry en = { 0 };
	struct err e = { 0 };

	if (entry_open(&en, s, SPOOL_NEW, id, 0, &e) > 0)
		(void)entry_accept(&en, clock_now(), &e);
	entry_close(&en);
	err_clear(&e);
}

int
notice_write(struct spool *s, const struct facts *about,
    const struct strs *to, struct str subject, struct str text,
    struct err *e)
{
	struct draft d = { 0 };
	struct buf letter = { 0 };
	struct id id;
	int rc = -1;

	buf_puts(&letter, "From: Mail Delivery System <MAILER-DAEMON>\n");
	if (draft_begin(&d, s, getuid(), e) == 0 &&
	    notice_fields(&d, about, e) == 0 &&
	    say_rcpts(&d, to, &letter, e) == 0) {
		buf_printf(&letter, "Subject: %.*s\n"
		    "Auto-Submitted: auto-generated\n\n%.*s",
		    STR_ARGS(subject), STR_ARGS(text));
		if (draft_data(&d, buf_str(&letter), e) == 0)
			rc = draft_commit(&d, e);
	}
	id = d.id;
	draft_abort(&d);
	buf_free(&letter);
	if (rc == 0) {
		log_line(LOG_INFO, "%s: %.*s", id.text, STR_ARGS(subject));
		let_pass(s, &id);
	}
	return rc == 0 ? 0 : err_wrap(e, "cannot queue a notice");
}
