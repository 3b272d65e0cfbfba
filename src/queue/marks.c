// SPDX-License-Identifier: ISC
/*
 * marks.c - what has happened to a message since it came
 */
#include "queue/marks.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/fd.h"
#include "base/source.h"
#include "base/vis.h"
#include "base/xmem.h"
#include "queue/field.h"

#define WORDS_MAX 1000
#define HISTORY_MAX (256 * 1024)	/* bytes; then it is written anew */
#define READ_MAX (16 * 1024 * 1024)

/* -- the state of a recipient */

static char
state_byte(const struct record *r, size_t i)
{
	switch (r->env.rcpt[i].state) {
	case RCPT_TODO:
	case RCPT_TAKEN:
		break;
	case RCPT_DONE:
		return 'D';
	case RCPT_FAILED:
		return r->mark[i].told ? 'R' : 'F';
	}
	return 'T';
}

int
marks_set(struct entry *en, const struct record *r, size_t i, struct err *e)
{
	char state = state_byte(r, i);

	if (fd_pwrite(en->fd, (struct str){ &state, 1 }, r->mark[i].at, e) < 0)
		return err_wrap(e, "mark recipient %zu of %s", i + 1,
		    en->id.text);
	return 0;
}

int
marks_sync(struct entry *en, struct err *e)
{
	int rc;

	do
		rc = fdatasync(en->fd);
	while (rc < 0 && errno == EINTR);
	return rc < 0 ? err_sys(e, fd_write_code(errno), "sync %s",
	    en->id.text) : 0;
}

/* -- the history */

static bool
eat_number(struct str *in, int64_t *value)
{
	uint64_t v;
	struct str s = *in;

	if (!str_eat_number(&s, &v) || v > INT64_MAX / 2)
		return false;
	str_eat(&s, STR(" "));
	*value = (int64_t)v;
	*in = s;
	return true;
}

static void
remember(struct marks *m, struct marks_last *last, int64_t time, int code,
    struct str words)
{
	if (time > m->last) {
		m->attempts++;
		m->last = time;
	}
	if (m->first == 0)
		m->first = time;
	last->time = time;
	last->code = code;
	buf_set(&last->words, words);
}

static bool
take_try(struct marks *m, struct str value)
{
	int64_t time, who, code;

	if (!eat_number(&value, &time) || !eat_number(&value, &who) ||
	    !eat_number(&value, &code) || code > 999 ||
	    who > (int64_t)m->count)
		return false;
	remember(m, who == 0 ? &m->all : &m->rcpt[who - 1], time, (int)code,
	    value);
	return true;
}

static bool
take_warned(struct marks *m, struct str value)
{
	return eat_number(&value, &m->warned);
}

/* What stands for all the attempts that were dropped: how many, since when. */
static bool
take_tries(struct marks *m, struct str value)
{
	int64_t count, first, last;

	if (!eat_number(&value, &count) || !eat_number(&value, &first) ||
	    !eat_number(&value, &last) || count > 1000000)
		return false;
	m->attempts = (unsigned)count;
	m->first = first;
	m->last = last;
	return true;
}

static bool
take_sent(struct marks *m, struct str value)
{
	strs_add(&m->sent, value);
	return true;
}

static bool
take_folded(struct marks *m, struct str value)
{
	int64_t count;

	if (!eat_number(&value, &count) || count > INT32_MAX)
		return false;
	m->folded = (unsigned)count;
	return true;
}

static bool
take_field(struct marks *m, struct str key, struct str value)
{
	if (str_eq(key, STR("try")))
		return take_try(m, value);
	if (str_eq(key, STR("warned")))
		return take_warned(m, value);
	if (str_eq(key, STR("sent")))
		return take_sent(m, value);
	if (str_eq(key, STR("folded")))
		return take_folded(m, value);
	return str_eq(key, STR("tries")) && take_tries(m, value);
}

static void
take_all(struct marks *m, struct str text)
{
	struct str rest = text, key, value;

	m->end = m->start;
	while (field_eat(&rest, FIELD_VALUE_MAX, &key, &value) > 0 &&
	    take_field(m, key, value))
		m->end = m->start + (off_t)(text.len - rest.len);
}

static void
begin(struct marks *m, const struct record *r)
{
	*m = (struct marks){ .count = r->env.count, .start = r->history };
	m->rcpt = xcalloc(m->count, sizeof(*m->rcpt));
}

