// SPDX-License-Identifier: ISC
/*
 * verify.c - what would happen to an address, and why
 *
 * The same functions that make a parcel, asked to explain themselves.
 */
#include "relay/verify.h"

#include <pwd.h>
#include <stdio.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/vis.h"
#include "config/account.h"
#include "config/local.h"
#include "config/sender.h"
#include "message/addresses.h"
#include "message/facts.h"
#include "relay/desk.h"

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

static void
load_facts(struct verifying *v)
{
	const struct passwd *pw = getpwuid(getuid());

	v->facts.uid = getuid();
	if (pw != NULL)
		buf_puts(&v->facts.login, pw->pw_name);
	buf_set(&v->facts.host, buf_str(&v->desk.here.host));
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
	load_facts(v);
	v->account = account_choose(&v->desk.config, name, buf_str(sender),
	    STR(""), &v->why, e);
	return v->account == NULL ? -1 : 0;
}

/* A chain of aliases is a line for each step, moved to the right. */
static void
add_lines(struct buf *out, struct str lines)
{
	struct str line;

	while (str_eat_line(&lines, &line))
		buf_printf(out, "  %.*s\n", STR_ARGS(line));
}

static void
add_to(struct buf *out, struct str address, const char *words)
{
	buf_puts(out, "  to ");
	vis_add(out, address);
	buf_printf(out, "%s\n", words);
}

static void
add_recipient(struct verifying *v, struct str address)
{
	const struct local l = { .config = &v->desk.config,
	    .account = v->account, .here = &v->desk.here,
	    .aliases = &v->desk.aliases, .loader = &v->desk.files };
	const struct strs *redirect = &v->account->redirect;
	struct strs real = { 0 };
	struct buf why = { 0 };
	struct err e = { 0 };

	vis_add(&v->out, address);
	buf_putc(&v->out, '\n');
	if (local_resolve(&l, address, &real, &why, &e) < 0)
		complain(v, &e);
	add_lines(&v->out, buf_str(&why));
	for (size_t i = 0; redirect->count == 0 && i < real.count; i++)
		add_to(&v->out, strs_at(&real, i), "");
	for (size_t i = 0; i < redirect->count; i++)
		add_to(&v->out, strs_at(redirect, i), ", by redirect");
	strs_free(&real);
	buf_free(&why);
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
		add_recipient(v, buf_str(&address));
	}
	buf_free(&address);
	addresses_free(&list);
}

/* How it goes is the same for all of them, and stands below. */
static void
add_way(struct verifying *v, bool said, struct str sender)
{
	const struct account *a = v->account;
	struct buf address = { 0 }, words = { 0 };

	sender_envelope(a, &v->desk.here, &v->facts, said, sender, &address,
	    &words);
	buf_printf(&v->out, "by %s\n", buf_cstr(&v->why));
	buf_puts(&v->out, "from <");
	vis_add(&v->out, buf_str(&address));
	buf_printf(&v->out, ">: %s\n", buf_cstr(&words));
	for (size_t i = 0; i < a->relays; i++) {
		buf_puts(&v->out, i == 0 ? "through " : "else ");
		vis_add(&v->out, buf_str(&a->relay[i].text));
		buf_putc(&v->out, '\n');
	}
	if (a->command.count > 0) {
		buf_puts(&v->out, "through the command ");
		vis_add(&v->out, strs_at(&a->command, 0));
		buf_putc(&v->out, '\n');
	}
	if (a->user.len > 0) {
		buf_puts(&v->out, "as user ");
		vis_add(&v->out, buf_str(&a->user));
		buf_putc(&v->out, '\n');
	}
	if (a->hold)
		buf_puts(&v->out, "and held until it is released: hold\n");
	buf_free(&address);
	buf_free(&words);
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
		add_way(&v, q->sender != NULL, buf_str(&sender));
		if (fputs(buf_cstr(&v.out), stdout) == EOF ||
		    fflush(stdout) == EOF)
			v.status = EX_IOERR;
	}
	verifying_free(&v);
	buf_free(&sender);
	return v.status;
}
