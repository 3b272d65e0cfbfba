// SPDX-License-Identifier: ISC
/*
 * json.c - the queue as JSON, one object on each line
 */
#include "front/mailq.h"

#include "base/json.h"
#include "base/vis.h"

/* Bytes that are no text become text first: JSON is UTF-8 or it is not. */
static void
add_string(struct buf *out, struct str s)
{
	struct buf safe = { 0 };

	jobs_add_safe(&safe, s);
	if (!utf8_is_valid(buf_str(&safe))) {
		buf_reset(&safe);
		vis_add(&safe, s);
	}
	json_add(out, buf_str(&safe));
	buf_free(&safe);
}

static void
add_name(struct buf *out, const char *name)
{
	buf_puts(out, ",\"");
	buf_puts(out, name);
	buf_puts(out, "\":");
}

static void
add_member(struct buf *out, const char *name, struct str value)
{
	add_name(out, name);
	add_string(out, value);
}

static void
add_number(struct buf *out, const char *name, uint64_t value)
{
	add_name(out, name);
	buf_number(out, value);
}

static const char *
state_word(char state)
{
	return state == 'D' ? "sent" : state == 'F' || state == 'R' ?
	    "failed" : "waiting";
}

static void
add_rcpt(struct buf *out, const struct job_rcpt *to)
{
	buf_puts(out, "{\"address\":");
	add_string(out, buf_str(&to->address));
	add_member(out, "state", str_of(state_word(to->state)));
	if (to->why.time > 0) {
		add_number(out, "code", to->why.code);
		add_member(out, "reply", buf_str(&to->why.words));
		add_number(out, "tried", to->why.time);
	}
	buf_putc(out, '}');
}

void
mailq_json(struct buf *out, const struct job *j)
{
	buf_puts(out, "{\"id\":");
	add_string(out, buf_str(&j->id));
	add_member(out, "state", j->held ? STR("held") : buf_str(&j->where));
	if (j->has_sender)
		add_member(out, "sender", buf_str(&j->sender));
	else
		buf_puts(out, ",\"sender\":null");
	add_number(out, "uid", j->uid);
	add_member(out, "account", buf_str(&j->account));
	add_number(out, "size", j->size);
	add_number(out, "arrival", j->time);
	if (j->held || str_eq(buf_str(&j->where), STR("failed")))
		buf_puts(out, ",\"next\":null");
	else
		add_number(out, "next", j->next);
	add_number(out, "attempts", j->tries);
	if (j->folded > 0)
		add_number(out, "folded", j->folded);
	add_member(out, "reason", job_reason(j));
	buf_puts(out, ",\"recipients\":[");
	for (size_t i = 0; i < j->rcpts; i++) {
		if (i > 0)
			buf_putc(out, ',');
		add_rcpt(out, &j->rcpt[i]);
	}
	buf_puts(out, "]}\n");
}
