// SPDX-License-Identifier: ISC
/*
 * fold.c - identical mail is sent once within a time
 */
#include "relay/fold.h"

#include <inttypes.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/fd.h"
#include "base/log.h"
#include "base/source.h"
#include "base/xmem.h"
#include "queue/sum.h"
#include "relay/content.h"
#include "relay/state.h"

#define KINDS_MAX 1000		/* of one user; the oldest are forgotten */
#define TEXT_MAX (128 * 1024)
#define PIECE 65536

static bool
is_kept(const struct fold_mark *m)
{
	return m->keeper.text[0] != '\0';
}

static bool
is_id(const struct id *a, const struct id *b)
{
	return str_eq(str_of(a->text), str_of(b->text));
}

enum fold
fold_decide(struct fold_mark *m, const struct id *id, int64_t fold,
    int64_t now)
{
	int64_t over = m->until + (is_kept(m) ? fold : 0);

	/* A run that was ended in between asks again. */
	if (is_kept(m) && is_id(&m->keeper, id))
		return FOLD_KEEP;
	/* A clock that was set back must not stop anything. */
	if (now >= over || m->until > now + 2 * fold) {
		m->until = now + fold;
		m->keeper = (struct id){ "" };
		return FOLD_GO;
	}
	if (is_kept(m) && now < m->until)
		return FOLD_JOIN;
	if (is_kept(m))
		m->until += fold;
	m->keeper = *id;
	return FOLD_KEEP;
}

/* -- what the file has: a line for each kind, the newest last */

struct kinds {
	struct fold_mark *mark;
	size_t count;
};

static bool
read_kind(struct str line, struct fold_mark *m)
{
	uint64_t until;

	*m = (struct fold_mark){ 0 };
	if (!str_eat_number(&line, &m->kind) || !str_eat(&line, STR(" ")) ||
	    !str_eat_number(&line, &until) || until > INT64_MAX / 2 ||
	    !str_eat(&line, STR(" ")))
		return false;
	m->until = (int64_t)until;
	return str_eq(line, STR("-")) || id_parse(line, &m->keeper);
}

/* Without those that are over. */
static void
read_kinds(struct kinds *k, struct str text, int64_t fold, int64_t now)
{
	struct fold_mark m;
	struct str line;

	while (str_eat_line(&text, &line)) {
		if (!read_kind(line, &m) || m.until + fold < now)
			continue;
		k->mark = xgrow(k->mark, k->count, sizeof(*k->mark));
		k->mark[k->count++] = m;
	}
}

/* The mark of that kind goes to the end. */
static struct fold_mark *
find_kind(struct kinds *k, uint64_t kind)
{
	struct fold_mark found = { .kind = kind };
	size_t kept = 0;

	for (size_t i = 0; i < k->count; i++) {
		if (k->mark[i].kind == kind)
			found = k->mark[i];
		else
			k->mark[kept++] = k->mark[i];
	}
	k->mark = xgrow(k->mark, kept, sizeof(*k->mark));
	k->mark[kept] = found;
	k->count = kept + 1;
	return &k->mark[kept];
}

static void
write_kinds(int fd, const struct kinds *k)
{
	size_t from = k->count > KINDS_MAX ? k->count - KINDS_MAX : 0;
	struct buf text = { 0 };

	for (size_t i = from; i < k->count; i++) {
		const struct fold_mark *m = &k->mark[i];

		buf_printf(&text, "%" PRIu64 " %" PRId64 " %s\n", m->kind,
		    m->until, is_kept(m) ? m->keeper.text : "-");
	}
	state_write(fd, "fold", buf_str(&text));
	buf_free(&text);
}

/* -- what is identical */

static struct str
value_of(const struct content *c, const char *name)
{
	const struct field *f = header_find(&c->header, name);

	return f != NULL ? f->value : STR("");
}

static void
add_text(struct sum *s, struct str text)
{
	sum_add(s, text);
	sum_add(s, (struct str){ "", 1 });
}

/* Those of one kind are probably identical. */
static int
kind_of(const struct task *t, const struct content *c, uint64_t *kind,
    struct err *e)
{
	const struct record *r = &t->record;
	struct source_file file;
	struct str piece;
	struct sum s;
	int rc;

	sum_init(&s);
	add_text(&s, r->has_sender ? buf_str(&r->env.sender) : STR("-"));
	for (size_t i = 0; i < r->env.count; i++)
		add_text(&s, buf_str(&r->env.rcpt[i].address));
	add_text(&s, value_of(c, "From"));
	add_text(&s, value_of(c, "Subject"));
	source_file_init(&file, t->entry.fd, c->body, c->len);
	while ((rc = source_pull(&file.source, &piece, e)) > 0)
		sum_add(&s, piece);
	source_file_free(&file);
	*kind = sum_end(&s);
	return rc;
}