int
marks_read(struct marks *m, int fd, const struct record *r, struct err *e)
{
	struct buf text = { 0 };
	ssize_t n;

	begin(m, r);
	while ((n = fd_pread(fd, &text, 65536, m->start + (off_t)text.len,
	    e)) > 0 && text.len < READ_MAX)
		;
	if (n < 0)
		marks_free(m);
	else
		take_all(m, buf_str(&text));
	buf_free(&text);
	return n < 0 ? -1 : 0;
}

int
marks_first(struct marks *m, const struct entry *en, const struct record *r,
    struct err *e)
{
	if (!r->whole)
		return marks_read(m, en->fd, r, e);
	begin(m, r);
	take_all(m, buf_str(&r->tail));
	return 0;
}

static void
add_try(struct buf *out, size_t who, const struct marks_last *last)
{
	if (last->time > 0)
		field_addf(out, "try", "%" PRId64 " %zu %d %s", last->time,
		    who, last->code, buf_cstr(&last->words));
}

/*
 * How many there were, who must not get it again, and the last word on
 * everybody if that is not much.
 */
static void
add_summary(struct buf *out, const struct marks *m)
{
	size_t all;

	field_addf(out, "tries", "%u %" PRId64 " %" PRId64, m->attempts,
	    m->first, m->last);
	if (m->warned > 0)
		field_addf(out, "warned", "%" PRId64, m->warned);
	if (m->folded > 0)
		field_addf(out, "folded", "%u", m->folded);
	for (size_t i = 0; i < m->sent.count; i++)
		field_add(out, "sent", strs_at(&m->sent, i));
	add_try(out, 0, &m->all);
	all = out->len;
	for (size_t i = 0; i < m->count; i++)
		add_try(out, i + 1, &m->rcpt[i]);
	if (out->len > HISTORY_MAX / 2)
		buf_cut(out, all);
}

/*
 * Behind the last field that is whole, over a torn one if there is one.  What
 * is longer than the new text is cut off, so that nothing old shows up again.
 */
static int
append(struct marks *m, struct entry *en, struct buf *text, struct err *e)
{
	off_t at = m->end;

	if (at - m->start + (off_t)text->len > HISTORY_MAX) {
		at = m->start;
		buf_reset(text);
		add_summary(text, m);
	}
	if (fd_pwrite(en->fd, buf_str(text), at, e) < 0)
		return err_wrap(e, "history of %s", en->id.text);
	at += (off_t)text->len;
	if (ftruncate(en->fd, at) < 0)
		return err_sys(e, fd_write_code(errno), "history of %s",
		    en->id.text);
	m->end = at;
	return 0;
}

int
marks_try(struct marks *m, struct entry *en, size_t i, int64_t now, int code,
    struct str words, struct err *e)
{
	struct marks_last *last = i == MARKS_ALL ? &m->all : &m->rcpt[i];
	struct buf safe = { 0 }, text = { 0 };
	int rc;

	vis_add_some(&safe, words, WORDS_MAX);
	remember(m, last, now, code, buf_str(&safe));
	add_try(&text, i == MARKS_ALL ? 0 : i + 1, last);
	rc = append(m, en, &text, e);
	buf_free(&safe);
	buf_free(&text);
	return rc;
}

int
marks_sent(struct marks *m, struct entry *en, struct str address,
    struct err *e)
{
	struct buf text = { 0 };
	int rc;

	strs_add(&m->sent, address);
	field_add(&text, "sent", address);
	rc = append(m, en, &text, e);
	buf_free(&text);
	return rc;
}

int
marks_warned(struct marks *m, struct entry *en, int64_t now, struct err *e)
{
	struct buf text = { 0 };
	int rc;

	m->warned = now;
	field_addf(&text, "warned", "%" PRId64, now);
	rc = append(m, en, &text, e);
	buf_free(&text);
	return rc;
}

int
marks_folded(struct marks *m, struct entry *en, struct err *e)
{
	struct buf text = { 0 };
	int rc;

	m->folded = m->folded > 0 ? m->folded + 1 : 2;
	field_addf(&text, "folded", "%u", m->folded);
	rc = append(m, en, &text, e);
	buf_free(&text);
	return rc;
}

void
marks_free(struct marks *m)
{
	buf_free(&m->all.words);
	strs_free(&m->sent);
	for (size_t i = 0; i < m->count; i++)
		buf_free(&m->rcpt[i].words);
	free(m->rcpt);
	*m = (struct marks){ 0 };
}
