// SPDX-License-Identifier: ISC
/*
 * actions.c - the steps of a script, each a row of a table
 */
#include "actions.h"

#include <fnmatch.h>
#include <stdlib.h>
#include <time.h>

#include "base/table.h"
#include "base/xmem.h"
#include "text.h"
#include "tls.h"

struct action {
	const char *name;
	void (*run)(struct session *s, struct str rest);
};

static unsigned
number(struct str s, unsigned otherwise)
{
	uint64_t value;

	return str_eat_number(&s, &value) ? (unsigned)value : otherwise;
}

/* The class of the reply decides how the dialogue goes on. */
static void
send_bytes(struct session *s, struct str bytes)
{
	if (s->ruled == 0 && bytes.len > 0)
		s->ruled = bytes.ptr[0];
	stream_say(&s->stream, bytes);
}

static void
say(struct session *s, struct str rest)
{
	record_line(&s->record, '<', rest);
	send_bytes(s, rest);
	stream_say(&s->stream, STR("\r\n"));
}

static int
hex(char c)
{
	if (str_is_digit(c))
		return c - '0';
	c = str_lower(c);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : 0;
}

static char
unescape(struct str *in, char c)
{
	char high = '0', low = '0';

	switch (c) {
	case 'r':
		return '\r';
	case 'n':
		return '\n';
	case 't':
		return '\t';
	case 'e':
		return '\033';
	case '0':
		return '\0';
	case 'x':
		(void)(str_eat_byte(in, &high) && str_eat_byte(in, &low));
		return (char)(hex(high) * 16 + hex(low));
	}
	return c;
}

/* "a string\r\n" as C has it; the quotes may be left out. */
static void
unquote(struct buf *out, struct str in)
{
	char c;

	if (in.len >= 2 && in.ptr[0] == '"' && in.ptr[in.len - 1] == '"')
		in = str_head(str_skip(in, 1), in.len - 2);
	while (str_eat_byte(&in, &c)) {
		if (c == '\\' && str_eat_byte(&in, &c))
			c = unescape(&in, c);
		buf_putc(out, c);
	}
}

static void
raw(struct session *s, struct str rest)
{
	struct buf bytes = { 0 };

	record_line(&s->record, '<', rest);
	unquote(&bytes, rest);
	send_bytes(s, buf_str(&bytes));
	buf_free(&bytes);
}

static void
repeat(struct session *s, struct str rest)
{
	struct buf bytes = { 0 };
	uint64_t times = 0;

	(void)str_eat_number(&rest, &times);
	record_line(&s->record, '<', rest);
	unquote(&bytes, str_trim(rest));
	while (times-- > 0 && !s->stream.over) {
		send_bytes(s, buf_str(&bytes));
		if (s->stream.out.len > 65536)
			stream_flush(&s->stream);
	}
	buf_free(&bytes);
}

static bool
next_line(struct session *s, struct str *line)
{
	struct str verb;

	if (!stream_line(&s->stream, line))
		return false;
	record_line(&s->record, '>', *line);
	verb = str_head(*line, 4);
	if (str_ieq(verb, STR("EHLO")) || str_ieq(verb, STR("HELO"))) {
		s->greeted = true;
		s->esmtp = str_ieq(verb, STR("EHLO"));
	}
	return true;
}

static void
hear(struct session *s, struct str rest)
{
	struct str line;

	(void)rest;
	(void)next_line(s, &line);
}

static void
expect(struct session *s, struct str rest)
{
	struct str line;
	char *is, *pattern;

	if (!next_line(s, &line)) {
		record_problem(&s->record, "expected \"%.*s\", and it hung up",
		    STR_ARGS(rest));
		return;
	}
	is = xstrdup(line);
	pattern = xstrdup(rest);
	if (fnmatch(pattern, is, 0) != 0)
		record_problem(&s->record, "expected \"%s\" but heard \"%s\"",
		    pattern, is);
	free(is);
	free(pattern);
}

static void
text(struct session *s, struct str rest)
{
	struct buf none = { 0 };

	(void)rest;
	if (text_receive(s))
		(void)record_keep(&s->record, &none);
}

static void
some_bytes(struct session *s, struct str rest)
{
	size_t left = number(rest, 1);
	struct str got;

	while (left > 0 && stream_bytes(&s->stream, left, &got))
		left -= got.len;
}

static void
slow(struct session *s, struct str rest)
{
	s->stream.slow = number(rest, 1);
}

static void
fast(struct session *s, struct str rest)
{
	(void)rest;
	stream_flush(&s->stream);
	s->stream.slow = 0;
}

static void
delay(struct session *s, struct str rest)
{
	s->stream.delay = number(rest, 0);
}

static void
stall(struct session *s, struct str rest)
{
	stream_stall(&s->stream, number(rest, 60));
}

static void
be_late(struct session *s, struct str rest)
{
	unsigned ms = number(rest, 100);
	struct timespec t = { ms / 1000, (long)(ms % 1000) * 1000000 };

	stream_flush(&s->stream);
	(void)nanosleep(&t, NULL);
}

static void
handshake(struct session *s, struct str rest)
{
	(void)rest;
	(void)tls_accept(&s->stream);
}

static void
deny(struct session *s, struct str rest)
{
	(void)rest;
	s->ruled = '5';
}

static void
close_here(struct session *s, struct str rest)
{
	(void)rest;
	stream_flush(&s->stream);
	s->done = true;
	stream_close(&s->stream);
}

static void
reset(struct session *s, struct str rest)
{
	(void)rest;
	stream_reset(&s->stream);
}

static void
swallow(struct session *s, struct str rest)
{
	(void)rest;
	stream_swallow(&s->stream);
}

static void
by_default(struct session *s, struct str rest)
{
	(void)rest;
	session_default(s);
}

static const struct action actions[] = {
	{ "bytes", some_bytes },
	{ "close", close_here },
	{ "default", by_default },
	{ "delay", delay },
	{ "deny", deny },
	{ "expect", expect },
	{ "fast", fast },
	{ "hear", hear },
	{ "raw", raw },
	{ "repeat", repeat },
	{ "reset", reset },
	{ "say", say },
	{ "slow", slow },
	{ "stall", stall },
	{ "swallow", swallow },
	{ "text", text },
	{ "tls", handshake },
	{ "wait", be_late },
};

const struct action *
action_find(struct str name)
{
	return TABLE_FIND(actions, name);
}

void
action_run(struct session *s, const struct step *step)
{
	step->action->run(s, str_of(step->rest));
}
