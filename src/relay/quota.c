// SPDX-License-Identifier: ISC
/*
 * quota.c - how much one user may send (limit = "100/h")
 */
#include "relay/quota.h"

#include <inttypes.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/fd.h"
#include "base/xmem.h"
#include "relay/state.h"

#define AHEAD (6 * 86400)	/* s; farther ahead nothing is scheduled */
#define TEXT_MAX 65536
#define QUIET 86400		/* s, between two words on the same user */

/* What the file has. */
struct marks {
	struct quota_mark *mark;
	size_t count;
	int64_t told;		/* when that he sends too much was said */
};

/* How long a rate needs to make up for one message. */
static int64_t
cost(const struct rate *r, uint64_t bytes)
{
	uint64_t period = (uint64_t)r->seconds * 1000, all = r->messages;

	if (r->bytes > 0) {
		all = r->bytes;
		if (bytes > all)
			bytes = all;	/* or it would never go */
		if (bytes > UINT64_MAX / period)
			return (int64_t)period;
		period *= bytes;
	}
	return all > 0 ? (int64_t)(period / all) : 0;
}

int64_t
quota_take(struct quota_mark *mark, size_t marks, uint64_t bytes, int64_t now)
{
	int64_t turn = now;

	for (size_t i = 0; i < marks; i++) {
		int64_t *whole = &mark[i].whole, from;

		if (*whole < now * 1000)
			*whole = now * 1000;
		*whole += cost(&mark[i].rate, bytes);
		from = (*whole + 999) / 1000 - mark[i].rate.seconds;
		if (from > turn)
			turn = from;
	}
	if (turn > now + AHEAD)
		turn = now + AHEAD;
	return turn > now ? turn : 0;
}

static bool
is_same(const struct rate *a, const struct rate *b)
{
	return a->messages == b->messages && a->bytes == b->bytes &&
	    a->seconds == b->seconds;
}

static void
read_mark(struct marks *m, struct str line, int64_t now)
{
	struct rate r;
	uint64_t n[4];
	size_t k = 0;

	while (k < 4 && str_eat_number(&line, &n[k]) &&
	    (k == 3 || str_eat(&line, STR(" "))))
		k++;
	if (k < 4 || n[2] > INT32_MAX || n[3] > INT64_MAX)
		return;
	r = (struct rate){ n[0], n[1], (int64_t)n[2] };
	for (size_t i = 0; i < m->count; i++)
		if (is_same(&m->mark[i].rate, &r) && (int64_t)n[3] <
		    (now + 366 * INT64_C(86400)) * 1000)
			m->mark[i].whole = (int64_t)n[3];
}

/* A line for each rate; those of an older configuration are forgotten. */
static void
read_marks(struct marks *m, struct str text, int64_t now)
{
	struct str line;
	uint64_t told;

	while (str_eat_line(&text, &line)) {
		if (!str_eat(&line, STR("told ")))
			read_mark(m, line, now);
		else if (str_eat_number(&line, &told) &&
		    told <= (uint64_t)now)
			m->told = (int64_t)told;
	}
}

static void
write_marks(int fd, const struct marks *m)
{
	struct buf text = { 0 };

	for (size_t i = 0; i < m->count; i++)
		buf_printf(&text, "%" PRIu64 " %" PRIu64 " %" PRId64
		    " %" PRId64 "\n", m->mark[i].rate.messages,
		    m->mark[i].rate.bytes, m->mark[i].rate.seconds,
		    m->mark[i].whole);
	if (m->told > 0)
		buf_printf(&text, "told %" PRId64 "\n", m->told);
	/* Torn it is as good as none: then the amount is whole. */
	state_write(fd, "limit", buf_str(&text));
	buf_free(&text);
}

int64_t
quota_ask(int dir, const struct config *c, uid_t uid, uint64_t bytes,
    int64_t now, bool *tell)
{
	struct marks m = { .count = c->limits };
	struct buf text = { 0 };
	struct err e = { 0 };
	int64_t turn = 0;
	int fd;

	*tell = false;
	if (c->limits == 0 || (fd = state_open(dir, "limit", uid)) < 0)
		return 0;
	m.mark = xcalloc(m.count, sizeof(*m.mark));
	for (size_t i = 0; i < m.count; i++)
		m.mark[i].rate = c->limit[i];
	if (fd_pread(fd, &text, TEXT_MAX, 0, &e) >= 0) {
		read_marks(&m, buf_str(&text), now);
		turn = quota_take(m.mark, m.count, bytes, now);
		*tell = turn > 0 && now - m.told >= QUIET;
		if (*tell)
			m.told = now;
		write_marks(fd, &m);
	}
	close(fd);
	free(m.mark);
	buf_free(&text);
	err_clear(&e);
	return turn;
}
