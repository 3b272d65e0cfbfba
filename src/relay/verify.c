// SPDX-License-Identifier: ISC
/*
 * verify.c - what would happen to an address, and why
 */
#include "relay/verify.h"

#include <stdio.h>
#include <sysexits.h>

#include "message/addresses.h"
#include "message/facts.h"
#include "relay/desk.h"
#include "relay/pick.h"
#include "relay/steps.h"

struct verifying {
	struct desk desk;
	struct facts facts;	/* of the one who asks */
	const struct account *account;
	struct buf why;		/* of the account */
	struct buf out;
	int status;
};

static void
complain(struct verifying *v, struct err *e)
{
	fprintf(stderr, "minismtp: %s\n", buf_cstr(&e->text));
	if (v->status == EX_OK)
		v->status = e->code;
	err_clear(e);
}

static int
load(struct verifying *v, const struct question *q, struct buf *sender,
    struct err *e)
{
	struct str name = str_of(q->account != NULL ? q->account : "");

	if (desk_load(&v->desk, q->config, q->personal, e) < 0)
		return -1;
	if (q->sender != NULL &&
	    address_sender(sender, str_of(q->sender), e) < 0)
		return err_wrap(e, "the sender");
	steps_facts(&v->facts, &v->desk);
	v->account = pick_by_sender(&v->desk, name, &v->facts,
	    q->sender != NULL, buf_str(sender), &v->why, e);
	return v->account == NULL ? -1 : 0;
}

static void
add_operand(struct verifying *v, struct str text)
{
	struct addresses list = { 0 };
	struct buf address = { 0 };
	struct err e = { 0 };

	if (addresses_operand(&list, text, &e) < 0)
		complain(v, &e);
	for (size_t i = 0; i < list.count; i++) {
		buf_reset(&address);
		mailbox_add(&address, &list.box[i]);
		if (steps_recipient(&v->out, &v->desk, v->account,
		    buf_str(&address), &e) < 0)
			complain(v, &e);
	}
	buf_free(&address);
	addresses_free(&list);
}

static void
verifying_free(struct verifying *v)
{
	desk_free(&v->desk);
	facts_free(&v->facts);
	buf_free(&v->why);
	buf_free(&v->out);
}

int
verify(const struct question *q)
{
	struct verifying v = { 0 };
	struct buf sender = { 0 };
	struct err e = { 0 };

	if (q->about.count == 0)
		err_set(&e, EX_USAGE, "no address: name one behind --");
	if (e.code != 0 || load(&v, q, &sender, &e) < 0) {
		complain(&v, &e);
	} else {
		for (size_t i = 0; i < q->about.count; i++)
			add_operand(&v, strs_at(&q->about, i));
		/* How it goes is the same for all of them. */
		steps_way(&v.out, &v.desk, v.account, buf_str(&v.why),
		    &v.facts, q->sender != NULL, buf_str(&sender));
		if (fputs(buf_cstr(&v.out), stdout) == EOF ||
		    fflush(stdout) == EOF)
			v.status = EX_IOERR;
	}
	verifying_free(&v);
	buf_free(&sender);
	return v.status;
}
