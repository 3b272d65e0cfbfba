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
#include <sysexits.h>
#include <time.h>
#include <unistd.h>

#include "base/fd.h"

#define REASON_WIDTH 76

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
add_sender(struct buf *out, const struct job *j)
{
	struct passwd *pw;

	if (j->has_sender && j->sender.len == 0)
		buf_puts(out, "MAILER-DAEMON");
	else if (j->has_sender)
		jobs_add_safe(out, buf_str(&j->sender));
	else if ((pw = getpwuid((uid_t)j->uid)) != NULL)
		jobs_add_safe(out, str_of(pw->pw_name));
	else
		buf_printf(out, "uid%llu", (unsigned long long)j->uid);
}

static void
add_first_line(struct buf *out, const struct job *j)
{
	struct buf id = { 0 };

	buf_add(&id, buf_str(&j->id));
	if (j->held)
		buf_putc(&id, '!');
	else if (str_eq(buf_str(&j->where), STR("new")))
		buf_putc(&id, '*');
	buf_printf(out, "%-17s %8llu ", buf_cstr(&id),
	    (unsigned long long)j->size);
	add_time(out, j->time);
	buf_putc(out, ' ');
	add_sender(out, j);
	buf_putc(out, '\n');
	buf_free(&id);
}

static void
add_reason(struct buf *out, const struct buf *why)
{
	struct buf text = { 0 };
	int pad;

	jobs_add_safe(&text, buf_str(why));
	pad = REASON_WIDTH - str_printable_len(buf_str(&text));
	buf_printf(out, "%*s(%s)\n", pad > 0 ? pad : 0, "", buf_cstr(&text));
	buf_free(&text);
}

/* Who has the mail already is of no interest any more. */
static void
add_job(struct buf *out, const struct job *j)
{
	struct buf none = { 0 }, count = { 0 };
	const struct buf *above = &none, *why;

	add_first_line(out, j);
	if (j->folded > 0) {
		buf_printf(&count, "stands for %llu",
		    (unsigned long long)j->folded);
		add_reason(out, &count);
	}
	for (size_t i = 0; i < j->rcpts; i++) {
		const struct job_rcpt *to = &j->rcpt[i];

		if (to->state == 'D')
			continue;
		why = to->why.words.len > 0 ? &to->why.words : &j->why.words;
		if (why->len > 0 && !str_eq(buf_str(why), buf_str(above)))
			add_reason(out, why);
		above = why;
		buf_printf(out, "%-17s %8s %-19s ", "", "", "");
		jobs_add_safe(out, buf_str(&to->address));
		buf_putc(out, '\n');
	}
	buf_putc(out, '\n');
	buf_free(&count);
}

void
mailq_table(struct buf *out, const struct jobs *q)
{
	uint64_t bytes = 0;

	if (q->count == 0)
		buf_puts(out, "Mail queue is empty\n");
	else
		buf_printf(out, "%-17s %8s %-19s %s\n", "----Queue ID-----",
		    "--Size--", "---Arrival Time----",
		    "--Sender/Recipient------");
	for (size_t i = 0; i < q->count; i++) {
		add_job(out, &q->job[i]);
		bytes += q->job[i].size;
	}
	if (q->count > 0)
		buf_printf(out, "-- %llu Kbytes in %zu Request%s.\n",
		    (unsigned long long)(bytes / 1024), q->count,
		    q->count == 1 ? "" : "s");
	for (size_t i = 0; i < q->junk.count; i++) {
		buf_puts(out, "-- not a message: ");
		jobs_add_safe(out, strs_at(&q->junk, i));
		buf_putc(out, '\n');
	}
}

int
mailq_format(struct buf *out, struct str fields, struct err *e)
{
	struct jobs q = { 0 };
	int rc = jobs_parse(&q, fields, e);

	if (rc == 0)
		mailq_table(out, &q);
	jobs_free(&q);
	return rc;
}

int
mailq_count(struct buf *out, struct str fields, struct err *e)
{
	struct jobs q = { 0 };
	int rc = jobs_parse(&q, fields, e);

	if (rc == 0)
		buf_printf(out, "%zu\n", q.count);
	jobs_free(&q);
	return rc;
}

int
mailq_run(const struct options *o)
{
	struct buf out = { 0 };
	struct jobs q = { 0 };
	struct err e = { 0 };
	int rc = jobs_ask(&q, o, "list", NULL, &e);

	if (rc == 0) {
		if (o->mode == MODE_COUNT)
			buf_printf(&out, "%zu\n", q.count);
		else if (o->json)
			mailq_json(&out, &q);
		else
			mailq_table(&out, &q);
		rc = fd_write(STDOUT_FILENO, buf_str(&out), &e);
	}
	if (rc < 0)
		fprintf(stderr, "minismtp: cannot list the queue: %s\n",
		    buf_cstr(&e.text));
	rc = rc < 0 ? e.code : EX_OK;
	jobs_free(&q);
	buf_free(&out);
	err_clear(&e);
	return rc;
}
