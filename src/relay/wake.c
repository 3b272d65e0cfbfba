// SPDX-License-Identifier: ISC
/*
 * wake.c - ask the relay to send what it holds for us (RFC 1985)
 */
#include "relay/wake.h"

#include <stdio.h>
#include <sysexits.h>

#include "relay/desk.h"
#include "relay/line.h"
#include "smtp/etrn.h"

static void
ignore(void *who, size_t relay, enum line_fate fate, const struct err *why)
{
	(void)who;
	(void)relay;
	(void)fate;
	(void)why;
}

static void
show_line(void *who, struct str line)
{
	(void)who;
	fprintf(stderr, "%.*s\n", STR_ARGS(line));
}

static int
ask(struct line *line, const struct desk *d, const struct run_options *o,
    const char *name, struct buf *words, struct err *e)
{
	const struct line_ear ear = { .tried = ignore };
	struct trace trace = { 0 };
	size_t next = 0;

	if (o->orders.verbose)
		trace.line = show_line;
	line->mode = d->config.sandbox;
	if (line_open(line, &d->config.account[0], &next, &d->here, &trace,
	    &ear, e) < 0)
		return -1;
	return etrn(&line->session.wire, &line->session.caps, str_of(name),
	    words, e);
}

int
wake(const struct run_options *o, const char *name)
{
	struct desk desk = { 0 };
	struct line line = { 0 };
	struct buf words = { 0 };
	struct err e = { 0 };
	int status;

	if (desk_load(&desk, o->config, o->personal, &e) < 0 ||
	    ask(&line, &desk, o, name, &words, &e) < 0)
		fprintf(stderr, "minismtp-relay: %s\n", buf_cstr(&e.text));
	else if (printf("%s\n", buf_cstr(&words)) < 0 || fflush(stdout) != 0)
		err_set(&e, EX_IOERR, "standard output");
	status = e.code;
	line_close(&line);
	desk_free(&desk);
	buf_free(&words);
	err_clear(&e);
	return status;
}
