// SPDX-License-Identifier: ISC
/*
 * fate.c - how it went for one recipient, in a packet and in the log
 */
#include "relay/fate.h"

#include <sysexits.h>

#include "base/vis.h"
#include "queue/field.h"

#define WORDS_MAX 4096		/* of one reply, in a packet and in the log */

void
fate_pack(struct buf *packet, const struct envelope *env, size_t i)
{
	const struct rcpt *to = &env->rcpt[i];

	field_addf(packet, "rcpt", "%zu %d %d %d %d", i, (int)to->state,
	    to->why.code, to->why.smtp, (int)to->silent);
	field_add(packet, "text", str_head(buf_str(&to->why.text), WORDS_MAX));
	field_add(packet, "refusal",
	    str_head(buf_str(&to->why.reply), WORDS_MAX));
	field_add(packet, "reply", str_head(buf_str(&to->reply), WORDS_MAX));
}

static bool
eat_named(struct str *packet, const char *name, struct str *value)
{
	struct str key;

	return field_eat(packet, WORDS_MAX, &key, value) == 1 &&
	    str_eq(key, str_of(name));
}

static bool
eat_numbers(struct str in, uint64_t *n, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if ((i > 0 && !str_eat(&in, STR(" "))) ||
		    !str_eat_number(&in, &n[i]))
			return false;
	return in.len == 0;
}

int
fate_unpack(struct str *packet, struct envelope *env, size_t *i,
    struct err *e)
{
	struct str line, text, refusal, reply;
	uint64_t n[5];
	struct rcpt *to;

	if (!eat_named(packet, "rcpt", &line) ||
	    !eat_named(packet, "text", &text) ||
	    !eat_named(packet, "refusal", &refusal) ||
	    !eat_named(packet, "reply", &reply) ||
	    !eat_numbers(line, n, 5) || n[0] >= env->count ||
	    n[1] > RCPT_FAILED || n[2] > 255 || n[3] > 999 || n[4] > 1)
		return err_set(e, EX_SOFTWARE, "our courier makes no sense");
	*i = (size_t)n[0];
	to = &env->rcpt[*i];
	to->state = (enum rcpt_state)n[1];
	to->silent = n[4] == 1;
	err_clear(&to->why);
	to->why.code = (int)n[2];
	to->why.smtp = (int)n[3];
	buf_add(&to->why.text, text);
	buf_add(&to->why.reply, refusal);
	buf_set(&to->reply, reply);
	return 0;
}

const char *
fate_word(const struct rcpt *to)
{
	switch (to->state) {
	case RCPT_DONE:
		return "sent";
	case RCPT_FAILED:
		return "bounced";
	case RCPT_TODO:
	case RCPT_TAKEN:
		break;
	}
	return "deferred";
}

/* "5.7.1" at the front of *in, of that class. */
static bool
eat_status(struct str *in, char class, struct str *status)
{
	struct str rest = *in;
	uint64_t subject, detail;
	char c;

	if (!str_eat_byte(&rest, &c) || c != class ||
	    !str_eat(&rest, STR(".")) || !str_eat_number(&rest, &subject) ||
	    !str_eat(&rest, STR(".")) || !str_eat_number(&rest, &detail) ||
	    subject > 999 || detail > 999)
		return false;
	*status = str_head(*in, in->len - rest.len);
	*in = rest;
	return true;
}

void
fate_status(struct buf *out, const struct rcpt *to)
{
	static const struct {
		char class;
		const char *general;
	} of[] = {
		[RCPT_TODO] = { '4', "4.0.0" },
		[RCPT_TAKEN] = { '4', "4.0.0" },
		[RCPT_DONE] = { '2', "2.0.0" },
		[RCPT_FAILED] = { '5', "5.0.0" },
	};
	struct str words = to->state == RCPT_DONE ? buf_str(&to->reply) :
	    buf_str(&to->why.reply), status;
	int code;

	if (str_eat_digits(&words, 3, &code))
		(void)str_eat(&words, STR(" "));
	if (eat_status(&words, of[to->state].class, &status))
		buf_add(out, status);
	else if (to->state != RCPT_DONE && to->why.smtp == 0)
		buf_puts(out, to->state == RCPT_FAILED ? "5.3.0" : "4.4.1");
	else
		buf_puts(out, of[to->state].general);
}

void
fate_words(struct buf *out, const struct rcpt *to)
{
	if (to->state == RCPT_DONE) {
		vis_add_some(out, buf_str(&to->reply), WORDS_MAX);
		return;
	}
	vis_add_some(out, buf_str(&to->why.text), WORDS_MAX);
	/* Most say it in their text already; twice is no clearer. */
	if (to->why.smtp != 0 && (to->why.reply.len == 0 ||
	    !str_ends(buf_str(&to->why.text), buf_str(&to->why.reply)))) {
		buf_printf(out, ": %d ", to->why.smtp);
		vis_add_some(out, buf_str(&to->why.reply), WORDS_MAX);
	}
}

void
fate_log_line(struct buf *out, struct str id, const struct rcpt *to,
    struct str peer, double delay)
{
	buf_add(out, id);
	buf_puts(out, ": to=<");
	vis_add_some(out, buf_str(&to->address), 1000);
	buf_puts(out, ">, relay=");
	vis_add_some(out, peer.len > 0 ? peer : STR("none"), 300);
	buf_printf(out, ", delay=%.2f, dsn=", delay);
	fate_status(out, to);
	buf_printf(out, ", status=%s (", fate_word(to));
	fate_words(out, to);
	buf_putc(out, ')');
}
