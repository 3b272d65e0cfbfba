// SPDX-License-Identifier: ISC
/*
 * mailq.c - the queue, in the layout that everybody's scripts know (Postfix)
 *
 * It is that of Postfix with long queue IDs: behind the ID a * for what has
 * just come, a ! for what is held; the reason above the recipients that wait
 * for it.
 */
#include "front/mailq.h"

#include <pwd.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/types.h>
#include <sysexits.h>
#include <time.h>
#include <unistd.h>

#include "base/fd.h"
#include "base/table.h"
#include "base/vis.h"
#include "front/door.h"
#include "front/origin.h"
#include "front/place.h"
#include "queue/field.h"

#define LISTING_MAX ((size_t)1 << 30)
#define REASON_WIDTH 76

/* The listing, as far as it has been understood. */
struct queue {
	struct buf *out;	/* NULL: only count */
	size_t count;
	uint64_t bytes;
	bool over;		/* "end" was there */
	struct buf junk;
	/* the message at hand */
	struct buf id;
	char mark;
	uint64_t size, time, uid;
	bool has_sender, shown;
	struct buf sender, why;
	struct buf rcpt;	/* waiting for its own why */
	struct buf printed;	/* the reason that stands above */
};

typedef int field_fn(struct queue *q, struct str value, struct err *e);

static void
add_safe(struct buf *out, struct str text)
{
	if (origin_is_sayable(text))
		buf_add(out, text);
	else
		vis_add(out, text);
}

static void
add_time(struct buf *out, uint64_t when)
{
	time_t t = (time_t)when;
	char text[32] = "?";
	struct tm tm;

	if (localtime_r(&t, &tm) != NULL)
		(void)strftime(text, sizeof(text), "%a %b %e %H:%M:%S", &tm);
	buf_printf(out, "%19.19s", text);
}

static void
add_sender(struct queue *q)
{
	struct passwd *pw;

	if (q->has_sender && q->sender.len == 0)
		buf_puts(q->out, "MAILER-DAEMON");
	else if (q->has_sender)
		add_safe(q->out, buf_str(&q->sender));
	else if ((pw = getpwuid((uid_t)q->uid)) != NULL)
		add_safe(q->out, str_of(pw->pw_name));
	else
		buf_printf(q->out, "uid%llu", (unsigned long long)q->uid);
}

/* The first line of a message, once all that stands in it is known. */
static void
show_entry(struct queue *q)
{
	struct buf id = { 0 };

	if (q->shown || q->out == NULL || q->id.len == 0)
		return;
	q->shown = true;
	buf_add(&id, buf_str(&q->id));
	if (q->mark != '\0')
		buf_putc(&id, q->mark);
	buf_printf(q->out, "%-17s %8llu ", buf_cstr(&id),
	    (unsigned long long)q->size);
	add_time(q->out, q->time);
	buf_putc(q->out, ' ');
	add_sender(q);
	buf_putc(q->out, '\n');
	buf_free(&id);
}

static void
show_reason(struct queue *q, const struct buf *why)
{
	struct buf text = { 0 };
	int pad;

	if (str_eq(buf_str(why), buf_str(&q->printed)))
		return;
	buf_set(&q->printed, buf_str(why));
	if (why->len == 0)
		return;
	add_safe(&text, buf_str(why));
	pad = REASON_WIDTH - str_printable_len(buf_str(&text));
	buf_printf(q->out, "%*s(%s)\n", pad > 0 ? pad : 0, "",
	    buf_cstr(&text));
	buf_free(&text);
}

/* The recipient at hand; own is its reason, or empty: that of the message. */
static void
show_rcpt(struct queue *q, const struct buf *own)
{
	if (q->rcpt.len == 0 || q->out == NULL)
		return;
	show_entry(q);
	show_reason(q, own->len > 0 ? own : &q->why);
	buf_printf(q->out, "%-17s %8s %-19s ", "", "", "");
	add_safe(q->out, buf_str(&q->rcpt));
	buf_putc(q->out, '\n');
	buf_reset(&q->rcpt);
}

static void
finish_entry(struct queue *q)
{
	const struct buf none = { 0 };

	show_rcpt(q, &none);
	if (q->id.len == 0 || q->out == NULL)
		return;
	show_entry(q);
	buf_putc(q->out, '\n');
}

static int
on_entry(struct queue *q, struct str value, struct err *e)
{
	struct str id;

	(void)e;
	finish_entry(q);
	if (!str_eat_until(&value, ' ', &id))
		id = value;
	buf_reset(&q->id);
	add_safe(&q->id, id);
	q->count++;
	q->mark = str_eq(value, STR("new")) ? '*' : '\0';
	q->size = q->time = q->uid = 0;
	q->has_sender = q->shown = false;
	buf_reset(&q->sender);
	buf_reset(&q->why);
	buf_reset(&q->rcpt);
	buf_reset(&q->printed);
	return 0;
}

static int
number(uint64_t *n, struct str value, struct err *e)
{
	if (str_eat_number(&value, n) && value.len == 0)
		return 0;
	return err_set(e, EX_PROTOCOL, "the listing of the queue is broken");
}

static int
on_size(struct queue *q, struct str value, struct err *e)
{
	if (number(&q->size, value, e) < 0)
		return -1;
	q->bytes += q->size;
	return 0;
}

static int
on_time(struct queue *q, struct str value, struct err *e)
{
	return number(&q->time, value, e);
}

static int
on_uid(struct queue *q, struct str value, struct err *e)
{
	return number(&q->uid, value, e);
}

static int
on_next(struct queue *q, struct str value, struct err *e)
{
	(void)e;
	if (str_eq(value, STR("held")))
		q->mark = '!';
	return 0;
}

