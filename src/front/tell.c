// SPDX-License-Identifier: ISC
/*
 * tell.c - what the caller gets to read: words on stderr, the dialogue
 */
#include "front/tell.h"

#include <fcntl.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/vis.h"
#include "front/origin.h"

/*
 * With the caller's rights, appending, and never the terminal of a daemon.
 * Without O_NONBLOCK a FIFO that nobody reads would hold the mail.
 */
int
tell_open(struct tell *t, const struct options *o, struct err *e)
{
	t->quiet = o->errors == 'q';
	t->verbose = o->verbose;
	if (!o->trace_given)
		return 0;
	t->file = open(buf_cstr(&o->trace), O_WRONLY | O_APPEND | O_CREAT |
	    O_CLOEXEC | O_NOCTTY | O_NONBLOCK, 0600);
	if (t->file >= 0)
		return 0;
	t->file = 0;
	return err_sys(e, EX_CANTCREAT, "-X %s", buf_cstr(&o->trace));
}

/* A reader that is gone or full costs a line of talk, never the mail. */
static void
put(int fd, const struct buf *text)
{
	struct str rest = buf_str(text);

	while (rest.len > 0) {
		ssize_t n = write(fd, rest.ptr, rest.len);

		if (n <= 0)
			break;
		rest = str_skip(rest, (size_t)n);
	}
}

void
tell_words(const struct tell *t, struct str lines)
{
	struct buf out = { 0 };
	struct str line;

	if (t->quiet)
		return;
	while (str_eat_line(&lines, &line))
		buf_printf(&out, "minismtp: %.*s\n", STR_ARGS(line));
	put(STDERR_FILENO, &out);
	buf_free(&out);
}

/*
 * Who can make a web application say -X can choose the file and, by way of an
 * address, words in it.  So none of them opens a script: "<?" is "<\?".
 */
static void
add_harmless(struct buf *out, struct str line)
{
	char c;

	while (str_eat_byte(&line, &c)) {
		buf_putc(out, c);
		if (c == '<' && line.len > 0 &&
		    str_has(STR("?%!"), line.ptr[0]))
			buf_putc(out, '\\');
	}
}

void
tell_line(void *who, struct str line)
{
	const struct tell *t = who;
	struct buf out = { 0 }, file = { 0 };

	if (origin_is_sayable(line))
		buf_add(&out, line);
	else
		vis_add(&out, line);
	buf_putc(&out, '\n');
	if (t->verbose)
		put(STDERR_FILENO, &out);
	if (t->file > 0) {
		add_harmless(&file, buf_str(&out));
		put(t->file, &file);
	}
	buf_free(&out);
	buf_free(&file);
}

void
tell_close(struct tell *t)
{
	if (t->file > 0)
		close(t->file);
	t->file = 0;
}
