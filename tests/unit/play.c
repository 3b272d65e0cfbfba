// SPDX-License-Identifier: ISC
/*
 * play.c - a relay in memory
 */
#include "play.h"

#include <string.h>
#include <sysexits.h>

static void
say(struct play *p, struct str command)
{
	size_t from = p->out.len;

	if (p->hangs_up)
		return;
	p->answer(p, command, &p->out);
	if (p->out.len - from >= 3 &&
	    memcmp(p->out.data + from, "421", 3) == 0) {
		p->said_421 = true;
		p->hangs_up = true;
	}
	p->in_data = str_ieq(command, STR("DATA")) &&
	    p->out.len - from >= 3 &&
	    memcmp(p->out.data + from, "354", 3) == 0;
	if (p->in_data)
		p->text_from = p->text.len;
}

/* One line of a message's text. */
static void
take_text(struct play *p, struct str line)
{
	if (str_eq(line, STR("."))) {
		p->in_data = false;
		p->texts++;
		buf_puts(&p->dialogue, ".\n");
		say(p, STR("."));
		return;
	}
	buf_add(&p->text, line);
	buf_puts(&p->text, "\r\n");
}

static void
take_command(struct play *p, struct str line)
{
	struct str rest = line;

	buf_add(&p->dialogue, line);
	buf_putc(&p->dialogue, '\n');
	if (str_eat(&rest, STR("BDAT ")) &&
	    str_eat_number(&rest, &p->chunk)) {
		buf_set(&p->command, line);
		return;
	}
	say(p, line);
}

/* As in the RFC, lines end with CRLF and with nothing else. */
static bool
next_line(struct play *p, struct buf *line)
{
	const char *end = p->in.len == 0 ? NULL :
	    memmem(p->in.data, p->in.len, "\r\n", 2);

	if (end == NULL)
		return false;
	buf_set(line, str_head(buf_str(&p->in), (size_t)(end - p->in.data)));
	buf_shift(&p->in, line->len + 2);
	return true;
}

static bool
next_chunk(struct play *p)
{
	if (p->command.len == 0 || p->in.len < p->chunk)
		return false;
	buf_add(&p->text, str_head(buf_str(&p->in), (size_t)p->chunk));
	buf_shift(&p->in, (size_t)p->chunk);
	p->chunk = 0;
	if (str_ends(buf_str(&p->command), STR(" LAST")))
		p->texts++;
	say(p, buf_str(&p->command));
	buf_reset(&p->command);
	return true;
}

static void
listen(struct play *p)
{
	struct buf line = { 0 };

	for (;;) {
		if (p->command.len > 0) {
			if (!next_chunk(p))
				break;
		} else if (!next_line(p, &line)) {
			break;
		} else if (p->in_data) {
			take_text(p, buf_str(&line));
		} else {
			take_command(p, buf_str(&line));
		}
	}
	buf_free(&line);
}

static ssize_t
play_send(struct conn *c, struct str bytes, struct err *e)
{
	struct play *p = c->state;
	size_t n = p->piece > 0 && p->piece < bytes.len ? p->piece : bytes.len;

	if (p->hangs_up && p->given == p->out.len) {
		if (!str_eq(bytes, STR("QUIT\r\n")))
			p->talked_on = true;
		return err_set(e, EX_TEMPFAIL, "broken pipe");
	}
	p->writes++;
	buf_add(&p->in, str_head(bytes, n));
	listen(p);
	return (ssize_t)n;
}

static ssize_t
play_recv(struct conn *c, char *to, size_t max, struct err *e)
{
	struct play *p = c->state;
	size_t n = p->out.len - p->given;

	if (n == 0 && p->hangs_up)
		return 0;
	if (n == 0) {
		p->waited_in_vain = true;
		return err_set(e, EX_TEMPFAIL, "nobody was asked");
	}
	if (n > max)
		n = max;
	if (p->piece > 0 && n > p->piece)
		n = p->piece;
	memcpy(to, p->out.data + p->given, n);
	p->given += n;
	return (ssize_t)n;
}

static void
play_close(struct conn *c)
{
	(void)c;
}

static const struct conn_ops play_ops = { play_send, play_recv, play_close };

void
play_start(struct play *p, answer_fn *answer, void *who)
{
	p->answer = answer;
	p->who = who;
	p->conn = (struct conn){ .fd = -1, .ops = &play_ops, .state = p };
	buf_puts(&p->conn.peer, "mx.test[192.0.2.1]:587");
	say(p, STR(""));
}

void
play_free(struct play *p)
{
	conn_close(&p->conn);
	buf_free(&p->dialogue);
	buf_free(&p->text);
	buf_free(&p->in);
	buf_free(&p->out);
	buf_free(&p->command);
	*p = (struct play){ 0 };
}