static bool
is_same_envelope(const struct record *a, const struct record *b)
{
	if (a->has_sender != b->has_sender || a->env.count != b->env.count ||
	    !str_eq(buf_str(&a->env.sender), buf_str(&b->env.sender)) ||
	    !str_eq(buf_str(&a->facts.account), buf_str(&b->facts.account)) ||
	    !str_eq(buf_str(&a->facts.name), buf_str(&b->facts.name)))
		return false;
	for (size_t i = 0; i < a->env.count; i++)
		if (a->env.rcpt[i].state != RCPT_TODO ||
		    b->env.rcpt[i].state != RCPT_TODO ||
		    a->env.rcpt[i].notify != b->env.rcpt[i].notify ||
		    !str_eq(buf_str(&a->env.rcpt[i].address),
		    buf_str(&b->env.rcpt[i].address)))
			return false;
	return true;
}

static bool
is_same_body(int a, const struct content *ca, int b, const struct content *cb)
{
	struct buf one = { 0 }, other = { 0 };
	struct err e = { 0 };
	bool same = ca->len == cb->len;

	for (off_t at = 0; same && at < ca->len; at += (off_t)one.len) {
		size_t left = (size_t)(ca->len - at);
		size_t n = left < PIECE ? left : PIECE;

		buf_reset(&one);
		buf_reset(&other);
		same = fd_pread(a, &one, n, ca->body + at, &e) > 0 &&
		    fd_pread(b, &other, one.len, cb->body + at, &e) > 0 &&
		    str_eq(buf_str(&one), buf_str(&other));
	}
	buf_free(&one);
	buf_free(&other);
	err_clear(&e);
	return same;
}

static bool
is_same(const struct task *t, const struct content *c, const struct task *k)
{
	struct content other = { 0 };
	struct err e = { 0 };
	bool same = is_same_envelope(&t->record, &k->record) &&
	    content_head(&other, &k->record, k->entry.fd, &e) == 0 &&
	    str_eq(value_of(c, "From"), value_of(&other, "From")) &&
	    str_eq(value_of(c, "Subject"), value_of(&other, "Subject")) &&
	    is_same_body(t->entry.fd, c, k->entry.fd, &other);

	content_free(&other);
	err_clear(&e);
	return same;
}

/* -- one joins the other */

/* The keeper, open; 0 when it is gone or busy. */
static int
take_keeper(struct spool *s, const struct id *id, struct task **k,
    struct err *e)
{
	enum spool_where where;
	int64_t next;
	int rc = spool_find(s, id, &where, &next, e);

	if (rc > 0)
		rc = where == SPOOL_CUR ?
		    task_take(k, s, where, id, next, e) : 0;
	return rc;
}

/* 1 when it is counted; 0 when there is none to join any more. */
static int
join(struct spool *s, const struct fold_mark *m, const struct task *t,
    const struct content *c, struct err *e)
{
	struct task *k = NULL;
	int rc = take_keeper(s, &m->keeper, &k, e);

	if (rc > 0 && !is_same(t, c, k))
		rc = 0;
	if (rc > 0 && (marks_folded(&k->marks, &k->entry, e) < 0 ||
	    marks_sync(&k->entry, e) < 0))
		rc = -1;
	if (rc > 0)
		log_line(LOG_INFO, "%s: is in %s, which stands for %u",
		    buf_cstr(&t->record.facts.id), m->keeper.text,
		    k->marks.folded);
	task_free(k);
	return rc;
}

static enum fold
decide(struct spool *s, struct fold_mark *m, int64_t fold, struct task *t,
    const struct content *c, int64_t now)
{
	enum fold fate = fold_decide(m, &t->entry.id, fold, now);
	struct err e = { 0 };
	int rc;

	if (fate != FOLD_JOIN)
		return fate;
	rc = join(s, m, t, c, &e);
	if (rc < 0)
		log_line(LOG_ERR, "%s: %s", m->keeper.text,
		    buf_cstr(&e.text));
	err_clear(&e);
	if (rc > 0)
		return FOLD_JOIN;
	m->keeper = t->entry.id;
	return FOLD_KEEP;
}

enum fold
fold_ask(struct spool *s, int state, int64_t fold, struct task *t,
    int64_t now, int64_t *until)
{
	const struct record *r = &t->record;
	struct content content = { 0 };
	struct kinds kinds = { 0 };
	enum fold fate = FOLD_GO;
	struct buf text = { 0 };
	struct err e = { 0 };
	uint64_t kind;
	int fd;

	/* Reports are about one message each. */
	if (fold == 0 || (r->has_sender && r->env.sender.len == 0))
		return FOLD_GO;
	fd = state_open(state, "fold", r->facts.uid);
	if (fd < 0)
		return FOLD_GO;
	if (fd_pread(fd, &text, TEXT_MAX, 0, &e) >= 0 &&
	    content_head(&content, r, t->entry.fd, &e) == 0 &&
	    kind_of(t, &content, &kind, &e) == 0) {
		struct fold_mark *m;

		read_kinds(&kinds, buf_str(&text), fold, now);
		m = find_kind(&kinds, kind);
		fate = decide(s, m, fold, t, &content, now);
		*until = m->until;
		write_kinds(fd, &kinds);
	}
	close(fd);
	content_free(&content);
	free(kinds.mark);
	buf_free(&text);
	err_clear(&e);
	return fate;
}
