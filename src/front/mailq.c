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
#define PIECE 65536		/* bytes until they are printed */

/* "%-17s %8s %-19s " of nothing: what stands before a recipient. */
static const char margin[] =
    "                                               ";

/* The calendar is asked once for each minute. */
static void
add_time(struct mailq *m, uint64_t when)
{
	time_t t = (time_t)when;
	char text[32];
	struct tm tm;

	if (m->minute.len == 0 || t < m->minute_at || t >= m->minute_at + 60) {
		if (localtime_r(&t, &tm) == NULL) {
			buf_printf(&m->out, "%19s", "?");
			return;
		}
		(void)strftime(text, sizeof(text), "%a %b %e %H:%M:", &tm);
		buf_set(&m->minute, str_of(text));
		m->minute_at = t - tm.tm_sec;
	}
	buf_add(&m->out, buf_str(&m->minute));
	buf_putc(&m->out, (char)('0' + (t - m->minute_at) / 10));
	buf_putc(&m->out, (char)('0' + (t - m->minute_at) % 10));
}

/* Who has sent one without a sender may have sent a thousand. */
static void
add_login(struct mailq *m, uint64_t uid)
{
	struct passwd *pw;

	if (m->login.len == 0 || uid != m->uid) {
		pw = getpwuid((uid_t)uid);
		buf_reset(&m->login);
		if (pw != NULL)
			jobs_add_safe(&m->login, str_of(pw->pw_name));
		else
			buf_printf(&m->login, "uid%llu",
			    (unsigned long long)uid);
		m->uid = uid;
	}
	buf_add(&m->out, buf_str(&m->login));
}

static void
add_sender(struct mailq *m, const struct job *j)
{
	if (j->has_sender && j->sender.len == 0)
		buf_puts(&m->out, "MAILER-DAEMON");
	else if (j->has_sender)
		jobs_add_safe(&m->out, buf_str(&j->sender));
	else
		add_login(m, j->uid);
}

static void
add_first_line(struct mailq *m, const struct job *j)
{
	const char *mark = j->held ? "!" :
	    str_eq(buf_str(&j->where), STR("new")) ? "*" : "";
	size_t from = m->out.len;

	buf_add(&m->out, buf_str(&j->id));
	buf_puts(&m->out, mark);
	while (m->out.len < from + 17)
		buf_putc(&m->out, ' ');
	buf_printf(&m->out, " %8llu ", (unsigned long long)j->size);
	add_time(m, j->time);
	buf_putc(&m->out, ' ');
	add_sender(m, j);
	buf_putc(&m->out, '\n');
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
add_rcpts(struct buf *out, const struct job *j)
{
	const struct buf none = { 0 }, *above = &none, *why;

	for (size_t i = 0; i < j->rcpts; i++) {
		const struct job_rcpt *to = &j->rcpt[i];

		if (to->state == 'D')
			continue;
		why = to->why.words.len > 0 ? &to->why.words : &j->why.words;
		if (why->len > 0 && !str_eq(buf_str(why), buf_str(above)))
			add_reason(out, why);
		above = why;
		buf_add(out, STR(margin));
		jobs_add_safe(out, buf_str(&to->address));
		buf_putc(out, '\n');
	}
}

static void
add_folded(struct buf *out, uint64_t folded)
{
	struct buf count = { 0 };

	buf_printf(&count, "stands for %llu", (unsigned long long)folded);
	add_reason(out, &count);
	buf_free(&count);
}

static void
add_to_table(struct mailq *m, const struct job *j)
{
	if (m->count == 0)
		buf_printf(&m->out, "%-17s %8s %-19s %s\n",
		    "----Queue ID-----", "--Size--", "---Arrival Time----",
		    "--Sender/Recipient------");
	add_first_line(m, j);
	if (j->folded > 0)
		add_folded(&m->out, j->folded);
	add_rcpts(&m->out, j);
	buf_putc(&m->out, '\n');
}

static void
end_table(struct mailq *m, const struct strs *junk)
{
	if (m->count == 0)
		buf_puts(&m->out, "Mail queue is empty\n");
	else
		buf_printf(&m->out, "-- %llu Kbytes in %zu Request%s.\n",
		    (unsigned long long)(m->bytes / 1024), m->count,
		    m->count == 1 ? "" : "s");
	for (size_t i = 0; i < junk->count; i++) {
		buf_puts(&m->out, "-- not a message: ");
		jobs_add_safe(&m->out, strs_at(junk, i));
		buf_putc(&m->out, '\n');
	}
}

/* -- on its way */

static int
print(struct mailq *m, size_t over, struct err *e)
{
	int rc = 0;

	if (m->fd >= 0 && m->out.len > over) {
		rc = fd_write(m->fd, buf_str(&m->out), e);
		buf_reset(&m->out);
	}
	return rc;
}

int
mailq_add(void *mailq, const struct job *j, struct err *e)
{
	struct mailq *m = mailq;

	if (m->json)
		mailq_json(&m->out, j);
	else
		add_to_table(m, j);
	m->count++;
	m->bytes += j->size;
	return print(m, PIECE, e);
}

int
mailq_end(struct mailq *m, const struct strs *junk, struct err *e)
{
	if (!m->json)
		end_table(m, junk);
	return print(m, 0, e);
}

void
mailq_free(struct mailq *m)
{
	buf_free(&m->out);
	buf_free(&m->minute);
	buf_free(&m->login);
	*m = (struct mailq){ 0 };
}

static int
print_count(size_t count, struct err *e)
{
	struct buf out = { 0 };
	int rc;

	buf_printf(&out, "%zu\n", count);
	rc = fd_write(STDOUT_FILENO, buf_str(&out), e);
	buf_free(&out);
	return rc;
}

int
mailq_run(const struct options *o)
{
	struct mailq m = { .json = o->json, .fd = STDOUT_FILENO };
	struct jobs q = { .each = mailq_add, .who = &m };
	struct err e = { 0 };
	int rc;

	if (o->mode == MODE_COUNT)
		q.each = NULL;
	rc = jobs_ask(&q, o, "list", NULL, &e);
	if (rc == 0)
		rc = o->mode == MODE_COUNT ? print_count(q.count, &e) :
		    mailq_end(&m, &q.junk, &e);
	if (rc < 0)
		fprintf(stderr, "minismtp: cannot list the queue: %s\n",
		    buf_cstr(&e.text));
	rc = rc < 0 ? e.code : EX_OK;
	jobs_free(&q);
	mailq_free(&m);
	err_clear(&e);
	return rc;
}
