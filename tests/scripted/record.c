// SPDX-License-Identifier: ISC
/*
 * record.c - what the scripted relay saw, as files in one directory
 */
#include "record.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/xmem.h"

/* The test cannot go on without its files, and says so. */
static FILE *
must_open(const char *dir, const char *name, unsigned long number,
    const char *mode)
{
	struct buf path = { 0 };
	FILE *f;

	buf_printf(&path, "%s/%s", dir, name);
	if (number > 0)
		buf_printf(&path, ".%lu", number);
	f = fopen(buf_cstr(&path), mode);
	if (f == NULL) {
		perror(buf_cstr(&path));
		exit(EXIT_FAILURE);
	}
	buf_free(&path);
	return f;
}

void
record_open(struct record *r, struct tally *tally, const char *dir,
    unsigned long connection)
{
	*r = (struct record){ .tally = tally, .dir = dir,
	    .connection = connection };
	if (dir == NULL)
		return;
	r->wire = must_open(dir, "wire", connection, "w");
	(void)setvbuf(r->wire, NULL, _IOLBF, 0);
}

void
record_line(struct record *r, char way, struct str line)
{
	if (r->wire != NULL)
		(void)fprintf(r->wire, "%c %.*s\n", way, STR_ARGS(line));
}

void
record_problem(struct record *r, const char *fmt, ...)
{
	struct buf line = { 0 };
	FILE *f;
	va_list ap;

	atomic_fetch_add(&r->tally->problems, 1);
	buf_printf(&line, "connection %lu: ", r->connection);
	va_start(ap, fmt);
	buf_vprintf(&line, fmt, ap);
	va_end(ap);
	buf_putc(&line, '\n');
	f = r->dir != NULL ? must_open(r->dir, "problems", 0, "a") : stderr;
	(void)fputs(buf_cstr(&line), f);
	if (f != stderr)
		(void)fclose(f);
	buf_free(&line);
}

void
record_text(struct record *r, struct str text)
{
	atomic_fetch_add(&r->tally->bytes, text.len);
	if (r->dir == NULL)
		return;
	if (r->message == NULL)
		r->message = must_open(r->dir, "tmp", r->connection, "w");
	if (fwrite(text.ptr, 1, text.len, r->message) != text.len)
		record_problem(r, "the disk is full");
}

static void
tmp_path(const struct record *r, struct buf *path)
{
	buf_printf(path, "%s/tmp.%lu", r->dir, r->connection);
}

void
record_drop(struct record *r)
{
	struct buf path = { 0 };

	if (r->message == NULL)
		return;
	(void)fclose(r->message);
	r->message = NULL;
	tmp_path(r, &path);
	(void)unlink(buf_cstr(&path));
	buf_free(&path);
}

unsigned long
record_keep(struct record *r, const struct buf *envelope)
{
	unsigned long number = atomic_fetch_add(&r->tally->messages, 1) + 1;
	struct buf from = { 0 }, to = { 0 };
	FILE *f;

	if (r->dir == NULL)
		return number;
	f = must_open(r->dir, "env", number, "w");
	(void)fputs(buf_cstr(envelope), f);
	(void)fclose(f);
	record_text(r, STR(""));	/* an empty message is one, too */
	(void)fclose(r->message);
	r->message = NULL;
	tmp_path(r, &from);
	buf_printf(&to, "%s/msg.%lu", r->dir, number);
	if (rename(buf_cstr(&from), buf_cstr(&to)) < 0)
		perror(buf_cstr(&to));
	buf_free(&from);
	buf_free(&to);
	return number;
}

void
record_close(struct record *r, unsigned flights)
{
	FILE *f;

	record_drop(r);
	if (r->dir == NULL)
		return;
	f = must_open(r->dir, "flights", 0, "a");
	(void)fprintf(f, "%lu %u\n", r->connection, flights);
	(void)fclose(f);
	(void)fclose(r->wire);
	r->wire = NULL;
}