static int
on_sender(struct queue *q, struct str value, struct err *e)
{
	(void)e;
	q->has_sender = true;
	buf_set(&q->sender, value);
	return 0;
}

/* "TIME CODE WORDS": the words are for people. */
static int
on_why(struct queue *q, struct str value, struct err *e)
{
	struct buf own = { 0 };
	struct str part;

	(void)e;
	if (str_eat_until(&value, ' ', &part))
		(void)str_eat_until(&value, ' ', &part);
	if (q->rcpt.len > 0) {
		buf_add(&own, value);
		show_rcpt(q, &own);
		buf_free(&own);
	} else
		buf_set(&q->why, value);
	return 0;
}

/* Who has the mail already is of no interest any more. */
static int
on_rcpt(struct queue *q, struct str value, struct err *e)
{
	const struct buf none = { 0 };

	(void)e;
	show_rcpt(q, &none);
	if (value.len > 2 && value.ptr[0] != 'D')
		buf_set(&q->rcpt, str_skip(value, 2));
	return 0;
}

static int
on_junk(struct queue *q, struct str value, struct err *e)
{
	(void)e;
	buf_puts(&q->junk, "-- not a message: ");
	add_safe(&q->junk, value);
	buf_putc(&q->junk, '\n');
	return 0;
}

static int
on_err(struct queue *q, struct str value, struct err *e)
{
	uint64_t code = EX_TEMPFAIL;
	struct buf words = { 0 };

	(void)q;
	if (str_eat_number(&value, &code))
		(void)str_eat(&value, STR(" "));
	vis_add(&words, value);
	err_set(e, code >= EX_USAGE && code <= EX_CONFIG ? (int)code :
	    EX_TEMPFAIL, "%s", buf_cstr(&words));
	buf_free(&words);
	return -1;
}

static int
on_end(struct queue *q, struct str value, struct err *e)
{
	(void)value;
	(void)e;
	q->over = true;
	return 0;
}

static const struct row {
	const char *name;
	field_fn *take;
} rows[] = {
	{ "end", on_end },
	{ "entry", on_entry },
	{ "err", on_err },
	{ "junk", on_junk },
	{ "next", on_next },
	{ "rcpt", on_rcpt },
	{ "sender", on_sender },
	{ "size", on_size },
	{ "time", on_time },
	{ "uid", on_uid },
	{ "why", on_why },
};

static int
read_fields(struct queue *q, struct str fields, struct err *e)
{
	struct str key, value;
	int rc;

	while ((rc = field_eat(&fields, FIELD_VALUE_MAX, &key, &value)) > 0) {
		const struct row *row = TABLE_FIND(rows, key);

		if (row != NULL && row->take(q, value, e) < 0)
			return -1;
	}
	if (rc < 0)
		return err_set(e, EX_PROTOCOL,
		    "the listing of the queue is broken");
	if (!q->over)
		return err_set(e, EX_TEMPFAIL,
		    "the listing of the queue ends early");
	return 0;
}

static void
free_queue(struct queue *q)
{
	buf_free(&q->junk);
	buf_free(&q->id);
	buf_free(&q->sender);
	buf_free(&q->why);
	buf_free(&q->rcpt);
	buf_free(&q->printed);
}

int
mailq_format(struct buf *out, struct str fields, struct err *e)
{
	struct buf table = { 0 };
	struct queue q = { .out = &table };
	int rc = read_fields(&q, fields, e);

	if (rc == 0 && q.count > 0) {
		finish_entry(&q);
		buf_printf(out, "%-17s %8s %-19s %s\n", "----Queue ID-----",
		    "--Size--", "---Arrival Time----",
		    "--Sender/Recipient------");
		buf_add(out, buf_str(&table));
		buf_printf(out, "-- %llu Kbytes in %zu Request%s.\n",
		    (unsigned long long)(q.bytes / 1024), q.count,
		    q.count == 1 ? "" : "s");
	} else if (rc == 0)
		buf_puts(out, "Mail queue is empty\n");
	if (rc == 0)
		buf_add(out, buf_str(&q.junk));
	free_queue(&q);
	buf_free(&table);
	return rc;
}

int
mailq_count(struct buf *out, struct str fields, struct err *e)
{
	struct queue q = { 0 };
	int rc = read_fields(&q, fields, e);

	if (rc == 0)
		buf_printf(out, "%zu\n", q.count);
	free_queue(&q);
	return rc;
}

static int
fetch(struct buf *fields, const struct options *o, struct err *e)
{
	struct place p = { 0 };
	int fd = -1, rc = -1;

	if (place_find(&p, o, e) == 0)
		fd = door_open(&p, "list", e);
	if (fd >= 0) {
		(void)shutdown(fd, SHUT_WR);
		rc = fd_read_all(fd, fields, LISTING_MAX, e);
		close(fd);
	}
	place_free(&p);
	return rc;
}

int
mailq_run(const struct options *o)
{
	struct buf fields = { 0 }, out = { 0 };
	struct err e = { 0 };
	int rc = fetch(&fields, o, &e);

	if (rc == 0)
		rc = o->mode == MODE_COUNT ?
		    mailq_count(&out, buf_str(&fields), &e) :
		    mailq_format(&out, buf_str(&fields), &e);
	if (rc == 0)
		rc = fd_write(STDOUT_FILENO, buf_str(&out), &e);
	if (rc < 0)
		fprintf(stderr, "minismtp: cannot list the queue: %s\n",
		    buf_cstr(&e.text));
	rc = rc < 0 ? e.code : EX_OK;
	buf_free(&fields);
	buf_free(&out);
	err_clear(&e);
	return rc;
}
