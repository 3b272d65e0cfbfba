// SPDX-License-Identifier: ISC
/*
 * whom.c - the sender and the recipients of a submission
 */
#include "front/whom.h"

#include <sysexits.h>

#include "base/vis.h"

static void
note_bad(struct whom *w, struct err *e)
{
	buf_add(&w->bad, buf_str(&e->text));
	buf_putc(&w->bad, '\n');
	err_clear(e);
}

/* Programs, files and lists of a local MTA: here they are nobody's name. */
static bool
is_local_magic(const struct mailbox *m)
{
	struct str local = buf_str(&m->local);

	if (m->domain.len > 0 || local.len == 0)
		return false;
	(void)str_eat(&local, STR("\""));
	return str_eat(&local, STR("|")) || str_eat(&local, STR("/")) ||
	    str_ieat(&local, STR(":include:"));
}

static bool
has_high_bytes(struct str s)
{
	for (size_t i = 0; i < s.len; i++)
		if ((unsigned char)s.ptr[i] > 127)
			return true;
	return false;
}

static int
no_recipients(struct err *e)
{
	return err_set(e, EX_USAGE, "no recipients: name them, or say -t");
}

int
whom_said(struct whom *w, struct letter *l, const struct options *o,
    struct err *e)
{
	if (o->sender_given) {
		l->sender_given = true;
		if (address_sender(&l->env.sender, buf_str(&o->sender), e) < 0)
			return err_wrap(e, "the sender");
		if (has_high_bytes(buf_str(&l->env.sender)))
			l->env.smtputf8 = true;
	}
	if (o->operands.count == 0 && !o->extract)
		return no_recipients(e);
	for (size_t i = 0; i < o->operands.count; i++)
		if (addresses_operand(&w->list, strs_at(&o->operands, i), e)
		    < 0)
			note_bad(w, e);
	if (o->extract || w->list.count > 0)
		return 0;
	if (w->bad.len == 0)
		return no_recipients(e);
	return err_set(e, EX_DATAERR, "no recipient is left");
}

void
whom_header(struct whom *w, const struct header *h)
{
	struct err e = { 0 };

	if (extract(&w->list, h, &e) < 0)
		note_bad(w, &e);
}

int
whom_settle(struct whom *w, struct letter *l, const struct options *o,
    struct err *e)
{
	addresses_unique(&w->list);
	for (size_t i = 0; i < w->list.count; i++) {
		const struct mailbox *m = &w->list.box[i];
		struct rcpt *r;

		if (is_local_magic(m)) {
			vis_add(&w->bad, buf_str(&m->local));
			buf_puts(&w->bad, ": programs, files and lists are no"
			    " recipients\n");
			continue;
		}
		r = envelope_add(&l->env, STR(""));
		mailbox_add(&r->address, m);
		r->notify = o->notify;
		if (has_high_bytes(buf_str(&r->address)))
			l->env.smtputf8 = true;
	}
	if (l->env.count > 0)
		return 0;
	return err_set(e, EX_DATAERR, w->bad.len > 0 ?
	    "no recipient is left" : "the header names no recipients");
}

void
whom_free(struct whom *w)
{
	addresses_free(&w->list);
	buf_free(&w->bad);
}
