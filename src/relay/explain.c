// SPDX-License-Identifier: ISC
/*
 * explain.c - what would become of a message, and why
 */
#include "relay/explain.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/fd.h"
#include "base/vis.h"
#include "config/sender.h"
#include "message/complete.h"
#include "message/extract.h"
#include "queue/entry.h"
#include "queue/marks.h"
#include "relay/content.h"
#include "relay/desk.h"
#include "relay/pick.h"
#include "relay/steps.h"

struct explaining {
	struct desk desk;
	int fd;			/* of the message */
	struct record record;	/* of the queued one, or as if it were */
	struct marks marks;	/* of the queued one */
	struct content content;
	struct buf out;
	int status;
};

static void
complain(struct explaining *x, struct err *e)
{
	fprintf(stderr, "minismtp: %s\n", buf_cstr(&e->text));
	if (x->status == EX_OK)
		x->status = e->code;
	err_clear(e);
}

/* -- the message */

/* What comes through a pipe can be read only once. */
static int
keep_input(struct err *e)
{
	int fd = memfd_create("message", MFD_CLOEXEC);
	char piece[16384];
	ssize_t n;

	if (fd < 0)
		return err_sys(e, EX_OSERR, "no room for standard input");
	while ((n = read(STDIN_FILENO, piece, sizeof(piece))) > 0)
		if (fd_write(fd, (struct str){ piece, (size_t)n }, e) < 0)
			break;
	if (n == 0)
		return fd;
	if (n < 0)
		err_sys(e, EX_IOERR, "standard input");
	close(fd);
	return -1;
}

static int
open_file(struct explaining *x, const char *path, struct err *e)
{
	struct stat st;

	x->fd = str_eq(str_of(path), STR("-")) ? keep_input(e) :
	    open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	if (x->fd < 0)
		return e->code != 0 ? -1 : err_sys(e, EX_NOINPUT, "%s", path);
	if (fstat(x->fd, &st) < 0)
		return err_sys(e, EX_IOERR, "%s", path);
	if (!S_ISREG(st.st_mode))
		return err_set(e, EX_NOINPUT, "%s: it is no file", path);
	x->record.size = (uint64_t)st.st_size;
	steps_facts(&x->record.facts, &x->desk);
	return 0;
}

static int
open_queued(struct explaining *x, const char *spool, const struct id *id,
    struct err *e)
{
	struct spool s = { 0 };
	struct entry entry = { 0 };
	enum spool_where where;
	int64_t next;
	int rc;

	if (spool_open(&s, spool, e) < 0)
		return -1;
	rc = spool_find(&s, id, &where, &next, e);
	if (rc > 0)
		rc = entry_peek(&entry, &s, where, id, next, e);
	if (rc > 0 && (rc = entry_glance(&entry, &x->record, e)) == 0)
		rc = (x->fd = dup(entry.fd)) < 0 ?
		    err_sys(e, EX_OSERR, "%s", id->text) :
		    marks_read(&x->marks, x->fd, &x->record, e) + 1;
	if (rc == 0)
		err_set(e, EX_NOINPUT, "%s: there is no such message, and no "
		    "such file", id->text);
	entry_close(&entry);
	spool_close(&s);
	return rc > 0 ? 0 : -1;
}

static int
open_message(struct explaining *x, const struct question *q, struct err *e)
{
	const char *word = buf_cstr(&q->about.item[0]);
	struct id id;

	if (id_parse(str_of(word), &id) && access(word, F_OK) < 0)
		return open_queued(x, q->spool, &id, e);
	return open_file(x, word, e);
}

/* -- what was said about it */

static void
add_recipients(struct explaining *x, const struct addresses *list)
{
	struct buf address = { 0 };

	for (size_t i = 0; i < list->count; i++) {
		buf_reset(&address);
		mailbox_add(&address, &list->box[i]);
		(void)envelope_add(&x->record.env, buf_str(&address));
	}
	buf_free(&address);
}

static void
find_recipients(struct explaining *x, const struct question *q)
{
	struct addresses list = { 0 };
	struct err e = { 0 };

	for (size_t i = 1; i < q->about.count; i++)
		if (addresses_operand(&list, strs_at(&q->about, i), &e) < 0)
			complain(x, &e);
	if (q->about.count == 1 && x->record.env.count == 0 &&
	    extract(&list, &x->content.header, &e) < 0)
		complain(x, &e);
	addresses_unique(&list);
	add_recipients(x, &list);
	addresses_free(&list);
}

static int
prepare(struct explaining *x, const struct question *q, struct err *e)
{
	struct record *r = &x->record;

	if (q->about.count == 0)
		return err_set(e, EX_USAGE, "no message: name one behind --");
	if (desk_load(&x->desk, q->config, q->personal, e) < 0 ||
	    open_message(x, q, e) < 0)
		return -1;
	if (q->sender != NULL) {
		if (address_sender(&r->env.sender, str_of(q->sender), e) < 0)
			return err_wrap(e, "the sender");
		r->has_sender = true;
	}
	if (q->account != NULL)
		buf_set(&r->facts.account, str_of(q->account));
	return content_read(&x->content, r, x->fd, e);
}

/* -- the header */

static void
add_field(struct explaining *x, char sign, const struct field *f)
{
	struct str lines = f->whole, line;

	while (str_eat_line(&lines, &line)) {
		buf_printf(&x->out, "%c ", sign);
		vis_add(&x->out, line);
		buf_putc(&x->out, '\n');
	}
}

/* Line ends are no difference: they are CRLF once it leaves. */
static bool
is_same(const struct field *a, const struct field *b)
{
	struct str one = a->whole, other = b->whole, left, right;

	while (str_eat_line(&one, &left))
		if (!str_eat_line(&other, &right) || !str_eq(left, right))
			return false;
	return !str_eat_line(&other, &right);
}

/* What is kept stays in its order: so all before it, on either side, is not. */
static void
add_header(struct explaining *x, const struct header *was,
    const struct header *is)
{
	size_t at = 0;

	for (size_t i = 0; i < was->count; i++) {
		size_t n = at;

		while (n < is->count && !is_same(&was->field[i], &is->field[n]))
			n++;
		if (n == is->count) {
			add_field(x, '-', &was->field[i]);
			continue;
		}
		while (at < n)
			add_field(x, '+', &is->field[at++]);
		add_field(x, ' ', &is->field[at++]);
	}
	while (at < is->count)
		add_field(x, '+', &is->field[at++]);
}

static int
add_completed(struct explaining *x, const struct account *a, struct err *e)
{
	const struct record *r = &x->record;
	const struct offer offer = { .eight_bit = true, .smtputf8 = true };
	struct completed done = { 0 };
	struct policy policy = { 0 };
	struct strs originals = { 0 };
	struct header header = { 0 };
	struct buf sender = { 0 };
	struct handed given = { .facts = &r->facts,
	    .header = &x->content.header, .body = &x->content.facts };
	int rc;

	for (size_t i = 0; i < r->env.count; i++)
		strs_add(&originals, buf_str(&r->env.rcpt[i].address));
	sender_envelope(a, &x->desk.here, &r->facts, r->has_sender,
	    buf_str(&r->env.sender), &sender, NULL);
	given.sender = buf_str(&sender);
	sender_policy(&x->desk.config, a, &x->desk.here, &r->facts,
	    &originals, &policy);
	policy.folded = x->marks.folded;
	rc = complete(&given, &policy, &offer, &done, e);
	if (rc == 0) {
		header_parse(&header, buf_str(&done.header));
		add_header(x, &x->content.header, &header);
		buf_printf(&x->out, "\nThe text goes %s.\n",
		    done.plan.way == ENCODE_NOT ? "as it is" : "encoded");
	}
	header_free(&header);
	completed_free(&done);
	policy_free(&policy);
	strs_free(&originals);
	buf_free(&sender);
	return rc;
}

/* -- all of it */

static int
tell(struct explaining *x, const struct question *q, struct err *e)
{
	const struct record *r = &x->record;
	const struct account *a;
	struct buf why = { 0 };

	find_recipients(x, q);
	a = pick_account(&x->desk, r, x->fd, &why, e);
	if (a != NULL) {
		if (r->env.count == 0)
			buf_puts(&x->out, "nobody: no recipient is named\n");
		for (size_t i = 0; i < r->env.count; i++)
			if (steps_recipient(&x->out, &x->desk, a,
			    buf_str(&r->env.rcpt[i].address), e) < 0)
				complain(x, e);
		steps_way(&x->out, &x->desk, a, buf_str(&why), &r->facts,
		    r->has_sender, buf_str(&r->env.sender));
		buf_putc(&x->out, '\n');
	}
	buf_free(&why);
	return a == NULL ? -1 : add_completed(x, a, e);
}

int
explain(const struct question *q)
{
	struct explaining x = { .fd = -1 };
	struct err e = { 0 };

	if (prepare(&x, q, &e) < 0 || tell(&x, q, &e) < 0)
		complain(&x, &e);
	if (fputs(buf_cstr(&x.out), stdout) == EOF || fflush(stdout) == EOF)
		x.status = EX_IOERR;
	if (x.fd >= 0)
		close(x.fd);
	content_free(&x.content);
	record_free(&x.record);
	marks_free(&x.marks);
	desk_free(&x.desk);
	buf_free(&x.out);
	return x.status;
}
